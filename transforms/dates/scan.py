"""Finds every date or period in a text, one pass over its Arabic numbers and one over the words that need none.

Rules: ``date.full``, ``date.year_month``, ``date.month_day`` and so on name the printed form. What is damaged, masked or
impossible is found as well and resolves to no value with its reason.
"""

from __future__ import annotations

from transforms.dates import patterns as p
from transforms.dates.found import Found
from transforms.dates.tails import day_tail, exact, with_clock, year_tail
from transforms.dates.words import scan_words


def scan(matching: str) -> list[Found]:
    """All dates and periods of ``matching`` (``Text.matching``) in the order of the text; they do not overlap."""
    found = _scan_numbers(matching)
    words = scan_words(matching, found)
    if words:
        found += words
        found.sort(key=lambda item: item.start)
    return found


def _scan_numbers(matching: str) -> list[Found]:
    found: list[Found] = []
    consumed = 0
    for head in p.HEAD.finditer(matching):
        start, end = head.span()
        if start < consumed:
            continue
        unit = head.lastgroup or ""
        number = matching[start:end].rstrip("年月日学 -/.至" + p.DASHES)
        item = _READERS[unit](matching, start, end, number)
        if item is not None:
            found.append(item)
            consumed = item.end
    return found


def _year(matching: str, start: int, end: int, number: str) -> Found | None:
    if not number.isdigit():
        if len(number) != 4:
            return None
        return year_tail(matching, start, end, None, is_year_masked=True)
    if len(number) == 4 and 1900 <= int(number) <= 2100:
        return year_tail(matching, start, end, int(number))
    if len(number) == 2:
        # 23年5月: only with its month, for 20年 alone is a length of time
        item = year_tail(matching, start, end, 2000 + int(number))
        if item.month is not None:
            item.inferred = "year_century"
            return item
    return None


def _month(matching: str, start: int, end: int, number: str) -> Found | None:
    if len(number) in (5, 6) and number.isdigit() and number.startswith(("19", "20")):
        return exact(day_tail(matching, start, end, None, None), "date.chars_lost", is_lost=True)
    if len(number) > 2:
        return None
    if matching[start - 1 : start] == "." and matching[end : end + 1] in ("", " ", "的"):
        return None
    month = int(number) if number.isdigit() else None
    return day_tail(matching, start, end, None, month, is_month_masked=month is None)


def _day(matching: str, start: int, end: int, number: str) -> Found | None:
    if not number.isdigit():
        return None
    if len(number) <= 2:
        if not p.BARE_DAY_BEFORE.search(matching, max(0, start - 1), start) or matching.startswith(("后", "制"), end):
            return None
        return with_clock(matching, Found(start, end, "date.day", day=int(number)))
    if _is_date_run(number) and (len(number) > 4 or matching[max(0, start - 2) : start].endswith(("于", "从", "自", "至", "到", ",", "。", "、", "\n", ";", ":"))):
        return Found(start, end, "date.chars_lost", is_lost=True)
    return None


def _run(matching: str, start: int, end: int, number: str) -> Found | None:
    """Digits without any mark where a date is due."""
    if not _is_date_run(number) or not number.startswith("20"):
        return None
    if not p.RUN_BEFORE.search(matching, max(0, start - 6), start):
        return None
    if len(number) == 7 and matching[max(0, start - 1) : start] not in tuple("于从自至到止"):
        return None
    return Found(start, start + len(number), "date.chars_lost", is_lost=True)


def _is_date_run(number: str) -> bool:
    """Some reading of the digits as [year,] month and day is in the calendar: 20231021, 2021915, 1021, 202415."""
    rest = number
    if len(number) >= 6:
        if not number.startswith(("19", "20")):
            return False
        rest = number[4:]
    return any(
        1 <= int(rest[:cut]) <= 12 and 1 <= int(rest[cut:]) <= 31 and not rest[cut:].startswith("0" if len(rest) < 4 else "00")
        for cut in (1, 2)
        if 1 <= len(rest) - cut <= 2
    )


def _sign(matching: str, start: int, end: int, number: str) -> Found | None:
    if matching[end : end + 4].isdigit() or "学年" in matching[end : end + 7]:
        school_year = _school_year(matching, start, end, number)
        if school_year is not None:
            return school_year
    if matching[start - 1 : start] in ("-", "/", "_", ".") and not p.SIGNED_START.search(matching, max(0, start - 14), start):
        return None
    tail = p.SIGN_TAIL.match(matching, end)
    if tail is None or not 1900 <= int(number[:4]) <= 2100:
        return None
    month, day = int(tail["month"]), tail["day"]
    form = {"-": "date.iso", ".": "date.dotted", "/": "date.slashed"}[tail["sign"]]
    if day is not None:
        if matching.startswith("日", tail.end()):
            return with_clock(matching, Found(start, tail.end() + 1, form, int(number), month, int(day)))
        if matching.startswith(tail["sign"], tail.end()) and matching[tail.end() + 1 : tail.end() + 2].isdigit() and not matching[tail.end() + 1 : tail.end() + 5].isdigit():
            return None
        return with_clock(matching, Found(start, tail.end(), form, int(number), month, int(day)))
    if not 1 <= month <= 12 or not p.MONTH_NEIGHBOUR.match(matching, tail.end()):
        return None
    return Found(start, tail.end(), form, int(number), month)


def _blank(matching: str, start: int, end: int, number: str) -> Found | None:
    tail = p.BLANK_TAIL.match(matching, end)
    if tail is None or not 1900 <= int(number) <= 2100:
        return None
    return with_clock(matching, Found(start, tail.end(), "date.slashed", int(number), int(tail["month"]), int(tail["day"])))


def _school_year(matching: str, start: int, end: int, number: str) -> Found | None:
    tail = p.SCHOOL_YEAR_TAIL.match(matching, end)
    if tail is None or not number[:4].isdigit() or not 1900 <= int(number[:4]) <= 2100:
        return None
    if tail["second"] is None and not matching.startswith("学年", end - 2):
        return None
    year = int(number[:4])
    part = "school_year"
    if tail["term"] == "一" or tail["semester"] == "上" or tail["season"] == "秋":
        part = "autumn_term"
    elif tail["term"] or tail["semester"] or tail["season"]:
        part = "second_term"
    return Found(start, tail.end(), "date.school_year", year, part=part)


def _years(matching: str, start: int, end: int, number: str) -> Found | None:
    if len(number) != 4 or not 1900 <= int(number) <= 2100:
        return None
    return Found(start, start + 4, "date.year", int(number))


def _months(matching: str, start: int, end: int, number: str) -> Found | None:
    if len(number) > 2 or not number.isdigit() or _is_item(matching, start, start + len(number)):
        return None
    if not 1 <= int(number) <= 12:
        return None
    return Found(start, start + len(number), "date.month", month=int(number))


def _days(matching: str, start: int, end: int, number: str) -> Found | None:
    if len(number) > 2 or not number.isdigit() or _is_item(matching, start, start + len(number)):
        return None
    if not 1 <= int(number) <= 31:
        return None
    return Found(start, start + len(number), "date.day", day=int(number))


def _is_item(matching: str, start: int, end: int) -> bool:
    """The number opens a line, so that the enumeration comma or dash behind it belongs to the outline."""
    return matching[end : end + 1] == "、" and not matching[matching.rfind("\n", 0, start) + 1 : start].strip()


def _dot(matching: str, start: int, end: int, number: str) -> Found | None:
    """The end of a dotted range whose year is omitted: 2021.3.15-5.20."""
    tail = p.SIGN_TAIL.match(matching, end)
    return None if tail is None else Found(start, tail.end(), "date.dotted", month=int(number), day=int(tail["month"]))


def _tail(matching: str, start: int, end: int, number: str) -> Found | None:
    day = int(number)
    return Found(start, start + len(number), "date.day_unmarked", day=day) if 1 <= day <= 31 else None


_READERS = {
    "year": _year,
    "month": _month,
    "day": _day,
    "school_year": _school_year,
    "sign": _sign,
    "blank": _blank,
    "years": _years,
    "months": _months,
    "days": _days,
    "dot": _dot,
    "tail": _tail,
    "run": _run,
}
