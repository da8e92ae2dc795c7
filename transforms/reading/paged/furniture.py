"""What stands on every page and belongs to none: running heads, page numbers, watermarks."""

from __future__ import annotations

from collections import Counter, defaultdict

import regex

from transforms.reading.paged.lines import Line

# Part of the page's height at its top and bottom where running heads and page numbers stand.
_EDGE = 0.13
_SHARE = 0.6
_PAGE_NUMBER = regex.compile(
    r"[-—–_·•\s]{0,4}(?:第?\s{0,2}\d{1,4}\s{0,2}页?|[ivxIVX]{1,6}|\d{1,4}\s?/\s?\d{1,4}|第\s?\d{1,4}\s?页[,，/\s]{0,3}共\s?\d{1,4}\s?页)[-—–_·•\s]{0,4}"
)
_DIGITS = regex.compile(r"\d+")


def without_furniture(lines: list[Line]) -> list[Line]:
    """``lines`` without page numbers, and without lines at the edge of pages that most pages repeat (digits apart)."""
    pages = len({line.page for line in lines})
    seen: defaultdict[str, set[int]] = defaultdict(set)
    places: Counter[str] = Counter()
    for line in lines:
        if _at_edge(line):
            key = _key(line)
            seen[key].add(line.page)
            places[key] += 1
    repeated = {key for key, on in seen.items() if pages >= 3 and len(on) >= _SHARE * pages}
    return [
        line
        for line in lines
        if not (_at_edge(line) and (_key(line) in repeated or _PAGE_NUMBER.fullmatch(line.text.replace("\x1f", " ").strip())))
    ]


def _at_edge(line: Line) -> bool:
    return line.baseline < _EDGE * line.height or line.baseline > (1 - _EDGE) * line.height


def _key(line: Line) -> str:
    # the place is rounded to a fiftieth of the page: a running head does not move
    return f"{round(50 * line.baseline / max(line.height, 1.0))}:{_DIGITS.sub('#', line.text)}"
