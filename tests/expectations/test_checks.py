"""Every check against hand-made notices: a pass, a fail or review, and why it could not be checked."""

from __future__ import annotations

from collections import Counter
from typing import Any

import msgspec
import pytest

from expectations.check_files import packaged_checks
from expectations.reasons import REASONS
from expectations.references import reference_tables
from expectations.run import run_checks
from tests.expectations import cases_counts, cases_dates, cases_figures, cases_form
from tests.expectations.cases import Case
from tests.expectations.factories import NOTICE_ID, notice, tables
from transforms.records.notices import Notice

CASES: list[Case] = [*cases_counts.CASES, *cases_figures.CASES, *cases_dates.CASES, *cases_form.CASES]


def _id(position: int) -> str:
    return f"{position:016x}"


@pytest.fixture(scope="module")
def verdicts() -> dict[tuple[str, str], dict[str, Any]]:
    """The verdicts on all cases, each a notice of its own, from one run."""
    rows = []
    for position, case in enumerate(CASES):
        given = list(case.rows) if any(isinstance(row, Notice) for row in case.rows) else [notice(), *case.rows]
        names = {row.notice_id for row in given}
        own = {name: _id(position) if name == NOTICE_ID else f"{position:08x}{number:08x}" for number, name in enumerate(sorted(names), 1)}
        rows += [msgspec.structs.replace(row, notice_id=own[row.notice_id]) for row in given]
    return {(row["notice_id"], row["check_id"]): row for row in run_checks(tables(*rows), packaged_checks()).to_pylist()}


@pytest.mark.parametrize("position", range(len(CASES)), ids=[case.name for case in CASES])
def test_case(position: int, verdicts: dict[tuple[str, str], dict[str, Any]]) -> None:
    """The check gives the verdict, reason and equation that the case states."""
    case = CASES[position]
    found = verdicts[_id(position), case.check]

    assert (found["verdict"], found["reason"]) == (case.verdict, case.reason), (found, case.why)
    if case.equation is not None:
        assert found["equation"] == case.equation


# what these ask does not arise where the notice does not tell it; they have nothing that could not be checked
_ALWAYS_CHECKABLE = {"D11", "F07", "F09", "F10"}


@pytest.mark.parametrize("check", [check.id for check in packaged_checks()])
def test_every_check_has_a_case_of_each_kind(check: str) -> None:
    """Each of the 56 checks has a case of pass, one of fail or review, and one that cannot be checked."""
    kinds = Counter(case.verdict for case in CASES if case.check == check)

    assert len(packaged_checks()) == 56
    assert kinds["pass"] and kinds["fail"] + kinds["review"]
    assert kinds["not_applicable" if check in _ALWAYS_CHECKABLE else "not_checkable"]


def test_reasons_are_listed(verdicts: dict[tuple[str, str], dict[str, Any]]) -> None:
    """Every reason code that a check gives stands in the list of reasons."""
    given = {row["reason"] for row in verdicts.values() if row["reason"] is not None}

    assert given <= set(REASONS), given - set(REASONS)


def test_a_failing_or_reviewed_verdict_names_where_it_was_read(verdicts: dict[tuple[str, str], dict[str, Any]]) -> None:
    """A verdict that accuses a text shows its words, or says what is missing."""
    about_the_whole = {"missing", "missing_parts", "no_title", "title_form", "names_differ", "han_numerals", "place_differs", "unanswered"}
    silent = {
        (row["check_id"], row["reason"])
        for row in verdicts.values()
        if row["verdict"] in ("fail", "review") and not row["lhs_spans"] and not row["rhs_spans"]
    }

    assert {reason for _, reason in silent} <= about_the_whole, silent


def test_no_dated_name_is_a_part_of_another() -> None:
    """D13 looks for all of them in one pass, which finds the outer name only."""
    names = reference_tables()["dated_names"]["name"].to_pylist()
    assert not [(one, other) for one in names for other in names if one != other and one in other]
