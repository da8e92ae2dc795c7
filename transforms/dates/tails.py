"""Reads on from 年 or 月: what follows them in a date, and the time of day behind it."""

from __future__ import annotations

from typing import Any

from transforms.dates import patterns as p
from transforms.dates.found import Found
from transforms.numbers.numerals import numeral

_TENS = {"上旬": "early", "中旬": "mid", "下旬": "late", "上中旬": "early_mid", "中上旬": "early_mid", "中下旬": "mid_late"}
_EDGES = {"初": "early", "中": "mid", "底": "late", "末": "late"}
_QUARTERS = {"一": "1", "二": "2", "三": "3", "四": "4", "两": "2"}
_SEASONS = {"春": "spring", "夏": "summer", "秋": "autumn", "冬": "winter"}


def year_tail(matching: str, start: int, end: int, year: int | None, *, is_year_masked: bool = False, relative: str = "") -> Found:
    """The date whose year ends at ``end``, with the month, day, or stretch of the year that follows."""
    tail = p.YEAR_TAIL.match(matching, end)
    if tail is None or tail.end() == end:
        return Found(start, end, "date.relative_year" if relative else "date.year", year, relative=relative, is_redacted=is_year_masked, is_year_masked=is_year_masked)
    found = Found(start, tail.end(), "date.year", year, relative=relative, is_redacted=is_year_masked, is_year_masked=is_year_masked)
    if tail["run"]:
        return exact(found, "date.chars_lost", is_lost=True)
    if tail["month"] is not None:
        if tail["month_lost"]:
            # 2022年12底: 月 is missing; the month is read, the edge stays unread (seen in real notices)
            return exact(found, "date.irregular_month_edge", month=int(tail["month"]))
        found.month = number(tail["month"])
        found.is_redacted = found.is_redacted or found.month is None
        _fill_day(found, tail, "date.full", "date.year_month")
        return _clocked(matching, found) if found.day is not None else found
    if tail["year_edge"]:
        return exact(found, "date.year_edge", part="year_edge")
    found.part, form = _stretch(tail)
    if form:
        found.rule = form
    elif matching.startswith("学年", found.end - 2):
        found.part, found.rule = "school_year", "date.school_year"
    elif relative:
        found.rule = "date.relative_year"
    return found


def day_tail(matching: str, start: int, end: int, year: int | None, month: int | None, *, is_month_masked: bool = False, relative: str = "") -> Found:
    """The date whose month ends at ``end``, with the day or 旬 that follows."""
    tail = p.MONTH_TAIL.match(matching, end)
    found = Found(start, tail.end() if tail else end, "date.month", year, month, relative=relative, is_redacted=is_month_masked)
    if tail is not None:
        _fill_day(found, tail, "date.month_day", "date.relative_month" if relative else "date.month")
    return _clocked(matching, found) if found.day is not None else found


def exact(found: Found, rule: str, **values: Any) -> Found:
    """``found`` with its rule and the parts named."""
    found.rule = rule
    for name, value in values.items():
        setattr(found, name, value)
    return found


def with_clock(matching: str, found: Found) -> Found:
    """``found`` with the time of day that follows, if one does."""
    return _clocked(matching, found)


def number(printed: str) -> int | None:
    """The value of Arabic or Han digits, None for a mask."""
    if printed.isdigit() and printed.isascii():
        return int(printed)
    if printed in ("元", "正"):
        return 1
    value = numeral(printed.removeprefix("初"))
    return None if value is None else int(value)


def _fill_day(found: Found, tail: Any, with_day: str, without: str) -> None:
    if tail["day"] is not None:
        found.day = number(tail["day"])
        found.rule = with_day
        if found.day is None:
            found.is_redacted = True
    elif tail["ten"]:
        found.part, found.rule = _TENS[tail["ten"]], "date.ten_days"
    elif tail["edge"]:
        found.part, found.rule = _EDGES[tail["edge"]], "date.month_edge"
    else:
        found.rule = without
    if found.is_redacted:
        found.rule = "date.redacted"


def _stretch(tail: Any) -> tuple[str, str]:
    """The part of the year and the rule's name; both empty where only 年度 was printed."""
    if tail["half"]:
        return ("h1" if tail["half"] == "上" else "h2"), "date.half_year"
    if tail["q"]:
        first, last = _QUARTERS.get(tail["q"], tail["q"]), tail["q_last"]
        if last and first == "1":
            last = _QUARTERS.get(last, last)
            return {"2": "q12", "3": "q123"}.get(last, "year_edge"), "date.quarter"
        return f"q{first}", "date.quarter"
    if tail["q_first"]:
        return ("q123" if tail["q_first"] == "三" else "q12"), "date.quarter"
    season = tail["season"]
    if season:
        return ("spring_term" if season in "春夏" else "autumn_term"), "date.term"
    if tail["season_only"]:
        return _SEASONS[tail["season_only"]], "date.season"
    if tail["term"] or tail["semester"]:
        # 2023年上期 is how schools of Hunan call the term of that spring
        return ("spring_term" if tail["semester"] == "上" or tail["term"] == "一" else "autumn_term"), "date.term"
    if tail["break"]:
        return ("winter_break" if tail["break"] == "寒" else "summer_break"), "date.season"
    return "", ""


def _clocked(matching: str, found: Found) -> Found:
    clock = p.CLOCK.match(matching, found.end)
    if clock is None:
        return found
    hour = int(clock["hour"])
    minute = int(clock["minute"] or clock["minutes"] or (30 if clock["thirty"] else 0))
    if hour < 12 and clock["half"] in ("下午", "晚上", "晚"):
        hour += 12
    if hour > 23:
        return found
    found.clock = f"{hour:02}:{minute:02}" + (f":{clock['second']}" if clock["second"] else "")
    found.end = clock.end()
    return found
