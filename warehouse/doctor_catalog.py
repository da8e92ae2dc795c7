"""The SQLite catalog: is it there, is it whole, and has it the tables of this version."""

from __future__ import annotations

import contextlib
import sqlite3
from collections.abc import Iterator
from pathlib import Path

from transforms.records.catalogue import TABLES
from warehouse.doctor import Finding
from warehouse.lake import GUARD, NAME, Lake
from warehouse.readable_catalog import readable

_HEADER = b"SQLite format 3\x00"
_NEEDED = frozenset(
    {"ducklake_metadata", "ducklake_snapshot", "ducklake_schema", "ducklake_table", "ducklake_column", "ducklake_data_file"}
    | {"ducklake_delete_file", "ducklake_table_stats"}
)
_SHOWN = 5


def examine_catalog(catalog: Path) -> list[Finding]:
    """What is wrong with the file itself; nothing is written. One finding is enough, so it names the first few problems."""
    if not catalog.is_file():
        return [Finding("catalog.missing", str(catalog), "no such file")]
    try:
        with catalog.open("rb") as handle:
            if handle.read(len(_HEADER)) != _HEADER:
                return [Finding("catalog.damaged", str(catalog), "it does not begin as an SQLite database does")]
        problems = _integrity(catalog)
    except (sqlite3.Error, OSError) as error:
        problems = [str(error)]
    return [Finding("catalog.damaged", str(catalog), "; ".join(problems[:_SHOWN]))] if problems else []


def missing_tables(lake: Lake) -> Iterator[Finding]:
    """Tables of this version that the catalog of an opened lake does not have."""
    there = {row[0] for row in lake.execute(f"SELECT table_name FROM duckdb_tables() WHERE database_name = '{NAME}'").fetchall()}
    for name in (*(record.TABLE.name for record in TABLES), GUARD):
        if name not in there:
            yield Finding("catalog.table_missing", name, "the catalog has no such table")


def _integrity(catalog: Path) -> list[str]:
    with (
        readable(catalog.absolute()) as path,
        contextlib.closing(sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True, timeout=10)) as connection,
    ):
        found = [row[0] for row in connection.execute("PRAGMA integrity_check(20)")]
        if found != ["ok"]:
            return found
        names = {row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
        if missing := sorted(_NEEDED - names):
            return [f"its table {name} is gone" for name in missing]
        # a change inside a row passes the integrity check; what DuckLake relies on is told by the numbers of snapshots and rows
        newest = connection.execute("SELECT max(snapshot_id), count(*), count(DISTINCT snapshot_id) FROM ducklake_snapshot").fetchone()
        if newest[0] is None or newest[1] != newest[2]:
            return ["its list of snapshots is empty or repeats one"]
    return []
