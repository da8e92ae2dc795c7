"""The warehouse's snapshots, and which notices differ between two of them.

A notice is published by delete and insert, so the lake's own change feed names every row of a notice that was read again, changed or
not. Here each table is read at both snapshots (AT VERSION) and a notice's rows are compared by the sum of their hashes: one linear
scan a table, and memory for two numbers a notice. Offsets take no part: a blank added at the top of a text moves every row and
changes none.
"""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass

import duckdb

from transforms.records.columns import Record, fields
from transforms.records.shared import Span
from warehouse.arrow import sql_type
from warehouse.lake import NAME, Lake, UnknownSnapshot

_OFFSETS = frozenset(
    {"start_char", "end_char", "raw_start", "raw_end", "body_start", "body_end", "response_start", "response_end", "year_from_char"}
)


@dataclass(frozen=True, slots=True)
class Snapshot:
    """One state of the warehouse: number, time (UTC) and the message of the run that made it."""

    number: int
    taken_at: datetime.datetime
    message: str


def snapshots(lake: Lake) -> tuple[Snapshot, ...]:
    """All snapshots that can be read, oldest first."""
    rows = lake.execute(
        f"SELECT snapshot_id, snapshot_time, coalesce(commit_message, '') FROM ducklake_snapshots('{NAME}') ORDER BY snapshot_id"
    ).fetchall()
    return tuple(Snapshot(number, taken_at, message) for number, taken_at, message in rows)


def snapshot(lake: Lake, number: int) -> Snapshot:
    """The snapshot of that number. Raises ``UnknownSnapshot``."""
    held = snapshots(lake)
    for each in held:
        if each.number == number:
            return each
    raise UnknownSnapshot(
        f"there is no snapshot {number}; the warehouse has {held[0].number} to {held[-1].number} (taizhang diff --list)"
        if held
        else "no snapshots"
    )


def table_at(lake: Lake, record: type[Record], version: int) -> str:
    """The rows of ``record``'s table at a snapshot as a subquery; none where the table was not yet made."""
    source = f"{NAME}.{record.TABLE.name} AT (VERSION => {int(version)})"
    try:
        lake.execute(f"SELECT 1 FROM {source} LIMIT 0")
    except duckdb.CatalogException:
        columns = ", ".join(f"NULL::{sql_type(field.type)} AS {field.name}" for field in fields(record))
        return f"(SELECT {columns} WHERE false)"
    return f"(SELECT * FROM {source})"


def columns_compared(lake: Lake, record: type[Record], sources: Sequence[str]) -> tuple[str, ...]:
    """Columns of ``record`` that every one of ``sources`` has and that say more than where something stands."""
    held = [{row[0] for row in lake.execute(f"DESCRIBE {source}").fetchall()} for source in sources]
    return tuple(
        field.name
        for field in fields(record)
        if field.name not in _OFFSETS
        and field.type not in (Span, tuple[Span, ...])
        and field.name != "notice_id"
        and all(field.name in each for each in held)
    )


def differing_notices(lake: Lake, record: type[Record], old: int, new: int) -> frozenset[str]:
    """The notices whose rows in ``record``'s table differ between the snapshots, those on one side alone among them."""
    sources = [table_at(lake, record, version) for version in (old, new)]
    columns = columns_compared(lake, record, sources)
    if not columns:
        return frozenset()
    before, after = (
        f"(SELECT notice_id, sum(hash({', '.join(columns)})::HUGEINT) AS digest FROM {source} GROUP BY notice_id)" for source in sources
    )
    rows = lake.execute(
        f"SELECT notice_id FROM {before} a FULL JOIN {after} b USING (notice_id) WHERE a.digest IS DISTINCT FROM b.digest"
    ).fetchall()
    return frozenset(row[0] for row in rows)
