"""Data files: those that the catalog lists, whether each is as it was written, and those that nobody lists."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import duckdb

from warehouse.doctor import Finding
from warehouse.lake import NAME, Lake, first_line

METADATA = f"__ducklake_metadata_{NAME}"
_MAGIC = b"PAR1"
_FILES = """
WITH place AS (
    SELECT table_id, table_name, s.path AS folder, t.path, t.path_is_relative
    FROM {m}.ducklake_table t JOIN {m}.ducklake_schema s USING (schema_id)
    QUALIFY row_number() OVER (PARTITION BY table_id ORDER BY t.begin_snapshot DESC) = 1
), file AS (
    SELECT 'data' AS kind, data_file_id AS id, data_file_id, table_id, path, path_is_relative, file_size_bytes, record_count, end_snapshot
    FROM {m}.ducklake_data_file
    UNION ALL
    SELECT 'delete', delete_file_id, data_file_id, table_id, path, path_is_relative, file_size_bytes, delete_count, end_snapshot
    FROM {m}.ducklake_delete_file
)
SELECT table_name, kind, id, data_file_id, file.path_is_relative, place.path_is_relative, folder, place.path, file.path,
       file_size_bytes, record_count, end_snapshot IS NULL
FROM file JOIN place USING (table_id) ORDER BY table_name, kind, id
"""


@dataclass(frozen=True, slots=True)
class DataFile:
    """A file that the catalog lists: rows of ``table`` (kind data) or the places of deleted rows of ``data_file_id`` (kind delete)."""

    table: str
    kind: str
    id: int
    data_file_id: int
    path: str
    size: int
    rows: int
    is_current: bool


def data_files(lake: Lake, only_current: bool = False) -> list[DataFile]:
    """The files of ``lake`` in all its snapshots, or those that the newest needs, with full paths."""
    found = []
    for table, kind, number, data_file, is_relative, in_schema, folder, place, path, size, rows, current in lake.execute(
        _FILES.format(m=METADATA)
    ).fetchall():
        if current or not only_current:
            full = f"{lake.location.data}{folder}{place}{path}" if in_schema else f"{place}{path}"
            found.append(DataFile(table, kind, number, data_file, full if is_relative else path, size, rows, bool(current)))
    return found


def waiting_for_deletion(lake: Lake) -> set[str]:
    """Full paths of files that maintenance will delete when their grace is over."""
    rows = lake.execute(f"SELECT path, path_is_relative FROM {METADATA}.ducklake_files_scheduled_for_deletion").fetchall()
    return {f"{lake.location.data}{path}" if is_relative else path for path, is_relative in rows}


def examine_files(lake: Lake, checksums: Mapping[str, str], is_thorough: bool = True) -> list[tuple[DataFile, str]]:
    """Files that are not as they were written, with what is the matter.

    Existence and size are looked at always, the bytes if ``is_thorough``: against ``checksums`` (by path below the data folder)
    where there is one, else by reading every value.
    """
    looked_at = ((file, _problem(lake, file, checksums, is_thorough)) for file in data_files(lake))
    return [(file, problem) for file, problem in looked_at if problem]


def findings(damaged: list[tuple[DataFile, str]]) -> Iterator[Finding]:
    """``damaged`` files as findings."""
    for file, problem in damaged:
        kind = "file.old_damaged" if not file.is_current else "file.missing" if problem == MISSING else "file.damaged"
        yield Finding(kind, file.path, f"{problem}; {file.rows} rows of {file.table}" if file.kind == "data" else problem)


def orphans(lake: Lake) -> Iterator[Finding]:
    """Files in a local data folder that no snapshot lists."""
    if is_remote(lake.location.data):
        return
    listed = {file.path for file in data_files(lake)} | waiting_for_deletion(lake)
    for path in sorted(Path(lake.location.data).rglob("*.parquet")):
        if str(path) not in listed:
            yield Finding("file.orphan", str(path), f"{path.stat().st_size} bytes")


def is_remote(data: str) -> bool:
    """``data`` is a bucket, not a folder."""
    return "://" in data


def file_sha256(path: Path) -> str:
    """SHA-256 of a file's bytes."""
    with path.open("rb") as handle:
        return hashlib.file_digest(handle, "sha256").hexdigest()


MISSING = "it is not there"


def _problem(lake: Lake, file: DataFile, checksums: Mapping[str, str], is_thorough: bool) -> str | None:
    if not is_remote(file.path):
        path = Path(file.path)
        if not path.is_file():
            return MISSING
        if (size := path.stat().st_size) != file.size:
            return f"{size} bytes instead of {file.size}"
        with path.open("rb") as handle:
            handle.seek(-len(_MAGIC), 2)
            if handle.read() != _MAGIC:
                return "its end is not that of a Parquet file"
        if not is_thorough:
            return None
        try:
            if expected := checksums.get(file.path.removeprefix(lake.location.data)):
                return None if file_sha256(path) == expected else "its bytes are not those that were written (SHA-256)"
        except OSError as error:
            return f"it cannot be read: {error.strerror}"
    return _unreadable(lake, file, is_thorough)


def _unreadable(lake: Lake, file: DataFile, is_thorough: bool) -> str | None:
    """Why DuckDB cannot read the file, or that it has another number of rows; None if all is well."""
    wanted = "count(*), bit_xor(hash(f))" if is_thorough else "count(*)"
    try:
        row = lake.execute(f"SELECT {wanted} FROM read_parquet(?) f", [file.path]).fetchone()
    except duckdb.Error as error:
        return f"it cannot be read: {first_line(error)}"
    return None if row and row[0] == file.rows else f"{row[0] if row else 0} rows instead of {file.rows}"
