"""Maintenance: few large files instead of many small ones, and no files that nobody can see any more.

Every publish leaves small files and lists of deleted rows, which queries must open one by one. Maintenance rewrites and merges
them, lets old snapshots expire, and deletes the files of what expired. It is a writer: the caller holds the writer's lock. Readers
are not disturbed, because a file is deleted two days after nothing new could refer to it; a reader that lost its files at once
would silently see no rows (measured). Data of DuckLake 1.0; compaction weekly or oftener, since very many files trouble it
(ducklake#1025).
"""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from pathlib import Path

from transforms.records.catalogue import TABLES
from warehouse.doctor_files import data_files
from warehouse.lake import NAME, Lake

KEEP_DAYS = 30
"""How long a state of the warehouse can be asked for after it was replaced."""
GRACE_HOURS = 48
"""How long a file stays after it fell out of use: longer than any reader and any backup takes."""
# a file is rewritten when this share of its rows is deleted; merging leaves out files that have deleted rows
_DELETED_SHARE = 0.02


@dataclass(frozen=True, slots=True)
class Maintained:
    """What a maintenance changed; files in use and their bytes before and after."""

    files_before: int
    files_after: int
    bytes_before: int
    bytes_after: int
    snapshots_expired: int
    files_deleted: int


def maintain(lake: Lake, keep_days: float = KEEP_DAYS, grace_hours: float = GRACE_HOURS) -> Maintained:
    """Compact ``lake``, expire snapshots that were replaced ``keep_days`` ago and delete files out of use for ``grace_hours``.

    Each step is a transaction of its own; killed between two, the rest is done by the next maintenance. Tests alone set
    ``grace_hours`` below its default, which open readers and running backups rely on.
    """
    before = data_files(lake, only_current=True)
    for record in TABLES:  # table by table: one that fails for its number of files leaves the others done
        name = record.TABLE.name
        lake.execute(f"CALL ducklake_rewrite_data_files('{NAME}', '{name}', delete_threshold => {_DELETED_SHARE})")
        lake.execute(f"CALL ducklake_merge_adjacent_files('{NAME}', '{name}')")
    expired = _replaced_before(lake, max(keep_days * 24, grace_hours))
    if expired:
        lake.execute(f"CALL ducklake_expire_snapshots('{NAME}', versions => [{', '.join(map(str, expired))}])")
    deleted = lake.execute(f"CALL ducklake_cleanup_old_files('{NAME}', older_than => {_ago(grace_hours)})").fetchall()
    deleted += lake.execute(f"CALL ducklake_delete_orphaned_files('{NAME}', older_than => {_ago(grace_hours)})").fetchall()
    after = data_files(lake, only_current=True)
    return Maintained(
        files_before=len(before),
        files_after=len(after),
        bytes_before=sum(file.size for file in before),
        bytes_after=sum(file.size for file in after),
        snapshots_expired=len(expired),
        files_deleted=len(deleted),
    )


def _replaced_before(lake: Lake, hours: float) -> list[int]:
    """Snapshots that have not been the newest for so long.

    Their own age would not do: a reader may have just opened one that is months old and was replaced a minute ago, and would find
    no rows and no error when it is gone (measured).
    """
    rows = lake.execute(
        "SELECT snapshot_id FROM (SELECT snapshot_id, lead(snapshot_time) OVER (ORDER BY snapshot_id) AS replaced"
        f" FROM ducklake_snapshots('{NAME}')) WHERE replaced < {_ago(hours)} ORDER BY 1"
    ).fetchall()
    return [int(row[0]) for row in rows]


def truncate_log(catalog: Path) -> None:
    """Move what SQLite's log holds into the catalog's file, and refresh its statistics; a reader that is at work is waited for briefly."""
    connection = sqlite3.connect(catalog, timeout=2)
    try:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        connection.execute("PRAGMA optimize")
    finally:
        connection.close()


def _ago(hours: float) -> str:
    return f"now() - INTERVAL '{int(hours * 3600)} seconds'"
