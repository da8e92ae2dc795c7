"""From year, month, day or a named part of them to the interval of days that the words allow."""

from __future__ import annotations

import datetime
from calendar import monthrange
from functools import lru_cache

Interval = tuple[datetime.date, datetime.date, str]

# Days of a month: first, last (0 is the month's last day). 旬 are ten days each, the third takes what is left;
# 月初 and 月底 are read as the first and the last 旬.
_MONTH_PARTS = {"early": (1, 10), "mid": (11, 20), "late": (21, 0), "early_mid": (1, 20), "mid_late": (11, 0)}

# Months of a year: first month, number of months, precision. A spring term runs from February to July, an autumn term from
# September to January, a school year from September to August (school calendars of the provinces differ by weeks, not by
# months). Seasons without 学期 are the meteorological ones. 年初, 年中 and 年底 do not say which days, so the year stands.
_YEAR_PARTS = {
    "q1": (1, 3, "quarter"),
    "q2": (4, 3, "quarter"),
    "q3": (7, 3, "quarter"),
    "q4": (10, 3, "quarter"),
    "q12": (1, 6, "half_year"),
    "q13": (1, 9, "season"),
    "q14": (1, 12, "year"),
    "q23": (4, 6, "season"),
    "q24": (4, 9, "season"),
    "q34": (7, 6, "half_year"),
    "h1": (1, 6, "half_year"),
    "h2": (7, 6, "half_year"),
    "spring_term": (2, 6, "season"),
    "autumn_term": (9, 5, "season"),
    "second_term": (14, 6, "season"),
    "school_year": (9, 12, "year"),
    "spring": (3, 3, "season"),
    "summer": (6, 3, "season"),
    "autumn": (9, 3, "season"),
    "winter": (12, 3, "season"),
    "winter_break": (1, 2, "season"),
    "summer_break": (7, 2, "season"),
    "year_edge": (1, 12, "year"),
}
PARTS = (*_MONTH_PARTS, *_YEAR_PARTS)


@lru_cache(maxsize=4096)
def interval(year: int, month: int | None = None, day: int | None = None, part: str = "") -> Interval | None:
    """First day, last day and precision; None where the calendar has no such date.

    >>> interval(2024, 2, part="late")
    (datetime.date(2024, 2, 21), datetime.date(2024, 2, 29), 'ten_days')
    >>> interval(2023, 2, 30) is None
    True
    """
    if not 1 <= year <= 9990:
        return None
    if month is None:
        if part in _YEAR_PARTS:
            first, count, precision = _YEAR_PARTS[part]
            return _first(year, first), _first(year, first + count) - datetime.timedelta(1), precision
        return datetime.date(year, 1, 1), datetime.date(year, 12, 31), "year"
    if not 1 <= month <= 12:
        return None
    length = monthrange(year, month)[1]
    if day is not None:
        if not 1 <= day <= length:
            return None
        found = datetime.date(year, month, day)
        return found, found, "day"
    if part in _MONTH_PARTS:
        low, high = _MONTH_PARTS[part]
        return datetime.date(year, month, low), datetime.date(year, month, high or length), "ten_days"
    return datetime.date(year, month, 1), datetime.date(year, month, length), "month"


def _first(year: int, month: int) -> datetime.date:
    """The first day of the ``month``-th month counted from January of ``year``; 13 is January of the year after."""
    return datetime.date(year + (month - 1) // 12, (month - 1) % 12 + 1, 1)
