"""Ties dates together: the two sides of a range, enumerations that share a year or month, and ends left open."""

from __future__ import annotations

import re

import regex

from transforms.dates.found import Found
from transforms.dates.patterns import DASHES

# 一 is a dash that was read as a numeral (9月6日一11月10日).
_CONNECTOR = re.compile(
    rf" ?(?:\((?:星期|周)[一二三四五六日天]\))?(?:上午|下午)?(?:起|开始|始|以来)?,? ?(?:至|到|直至|直到|[{regex.escape(DASHES)}]{{1,2}}|一|截止至?|——) ?"
)
_ENUMERATION = re.compile(r" ?(?:、|和|及|与|以及|或) ?")
_UNTIL_BEFORE = re.compile(r"(?:截[至止](?:时间)?(?:到|至|于)?|截[至止]日期?:|直[到至])(?:为?:)? ?$")
_UNTIL_AFTER = re.compile(r" ?(?:[之以]?前(?!期|夕|后|往|述|身|提|瞻)|为止|止(?=[,。;)、]|$))")
_SINCE_BEFORE = re.compile(r"(?:自从?|(?<!服)从) ?$")
_SINCE_AFTER = re.compile(r" ?(?:以来|起(?![草诉点火步到源来用初码])|开始|始(?![终建发])|至今|[之以]后(?!续))")

# The characters that end, or open, one of the words above.
_BEFORE = frozenset("至止间到于期为:自从 ")
_AFTER = frozenset(" 之以前为止起开始至")


def tie(matching: str, found: list[Found]) -> list[Found]:
    """``found`` in order, with ``range_part``, ``pair`` and ``is_joined`` set; years that follow each other become one period."""
    tied: list[Found] = []
    for item in found:
        before = tied[-1] if tied else None
        if before is not None and 0 < item.start - before.end <= 12:
            gap = matching[before.end : item.start]
            if before.range_part != "end" and _is_range(gap, before, item):
                before.range_part, item.range_part = "start", "end"
                before.pair, item.pair = item, before
            elif _ENUMERATION.fullmatch(gap):
                if _are_following_years(before, item):
                    before.end, before.part, before.rule = item.end, _years_through(before, item), "date.years"
                    continue
                item.is_joined = True
        tied.append(item)
    for item in tied:
        if item.range_part is None:
            item.range_part = _open_end(matching, item)
    # a bare number or day is a date only beside the date that it goes on from
    return [item for item in tied if item.rule != "date.day_unmarked" or item.range_part == "end"]


def _is_range(gap: str, before: Found, item: Found) -> bool:
    if not _CONNECTOR.fullmatch(gap):
        return False
    if gap.strip() == "一" and (before.day is None or item.day is None):
        return False
    # 2020年到5月: a lone year opens no range that a month ends
    return not (before.rule == "date.year" and item.year is None and item.month is not None and item.relative == "")


def _are_following_years(before: Found, item: Found) -> bool:
    if before.rule not in ("date.year", "date.years") or item.rule != "date.year" or item.is_redacted:
        return False
    return item.year is not None and before.year is not None and item.year == _last_year(before) + 1


def _last_year(item: Found) -> int:
    return int(item.part.removeprefix("through_")) if item.part.startswith("through_") else item.year or 0


def _years_through(before: Found, item: Found) -> str:
    return f"through_{item.year}"


def _open_end(matching: str, item: Found) -> str | None:
    start, end = item.start, item.end
    after = end < len(matching) and matching[end] in _AFTER
    if start and matching[start - 1] in _BEFORE:
        before = matching[start - 6 if start > 6 else 0 : start]
        if ("截" in before or "直" in before) and _UNTIL_BEFORE.search(before):
            return "until"
        if ("自" in before or "从" in before) and _SINCE_BEFORE.search(before) and not (after and _UNTIL_AFTER.match(matching, end)):
            return "since"
    if after:
        if _UNTIL_AFTER.match(matching, end):
            return "until"
        if _SINCE_AFTER.match(matching, end):
            return "since"
    return None
