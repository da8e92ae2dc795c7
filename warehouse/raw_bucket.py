"""The raw store in a bucket, for warehouses that several machines write to in turn. An object appears when all its bytes are there."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path

import pyarrow.fs as pafs

from warehouse.raw_store import SUFFIX, RawStore, names, packed
from warehouse.s3 import SCHEME, Access

# A request waits for the network and hardly for anything else: so many at once. Bytes that wait are those of one batch.
_AT_ONCE = 16


class RawBucket(RawStore):
    """The raw store below ``prefix``, such as ``s3://bucket/raw/``."""

    def __init__(self, prefix: str, access: Access) -> None:
        super().__init__(Path(prefix))
        self.place = prefix.rstrip("/")
        self._prefix = prefix.removeprefix(SCHEME).rstrip("/")
        self._files = access.filesystem()
        self._pool = ThreadPoolExecutor(_AT_ONCE, thread_name_prefix="raw store")
        self._waiting: list[Future[None]] = []

    def put_soon(self, raw: bytes, sha256: str) -> None:
        """Store ``raw`` by the next ``settle``. What is stored already is written once more, which costs less than to ask."""
        self._waiting.append(self._pool.submit(lambda: self._save(*packed(sha256, raw))))

    def settle(self) -> None:
        """Wait for all that was put; raises the first ``OSError``."""
        waiting, self._waiting = self._waiting, []
        for each in waiting:
            each.result()

    def __iter__(self) -> Iterator[str]:
        """Every stored SHA-256, in no order."""
        return iter({info.base_name.removesuffix(SUFFIX) for info in self._list()})

    def size(self) -> tuple[int, int]:
        """How many objects there are, and their bytes."""
        sizes = [info.size for info in self._list()]
        return len(sizes), sum(sizes)

    def leftovers(self) -> list[Path]:
        """None: a killed writer leaves no objects."""
        return []

    def _list(self) -> list[pafs.FileInfo]:
        chosen = pafs.FileSelector(self._prefix, allow_not_found=True, recursive=True)
        return [info for info in self._files.get_file_info(chosen) if info.type == pafs.FileType.File]

    def _find(self, sha256: str) -> str | None:
        found = self._files.get_file_info([f"{self._prefix}/{name}" for name in names(sha256)])
        return next((name for name, info in zip(names(sha256), found, strict=True) if info.type == pafs.FileType.File), None)

    def _load(self, name: str) -> bytes:
        with self._files.open_input_stream(f"{self._prefix}/{name}") as stream:
            content: bytes = stream.read()
        return content

    def _save(self, name: str, stored: bytes) -> None:
        with self._files.open_output_stream(f"{self._prefix}/{name}") as stream:
            stream.write(stored)

    def _delete(self, name: str) -> None:
        self._files.delete_file(f"{self._prefix}/{name}")
