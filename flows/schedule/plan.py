"""What is scheduled: when, and what a run takes in. It is handed to the runner and kept for ``taizhang status`` as JSON."""

from __future__ import annotations

import datetime
import re
import zoneinfo
from pathlib import Path

import msgspec

FLOW = "taizhang"
HOME = "prefect"
"""Prefect's folder within a warehouse: its database, logs, and the words about what is served."""

# minute, hour, day, month, weekday: what a number of each may be, and the names that stand for numbers
_FIELDS = (("minute", 0, 59, ""), ("hour", 0, 23, ""), ("day", 1, 31, ""), ("month", 1, 12, "jan feb mar apr may jun jul aug sep oct nov dec"), ("weekday", 0, 7, "sun mon tue wed thu fri sat"))  # fmt: skip
_PART = re.compile(r"(?:\*|(?P<first>[0-9a-z]{1,3})(?:-(?P<last>[0-9a-z]{1,3}))?)(?:/(?P<step>[0-9]{1,2}))?")


class Plan(msgspec.Struct, frozen=True, kw_only=True):
    """Paths are absolute, for the runner may work in another folder."""

    cron: str
    time_zone: str
    warehouse: str
    paths: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    name: str = "scheduled"
    maintain: bool = True

    @property
    def words(self) -> str:
        """What runs, for people."""
        what = [*self.paths, *(f"source {name}" for name in self.sources)]
        return f"{', '.join(what)} → {self.warehouse}"


class Served(msgspec.Struct, frozen=True, kw_only=True):
    """A plan that is being served, by which process, and where its Prefect server answers."""

    plan: Plan
    pid: int
    api_url: str
    since: datetime.datetime


def home(warehouse: Path) -> Path:
    """Prefect's folder of a warehouse."""
    return warehouse.absolute() / HOME


def cron_problem(cron: str) -> str | None:
    """What is wrong with a cron line of five fields, or None. Checked here because Prefect takes seconds to say so."""
    fields = cron.lower().split()
    if len(fields) != len(_FIELDS):
        return f"it has {len(fields)} fields, not five: minute hour day month weekday"
    for (name, low, high, names), field in zip(_FIELDS, fields, strict=True):
        for part in field.split(","):
            found = _PART.fullmatch(part)
            if not found:
                return f"{name} {part!r} is no number, range, list or step"
            numbers = [_number(words, names, low) for words in (found["first"], found["last"]) if words]
            if None in numbers or any(not low <= number <= high for number in numbers if number is not None):
                return f"{name} {part!r} is not within {low}-{high}"
            if len(numbers) == 2 and numbers[0] > numbers[1]:  # type: ignore[operator]
                return f"{name} {part!r} ends before it begins"
            if found["step"] and int(found["step"]) == 0:
                return f"{name} {part!r} steps by nothing"
    return None


def name_problem(name: str) -> str | None:
    """What is wrong with a deployment's name, which is also that of a file, or None."""
    return (
        None
        if re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9_-]{0,59}", name) and name != "server"
        else f"{name!r} is not of letters, digits, - and _"
    )


def time_zone_problem(name: str) -> str | None:
    """What is wrong with a time zone's name, or None."""
    try:
        zoneinfo.ZoneInfo(name)
    except (ValueError, OSError, zoneinfo.ZoneInfoNotFoundError):
        return f"there is no time zone {name!r}; write it as Asia/Shanghai"
    return None


def _number(words: str, names: str, low: int) -> int | None:
    if words.isdecimal():
        return int(words)
    listed = names.split()
    return listed.index(words) + low if words in listed else None
