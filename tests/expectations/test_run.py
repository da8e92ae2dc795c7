"""Running checks: what comes back, and what a check must not do."""

from __future__ import annotations

from pathlib import Path

import pyarrow as pa
import pytest

from expectations.check_files import Check, packaged_checks
from expectations.run import CheckError, run_checks
from tests.expectations.factories import claim, notice, tables
from transforms.records.verdicts import CheckResult
from warehouse.arrow import schema

_NONE = "NULL AS reason, NULL AS lhs, NULL AS rhs, NULL AS equation, NULL AS reading, [] AS lhs_spans, [] AS rhs_spans"
_GOOD = f"SELECT notice_id, 'pass' AS verdict, {_NONE} FROM notices"


def own(sql: str) -> Check:
    """A user's check."""
    return Check("U01", "标题", "Title", "Own rule", "info", "0.1.0", sql, Path("U01_own.sql"))


def test_results_fit_the_table_of_verdicts() -> None:
    """Columns and types are those of check_results, ordered by check and notice."""
    found = run_checks(tables(claim("问题", "total", 50)), packaged_checks())

    assert found.schema.names == schema(CheckResult).names
    assert found.cast(schema(CheckResult)).num_rows == len(packaged_checks())
    assert found.column("check_id").to_pylist() == sorted(found.column("check_id").to_pylist())


def test_no_notices_give_no_verdicts() -> None:
    """A batch without a notice is no error."""
    empty = {name: table.slice(0, 0) for name, table in tables().items()}

    assert run_checks(empty, packaged_checks()).num_rows == 0


def test_a_users_check_runs_beside_the_packaged_ones() -> None:
    """A check from elsewhere has the same columns, readings and macros."""
    found = run_checks(tables(notice(char_count=9)), [own(_GOOD)]).to_pylist()

    assert [(row["check_id"], row["verdict"], row["lhs_spans"]) for row in found] == [("U01", "pass", [])]


@pytest.mark.parametrize(
    ("sql", "words"),
    [
        ("SELECT nothing FROM notices", "nothing"),
        (f"{_GOOD} WHERE false", "one row for every row of notices"),
        (f"{_GOOD} UNION ALL {_GOOD}", "one row for every row of notices"),
        (_GOOD.replace("'pass'", "'ok'"), "unknown verdict"),
        (_GOOD.replace("'pass'", "'fail'"), "without a reason"),
        ("SELECT * FROM read_csv('/etc/hostname')", "disabled"),
    ],
)
def test_a_check_that_breaks_the_rules_is_named(sql: str, words: str) -> None:
    """The error names the check and says what it did."""
    with pytest.raises(CheckError, match="U01") as caught:
        run_checks(tables(), [own(sql)])

    assert words in str(caught.value)


def test_a_missing_table_is_named() -> None:
    """Every table must be handed over, empty ones too."""
    given = tables()
    del given["claims"]

    with pytest.raises(CheckError, match="claims"):
        run_checks(given, packaged_checks())


def test_verdicts_do_not_depend_on_the_batch() -> None:
    """A notice gets the same verdicts alone and among others."""
    one = [claim("问题", "total", 50), claim("问题", "completed", 36, 10), claim("问题", "in_progress", 12, 20)]
    other = [notice(), notice(notice_id="00000000000000bb"), claim("问题", "total", 3, notice_id="00000000000000bb")]

    alone = run_checks(tables(*one), packaged_checks())
    among = run_checks(tables(*one, *other), packaged_checks())

    assert among.filter(pa.compute.equal(among["notice_id"], alone["notice_id"][0])).equals(alone)
