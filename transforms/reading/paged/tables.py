"""Tables with ruling lines: the characters of each cell are read by themselves, a row becomes one line."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Sequence
from statistics import median
from typing import NamedTuple

from transforms.reading.paged.columns import column_lines
from transforms.reading.paged.lines import Glyph, Line, lines_of

# Parts of an em of body text: lines nearer than this are one ruling; shorter ones are underlines and marks.
_SAME = 0.25
_SHORTEST = 0.8
_MOST_RULES = 4000
_MOST_COLUMNS = 40


class Rule(NamedTuple):
    """A drawn straight line, vertical (left == right) or horizontal; measured downward from the top of the page."""

    left: float
    top: float
    right: float
    bottom: float


class _Grid(NamedTuple):
    """Rulings of one table: places of its columns and rows, and the pieces that are really drawn at each."""

    columns: list[float]
    rows: list[float]
    vertical: list[Rule]
    horizontal: list[Rule]


def page_lines(glyphs: Sequence[Glyph], rules: Sequence[Rule], page: int, height: float) -> list[Line]:
    """The lines of one page in the order of reading, those of ruled tables row by row."""
    if not rules or not glyphs:
        return column_lines(glyphs, page, height)
    outside, rows = split_tables(glyphs, rules, page, height, median(glyph.size for glyph in glyphs))
    lines = column_lines(outside, page, height)
    for row in rows:
        at = next((at for at, line in enumerate(lines) if line.baseline > row.baseline), len(lines))
        lines.insert(at, row)
    return lines


def split_tables(glyphs: Sequence[Glyph], rules: Sequence[Rule], page: int, height: float, em: float) -> tuple[list[Glyph], list[Line]]:
    """The characters outside ruled tables, and the rows of the tables."""
    if not rules or len(rules) > _MOST_RULES:
        return list(glyphs), []
    grids = _grids(rules, em)
    outside: list[Glyph] = []
    cells: defaultdict[tuple[int, int, int], list[Glyph]] = defaultdict(list)
    for glyph in glyphs:
        place = next(((number, *cell) for number, grid in enumerate(grids) if (cell := _cell(grid, glyph, em))), None)
        if place is None:
            outside.append(glyph)
        else:
            cells[place].append(glyph)
    rows: list[Line] = []
    for number, row in sorted({(number, row) for number, row, _ in cells}):
        grid = grids[number]
        texts = [
            "".join(line.text.replace("\x1f", "") for line in lines_of(cells.get((number, row, column), []), page, height))
            for column in range(len(grid.columns) - 1)
        ]
        used = [glyph for column in range(len(grid.columns) - 1) for glyph in cells.get((number, row, column), [])]
        first = min(used, key=lambda glyph: glyph.baseline)
        rows.append(Line(" | ".join(texts).strip(), grid.columns[0], grid.columns[-1], first.baseline, first.size, page, height, em, True))
    return outside, rows


def _grids(rules: Sequence[Rule], em: float) -> list[_Grid]:
    vertical = sorted(
        (rule for rule in rules if rule.bottom - rule.top >= _SHORTEST * em > rule.right - rule.left), key=lambda rule: rule.top
    )
    horizontal = [rule for rule in rules if rule.right - rule.left >= _SHORTEST * em > rule.bottom - rule.top]
    grids: list[_Grid] = []
    bands: list[tuple[float, float, list[Rule]]] = []
    for rule in vertical:
        if bands and rule.top <= bands[-1][1] + _SAME * em:
            top, bottom, members = bands[-1]
            members.append(rule)
            bands[-1] = top, max(bottom, rule.bottom), members
        else:
            bands.append((rule.top, rule.bottom, [rule]))
    for top, bottom, members in bands:
        columns = _distinct([rule.left for rule in members], em)
        across = [rule for rule in horizontal if top - em <= rule.top <= bottom + em]
        rows = _distinct([rule.top for rule in across], em)
        if 3 <= len(columns) <= _MOST_COLUMNS and len(rows) >= 2:
            grids.append(_Grid(columns, rows, members, across))
    return grids


def _distinct(places: list[float], em: float) -> list[float]:
    found: list[float] = []
    for place in sorted(places):
        if not found or place - found[-1] > _SAME * em:
            found.append(place)
    return found


def _cell(grid: _Grid, glyph: Glyph, em: float) -> tuple[int, int] | None:
    """Row and column of a character: of the cell whose rulings are drawn around it, which may span several."""
    x, y = (glyph.left + glyph.right) / 2, glyph.baseline - 0.35 * glyph.size
    row, column = bisect_right(grid.rows, y) - 1, bisect_right(grid.columns, x) - 1
    if not (0 <= row < len(grid.rows) - 1 and 0 <= column < len(grid.columns) - 1):
        return None
    slack = _SAME * em
    while column and not any(
        abs(rule.left - grid.columns[column]) <= slack and rule.top - slack <= y <= rule.bottom + slack for rule in grid.vertical
    ):
        column -= 1
    while row and not any(
        abs(rule.top - grid.rows[row]) <= slack and rule.left - slack <= x <= rule.right + slack for rule in grid.horizontal
    ):
        row -= 1
    return row, column
