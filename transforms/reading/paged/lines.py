"""Characters with their places to printed lines: sorted by baseline and then by x, because streams give them in the order of drawing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median
from typing import NamedTuple

import regex

# Parts of an em.
_SAME_BASELINE = 0.35
_WORD_GAP = 0.28
_WIDE_GAP = 0.9
_CELL_GAP = 1.6


class Glyph(NamedTuple):
    """One character: left and right edge, baseline measured downward from the top of the page, em size; all in the page's unit."""

    character: str
    left: float
    right: float
    baseline: float
    size: float


@dataclass(slots=True)
class Line:
    """One printed line. ``first_unit`` is the width of what could not have been broken off its start and put on the line before.

    ``column`` has the left and right edge of its column where the page is set in columns.
    """

    text: str
    left: float
    right: float
    baseline: float
    size: float
    page: int
    height: float
    first_unit: float
    has_cells: bool = False
    column: tuple[float, float] | None = None


_CLOSING = "，。、；：？！）》〉」』】〕…—·,.;:?!)]}％%"
_OPENING = "（《〈「『【〔([{"
_QUOTES = "“”‘’\"'"
_WORD = regex.compile(r"[A-Za-z0-9０-９.,:%/@_+-]{1,40}")


def lines_of(glyphs: Sequence[Glyph], page: int, height: float) -> list[Line]:
    """The lines of one page from top to bottom."""
    return [line_of(row, page, height) for row in rows_of(glyphs)]


def rows_of(glyphs: Sequence[Glyph]) -> list[list[Glyph]]:
    """The characters of each printed line from left to right, lines from top to bottom."""
    rows: list[list[Glyph]] = []
    for glyph in sorted((glyph for glyph in glyphs if not glyph.character.isspace()), key=lambda glyph: glyph.baseline):
        row = rows[-1] if rows else None
        if row is not None and abs(glyph.baseline - row[-1].baseline) <= _SAME_BASELINE * max(glyph.size, row[-1].size):
            row.append(glyph)
        else:
            rows.append([glyph])
    return [sorted(row, key=lambda glyph: glyph.left) for row in rows]


def line_of(row: list[Glyph], page: int, height: float) -> Line:
    """One line from its characters in order."""
    size = median(glyph.size for glyph in row)
    pieces = [row[0].character]
    has_cells = False
    for before, glyph in pairwise(row):
        gap = (glyph.left - before.right) / max(size, 0.1)
        if gap > _CELL_GAP:
            has_cells = True
            pieces.append(" \x1f ")
        elif gap > _WIDE_GAP or (gap > _WORD_GAP and _is_latin(before.character) and _is_latin(glyph.character)):
            pieces.append(" ")
        pieces.append(glyph.character)
    return Line(
        "".join(pieces),
        row[0].left,
        row[-1].right,
        median(glyph.baseline for glyph in row),
        size,
        page,
        height,
        first_unit(row),
        has_cells,
    )


def _is_latin(character: str) -> bool:
    return character < "\u2000" and (character.isalnum() or character in ",.;:)")


def first_unit(row: list[Glyph]) -> float:
    """Width of the start of a line that no line break may divide (UAX 14: quotes stick to both sides, brackets to what they enclose)."""
    text = "".join(glyph.character[0] for glyph in row[:60])
    end = 0
    while end < len(text):
        word = _WORD.match(text, end)
        last = text[end]
        end = word.end() if word else end + 1
        sticks = last in _OPENING or last in _QUOTES
        while end < len(text) and (text[end] in _CLOSING or text[end] in _QUOTES):
            sticks = text[end] in _QUOTES or (
                text[end].isascii() and end + 1 < len(text) and text[end + 1].isascii() and text[end + 1].isalnum()
            )
            end += 1
        if not sticks:
            break
    return row[min(end, len(row)) - 1].right - row[0].left
