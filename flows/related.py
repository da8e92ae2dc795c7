"""Verdicts that hang on other notices, told anew where a batch meets the warehouse.

A worker sees its batch alone. Before the batch is published, the checks of scope ``related`` are run over it together with the notices
it is related to, and the verdicts of those that changed are published with it. So it makes no difference in which batches notices came.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pyarrow as pa
import pyarrow.compute as pc

from flows.batch import Batch
from flows.steps import Steps
from transforms.records.verdicts import CheckResult
from warehouse.arrow import schema
from warehouse.lake import Lake
from warehouse.related import related, rows_of

_NAME = CheckResult.TABLE.name


def with_related(lake: Lake, steps: Steps, batch: Batch, gone: Sequence[str] = ()) -> tuple[Batch, pa.Table]:
    """``batch`` with the verdicts that related notices give it, and the verdicts that these get by it and did not have.

    ``gone`` are notices that the batch withdraws. Raises ``CheckError``.
    """
    own = batch.tables["notices"]
    none = schema(CheckResult).empty_table()
    held = related(lake, own, gone) if steps.related and (own.num_rows or gone) else {}
    if not held or steps.related is None:
        return batch, none
    told = steps.related(together(batch.tables, held)).select(none.column_names).cast(none.schema)
    is_own = pc.is_in(told["notice_id"], own["notice_id"].combine_chunks())
    before = batch.tables[_NAME]
    others = before.filter(pc.invert(pc.is_in(before["check_id"], pc.unique(told["check_id"]))))
    stored = rows_of(lake, held["notices"]["notice_id"].to_pylist(), (_NAME,))[_NAME]
    return batch.with_check_results(pa.concat_tables([others, told.filter(is_own)])), _changed(told.filter(pc.invert(is_own)), stored)


def together(tables: Mapping[str, pa.Table], held: Mapping[str, pa.Table]) -> dict[str, pa.Table]:
    """``tables`` with the rows of ``held``, in the columns of these: a lake keeps another order, and forgets which are never null."""
    return {
        name: pa.concat_tables([table.select(held[name].column_names).cast(held[name].schema), held[name]]) if name in held else table
        for name, table in tables.items()
    }


def _changed(told: pa.Table, stored: pa.Table) -> pa.Table:
    """The rows of ``told`` that are not ``stored`` as they are."""
    known = {(row["notice_id"], row["check_id"]): row for row in stored.to_pylist()}
    rows = told.to_pylist()
    fresh = [at for at, row in enumerate(rows) if known.get((row["notice_id"], row["check_id"])) != row]
    return told.take(pa.array(fresh, pa.int64()))
