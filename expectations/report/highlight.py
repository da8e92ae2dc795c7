"""A notice's text cut into stretches, each with all the extracted values that cover it.

Values overlap in every way: a problem holds a count, a citation begins inside a measure and ends behind it. Cutting at every
boundary gives stretches that need no nesting, and whose order and words are those of the text.
"""

from __future__ import annotations

import bisect
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

# Passages come first, single values last: where several cover a stretch, the last one speaks.
PASSAGES = ("problem", "measure", "next_step")
KINDS = (
    *PASSAGES,
    *("node", "page_field", "organisation", "place", "person", "head"),
    *("citation", "contact", "date", "amount", "accountability", "figure", "claim"),
)
_RANK = {kind: rank for rank, kind in enumerate(KINDS)}
# Marks and blanks that carry no meaning of their own, so that leaving them unread is no loss.
_EMPTY = frozenset("，。、；：,;:.!?！？“”‘’\"'（）()〔〕[]【】《》—-…·　 \t\n\r")


@dataclass(frozen=True, slots=True)
class Value:
    """An extracted value: a half-open range of the text, its kind, and its place in the page's list of values (-1: not listed)."""

    start: int
    end: int
    kind: str
    number: int = -1


@dataclass(frozen=True, slots=True)
class Stretch:
    """Words with the same values upon them: ``kinds`` in the order of ``KINDS``, ``number`` of the innermost listed value."""

    start: int
    words: str
    kinds: tuple[str, ...]
    number: int
    is_unparsed: bool
    is_target: bool


def lines(text: str, values: Sequence[Value], targets: Sequence[int] = ()) -> Iterator[list[Stretch]]:
    """The stretches of each line of ``text``.

    ``targets`` are further places to cut at, such as the ends of a check's evidence. Values that reach out of the text are cut to
    it and empty ones left out. A stretch ``is_target`` where a value or a target begins.
    """
    kept = sorted(
        (value for value in (_within(value, len(text)) for value in values) if value.start < value.end),
        key=lambda value: (value.start, -value.end),
    )
    starts = {value.start for value in kept} | {at for at in targets if 0 <= at < len(text)}
    cuts = sorted({0, len(text)} | starts | {value.end for value in kept})
    opened: list[Value] = []
    upcoming = 0
    position = 0
    for line in text.split("\n"):
        stop = position + len(line)
        pieces: list[Stretch] = []
        edges = [position, *cuts[bisect.bisect_right(cuts, position) : bisect.bisect_left(cuts, stop)], stop]
        for start, end in pairwise(edges):
            while upcoming < len(kept) and kept[upcoming].start <= start:
                opened.append(kept[upcoming])
                upcoming += 1
            opened = [value for value in opened if value.end > start]
            if start < end:
                pieces.append(_stretch(text, start, end, opened, start in starts))
        yield pieces
        position = stop + 1


def _within(value: Value, length: int) -> Value:
    return (
        value if value.start >= 0 and value.end <= length else Value(max(0, value.start), min(length, value.end), value.kind, value.number)
    )


def _stretch(text: str, start: int, end: int, values: Sequence[Value], is_target: bool) -> Stretch:
    words = text[start:end]
    kinds = tuple(sorted({value.kind for value in values if value.kind in _RANK}, key=_RANK.__getitem__))
    listed = [value for value in values if value.number >= 0]
    inner = min(listed, key=lambda value: (value.end - value.start, -_RANK.get(value.kind, 0))).number if listed else -1
    return Stretch(start, words, kinds, inner, not values and not _EMPTY.issuperset(words), is_target)
