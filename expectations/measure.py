"""Counting, batch by batch, what breaks the declared expectations; Great Expectations is not needed for it, and not loaded.

It validates its suite once per run over the sum of these counts (``validate.validate_totals``), since loading and one validation of
it cost as much as extracting a thousand notices. A batch that breaks a critical expectation is stopped on the strength of its own counts.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import duckdb
import pyarrow as pa

from expectations.audit import Audit
from expectations.check_files import Check
from expectations.expected import Expected, Finder, expected
from transforms.records.columns import fields
from transforms.records.documents import ExpectationResult

_TYPES: dict[Any, pa.DataType] = {str: pa.string(), int: pa.int64(), bool: pa.bool_(), tuple[str, ...]: pa.list_(pa.string())}


def measure(tables: Mapping[str, pa.Table], run_id: str, checks: Iterable[Check]) -> pa.Table:
    """What every invariant and check found in ``tables``, one row each in the columns of ``expectation_results``.

    ``tables`` holds every table of the records by name with ``check_results`` filled. An expectation that cannot be asked, because a
    table is missing, has not been kept: ``is_success`` is false and the error its example.
    """
    with Audit(tables) as audit:
        return result_table([_row(run_id, each, audit) for each in expected(checks)])


def result_table(rows: list[dict[str, Any]]) -> pa.Table:
    """``rows`` in the columns and types of ``expectation_results``."""
    schema = pa.schema([pa.field(field.name, _TYPES[field.type], nullable=field.is_nullable) for field in fields(ExpectationResult)])
    return pa.Table.from_pylist(rows, schema=schema)


def _row(run_id: str, asked: Expected, finder: Finder) -> dict[str, Any]:
    row: dict[str, Any] = {
        "run_id": run_id,
        "expectation": asked.name,
        "table_name": asked.table,
        "description": asked.description,
        "severity": asked.severity,
    }
    try:
        found = asked.found(finder)
    except (KeyError, duckdb.Error, pa.ArrowException) as error:
        return row | {"is_success": False, "row_count": 0, "unexpected_count": 0, "examples": [f"{type(error).__name__}: {error}"]}
    return row | {
        "is_success": not found.unexpected_count,
        "row_count": found.row_count,
        "unexpected_count": found.unexpected_count,
        "examples": list(found.examples),
    }
