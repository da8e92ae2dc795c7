"""Reading a catalog that lies where nothing can be written: a read-only disk, or a folder of another user.

SQLite in WAL mode wants to make a file beside the catalog even to read it. Where a writer is at work that file is there, and is
used. Where it is not, nobody writes, and a copy of the catalog is read instead.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path


@contextlib.contextmanager
def readable(catalog: Path) -> Iterator[Path]:
    """The catalog, or a copy of it for the length of the block. Raises ``OSError`` where it cannot be read or copied."""
    if os.access(catalog.parent, os.W_OK) or catalog.with_name(f"{catalog.name}-shm").exists():
        yield catalog
        return
    with tempfile.TemporaryDirectory(prefix="taizhang-catalog-") as folder:
        copy = Path(folder) / catalog.name
        for suffix in ("", "-wal"):  # a killed writer's log holds the last snapshots
            with contextlib.suppress(FileNotFoundError):
                shutil.copyfile(f"{catalog}{suffix}", f"{copy}{suffix}")
        yield copy
