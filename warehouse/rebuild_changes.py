"""What a second extraction of notices changes: rows gone, new and changed, table by table, against what the warehouse holds."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import pyarrow as pa

from transforms.records.catalogue import NOTICE_TABLES
from transforms.records.columns import Record, fields
from warehouse.arrow import schema
from warehouse.lake import Lake
from warehouse.lookup import rows_of

_OLD, _NEW = "_taizhang_old", "_taizhang_new"


@dataclass(frozen=True, slots=True)
class Change:
    """One row that is gone, new or changed. ``values`` holds old and new value of each column that differs."""

    notice_id: str
    table: str
    kind: str
    key: tuple[Any, ...]
    values: dict[str, tuple[Any, Any]]


@dataclass(slots=True)
class Changes:
    """Numbers of rows by table and kind, the notices concerned, and the first few changes of each notice."""

    counts: dict[str, dict[str, int]] = field(default_factory=dict)
    notices: set[str] = field(default_factory=set)
    examples: dict[str, list[Change]] = field(default_factory=dict)

    def add(self, change: Change, per_notice: int, notices: int) -> None:
        """Count ``change`` and keep it as an example unless there are enough."""
        kinds = self.counts.setdefault(change.table, {"gone": 0, "new": 0, "changed": 0})
        kinds[change.kind] += 1
        self.notices.add(change.notice_id)
        if change.notice_id in self.examples or len(self.examples) < notices:
            shown = self.examples.setdefault(change.notice_id, [])
            if len(shown) < per_notice:
                shown.append(change)


def changes(lake: Lake, notice_ids: Sequence[str], tables: Mapping[str, pa.Table]) -> Iterator[Change]:
    """The differences between what ``lake`` holds of the notices ``notice_ids`` and their rows in ``tables``.

    Rows with the same key are one row that changed; a repeated key (damage) counts each surplus row.
    """
    if not notice_ids:
        return
    for record in NOTICE_TABLES:
        yield from _of_table(lake, record, notice_ids, tables.get(record.TABLE.name, schema(record).empty_table()))


def _of_table(lake: Lake, record: type[Record], notice_ids: Sequence[str], new: pa.Table) -> Iterator[Change]:
    columns = ", ".join(each.name for each in fields(record))
    old = rows_of(lake, record.TABLE.name, notice_ids, columns)
    if _same(record, old, new):
        return
    with lake.registered(_OLD, old), lake.registered(_NEW, new):
        gone = lake.query(f"SELECT {columns} FROM {_OLD} EXCEPT ALL SELECT {columns} FROM {_NEW}").to_pylist()
        came = lake.query(f"SELECT {columns} FROM {_NEW} EXCEPT ALL SELECT {columns} FROM {_OLD}").to_pylist()
    yield from _paired(record, gone, came)


def _same(record: type[Record], old: pa.Table, new: pa.Table) -> bool:
    """Whether both hold the same rows, each key once; most tables do, and Arrow tells that far faster than SQL finds what differs."""
    if old.num_rows != new.num_rows:
        return False
    by_key = [(name, "ascending") for name in record.TABLE.key]
    return bool(old.sort_by(by_key).equals(new.select(old.column_names).cast(old.schema).sort_by(by_key)))


def _paired(record: type[Record], gone: list[dict[str, Any]], came: list[dict[str, Any]]) -> Iterator[Change]:
    waiting: dict[tuple[Any, ...], list[dict[str, Any]]] = {}
    for row in gone:
        waiting.setdefault(_key(record, row), []).append(row)
    for row in came:
        key = _key(record, row)
        if former := waiting.get(key):
            old = former.pop()
            differing = {name: (old[name], value) for name, value in row.items() if old[name] != value}
            yield Change(row["notice_id"], record.TABLE.name, "changed", key, differing)
        else:
            yield Change(row["notice_id"], record.TABLE.name, "new", key, {})
    for key, rows in waiting.items():
        for row in rows:
            yield Change(row["notice_id"], record.TABLE.name, "gone", key, {})


def _key(record: type[Record], row: dict[str, Any]) -> tuple[Any, ...]:
    return tuple(row[name] for name in record.TABLE.key)
