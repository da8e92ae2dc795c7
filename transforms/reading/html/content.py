"""Where on a page the article stands: by the density of its punctuation, with the marks of known content systems as a second opinion."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from itertools import accumulate
from typing import Any

import regex

from transforms.lexicons.load import lexicon
from transforms.reading.html.blocks import Flat

# The article is the smallest element that keeps this share of the punctuation outside links.
_KEPT = 0.92
# A known container with less than this share is only a part of the article (a split body, a digest).
_TRUSTED = 0.9
# Each of two copies holds at least this share.
_COPY = 0.4
_BASE, _MODULUS = 1_000_003, (1 << 61) - 1
_DATE_LINE = regex.compile(r"[\d〇○零一二三四五六七八九十X×*]{2,4}年[\d一二三四五六七八九十X×*]{1,3}月[\d一二三四五六七八九十X×*]{1,3}日")
_SENTENCE = regex.compile(r"[。;；:：!！?？]$")


@dataclass(frozen=True, slots=True)
class Main:
    """Blocks ``start:end`` hold the article; ``left_out`` are blocks within that do not belong to it; ``marks`` weighs how sure this is."""

    start: int
    end: int
    marks: float
    left_out: frozenset[int] = frozenset()


class _Sums:
    """Punctuation, characters and link characters of any range of blocks."""

    def __init__(self, flat: Flat) -> None:
        self.marks = list(accumulate((block.marks for block in flat.blocks), initial=0))
        self.chars = list(accumulate((len(block.text) for block in flat.blocks), initial=0))
        self.linked = list(accumulate((block.linked for block in flat.blocks), initial=0))

    def mass(self, start: int, end: int) -> float:
        chars = self.chars[end] - self.chars[start]
        linked = self.linked[end] - self.linked[start]
        return (self.marks[end] - self.marks[start]) * max(0.0, 1 - 3 * linked / max(1, chars))


def main_content(flat: Flat) -> Main:
    """The article of ``flat``; ``marks`` is 0 where there is none."""
    if not flat.blocks:
        return Main(0, 0, 0.0)
    sums = _Sums(flat)
    masses = [(sums.mass(start, end), element, start, end) for element, start, end in flat.ranges]
    masses.append((sums.mass(0, len(flat.blocks)), None, 0, len(flat.blocks)))
    most = max(mass for mass, *_ in masses)
    if most <= 0:
        return Main(0, 0, 0.0)
    kept = [(sums.chars[end] - sums.chars[start], index) for index, (mass, _, start, end) in enumerate(masses) if mass >= _KEPT * most]
    _, element, start, end = _once(flat, sums, masses[min(kept)[1]])
    marked = _marked(flat, sums, start, end)
    left_out = _asides(flat, sums, element, start, end, marked)
    start, end, left_out = _narrowed(start, end, left_out)
    return Main(start, _with_signature(flat, end), most, left_out)


def _once(flat: Flat, sums: _Sums, found: tuple[float, Any, int, int]) -> tuple[float, Any, int, int]:
    """The first of two equal parts, where ``found`` holds the article twice: for wide screens and for small ones."""
    mass, _, start, end = found
    prints = _Prints(flat)
    seen: dict[tuple[int, int], tuple[float, Any, int, int]] = {}
    for element, first, last in flat.ranges:
        if start <= first and last <= end and sums.marks[last] - sums.marks[first] >= _COPY * mass:
            part = seen.setdefault((last - first, prints.of(first, last)), (sums.mass(first, last), element, first, last))
            if part[3] <= first:
                return part
    return found


class _Prints:
    """Fingerprints of ranges of blocks, each had in one step however many ranges lie one in the other."""

    def __init__(self, flat: Flat) -> None:
        self._sums, self._powers = [0], [1]
        for block in flat.blocks:
            self._sums.append((self._sums[-1] * _BASE + hash(block.text)) % _MODULUS)
            self._powers.append(self._powers[-1] * _BASE % _MODULUS)

    def of(self, first: int, last: int) -> int:
        return (self._sums[last] - self._sums[first] * self._powers[last - first]) % _MODULUS


def _marked(flat: Flat, sums: _Sums, start: int, end: int) -> bytearray:
    """For every block, 1 if it is inside an element of ``start:end`` that a content system marks as its article."""
    found = bytearray(len(flat.blocks))
    names = _selectors()
    best = 0.0
    for element, first, last in flat.ranges:
        if first < start or last > end or not (names & _names(element)):
            continue
        mass = sums.mass(first, last)
        if mass >= 0.2 * max(best, 1.0):
            best = max(best, mass)
            found[first:last] = b"\x01" * (last - first)
    return found


def _asides(flat: Flat, sums: _Sums, article: Any, start: int, end: int, marked: bytearray) -> frozenset[int]:
    """Blocks of side columns within the article's element: told by their names, or by standing outside the marked article under a link."""
    total = sums.marks[end] - sums.marks[start]
    out = bytearray(len(flat.blocks))
    for element, first, last in flat.ranges:
        if element is article or first < start or last > end or (first, last) == (start, end):
            continue
        share = (sums.marks[last] - sums.marks[first]) / max(1, total)
        if share < 0.5 and _is_side(element):
            out[first:last] = b"\x01" * (last - first)
    if 1 in marked:
        inside = sum(flat.blocks[index].marks for index in range(start, end) if marked[index])
        outside = [index for index in range(start, end) if not marked[index] and not out[index]]
        if inside >= 0.5 * total and outside and sum(flat.blocks[index].marks for index in outside) > (1 - _TRUSTED) * total:
            # what stands outside is a second part of the article, unless a linked headline leads it
            for run in _runs(outside):
                if any(flat.blocks[index].link_share > 0.8 and len(flat.blocks[index].text) > 8 for index in run):
                    for index in run:
                        out[index] = 1
    return frozenset(index for index in range(start, end) if out[index])


def _runs(indexes: list[int]) -> list[list[int]]:
    runs: list[list[int]] = []
    for index in indexes:
        if runs and runs[-1][-1] == index - 1:
            runs[-1].append(index)
        else:
            runs.append([index])
    return runs


def _narrowed(start: int, end: int, left_out: frozenset[int]) -> tuple[int, int, frozenset[int]]:
    while start < end and start in left_out:
        start += 1
    while end > start and end - 1 in left_out:
        end -= 1
    return start, end, left_out


def _with_signature(flat: Flat, end: int) -> int:
    """Behind the article's element, short lines that end in a date are its signature."""
    for at in range(end, min(end + 4, len(flat.blocks))):
        block = flat.blocks[at]
        if len(block.text) > 40 or block.linked or _SENTENCE.search(block.text):
            break
        if _DATE_LINE.fullmatch(block.text.replace(" ", "").replace("\u3000", "")):
            return at + 1
    return end


@cache
def _selectors() -> frozenset[str]:
    return frozenset(name.lower() for name in lexicon("reading_fields")["selectors"])


def _names(element: Any) -> set[str]:
    names = {element.tag.lower()} if isinstance(element.tag, str) else set()
    for attribute in ("id", "class"):
        value = element.get(attribute)
        if value:
            names.update(value.lower().split())
    return {name if not name.startswith("vsb_content") else "vsb_content" for name in names}


@cache
def _side_names() -> regex.Pattern[str]:
    words = "|".join(map(regex.escape, lexicon("reading_chrome")["side"]))
    return regex.compile(rf"(?:^|[\s_-])(?:{words})(?:$|[\s_\d-])|(?:^|\s)(?:{words})", regex.I)


def _is_side(element: Any) -> bool:
    if element.tag in ("aside", "nav", "footer", "header"):
        return True
    for attribute in ("id", "class"):
        value = element.get(attribute)
        if value and _side_names().search(value):
            return True
    return False
