"""Staging: the tables of one snapshot, filtered and masked, in a .duckdb file of their own, with the views stored in it.

Every format is written from the staged file, so all of them show the same rows and masking happens in one place. Memory is
bounded by a batch of rows; the file lies beside the output, on the same disk, and is the output itself for ``--format duckdb``.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa

from transforms.records.catalogue import NOTICE_TABLES, TABLES
from transforms.records.columns import Record, fields
from transforms.records.documents import Document
from warehouse import arrow
from warehouse.history import table_at
from warehouse.lake import NAME, Lake
from warehouse.masking import Masker
from warehouse.masking_leaks import MASKED_SQL, Leak, Suspect, leaks
from warehouse.masking_tables import NAME_CELLS, NAME_TEXTS, mask_batch, names_by_notice
from warehouse.views import create_views

LEAKS = "masking_leaks"
INFO = "export_info"
_STAGE = "staged"
_BATCH = 2_000
_BLOCK = 16_384  # the least there is: four hundred columns of few rows would fill 256 KiB each
_LEAK_COLUMNS = {
    "notice_id": "通报编号",
    "kind": "类别: organisation, place, contact, document_number, person",
    "masked": "原文遮蔽的写法",
    "leaked": "未遮蔽、可能泄露身份的文字",
    "start_char": "起始字",
    "end_char": "结束字",
    "context": "上下文",
    "basis": "判断依据",
}


class NoSuchNotice(Exception):
    """The warehouse has no notice of that id."""


@dataclass(frozen=True, slots=True)
class Choice:
    """What to export: all or one notice, as it is or masked; ``words`` are tables to add (checks, reasons) and ``info`` versions to name."""

    notice_id: str | None = None
    is_public: bool = False
    words: Mapping[str, pa.Table] = field(default_factory=dict)
    info: Mapping[str, str] = field(default_factory=dict)


def stage(lake: Lake, path: Path, choice: Choice) -> duckdb.DuckDBPyConnection:
    """Write the chosen rows of the newest snapshot to a new .duckdb file at ``path`` and return a connection to it.

    Raises ``NoSuchNotice``.
    """
    version = lake.snapshot()
    at = {record.TABLE.name: table_at(lake, record, version) for record in TABLES}
    if choice.notice_id and not lake.execute(f"SELECT 1 FROM {at['notices']} WHERE notice_id = ?", [choice.notice_id]).fetchone():
        raise NoSuchNotice(f'no notice {choice.notice_id}; taizhang sql "SELECT notice_id, title FROM notices" lists them')
    lake.execute(f"ATTACH '{str(path).replace(chr(39), chr(39) * 2)}' AS {_STAGE} (BLOCK_SIZE {_BLOCK})")
    try:
        masker = _masker(lake, at) if choice.is_public else None
        # one commit for hundreds of comments, which would each wait for the disk; rows of the lake are read outside of it (open_reader)
        with lake.transaction():
            for record in TABLES:
                lake.execute(arrow.ddl(record, _STAGE))
        for record in TABLES:
            _copy(lake, record, at[record.TABLE.name], choice, masker)
        if choice.is_public and masker:
            _add(lake, LEAKS, _leak_table(_leaks(lake, at, choice), masker), _LEAK_COLUMNS)
        for name, table in choice.words.items():
            _add(lake, name, table, {})
        _add(lake, INFO, _info(lake, version, choice), {})
    finally:
        lake.execute(f"DETACH {_STAGE}")
    connection = duckdb.connect(str(path))
    connection.execute("SET TimeZone = 'UTC'")
    create_views(connection, is_temporary=False)
    return connection


def _copy(lake: Lake, record: type[Record], source: str, choice: Choice, masker: Masker | None) -> None:
    table, key = record.TABLE.name, ", ".join(record.TABLE.key)
    if choice.notice_id and record not in NOTICE_TABLES and record is not Document:
        return  # runs, rejects and the audit speak of all notices
    held = {row[0] for row in lake.execute(f"DESCRIBE SELECT * FROM {source}").fetchall()}
    columns = ", ".join(each.name for each in fields(record) if each.name in held)
    select = f"SELECT {columns} FROM {source}{' WHERE notice_id = ?' if choice.notice_id else ''} ORDER BY {key}"
    given = [choice.notice_id] if choice.notice_id else []
    if masker is None:
        lake.execute(f"INSERT INTO {_STAGE}.{table} BY NAME {select}", given)
        return
    for batch in _batches(lake, select, given):
        lake.connection.register("_rows", mask_batch(record, batch, masker))
        lake.execute(f"INSERT INTO {_STAGE}.{table} BY NAME SELECT * FROM _rows")
        lake.connection.unregister("_rows")


def _batches(lake: Lake, select: str, given: Sequence[Any] = ()) -> Iterator[pa.Table]:
    """The rows of ``select`` in tables, read by a cursor, for the connection itself writes between two of them."""
    with lake.connection.cursor() as cursor:
        for batch in cursor.execute(select, list(given)).to_arrow_reader(_BATCH):
            yield pa.Table.from_batches([batch])


def _masker(lake: Lake, at: Mapping[str, str]) -> Masker:
    """The masker for all names that the whole warehouse gives: a person of one notice may be named in another."""

    def pairs(selects: Sequence[str]) -> Iterator[tuple[str, str]]:
        for select in selects:
            for batch in _batches(lake, select.format(**at)):
                yield from zip(batch.column(0).to_pylist(), batch.column(1).to_pylist(), strict=True)

    return Masker(names_by_notice(pairs(NAME_CELLS), pairs(NAME_TEXTS)))


_SUSPECTS = """
SELECT n.notice_id, list_concat([coalesce(n.inspected_org, ''), coalesce(n.title, '')], n.inspected_org_aliases) AS names, t.text
FROM {notices} n JOIN {texts} t USING (notice_id)
WHERE (regexp_matches(concat_ws(' ', n.inspected_org, n.title), '{signs}') OR contains(t.text, '某')) {chosen} ORDER BY n.notice_id"""
# (words, start_char, end_char) of a notice; the agency of its own documents is told by the verb that made them
_PARTS = {
    "places": "SELECT name, start_char, end_char FROM {places} WHERE notice_id = ? ORDER BY start_char",
    "contacts": "SELECT value, start_char, end_char FROM {contacts} WHERE notice_id = ? AND value IS NOT NULL AND kind IN ('address', 'postcode', 'phone', 'email') "
    "AND NOT is_redacted AND NOT (kind = 'phone' AND len(value) < 10) ORDER BY start_char",
    "numbers": "SELECT document_number, start_char, end_char FROM {citations} WHERE notice_id = ? AND document_number IS NOT NULL "
    "AND verb IN ('制定', '修订', '印发', '出台', '下发') ORDER BY start_char",
    "persons": "SELECT name, start_char, end_char FROM {persons} WHERE notice_id = ? ORDER BY start_char",
}


def _leaks(lake: Lake, at: Mapping[str, str], choice: Choice) -> Iterator[Leak]:
    chosen = "AND n.notice_id = ?" if choice.notice_id else ""
    select = _SUSPECTS.format(signs=MASKED_SQL, chosen=chosen, **at)
    for batch in _batches(lake, select, [choice.notice_id] if choice.notice_id else []):
        for row in batch.to_pylist():
            parts = {name: lake.execute(sql.format(**at), [row["notice_id"]]).fetchall() for name, sql in _PARTS.items()}
            yield from leaks(Suspect(row["notice_id"], row["names"], row["text"], **parts))


def _leak_table(found: Iterator[Leak], masker: Masker) -> pa.Table:
    """Leaks as rows; people and numbers among them are masked as everywhere in a public export."""
    rows = [
        {
            name: masker.mask(value, leak.notice_id) if name in ("leaked", "context") else value
            for name, value in zip(_LEAK_COLUMNS, (getattr(leak, each) for each in _LEAK_COLUMNS), strict=True)
        }
        for leak in found
    ]
    kinds = {"start_char": pa.int64(), "end_char": pa.int64()}
    return pa.Table.from_pylist(rows, schema=pa.schema([(name, kinds.get(name, pa.string())) for name in _LEAK_COLUMNS]))


def _info(lake: Lake, version: int, choice: Choice) -> pa.Table:
    """What was exported, as names and values; the time is the snapshot's, so that one snapshot always gives the same bytes."""
    taken = lake.execute(f"SELECT snapshot_time FROM ducklake_snapshots('{NAME}') WHERE snapshot_id = ?", [version]).fetchone()
    values = {
        **choice.info,
        "snapshot": str(version),
        "snapshot_time": taken[0].isoformat(timespec="seconds") if taken else "",
        "scope": choice.notice_id or "all",
        "masking": "public" if choice.is_public else "none",
    }
    return pa.table(
        {"name": list(values), "value": list(values.values())}, schema=pa.schema([("name", pa.string()), ("value", pa.string())])
    )


def _add(lake: Lake, name: str, table: pa.Table, comments: Mapping[str, str]) -> None:
    lake.connection.register("_rows", table)
    lake.execute(f"CREATE TABLE {_STAGE}.{name} AS SELECT * FROM _rows")
    lake.connection.unregister("_rows")
    for column, words in comments.items():
        lake.execute(f"COMMENT ON COLUMN {_STAGE}.{name}.{column} IS '{words}'")
