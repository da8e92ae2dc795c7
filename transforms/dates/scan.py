"""Finds every date or period in a text, one pass over its Arabic numbers and one over the words that need none.

Rules: ``date.full``, ``date.year_month``, ``date.month_day`` and so on name the printed form. What is damaged, masked or
impossible is found as well and resolves to no value with its reason.
"""

from __future__ import annotations

import string
from collections.abc import Sequence
from operator import attrgetter

from transforms.dates import patterns as p
from transforms.dates.found import Found
from transforms.dates.tails import NUMBERS, day_tail, with_clock, year_tail
from transforms.dates.words import scan_words
from transforms.text.text import Text


def scan(text: Text) -> list[Found]:
    """All dates and periods of ``text`` in its order, as spans of ``Text.matching``; they do not overlap."""
    matching = text.matching
    found = _scan_numbers(matching, *text.digits)
    words = scan_words(text, found)
    if words:
        found += words
        found.sort(key=_START)
    return found


_START = attrgetter("start")


def _scan_numbers(matching: str, starts: Sequence[int], stops: Sequence[int]) -> list[Found]:
    found: list[Found] = []
    consumed, length = 0, len(matching)
    item: Found | None
    for start, stop in zip(starts, stops, strict=True):
        sign = matching[stop] if stop < length else ""
        size = stop - start
        if size < _SHORTEST.get(sign, _SHORTEST_RUN) or start < consumed:
            continue
        read = _READERS.get(sign)
        if read is None:
            item = _other_sign(matching, start, stop)
        elif sign == "年" and stop + 1 < length and matching[stop + 1] in p.DIGITS and (plain := _plain_date(matching, start)) is not None:
            year, month, day = plain.groups()
            rule = "date.year_month" if day is None else "date.full"
            item = Found(start, plain.end(), rule, _YEARS[year], NUMBERS[month], NUMBERS.get(day))
        elif size > _LONGEST_RUN or (start and matching[start - 1] in _LETTERS):
            continue
        else:
            item = read(matching, start, stop + 1, matching[start:stop])
        if item is None:
            continue
        found.append(item)
        consumed = item.end
        if item.day is not None and consumed < length and matching[consumed] in _DASHES:
            unmarked = _unmarked_end(matching, consumed)
            if unmarked is not None:
                found.append(unmarked)
                consumed = unmarked.end
    return found


_plain_date = p.PLAIN_DATE.match
_DASHES = frozenset("至到" + p.DASHES)
# how many digits a number has at least that opens a date, by what follows; a long one may be a date of its own
_SHORTEST = dict.fromkeys(p.HEAD_SIGNS, 1) | dict.fromkeys("./学", 4)
_SHORTEST_RUN, _LONGEST_RUN = 7, 8
_LETTERS = frozenset(string.ascii_letters)
# what four digits must be to be read as a year
_YEARS = {str(year): year for year in range(1900, 2101)}


def _other_sign(matching: str, start: int, stop: int) -> Found | None:
    """A number behind which a mask, a blank or the sign of another form stands, or nothing of a date."""
    head = p.HEAD.match(matching, start)
    if head is None:
        return None
    end = head.end()
    read = _READERS.get(matching[end - 1])
    return _without_unit(matching, start, stop, end) if read is None else read(matching, start, end, matching[start : end - 1].rstrip())


def _year(matching: str, start: int, end: int, number: str) -> Found | None:
    if end < len(matching) and matching[end] in p.NO_YEAR:
        return None
    year = _YEARS.get(number)
    if year is not None:
        return year_tail(matching, start, end, year)
    if len(number) == 4:
        return None if number.isdigit() else year_tail(matching, start, end, None, is_year_masked=True)
    if len(number) == 2 and number.isdigit():
        # 23年5月: only with its month, for 20年 alone is a length of time
        item = year_tail(matching, start, end, 2000 + int(number))
        if item.month is not None:
            item.inferred = "year_century"
            return item
    return None


def _month(matching: str, start: int, end: int, number: str) -> Found | None:
    if matching[end : end + 1] in p.NO_MONTH:
        return None
    if len(number) <= 2:
        if matching[start - 1 : start] == "." and matching[end : end + 1] in ("", " ", "的"):
            return None
        month = int(number) if number.isdigit() else None
        return day_tail(matching, start, end, None, month, is_month_masked=month is None)
    if len(number) in (5, 6) and number.isdigit() and number.startswith(("19", "20")):
        # 202310月21日: 年 was lost
        item = day_tail(matching, start, end, None, None)
        item.rule, item.is_lost = "date.chars_lost", True
        return item
    return None


def _day(matching: str, start: int, end: int, number: str) -> Found | None:
    if not number.isdigit() or not p.DAY_UNIT.match(matching, end - 1):
        return None
    if len(number) <= 2:
        if start and matching[start - 1] not in p.BEFORE_BARE_DAY:
            return None
        return with_clock(matching, Found(start, end, "date.day", day=int(number)))
    if _is_date_run(number) and (len(number) > 4 or start == 0 or matching[start - 1] in p.BEFORE_LOST_DAY):
        return Found(start, end, "date.chars_lost", is_lost=True)
    return None


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


def _school(matching: str, start: int, end: int, number: str) -> Found | None:
    """2023学年第一学期."""
    return _school_year(matching, start, end + 1, number, end + 1) if matching.startswith("年", end) else None


def _school_year(matching: str, start: int, end: int, number: str, behind: int) -> Found | None:
    """A school year whose 学年 ends at ``behind``, with the term that follows."""
    if not number[:4].isdigit() or not "1900" <= number[:4] <= "2100":
        return None
    tail = p.SCHOOL_TERM.match(matching, behind)
    part, stop = "school_year", behind
    if tail is not None:
        stop = tail.end()
        term = tail["term"] or tail["semester"] or tail["season"]
        if term:
            part = "autumn_term" if term in "一上秋" else "second_term"
    return Found(start, stop, "date.school_year", int(number[:4]), part=part)


def _without_unit(matching: str, start: int, stop: int, end: int) -> Found | None:
    """A number with no unit of its own behind it: a written form with signs, a number that shares a later unit, or lost characters."""
    number, sign = matching[start:stop], matching[stop : stop + 1]
    if len(number) == 4:
        if not "1900" <= number <= "2100":
            return None
        if sign == ".":
            return _signed(matching, start, end, number)
        if p.SHARED_YEAR.match(matching, stop):
            return Found(start, stop, "date.year", int(number))
        school = p.SCHOOL_YEAR.match(matching, stop)
        if school is not None:
            return _school_year(matching, start, end, number, school.end())
        if sign == " ":
            return _blank(matching, start, end, number)
        return _signed(matching, start, stop + 1, number) if sign in _FORMS else None
    if len(number) <= 2:
        # 1、2月4日 at the start of a line is item 1
        if sign == "、" and (start == 0 or matching[max(0, start - 8) : start].rstrip(" ").endswith("\n")):
            return None
        value = int(number)
        if 1 <= value <= 12 and p.SHARED_MONTH.match(matching, stop):
            return Found(start, stop, "date.month", month=value)
        if 1 <= value <= 31 and p.SHARED_DAY.match(matching, stop):
            return Found(start, stop, "date.day", day=value)
        return None
    return _run(matching, start, stop, number) if len(number) >= 7 else None


def _run(matching: str, start: int, stop: int, number: str) -> Found | None:
    """Seven or eight digits without any mark where a date is due."""
    if not number.startswith("20") or not _is_date_run(number) or p.RUN_GOES_ON.match(matching, stop):
        return None
    if not p.RUN_BEFORE.search(matching, max(0, start - 6), start):
        return None
    if len(number) == 7 and (start == 0 or matching[start - 1] not in "于从自至到止"):
        return None
    return Found(start, stop, "date.chars_lost", is_lost=True)


_FORMS = {"-": "date.iso", ".": "date.dotted", "/": "date.slashed"}


def _signed(matching: str, start: int, end: int, number: str) -> Found | None:
    """2023-05-04, 2023.5.4, 2023/5/4, 2019.8; ``end`` is behind the first sign."""
    if start and matching[start - 1] in "-/_." and not p.SIGNED_START.search(matching, max(0, start - 14), start):
        return None
    tail = p.SIGN_TAIL.match(matching, end)
    if tail is None:
        return None
    month, day, stop, sign = int(tail["month"]), tail["day"], tail.end(), tail["sign"]
    if day is None:
        if not 1 <= month <= 12 or not p.MONTH_NEIGHBOUR.match(matching, stop):
            return None
        return Found(start, stop, _FORMS[sign], int(number), month)
    if matching.startswith(sign, stop) and matching[stop + 1 : stop + 2].isdigit() and not matching[stop + 1 : stop + 5].isdigit():
        return None  # 2.0.1.3: a version, not a day
    if matching.startswith("日", stop):
        stop += 1
    return with_clock(matching, Found(start, stop, _FORMS[sign], int(number), month, int(day)))


def _blank(matching: str, start: int, end: int, number: str) -> Found | None:
    """2021 10/23 20:38."""
    tail = p.BLANK_TAIL.match(matching, end)
    if tail is None:
        return None
    return with_clock(matching, Found(start, tail.end(), "date.slashed", int(number), int(tail["month"]), int(tail["day"])))


def _unmarked_end(matching: str, end: int) -> Found | None:
    """The end of a range that lost its units: 9月7日至26, 2021.3.15-5.20."""
    tail = p.UNMARKED_END.match(matching, end)
    if tail is None:
        return None
    if tail["month"]:
        return Found(tail.start("month"), tail.end(), "date.dotted", month=int(tail["month"]), day=int(tail["day"]))
    day = int(tail["bare"])
    return Found(tail.start("bare"), tail.end(), "date.day_unmarked", day=day) if 1 <= day <= 31 else None


_READERS = {"年": _year, "月": _month, "日": _day, "学": _school}
