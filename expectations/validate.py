"""Validating a batch with Great Expectations: its tables in, the rows of ``expectation_results`` out.

One of the two modules that import Great Expectations, and only inside its function: one validation per run, in an ephemeral context
without progress bars, usage reports or Data Docs.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from typing import Any

import pyarrow as pa

from expectations.audit import Audit
from expectations.check_files import Check
from transforms.records.columns import fields
from transforms.records.documents import ExpectationResult

_TYPES: dict[Any, pa.DataType] = {str: pa.string(), int: pa.int64(), bool: pa.bool_(), tuple[str, ...]: pa.list_(pa.string())}


def validate(tables: Mapping[str, pa.Table], run_id: str, checks: Iterable[Check]) -> pa.Table:
    """What every invariant (critical) and check (warning or info) found in ``tables``, one row each in the columns of ``expectation_results``.

    ``tables`` holds every table of the records by name with ``check_results`` filled. A check whose verdict on some notice is ``fail``
    does not hold; that says something of the notice and stops nothing (see ``broken``).
    """
    os.environ.setdefault("GX_ANALYTICS_ENABLED", "false")
    import great_expectations as gx
    import pandas as pd

    from expectations.suites import auditing, suite

    context = gx.get_context(mode="ephemeral")
    context.variables.progress_bars = {"globally": False, "metric_calculations": False}
    sizes = pd.DataFrame({"table": list(tables), "rows": [table.num_rows for table in tables.values()]})
    asset = context.data_sources.add_pandas("batch").add_dataframe_asset("tables")
    batch = asset.add_batch_definition_whole_dataframe("run").get_batch({"dataframe": sizes})
    with Audit(tables) as audit, auditing(audit):
        results = batch.validate(suite(checks), result_format="SUMMARY").results
    return _table([_row(run_id, result) for result in results])


def broken(results: pa.Table) -> list[str]:
    """The names of the critical expectations that do not hold; where there is one, the batch must not be published."""
    rows = results.select(["expectation", "severity", "is_success"]).to_pylist()
    return [row["expectation"] for row in rows if row["severity"] == "critical" and not row["is_success"]]


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


def _table(rows: list[dict[str, Any]]) -> pa.Table:
    columns = fields(ExpectationResult)
    schema = pa.schema([pa.field(field.name, _TYPES[field.type], nullable=field.is_nullable) for field in columns])
    return pa.Table.from_pylist(rows, schema=schema)
