"""Limits on a notice's timeline: which bear on it, and whether what it dates keeps them."""

from __future__ import annotations

import datetime
from typing import Any

import pytest

from expectations.report.limits import later, limits


def day(iso: str | None) -> datetime.date | None:
    return datetime.date.fromisoformat(iso) if iso else None


def notice(kind: str, feedback: str | None, signed: str | None = None, signed_latest: str | None = None) -> dict[str, Any]:
    return {
        "inspection_kind": kind,
        "feedback_earliest": day(feedback),
        "feedback_latest": day(feedback),
        "signed_earliest": day(signed),
        "signed_latest": day(signed_latest or signed),
    }


@pytest.mark.parametrize(
    ("told", "expected"),
    [
        (notice("巡视", "2021-03-10", "2021-05-10"), [(2, False, "kept")]),
        (notice("巡视", "2021-03-10", "2021-05-11"), [(2, False, "late")]),
        (notice("巡视", "2021-03-10", "2021-05-01", "2021-05-31"), [(2, False, "unknown")]),
        (notice("巡视", "2021-03-10"), [(2, False, "unknown")]),
        (notice("巡视", "2024-06-10", "2025-06-10"), []),
        (
            notice("常规巡察", "2023-01-10", "2023-05-10"),
            [(1, True, "unknown"), (3, True, "late"), (6, True, "within"), (12, True, "within")],
        ),
        (notice("巡察", None, "2023-05-10"), []),
    ],
)
def test_a_limit_is_kept_or_exceeded_only_if_it_must_be(told: dict[str, Any], expected: list[tuple[int, bool, str]]) -> None:
    """The rule of 巡视 binds until its repeal; county rules are examples, which are never kept, only not exceeded."""
    assert [(limit.months, limit.is_example, limit.state) for limit in limits(told, [])] == expected


def test_a_plan_is_held_against_the_limit_for_plans() -> None:
    """The first plan after the feedback counts."""
    plan = {"role": "plan", "earliest": day("2023-02-20"), "latest": day("2023-02-20")}

    assert limits(notice("巡察", "2023-01-10"), [plan])[0].state == "late"


@pytest.mark.parametrize(
    ("start", "months", "end"), [("2023-11-30", 3, "2024-02-29"), ("2023-12-31", 1, "2024-01-31"), ("2023-01-15", 12, "2024-01-15")]
)
def test_months_are_added_by_the_calendar(start: str, months: int, end: str) -> None:
    """The same day, or the last one of a shorter month."""
    assert later(datetime.date.fromisoformat(start), months).isoformat() == end
