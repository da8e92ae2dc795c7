"""Who is to put a problem right and until when: 责任领导：…；责任部门：…；整改时限：… in lines or table cells."""

from __future__ import annotations

import calendar
import datetime
import re
from collections.abc import Mapping
from functools import cache

from transforms.lexicons.load import words

_DATE = re.compile(r"(20\d\d)[年./-](\d{1,2})(?:[月./-](\d{1,2})?)?")
_LABELS = (
    "时限",
    "期限",
    "完成时间",
    "整改时间",
    "牵头领导",
    "牵头单位",
    "牵头部门",
    *(rf"责任[^,。;:\n]{{{length}}}" for length in range(1, 5)),
)
# colons are few, so that a look back from each costs less than a search for every label
_LABEL = re.compile(f":(?:{'|'.join(f'(?<={label}:)' for label in _LABELS)})")
ROLES = ("leader", "department", "person", "deadline")


@cache
def _labelled() -> Mapping[str, re.Pattern[str]]:
    return {
        role: re.compile(
            rf"(?:{'|'.join(words('outline', f'columns_{role}'))}):([^;。\n|]{{1,60}}?)(?=[;。\n|]|[,、 ]{{1,2}}(?:责任|牵头|整改|完成|配合|时限)|$)"
        )
        for role in ROLES
    }


def are_told(matching: str) -> bool:
    """Some label of a duty stands in the text at all."""
    return _LABEL.search(matching) is not None


def duties(matching: str, start: int, end: int) -> dict[str, tuple[int, int]]:
    """Spans of what is told, by leader, department, person and deadline."""
    found = {}
    for role, pattern in _labelled().items():
        match = pattern.search(matching, start, end)
        if match is not None:
            found[role] = match.span(1)
    return found


def deadline_interval(text: str) -> tuple[datetime.date | None, datetime.date | None]:
    """First and last day of a printed deadline: a day, or the whole month for 6月底 and 6月; (None, None) for 立行立改, 长期坚持.

    >>> deadline_interval("2024年6月底前")
    (datetime.date(2024, 6, 1), datetime.date(2024, 6, 30))
    """
    match = _DATE.search(text)
    if match is None:
        return None, None
    year, month = int(match.group(1)), int(match.group(2))
    if not 1 <= month <= 12:
        return None, None
    last = calendar.monthrange(year, month)[1]
    if match.group(3):
        day = int(match.group(3))
        return (datetime.date(year, month, day),) * 2 if 1 <= day <= last else (None, None)
    return datetime.date(year, month, 1), datetime.date(year, month, last)
