"""Putting right what doctor found in data files: back from a backup, or out of the catalog so that their notices can be made again.

Callers hold the writer's lock and have no transaction open.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Sequence
from pathlib import Path

from warehouse.backup import BackupFailed, file_of, read_manifest
from warehouse.doctor_files import METADATA, DataFile
from warehouse.lake import Lake


def put_back(lake: Lake, files: Sequence[DataFile], backup: Path) -> list[DataFile]:
    """Copy ``files`` from ``backup``, each verified against its manifest; return those that it does not hold whole."""
    manifest = read_manifest(backup)
    left = []
    for file in files:
        name = f"data/{file.path.removeprefix(lake.location.data)}"
        try:
            source = file_of(backup, manifest, name)
        except BackupFailed:
            left.append(file)
            continue
        _replace(source, Path(file.path))
    return left


def take_out(lake: Lake, files: Sequence[DataFile], message: str) -> int:
    """Make a snapshot without the rows of ``files`` and return how many rows the catalog loses.

    A damaged list of deleted rows takes its data file with it: the rows would come back otherwise. DuckLake has no call for this:
    DELETE reads the file. So the catalog is changed as a DELETE of all its rows would, in one transaction; earlier snapshots keep
    listing the file.
    """
    numbers = sorted({file.data_file_id for file in files if file.is_current})
    if not numbers:
        return 0
    listed = ", ".join(map(str, numbers))
    with lake.transaction():
        new = lake.execute(f"SELECT max(snapshot_id) + 1 FROM {METADATA}.ducklake_snapshot").fetchall()[0][0]
        tables = lake.execute(
            f"SELECT DISTINCT table_id FROM {METADATA}.ducklake_data_file WHERE data_file_id IN ({listed}) ORDER BY 1"
        ).fetchall()
        rows = lake.execute(f"SELECT sum(record_count) FROM {METADATA}.ducklake_data_file WHERE data_file_id IN ({listed})").fetchall()[0][
            0
        ]
        lake.execute(
            f"INSERT INTO {METADATA}.ducklake_snapshot SELECT {new}, now(), schema_version, next_catalog_id, next_file_id"
            f" FROM {METADATA}.ducklake_snapshot WHERE snapshot_id = {new - 1}"
        )
        changes = ",".join(f"deleted_from_table:{table}" for (table,) in tables)
        lake.execute(f"INSERT INTO {METADATA}.ducklake_snapshot_changes VALUES ({new}, ?, 'taizhang', ?, NULL)", [changes, message])
        for name in ("ducklake_data_file", "ducklake_delete_file"):
            lake.execute(f"UPDATE {METADATA}.{name} SET end_snapshot = {new} WHERE end_snapshot IS NULL AND data_file_id IN ({listed})")
    return int(rows or 0)


def _replace(source: Path, place: Path) -> None:
    place.parent.mkdir(parents=True, exist_ok=True)
    part = place.with_name(f".{place.name}.tmp")
    shutil.copy2(source, part)
    with part.open("rb") as handle:
        os.fsync(handle.fileno())
    part.replace(place)
