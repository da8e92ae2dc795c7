"""Printed lines to paragraphs: a line that was wrapped is joined to the next, one that ended is not."""

from __future__ import annotations

from collections import Counter
from statistics import median

import regex

from transforms.reading.paged.furniture import without_furniture
from transforms.reading.paged.lines import Line

# Parts of an em.
_SLACK = 0.35
_INDENT = 0.7
_TITLE_SIZE = 1.12
_SAME_SIZE = 0.08
_HEADING = regex.compile(
    r"(?:[一二三四五六七八九十]{1,3}、|[（(][一二三四五六七八九十\d]{1,3}[)）]|\d{1,2}[.、．](?!\d)|第[一二三四五六七八九十\d]{1,3}[章节条]|附件?[\d:：]|[①-⑳])"
)
_ENDED = regex.compile(r"[。！？；!?;][”’）)]?$")
_DATE = regex.compile(r"[\d〇○零一二三四五六七八九十X×*]{2,4}年[\d一二三四五六七八九十X×*]{1,3}月(?:[\d一二三四五六七八九十X×*]{1,3}日)?")


def paragraphs_of(lines: list[Line]) -> list[str]:
    """Paragraphs of the whole document, in order; rows of cells are joined with `` | ``."""
    lines = without_furniture(lines)
    if not lines:
        return []
    _find_columns(lines)
    body = _body_size(lines)
    left, right = _edges(lines, body)
    edges = {page: _page_edges([line for line in lines if line.page == page], body, left, right) for page in {line.page for line in lines}}
    paragraphs: list[str] = []
    for index, line in enumerate(lines):
        text = _spelled(lines, index)
        before = lines[index - 1]
        if index and _continues(before, line, body, (line.column or edges[line.page])[0], (before.column or edges[before.page])[1]):
            paragraphs[-1] = _glued(paragraphs[-1], text)
        else:
            paragraphs.append(text)
    return paragraphs


def _find_columns(lines: list[Line]) -> None:
    """Give lines of a page that fills only one column, such as the last one, the edges that the column has on other pages."""
    known = {line.column for line in lines if line.column}
    for page in {line.page for line in lines} if known else ():
        alone = [line for line in lines if line.page == page]
        if any(line.column for line in alone):
            continue
        left, right, em = min(line.left for line in alone), max(line.right for line in alone), max(line.size for line in alone)
        column = next((edges for edges in sorted(known) if edges[0] - em <= left and right <= edges[1] + em), None)
        for line in alone:
            line.column = column


def _body_size(lines: list[Line]) -> float:
    sizes: Counter[float] = Counter()
    for line in lines:
        sizes[round(line.size, 1)] += len(line.text)
    return sizes.most_common(1)[0][0] or 1.0


def _edges(lines: list[Line], body: float) -> tuple[float, float]:
    """The left edge, and the right edge up to which full lines run."""
    long = [line for line in lines if abs(line.size - body) <= _SAME_SIZE * body and not line.has_cells] or lines
    lefts: Counter[int] = Counter(round(4 * line.left / body) for line in long)
    common = [place for place, count in lefts.items() if count >= 0.15 * len(long)]
    left = min(common or [min(lefts)]) * body / 4
    widest = max(line.right for line in long)
    full = [line.right for line in long if line.right > widest - 1.5 * body]
    return left, median(full) if len(full) > 2 else widest


def _page_edges(lines: list[Line], body: float, left: float, right: float) -> tuple[float, float]:
    """The edges of one page where enough of its lines show them: pages of a scan lie apart by some of an em."""
    lefts = [line.left for line in lines if abs(line.left - left) < 1.2 * body]
    rights = [line.right for line in lines if abs(line.right - right) < 1.2 * body]
    return min(median(lefts), left + 0.6 * body) if len(lefts) > 4 else left, median(rights) if len(rights) > 4 else right


def _continues(before: Line, line: Line, body: float, left: float, right: float) -> bool:
    if before.has_cells or line.has_cells:
        return False
    same_size = abs(before.size - line.size) <= _SAME_SIZE * max(before.size, line.size)
    if not same_size:
        return False
    if before.size >= _TITLE_SIZE * body:
        # a headline over several lines, each of them centred
        near = before.page == line.page and 0 < line.baseline - before.baseline < 2.2 * before.size
        return near and not _ENDED.search(before.text)
    em = max(line.size, 0.1)
    if line.left > left + _INDENT * em:
        return False
    if _ENDED.search(before.text) and _HEADING.match(line.text):
        return False
    if _DATE.fullmatch(line.text.replace(" ", "")) and len(before.text) < 40:
        return False
    return before.right + line.first_unit > right - _SLACK * em


def _spelled(lines: list[Line], index: int) -> str:
    line = lines[index]
    if not line.has_cells:
        return line.text
    # one wide gap alone is spacing; lines with gaps one below the other are rows
    neighbours = lines[max(0, index - 1) : index] + lines[index + 1 : index + 2]
    return line.text.replace("\x1f", "|") if any(near.has_cells for near in neighbours) else regex.sub(r"\s*\x1f\s*", " ", line.text)


def _glued(text: str, more: str) -> str:
    return text + (" " if text[-1:].isascii() and text[-1:].isalpha() and more[:1].isascii() and more[:1].isalpha() else "") + more
