"""Stocks with what they came from: 原有党员25名,新发展3名,现有党员28名."""

from __future__ import annotations

import re
from collections.abc import Iterator

from transforms.lexicons.alternation import alternation
from transforms.numbers.findings import Finding
from transforms.numbers.intervals import Interval
from transforms.numbers.operands import Count, counts, sentence_around
from transforms.text.characters import HAN
from transforms.text.codes import table_of
from transforms.text.kinds import Classes
from transforms.text.text import Text

_ADDED = ("新增", "补充", "新招", "新进", "招录", "引进", "新发展", "新购", "新聘", "新录用")
_ADDED_SIGN = Classes(table_of("".join({word[0] for word in _ADDED})))
_BEGINS_ADDED = frozenset(word[:2] for word in _ADDED)
_BEFORE = ("原有", "原来有", "此前有", "原为")
_NOW = ("现有", "现共有", "目前共有", "目前有", "增至", "增加到", "增加至", "总数达", "总数达到", "现达到")
_SIGN_OF_NOW = re.compile(alternation(_NOW))
# what leaves a stock; where it is told, previous and added do not make it up
_LEFT = re.compile("减少|退休|调出|调离|转出|去世|退出|离职|辞职|报废|注销|核减|淘汰|清退")
_TAIL = re.compile(rf"(?P<words>{'|'.join(sorted((*_ADDED, *_BEFORE, *_NOW), key=len, reverse=True))})了?(?P<noun>[{HAN}]{{0,6}}?)$")


def stocks(text: Text) -> Iterator[Finding]:
    """Stocks that a sentence states together with what was added; the operands are what there was before, if it is told, and what was added."""
    matching = text.matching
    done = -1
    for at in text.offsets(_ADDED_SIGN):
        if matching[at : at + 2] not in _BEGINS_ADDED or not matching.startswith(_ADDED, at):
            continue
        floor, stop = sentence_around(matching, at, at)
        if floor <= done:
            continue
        done = floor
        if _SIGN_OF_NOW.search(matching, floor, stop):
            yield from _in_sentence(text, floor, stop)


def _in_sentence(text: Text, floor: int, stop: int) -> Iterator[Finding]:
    matching = text.matching
    parts: dict[str, list[tuple[Count, str]]] = {"before": [], "added": [], "now": []}
    for count in counts(text, floor, stop):
        led = _TAIL.search(matching[max(floor, count.start - 12) : count.start])
        if led and count.unit and not count.is_vague:
            kind = "before" if led["words"] in _BEFORE else "now" if led["words"] in _NOW else "added"
            parts[kind].append((count, led["noun"]))
    if len(parts["now"]) != 1:
        return
    stock, noun = parts["now"][0]
    added = [count for count, other in parts["added"] if count.start < stock.start and _is_same(stock, noun, count, other)]
    if not added:
        return
    before = [count for count, other in parts["before"] if count.start < stock.start and _is_same(stock, noun, count, other)]
    is_whole = len(before) == 1 and not _LEFT.search(matching, floor, stop)
    operands = tuple((count.value, count.start, count.end) for count in ([*before, *added] if is_whole else added[:1]))
    stated = Interval(stock.value, stock.value, "exact", stock.decimals)
    yield Finding(stock.start, stock.end, "sum", "figure.stock", stated, stock.unit, noun or None, None, operands, "+")


def _is_same(stock: Count, noun: str, part: Count, other: str) -> bool:
    """One unit, and one noun where both tell theirs."""
    return stock.unit == part.unit and (not noun or not other or noun.endswith(other) or other.endswith(noun))
