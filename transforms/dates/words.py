"""Dates that open with no Arabic number: Han numerals, masks, 今年, 本月, 次日, 上半年, 秋季学期, festivals."""

from __future__ import annotations

import re
from bisect import bisect_right
from functools import cache

import regex

from transforms.dates import patterns as p
from transforms.dates.found import Found
from transforms.dates.tails import day_tail, quarters, with_clock, year_tail
from transforms.lexicons.load import lexicon
from transforms.numbers.numerals import numeral
from transforms.text.kinds import Pairs
from transforms.text.text import Text

_DIGITS = str.maketrans("〇零○Oo一二三四五六七八九", "00000123456789")
# How far before its anchor a head can start: 二〇二三年, 一个月 and 第一季度 fit.
_REACH = 6


def scan_words(text: Text, taken: list[Found]) -> list[Found]:
    """Dates of ``text`` outside ``taken``, which is in the order of the text."""
    matching = text.matching
    starts = [item.start for item in taken]
    found: list[Found] = []
    consumed = 0
    is_anchor = _anchor().match
    for at in text.places(_anchors()):
        if at < consumed or is_anchor(matching, at) is None:
            continue
        before = bisect_right(starts, at) - 1
        if before >= 0 and taken[before].end > at:
            continue
        floor = max(consumed, taken[before].end if before >= 0 else 0, at - _REACH)
        item = _at_anchor(matching, floor, at)
        if item is None:
            continue
        behind = bisect_right(starts, item.start)
        if behind < len(taken) and taken[behind].start < item.end:
            item = _absorb(item, taken, starts, behind)
        found.append(item)
        consumed = item.end
    return found


def _absorb(item: Found, taken: list[Found], starts: list[int], at: int) -> Found:
    """``item`` reaches over dates that the pass over numbers took from its middle (今年6月): they go."""
    while at < len(taken) and taken[at].start < item.end:
        del taken[at], starts[at]
    return item


def _at_anchor(matching: str, floor: int, at: int) -> Found | None:
    sign = matching[at]
    if sign == "年":
        return _year(matching, floor, at + 1) or _stretch(matching, floor, at + 3)
    if sign == "月":
        return _month(matching, floor, at + 1)
    if sign not in p.ANCHOR_SIGNS:
        return _festival(matching, at + 1)
    if sign in "日天晚":
        head = p.RELATIVE_DAY.search(matching, floor, at + 3)
        if head is None or head.end() <= at:
            return _han_day(matching, floor, at + 1)
        return Found(head.start(), head.end(), "date.relative_day", relative=head["word"])
    return _stretch(matching, floor, at + 3)


def _year(matching: str, floor: int, end: int) -> Found | None:
    head = p.HAN_YEAR.search(matching, max(0, floor), end + 1)
    if head is not None and head.end() == end:
        return year_tail(matching, head.start(), end, int(head["year"].translate(_DIGITS)))
    head = p.MASKED_YEAR.search(matching, floor, end + 1)
    if head is not None and head.end() == end:
        return year_tail(matching, head.start(), end, None, is_year_masked=True)
    head = p.RELATIVE_YEAR.search(matching, floor, end + 3)
    if head is not None and head.end() >= end:
        return year_tail(matching, head.start(), head.end(), None, relative=head["word"])
    return None


def _month(matching: str, floor: int, end: int) -> Found | None:
    head = p.HAN_MONTH.search(matching, floor, end + 3)
    if head is not None and head.end() == end:
        value = 1 if head["month"] in "元正" else numeral(head["month"])
        return None if value is None else day_tail(matching, head.start(), end, None, int(value))
    head = p.MASKED_MONTH.search(matching, floor, end + 1)
    if head is not None and head.end() == end:
        return day_tail(matching, head.start(), end, None, None, is_month_masked=True)
    head = p.RELATIVE_MONTH.search(matching, floor, end + 2)
    if head is not None and head.end() == end:
        return day_tail(matching, head.start(), end, None, None, relative=head["word"])
    return None


_HAN_DAY = regex.compile(r"(?<=[日、至到同月-])(?P<day>(?:二十|三十|十)[一二三四五六七八九]?|[一二三四五六七八九])日(?!内|常|报)")


def _han_day(matching: str, floor: int, end: int) -> Found | None:
    """A Han day that continues a Han date: 五月四日至八日."""
    head = _HAN_DAY.search(matching, floor, end + 1)
    if head is None or head.end() != end or matching[head.start() - 1 : head.start()] not in "日至到、-":
        return None
    value = numeral(head["day"])
    return None if value is None else with_clock(matching, Found(head.start(), end, "date.day", day=int(value)))


_HALF = {"上": "h1", "下": "h2"}


def _stretch(matching: str, floor: int, end: int) -> Found | None:
    head = p.YEAR_STRETCH.search(matching, floor, min(len(matching), end + 2))
    if head is None:
        return None
    start, stop = head.span()
    if head["half"]:
        return Found(start, stop, "date.half_year", part=_HALF[head["half"]])
    quarter = head["q"] or head["q2"]
    if quarter:
        return Found(start, stop, "date.quarter", part=quarters(quarter, head["q_last"]))
    if head["term"]:
        return Found(start, stop, "date.term", part="spring_term" if head["term"] == "春" else "autumn_term")
    return Found(start, stop, "date.year_edge", part="year_edge")


@cache
def _festival_days() -> dict[str, tuple[int, int]]:
    return {row["word"]: (row["month"], row["day"]) for row in lexicon("dates")["festival"]}


@cache
def _anchors() -> Pairs:
    """The characters at which such a date may end its first part, and those that may stand before them."""
    return Pairs(
        "".join({*p.ANCHOR_LEADS, *(word[-2] for word in _festival_days())}),
        "".join({*p.ANCHOR_SIGNS, *(word[-1] for word in _festival_days())}),
    )


@cache
def _anchor() -> re.Pattern[str]:
    """The sign at which a date without an Arabic number may end its first part, a festival or another, with what must stand before it."""
    return re.compile(rf".(?:{p.ANCHOR_ENDS}|{'|'.join(f'(?<={word})' for word in _festival_days())})")


# 五一 alone may be a medal, a road or a holiday; a time is told only with one of these behind it.
_FESTIVAL_TIME = re.compile(r"[”\"]?(?:国际)?(?:劳动节|节|假)?(?:期间|前夕?|节?后|假期|之前|当天)")


def _festival(matching: str, end: int) -> Found | None:
    word = next((word for word in _festival_days() if matching.endswith(word, 0, end)), None)
    if word is None or not _FESTIVAL_TIME.match(matching, end):
        return None
    month, day = _festival_days()[word]
    return Found(end - len(word), end, "date.festival", month=month, day=day)
