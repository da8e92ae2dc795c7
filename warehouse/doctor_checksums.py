"""SHA-256 of data files, noted once after they were written: they never change, so a file that differs later is damaged.

Parquet as DuckDB writes it has no checksums of its own, and a flipped byte may decode into another value without an error. The
notes are one line a file in ``checksums.txt`` in the warehouse's folder. They are of no use for buckets, which guard their bytes
themselves.
"""

from __future__ import annotations

import os
from pathlib import Path

from warehouse.doctor_files import data_files, file_sha256, is_remote
from warehouse.lake import Lake

NAME = "checksums.txt"


def checksums(folder: Path) -> dict[str, str]:
    """SHA-256 by path below the data folder; a line that is cut short or garbled counts as not noted."""
    try:
        lines = (folder / NAME).read_text("utf-8", "replace").splitlines()
    except OSError:
        return {}
    noted = {}
    for line in lines:
        digest, _, path = line.partition("  ")
        if len(digest) == 64 and path.endswith(".parquet"):
            noted[path] = digest
    return noted


def note_checksums(lake: Lake, folder: Path) -> int:
    """Note the files that have no checksum yet and drop those that are gone; returns how many were added.

    Called under the writer's lock soon after files were written. A file that is not there or has another size is left to doctor.
    """
    if is_remote(lake.location.data):
        return 0
    noted = checksums(folder)
    kept, added = {}, 0
    for file in data_files(lake):
        name, path = file.path.removeprefix(lake.location.data), Path(file.path)
        if name in noted:
            kept[name] = noted[name]
        elif path.is_file() and path.stat().st_size == file.size:
            kept[name] = file_sha256(path)
            added += 1
    if kept != noted:
        part = folder / f".{NAME}.tmp"
        part.write_text("".join(f"{digest}  {name}\n" for name, digest in sorted(kept.items())), "utf-8")
        with part.open("rb") as handle:
            os.fsync(handle.fileno())
        part.replace(folder / NAME)
    return added
