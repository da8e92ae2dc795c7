"""Drift: discrepancies against the run before, told by the snapshots of a lake."""

from __future__ import annotations

from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pytest
from click.testing import CliRunner

from expectations.report.pages.history import drift
from flows.commands.report import command
from tests.expectations.report.sites import query_of, sample_tables
from transforms.records.verdicts import CheckResult
from warehouse.arrow import arrow_table
from warehouse.lake import local, open_reader, open_writer
from warehouse.publish import publish


def _results(odd: set[str]) -> pa.Table:
    """Verdicts on one notice: the checks of ``odd`` fail, K01 to K04 pass otherwise."""
    notice = sample_tables()["notices"]["notice_id"][0].as_py()
    checks = ("K01", "K02", "K03", "K04")
    return arrow_table(
        CheckResult, [CheckResult(notice_id=notice, check_id=check, verdict="fail" if check in odd else "pass") for check in checks]
    )


@pytest.fixture(scope="module")
def warehouse(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A lake after three runs whose discrepancies differ."""
    folder = tmp_path_factory.mktemp("lake")
    tables = sample_tables()
    notices = tables["notices"].slice(0, 1)
    key = notices["notice_id"][0]
    own = {
        "notices": notices,
        "texts": tables["texts"].filter(pc.equal(tables["texts"]["notice_id"], key)),
        "documents": tables["documents"],
    }
    with open_writer(local(folder)) as lake:
        for run, odd in (("run-1", {"K01", "K02"}), ("run-2", {"K02", "K03"}), ("run-3", {"K01", "K03", "K04"})):
            publish(lake, {**own, "check_results": _results(odd)}, run, f"run {run}: 1 notices")
    return folder


def test_discrepancies_are_new_gone_back_or_unchanged(warehouse: Path) -> None:
    """K04 was never there, K02 is gone, K01 was there before the run before, K03 stays."""
    with open_reader(local(warehouse)) as lake:
        found = drift(lake.query)

    assert found is not None
    assert found["run"] == "run-2"
    assert found["numbers"] == {"new": 1, "fixed": 1, "reopened": 1, "same": 1}
    assert {row["check_id"]: row["change"] for row in found["rows"]} == {"K01": "reopened", "K02": "fixed", "K04": "new"}


def test_tables_without_history_have_nothing_to_compare_with() -> None:
    """Where tables have no history there is no drift, and no error."""
    assert drift(query_of(sample_tables())) is None


def test_the_command_writes_the_site_of_a_warehouse(warehouse: Path, tmp_path: Path) -> None:
    """``taizhang report`` reads the lake and names the first page."""
    result = CliRunner().invoke(command, ["--out", str(tmp_path / "site"), "--lang", "en", "--warehouse", str(warehouse)])

    assert result.exit_code == 0, result.output
    assert str(tmp_path / "site/index.html") in result.output
    page = (tmp_path / "site/index.html").read_text("utf-8")
    assert "Back again" in page


def test_the_command_refuses_a_folder_of_another_site(warehouse: Path, tmp_path: Path) -> None:
    """The message names the file that would be lost and the way out, and exits with 1."""
    (tmp_path / "index.html").write_text("mine")
    result = CliRunner().invoke(command, ["--out", str(tmp_path), "--warehouse", str(warehouse)])

    assert result.exit_code == 1
    assert "name another folder" in result.output
    assert "Traceback" not in result.output
