"""Reads on from 年 or 月: what follows them in a date, and the time of day behind it."""

from __future__ import annotations

from typing import Any

from transforms.dates import patterns as p
from transforms.dates.found import Found

_TENS = {"上旬": "early", "中旬": "mid", "下旬": "late", "上中旬": "early_mid", "中上旬": "early_mid", "中下旬": "mid_late"}
_EDGES = {"初": "early", "中": "mid", "底": "late", "末": "late"}
_QUARTERS = {"一": "1", "二": "2", "三": "3", "四": "4", "两": "2"}
_CLOCK_STARTS = frozenset("0123456789 T,上下中早晚凌")
_SEASONS = {"春": "spring", "夏": "summer", "秋": "autumn", "冬": "winter"}


def year_tail(matching: str, start: int, end: int, year: int | None, *, is_year_masked: bool = False, relative: str = "") -> Found:
    """The date whose year ends at ``end``, with the month, day, or stretch of the year that follows."""
    rule = "date.relative_year" if relative else "date.year"
    sign = matching[end] if end < len(matching) else ""
    if sign not in p.YEAR_GOES_ON or (sign == "学" and not matching.startswith("学年", end)):
        return Found(start, end, rule, year, None, None, "", relative, is_year_masked, is_year_masked)
    plain = p.PLAIN_YEAR_TAIL.match(matching, end) if sign in p.DIGITS else None
    if plain is not None:
        month, day, stop = plain[1], plain[2], plain.end()
        rule = "date.redacted" if is_year_masked else "date.year_month" if day is None else "date.full"
        found = Found(start, stop, rule, year, NUMBERS[month], NUMBERS.get(day), "", relative, is_year_masked, is_year_masked)
        return found if day is None else with_clock(matching, found)
    if sign == "度" and matching[end + 1 : end + 2] not in p.YEAR_GOES_ON:
        return Found(start, end + 1, rule, year, None, None, "", relative, is_year_masked, is_year_masked)
    tail = p.YEAR_TAIL.match(matching, end)
    if tail is None or tail.end() == end:
        return Found(start, end, rule, year, None, None, "", relative, is_year_masked, is_year_masked)
    month, day, ten, edge, month_lost, run = tail.group("month", "day", "ten", "edge", "month_lost", "run")
    found = Found(start, tail.end(), rule, year, None, None, "", relative, is_year_masked, is_year_masked)
    if month is not None:
        found.month = NUMBERS.get(month)
        if month_lost:
            # 2022年12底: 月 is missing; the month is read, the edge stays unread (seen in real notices)
            found.rule = "date.irregular_month_edge"
            return found
        if found.month is None:
            found.is_redacted = True
        _fill_day(found, day, ten, edge, "date.full", "date.year_month")
        return with_clock(matching, found) if day is not None else found
    if run:
        found.rule, found.is_lost = "date.chars_lost", True
        return found
    if tail["year_edge"]:
        found.rule, found.part = "date.year_edge", "year_edge"
        return found
    if found.end == end + 1 and matching[end] == "度":
        return found
    found.part, form = _stretch(tail)
    if form:
        found.rule = form
    elif matching.startswith("学年", found.end - 2):
        found.part, found.rule = "school_year", "date.school_year"
    elif relative:
        found.rule = "date.relative_year"
    return found


def day_tail(
    matching: str, start: int, end: int, year: int | None, month: int | None, *, is_month_masked: bool = False, relative: str = ""
) -> Found:
    """The date whose month ends at ``end``, with the day or 旬 that follows."""
    plain = p.PLAIN_MONTH_TAIL.match(matching, end)
    if plain is not None:
        found = Found(start, plain.end(), "date.month", year, month, relative=relative, is_redacted=is_month_masked)
        _fill_day(found, plain[1], None, None, "date.month_day", "date.month")
        return with_clock(matching, found)
    tail = p.MONTH_TAIL.match(matching, end)
    found = Found(start, tail.end() if tail else end, "date.month", year, month, relative=relative, is_redacted=is_month_masked)
    if tail is not None:
        _fill_day(found, tail["day"], tail["ten"], tail["edge"], "date.month_day", "date.relative_month" if relative else "date.month")
    return with_clock(matching, found) if found.day is not None else found


def _numbers() -> dict[str, int]:
    units, tens = "一二三四五六七八九", ("", "十", "二十", "三十")
    han = {ten + unit: 10 * value + at for value, ten in enumerate(tens) for at, unit in enumerate(["", *units]) if ten or unit}
    arabic = {form: value for value in range(100) for form in (str(value), f"{value:02}")}
    return (
        arabic
        | han
        | {f"初{unit}": at for at, unit in enumerate(units, 1)}
        | {f"廿{unit}": 20 + at for at, unit in enumerate(["", *units])}
        | {"元": 1, "正": 1}
    )


# the values of one or two Arabic digits and of Han months and days; a mask has none
NUMBERS = _numbers()


def _fill_day(found: Found, day: str | None, ten: str | None, edge: str | None, with_day: str, without: str) -> None:
    if day is not None:
        found.day, found.rule = NUMBERS.get(day), with_day
        if found.day is None:
            found.is_redacted = True
    elif ten:
        found.part, found.rule = _TENS[ten], "date.ten_days"
    elif edge:
        found.part, found.rule = _EDGES[edge], "date.month_edge"
    else:
        found.rule = without
    if found.is_redacted:
        found.rule = "date.redacted"


def quarters(first: str, last: str | None) -> str:
    """The part of the year for one quarter, or for those from ``first`` to ``last``."""
    part = _QUARTERS.get(first, first)
    return f"q{part}{_QUARTERS.get(last, last)}" if last and _QUARTERS.get(last, last) > part else f"q{part}"


def _stretch(tail: Any) -> tuple[str, str]:
    """The part of the year and the rule's name; both empty where only 年度 was printed."""
    if tail["half"]:
        return ("h1" if tail["half"] == "上" else "h2"), "date.half_year"
    if tail["q"]:
        return quarters(tail["q"], tail["q_last"]), "date.quarter"
    if tail["q_first"]:
        return ("q13" if tail["q_first"] == "三" else "q12"), "date.quarter"
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


def with_clock(matching: str, found: Found) -> Found:
    """``found`` with the time of day that follows, if one does."""
    end = found.end
    sign = matching[end] if end < len(matching) else ""
    if sign not in _CLOCK_STARTS or (sign == "," and matching[end + 1 : end + 2] not in _CLOCK_STARTS):
        return found
    clock = p.CLOCK.match(matching, end)
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
