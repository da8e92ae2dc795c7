"""Which limits of time bear on a notice, and whether what it dates keeps them: for its timeline.

A limit is a row of ``policy_limits``. Rules bind; examples from other places are only to compare with, so what stays within one is
shown as neither kept nor broken. Judged over intervals like check D08: late only if it must be.
"""

from __future__ import annotations

import calendar
import datetime
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from expectations.references import reference_tables
from expectations.report.rows import Row

_ENDS = {"feedback_to_signed": "signed", "feedback_to_plan": "plan"}


@dataclass(frozen=True, slots=True)
class Limit:
    """A limit from the feedback on: ``state`` is kept, late, within (an example that is not exceeded) or unknown."""

    first: datetime.date
    due: datetime.date
    months: int
    ends: str
    is_example: bool
    applies_to: str
    source: str
    state: str


def limits(notice: Row, mentions: Sequence[Row]) -> list[Limit]:
    """The limits for the notice's kind of inspection that held on the day of its feedback, shortest first; none without such a day."""
    low, high = notice["feedback_earliest"], notice["feedback_latest"]
    if not (low and high):
        return []
    kind = "巡视" if "巡视" in (notice["inspection_kind"] or "") else "巡察"
    found = []
    for row in _rows():
        if row["inspection_kind"] != kind or not (row["valid_from"] or low) <= low <= (row["valid_to"] or low):
            continue
        ends = _ENDS[row["measures"]]
        is_example = row["standing"] != "rule"
        state = _state(later(low, row["months"]), later(high, row["months"]), list(_told(notice, mentions, ends, low)))
        found.append(
            Limit(
                high,
                later(high, row["months"]),
                row["months"],
                ends,
                is_example,
                row["applies_to"],
                row["source"],
                "within" if is_example and state == "kept" else state,
            )
        )
    return sorted(found, key=lambda limit: (limit.ends, limit.months))


@cache
def _rows() -> tuple[Any, ...]:
    return tuple(reference_tables()["policy_limits"].to_pylist())


def _told(notice: Row, mentions: Sequence[Row], ends: str, feedback: datetime.date) -> Iterator[tuple[datetime.date, datetime.date]]:
    """What the notice dates at the end of the limit: its signing, or the first plan after the feedback."""
    if ends == "signed":
        if notice["signed_earliest"] and notice["signed_latest"]:
            yield notice["signed_earliest"], notice["signed_latest"]
        return
    for row in mentions:
        if row["role"] == ends and row["earliest"] and row["latest"] and row["earliest"] >= feedback:
            yield row["earliest"], row["latest"]


def _state(due_earliest: datetime.date, due_latest: datetime.date, told: Sequence[tuple[datetime.date, datetime.date]]) -> str:
    if not told:
        return "unknown"
    first, last = told[0]
    return "kept" if last <= due_earliest else "late" if first > due_latest else "unknown"


def later(day: datetime.date, months: int) -> datetime.date:
    """The same day ``months`` later, or the last one of a shorter month, as DuckDB adds months."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return datetime.date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))
