"""The Great Expectations suite over a batch: what it lists, and what becomes of broken rows and failing checks."""

from __future__ import annotations

from typing import Any

import pytest

from expectations.check_files import packaged_checks
from expectations.invariants import invariants
from expectations.run import run_checks
from expectations.validate import broken, validate
from tests.expectations.factories import DOCUMENT_ID, NOTICE_ID, claim, make, notice, tables, words
from transforms.records.documents import Document, ExpectationResult
from warehouse.arrow import schema

pytestmark = pytest.mark.slow
_TEXT = "反馈50个问题,已完成36个,正在整改12个。"


def results(**claim_values: Any) -> Any:
    """The expectation results for a notice whose figures do not add up."""
    rows = []
    for subject_at, status, value in ((2, "total", 50), (11, "completed", 36), (19, "in_progress", 12)):
        words_ = _TEXT[subject_at : subject_at + 3]
        given = {
            "end_char": subject_at + 3,
            "raw_start": subject_at,
            "raw_end": subject_at + 3,
            "surface": words_,
            "raw": words_,
            "rule": "claim.problem",
        }
        rows.append(claim("问题", status, value, subject_at, **(given | claim_values)))
    made = tables(notice(), words(_TEXT), make(Document, document_id=DOCUMENT_ID, sha256="0" * 64, notice_id=NOTICE_ID), *rows)
    made["check_results"] = run_checks(made, packaged_checks())
    return validate(made, "run-1", packaged_checks())


def test_a_failing_check_is_a_warning_and_stops_nothing() -> None:
    """Every invariant and check is one row; a bad notice breaks no critical expectation."""
    found = results()
    by_name = {row["expectation"]: row for row in found.to_pylist()}

    assert found.schema.names == schema(ExpectationResult).names
    assert found.cast(schema(ExpectationResult)).num_rows == len(invariants()) + len(packaged_checks())
    assert broken(found) == []
    assert (by_name["check.K01"]["severity"], by_name["check.K01"]["is_success"]) == ("warning", False)
    assert by_name["check.K01"]["examples"] == [f"{NOTICE_ID}: 36 + 12 = 48 ≠ 50"]
    assert by_name["check.D01"]["is_success"]
    assert by_name["claims.surface"]["row_count"] == 3
    assert all(row["run_id"] == "run-1" and row["description"] for row in by_name.values())


def test_a_broken_span_is_critical() -> None:
    """Words that do not stand at their offsets stop the publish, with an example."""
    found = results(surface="别的词")
    row = next(row for row in found.to_pylist() if row["expectation"] == "claims.surface")

    assert broken(found) == ["claims.surface"]
    assert (row["unexpected_count"], row["examples"][0]) == (3, f"{NOTICE_ID}: 2")


def test_an_expectation_that_cannot_be_asked_is_not_kept() -> None:
    """A table that is missing is told as such and counts as broken."""
    made = tables(notice(), words(_TEXT))
    made["check_results"] = run_checks(made, packaged_checks())
    del made["claims"]

    found = validate(made, "run-1", packaged_checks())

    assert "claims.key" in broken(found)
