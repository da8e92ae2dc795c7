"""Validating a run with Great Expectations: its tables or the counts of its batches in, the rows of ``expectation_results`` out.

One of the two modules that import Great Expectations, and only inside its functions: one validation per run, in an ephemeral context
without progress bars, usage reports or Data Docs.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from typing import Any

import pyarrow as pa

from expectations.audit import Audit, Found
from expectations.check_files import Check
from expectations.expected import Finder
from expectations.invariants import Invariant
from expectations.measure import result_table


def validate(tables: Mapping[str, pa.Table], run_id: str, checks: Iterable[Check]) -> pa.Table:
    """What every invariant (critical) and check (warning or info) found in ``tables``, one row each in the columns of ``expectation_results``.

    ``tables`` holds every table of the records by name with ``check_results`` filled. A check whose verdict on some notice is ``fail``
    does not hold; that says something of the notice and stops nothing (see ``broken``).
    """
    with Audit(tables) as audit:
        return _validated(audit, run_id, checks, {name: table.num_rows for name, table in tables.items()})


def validate_totals(totals: pa.Table, run_id: str, checks: Iterable[Check]) -> pa.Table:
    """The suite over what ``expectations.measure`` counted in all batches of a run, added up by expectation."""
    recorded = _Recorded(totals)
    rows = {row["table_name"]: row["row_count"] for row in totals.to_pylist()}
    return _validated(recorded, run_id, checks, rows)


def broken(results: pa.Table) -> list[str]:
    """The names of the critical expectations that do not hold; where there is one, the batch must not be published."""
    rows = results.select(["expectation", "severity", "is_success"]).to_pylist()
    return [row["expectation"] for row in rows if row["severity"] == "critical" and not row["is_success"]]


class _Recorded:
    """Answers what was counted before."""

    def __init__(self, totals: pa.Table) -> None:
        self._rows = {row["expectation"]: row for row in totals.to_pylist()}

    def find(self, invariant: Invariant) -> Found:
        """What all batches found. Raises ``LookupError`` for what was not asked or could not be, so that it counts as not kept."""
        return self._found(invariant.name)

    def failed_checks(self, check_id: str) -> Found:
        """The notices on which a check gave ``fail``, in all batches."""
        return self._found(f"check.{check_id}")

    def _found(self, name: str) -> Found:
        row = self._rows.get(name)
        if row is None:
            raise LookupError(f"{name} was not counted")
        if not row["is_success"] and not row["unexpected_count"]:
            raise LookupError("; ".join(row["examples"]))
        return Found(row["row_count"], row["unexpected_count"], tuple(row["examples"]))


def _validated(finder: Finder, run_id: str, checks: Iterable[Check], rows: Mapping[str, int]) -> pa.Table:
    os.environ.setdefault("GX_ANALYTICS_ENABLED", "false")
    import great_expectations as gx
    import pandas as pd

    from expectations.suites import auditing, suite

    context = gx.get_context(mode="ephemeral")
    context.variables.progress_bars = {"globally": False, "metric_calculations": False}
    sizes = pd.DataFrame({"table": list(rows), "rows": list(rows.values())})
    asset = context.data_sources.add_pandas("batch").add_dataframe_asset("tables")
    batch = asset.add_batch_definition_whole_dataframe("run").get_batch({"dataframe": sizes})
    with auditing(finder):
        results = batch.validate(suite(checks), result_format="SUMMARY").results
    return result_table([_row(run_id, result) for result in results])


def _row(run_id: str, result: Any) -> dict[str, Any]:
    configuration = result.expectation_config
    error = (result.exception_info or {}).get("exception_message")
    return {
        "run_id": run_id,
        "expectation": configuration.meta["name"],
        "table_name": configuration.meta["table"],
        "description": configuration.description,
        "severity": configuration.severity.value if hasattr(configuration.severity, "value") else str(configuration.severity),
        "is_success": bool(result.success),
        "row_count": int(result.result.get("element_count") or 0),
        "unexpected_count": int(result.result.get("unexpected_count") or 0),
        # an expectation that could not be asked has not been kept
        "examples": [str(error)] if error else [str(one) for one in result.result.get("partial_unexpected_list") or ()],
    }
