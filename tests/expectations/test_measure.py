"""Counting a batch without Great Expectations, and the suite over the counts of a run."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest

from expectations.check_files import packaged_checks
from expectations.measure import measure
from expectations.run import run_checks
from expectations.validate import broken, validate, validate_totals
from flows.audit import AuditTotals
from tests.expectations.factories import DOCUMENT_ID, NOTICE_ID, claim, make, notice, tables, words
from transforms.records.documents import Document

_TEXT = "反馈50个问题,已完成36个。"


def batch(surface: str = "50个") -> dict[str, pa.Table]:
    """A notice with one claim, whose words may be wrong."""
    given = {"end_char": 5, "raw_start": 2, "raw_end": 5, "surface": surface, "raw": "50个", "rule": "claim.problem"}
    rows: list[Any] = [notice(), words(_TEXT), make(Document, document_id=DOCUMENT_ID, sha256="0" * 64, notice_id=NOTICE_ID)]
    made = tables(*rows, claim("问题", "total", 50, 2, **given))
    made["check_results"] = run_checks(made, packaged_checks())
    return made


def test_a_batch_is_counted_without_great_expectations() -> None:
    """The module that counts does not load the library that takes seconds to load."""
    code = "import sys, expectations.measure; sys.exit('great_expectations' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], cwd=Path(__file__).parents[2], check=False).returncode == 0


@pytest.mark.slow
@pytest.mark.parametrize("surface", ["50个", "别的词"])
def test_counts_are_what_the_suite_finds(surface: str) -> None:
    """Expectation by expectation, counting gives the row that Great Expectations gives over the same tables."""
    made = batch(surface)

    assert measure(made, "run-1", packaged_checks()).to_pylist() == validate(made, "run-1", packaged_checks()).to_pylist()


@pytest.mark.slow
def test_the_suite_holds_over_the_sum_of_batches() -> None:
    """One broken batch among sound ones stays broken in the sum, with its example; what was never counted is not kept."""
    totals = AuditTotals("run-1", lambda counts, run_id: validate_totals(counts, run_id, packaged_checks()))
    assert totals.add(measure(batch(), "run-1", packaged_checks()))
    assert not totals.add(measure(batch("别的词"), "run-1", packaged_checks()))

    found = totals.table()
    row = next(row for row in found.to_pylist() if row["expectation"] == "claims.surface")
    assert broken(found) == ["claims.surface"]
    assert (row["row_count"], row["unexpected_count"], row["examples"]) == (2, 1, [f"{NOTICE_ID}: 2"])
    assert "claims.key" in broken(validate_totals(found.slice(0, 3), "run-1", packaged_checks()))


def test_what_cannot_be_asked_is_not_kept() -> None:
    """A table that is missing makes its expectations fail, with the reason as example."""
    made = batch()
    del made["claims"]

    found = {row["expectation"]: row for row in measure(made, "run-1", packaged_checks()).to_pylist()}
    assert not found["claims.key"]["is_success"]
    assert "claims" in found["claims.key"]["examples"][0]
