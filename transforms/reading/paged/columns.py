"""Pages set in columns: bands of a page where a gutter runs between lines of prose are read column by column, not across.

Cells of a table have gaps, too; columns are told from them by lines that are full up to the gutter on either side.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from itertools import pairwise
from statistics import median

from transforms.reading.paged.lines import Glyph, Line, line_of, rows_of

# Parts of an em.
_GUTTER = 0.9
_NARROWEST = 8.0
_FULL = 1.3
# Lines on both sides that make a gutter, and the share of them that must be full.
_FEWEST = 5
_SHARE = 0.5
# Lines of prose that may hold wide gaps all the same, such as a spaced label.
_ROWS = 0.2
_MOST_COLUMNS = 4


def column_lines(glyphs: Sequence[Glyph], page: int, height: float) -> list[Line]:
    """The lines of one page in the order of reading; those of columns know the edges of their column."""
    return _read(rows_of(glyphs), page, height, _MOST_COLUMNS)[0]


def _read(rows: list[list[Glyph]], page: int, height: float, columns: int) -> tuple[list[Line], bool]:
    """Lines in order, and whether a gutter was found among them."""
    for gutter in _gutters(rows) if columns > 1 else ():
        lines: list[Line] = []
        band: list[list[Glyph]] = []
        is_divided = False
        for row in [*rows, None]:
            if row is not None and not _crosses(row, gutter):
                band.append(row)
                continue
            divided = _divided(band, gutter, page, height, columns)
            is_divided = is_divided or divided is not None
            lines += [line_of(each, page, height) for each in band] if divided is None else divided
            band = []
            if row is not None:
                lines.append(line_of(row, page, height))
        if is_divided:
            return lines, True
    return [line_of(row, page, height) for row in rows], False


def _divided(band: list[list[Glyph]], gutter: float, page: int, height: float, columns: int) -> list[Line] | None:
    """The lines of the columns on both sides of the gutter; None where there is no prose on both."""
    first = next((at for at, row in enumerate(band) if row[0].left < gutter), len(band))
    sides = [
        [part for row in band[first:] if (part := [glyph for glyph in row if (glyph.left < gutter) == is_left])]
        for is_left in (True, False)
    ]
    if any(len(side) < _FEWEST for side in sides):
        return None
    lines = [line_of(row, page, height) for row in band[:first]]
    for side, left in zip(sides, (1, columns - 1), strict=True):
        read, is_divided = _read(side, page, height, left)
        if not is_divided and not (_is_prose(side) and sum(line.has_cells for line in read) <= _ROWS * len(read)):
            return None  # cells of a table without rulings, or a form
        edges = _edges(side)
        for line in read:
            line.column = line.column or edges
        lines += read
    return lines


def _edges(rows: list[list[Glyph]]) -> tuple[float, float]:
    right = max(row[-1].right for row in rows)
    em = median(row[0].size for row in rows)
    return min(row[0].left for row in rows), median(row[-1].right for row in rows if row[-1].right > right - _FULL * em)


def _is_prose(rows: list[list[Glyph]]) -> bool:
    em = median(row[0].size for row in rows)
    left, right = min(row[0].left for row in rows), max(row[-1].right for row in rows)
    full = sum(row[-1].right > right - _FULL * em for row in rows)
    return right - left >= _NARROWEST * em and full >= _SHARE * len(rows)


def _crosses(row: list[Glyph], gutter: float) -> bool:
    """The row runs over the gutter, or leaves less than a gutter's width there."""
    return any(
        before.left < gutter < glyph.right and glyph.left - before.right < _GUTTER * glyph.size for before, glyph in pairwise(row)
    ) or (len(row) == 1 and row[0].left < gutter < row[0].right)


def _gutters(rows: list[list[Glyph]]) -> list[float]:
    """Places where a gutter may run: in the gaps of most rows, or before an edge where many lines start."""
    gaps: list[tuple[float, float]] = []
    starts: list[float] = []
    for row in rows:
        starts.append(row[0].left)
        for before, glyph in pairwise(row):
            if glyph.left - before.right >= _GUTTER * glyph.size:
                gaps.append((before.right, glyph.left))
                starts.append(glyph.left)
    found = [place for place in (_most_gaps(gaps), _edge(rows, starts)) if place is not None]
    return sorted(set(found), key=found.index)


def _most_gaps(gaps: list[tuple[float, float]]) -> float | None:
    best, most = None, 0
    waiting: list[float] = []
    for start, end in sorted(gaps):
        waiting = [other for other in waiting if other > start]
        waiting.append(end)
        if len(waiting) > most:
            most, best = len(waiting), (start + min(waiting)) / 2
    return best if most >= _FEWEST else None


def _edge(rows: list[list[Glyph]], starts: list[float]) -> float | None:
    """Just before the edge of a right column whose lines do not stand level with those of the left one."""
    if not starts:
        return None
    em = median(row[0].size for row in rows)
    places = Counter(round(2 * start / em) for start in starts if start > min(starts) + _NARROWEST * em)
    place, many = places.most_common(1)[0] if places else (0, 0)
    return (place - 1) * em / 2 if many >= _FEWEST else None
