"""Running checks: Arrow tables in, one verdict per check and notice out.

Checks run as SQL in a DuckDB of their own, in memory and shut off from files and network, so that a check can do nothing but read
the tables it is given. What several checks need is computed once (``checks/readings.sql``).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

import duckdb
import pyarrow as pa

from expectations.check_files import PACKAGED, PRELUDE, Check
from expectations.references import reference_tables
from transforms.records.verdicts import VERDICTS

_SPANS = "STRUCT(start_char INTEGER, end_char INTEGER)[]"
_RESULTS = f"""
CREATE TABLE _results (
    notice_id VARCHAR, check_id VARCHAR, verdict VARCHAR, reason VARCHAR, lhs VARCHAR, rhs VARCHAR, equation VARCHAR, reading VARCHAR,
    lhs_spans {_SPANS}, rhs_spans {_SPANS}
);
CREATE TABLE _asked (check_id VARCHAR)"""
# Many checks name these; binding an Arrow table anew each time costs more than copying it once, unless it is as large as nodes or problems.
_COPIED = frozenset(
    {
        "notices",
        "next_steps",
        "claims",
        "figures",
        "date_mentions",
        "amounts",
        "accountability",
        "citations",
        "contacts",
    }
)
# A batch is small, so planning is most of the cost: steps that pay off on large tables only are left out. top_n_window_elimination
# stops some of these queries with an internal error (DuckDB 1.5.5).
_WITHOUT = (
    "SET disabled_optimizers = 'top_n_window_elimination,join_order,statistics_propagation,compressed_materialization,"
    "common_subexpressions,materialized_cte,common_subplan,build_side_probe_side'"
)
_COLUMNS = "verdict, reason, lhs, rhs, equation, reading, lhs_spans, rhs_spans"
_TOLD = "coalesce(list_filter({0}, lambda one: one.start_char IS NOT NULL), []) AS {0}"
_FINISHED = f"""
SELECT * REPLACE ({_TOLD.format("lhs_spans")}, {_TOLD.format("rhs_spans")}) FROM _results ORDER BY check_id, notice_id"""


_LINE = re.compile(r"LINE (\d+):")


class CheckError(RuntimeError):
    """A check could not be run or broke the rules for its rows. The message names the check, the place and the way out."""


def run_checks(tables: Mapping[str, pa.Table], checks: Iterable[Check]) -> pa.Table:
    """Verdicts of ``checks`` on every notice of ``tables["notices"]``, in the columns of ``check_results``.

    ``tables`` holds every table of the records by name, empty ones too; reference tables are added. Rows come ordered by check, then
    notice. Raises ``CheckError`` where SQL fails, or where a check gives a notice no verdict, two, or one that does not exist.
    """
    config: dict[str, str | bool | int | float | list[str]] = {
        "threads": 1,
        "enable_external_access": "false",
        "autoload_known_extensions": "false",
    }
    with duckdb.connect(":memory:", config=config) as connection:
        connection.execute(_WITHOUT)
        for name, table in reference_tables().items():
            connection.register(name, table)
        connection.begin()
        for name, table in tables.items():
            connection.register(f"_given_{name}" if name in _COPIED else name, table)
            if name in _COPIED:
                connection.execute(f"CREATE TABLE {name} AS FROM _given_{name}")
        try:
            for file in PRELUDE:
                connection.execute((PACKAGED / file).read_text(encoding="utf-8"))
        except duckdb.Error as error:
            raise CheckError(f"the tables cannot be read: {error}. Hand over every table of the records, empty ones too.") from error
        connection.execute(_RESULTS)
        for check in checks:
            connection.execute("INSERT INTO _asked VALUES (?)", [check.id])
            try:
                connection.execute(f"INSERT INTO _results SELECT notice_id, '{check.id}', {_COLUMNS} FROM (\n{check.sql}\n)")
            except duckdb.Error as error:
                raise CheckError(_told(check, str(error))) from error
        _examine(connection)
        return connection.execute(_FINISHED).to_arrow_table()


def _told(check: Check, error: str) -> str:
    """DuckDB's words, with the line of the check's file in place of the line of the statement that it was put into."""
    found = _LINE.search(error)
    line = f", line {check.first_line + int(found[1]) - 2}" if found else ""
    words = error.partition("\n\n")[0].strip().replace("Values list", "Table")  # so DuckDB calls a table that was not copied
    return (
        f"{check.path}{line}: check {check.id} cannot be run: {words}. docs/checks.md lists the tables and the columns a check must return"
    )


def _examine(connection: duckdb.DuckDBPyConnection) -> None:
    """Every check has told every notice one known verdict."""
    allowed = ", ".join(f"'{verdict}'" for verdict in VERDICTS)
    odd = connection.execute(
        f"""
        SELECT a.check_id, count(*) FILTER (r.notice_id IS NOT NULL AND verdict IS NULL OR verdict NOT IN ({allowed})) AS unknown,
               count(r.notice_id) AS told, count(DISTINCT n.notice_id) AS known, (SELECT count(*) FROM notices) AS wanted,
               count(*) FILTER (verdict IN ('not_checkable', 'fail', 'review') AND reason IS NULL) AS unexplained
        FROM _asked a LEFT JOIN _results r USING (check_id) LEFT JOIN notices n ON n.notice_id = r.notice_id GROUP BY a.check_id
        HAVING unknown > 0 OR told <> wanted OR known <> wanted OR unexplained > 0
        """
    ).fetchone()
    if odd is None:
        return
    check_id, unknown, told, known, wanted, unexplained = odd
    if unknown:
        raise CheckError(f"check {check_id} gave {unknown} rows an unknown verdict; use one of {', '.join(VERDICTS)}.")
    if told != wanted or known != wanted:
        raise CheckError(f"check {check_id} gave {told} rows for {known} of {wanted} notices; select one row for every row of notices.")
    raise CheckError(f"check {check_id} gave {unexplained} rows neither pass nor not_applicable without a reason; add a reason code.")
