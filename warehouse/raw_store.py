"""The raw store: the bytes of every input under their SHA-256, so that all can be extracted again when rules change.

``raw/ab/abcdef….zst`` holds bytes that compression shortens, ``raw/ab/abcdef…`` the others (PDF, ZIP, images). A file is
written beside its place, flushed and renamed, so that a name never stands for half its bytes. The same names lie in a bucket where
the warehouse has many machines (warehouse.raw_bucket).
"""

from __future__ import annotations

import contextlib
import hashlib
import os
from collections.abc import Iterator
from pathlib import Path

import pyarrow as pa

SUFFIX = ".zst"
_LEVEL = 3
# compressing pays above a block of the disk and below this share of the plain size
_SMALLEST = 512
_WORTHWHILE = 0.9


class RawMissing(Exception):
    """No bytes are stored under this SHA-256."""


class RawDamaged(Exception):
    """The stored bytes do not have the SHA-256 that they are stored under."""


class RawStore:
    """The raw store in the folder ``root``, which is made with the first bytes."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.place = str(root)
        """For people."""

    def put(self, raw: bytes, sha256: str | None = None) -> str:
        """Store ``raw`` unless it is stored; return its SHA-256. Raises ``OSError``, such as ENOSPC on a full disk."""
        sha256 = sha256 or hashlib.sha256(raw).hexdigest()
        if self._find(sha256) is None:
            self._save(*packed(sha256, raw))
        return sha256

    def put_soon(self, raw: bytes, sha256: str) -> None:
        """Store ``raw`` by the next ``settle``; a store that is far away takes several at once."""
        self.put(raw, sha256)

    def settle(self) -> None:
        """Return when all is stored that was put; raises what went wrong."""

    def get(self, sha256: str) -> bytes:
        """The bytes under ``sha256``, verified. Raises ``RawMissing`` or ``RawDamaged``."""
        name = self._find(sha256)
        if name is None:
            raise RawMissing(f"{sha256} is not in {self.place}")
        try:
            raw = self._load(name)
            if name.endswith(SUFFIX):
                with pa.CompressedInputStream(pa.BufferReader(raw), "zstd") as stream:
                    raw = stream.read()
        except OSError as error:  # Arrow reports broken frames as OSError
            raise RawDamaged(f"{self.place}/{name} cannot be read: {error}") from error
        if hashlib.sha256(raw).hexdigest() != sha256:
            raise RawDamaged(f"{self.place}/{name} does not hold the bytes of its name")
        return raw

    def __contains__(self, sha256: str) -> bool:
        return self._find(sha256) is not None

    def __iter__(self) -> Iterator[str]:
        """Every stored SHA-256 in rising order."""
        for folder in sorted(self.root.glob("[0-9a-f][0-9a-f]")):
            yield from sorted({path.name.removesuffix(SUFFIX) for path in folder.iterdir() if not path.name.startswith(".")})

    def size(self) -> tuple[int, int]:
        """How many files there are, and their bytes."""
        sizes = [path.stat().st_size for path in self.root.glob("[0-9a-f][0-9a-f]/*")]
        return len(sizes), sum(sizes)

    def remove(self, sha256: str) -> None:
        """Delete what is stored under ``sha256``, such as bytes that are not those of the name."""
        while name := self._find(sha256):
            self._delete(name)

    def leftovers(self) -> list[Path]:
        """Files that a killed writer left half written."""
        return sorted(self.root.glob("[0-9a-f][0-9a-f]/.*.tmp"))

    def remove_leftovers(self) -> int:
        """Delete them; only the holder of the writer's lock may call this. Returns their number."""
        leftovers = self.leftovers()
        for path in leftovers:
            path.unlink(missing_ok=True)
        return len(leftovers)

    def _find(self, sha256: str) -> str | None:
        """The name below the root under which ``sha256`` is stored."""
        return next((name for name in names(sha256) if (self.root / name).is_file()), None)

    def _load(self, name: str) -> bytes:
        return (self.root / name).read_bytes()

    def _delete(self, name: str) -> None:
        (self.root / name).unlink(missing_ok=True)

    def _save(self, name: str, stored: bytes) -> None:
        place = self.root / name
        part = place.with_name(f".{place.name.removesuffix(SUFFIX)}.{os.getpid()}.tmp")
        try:
            handle = part.open("wb")
        except FileNotFoundError:
            place.parent.mkdir(parents=True, exist_ok=True)
            handle = part.open("wb")
        try:
            with handle:
                handle.write(stored)
                handle.flush()
                os.fsync(handle.fileno())
            part.replace(place)
        except BaseException:
            with contextlib.suppress(OSError):
                part.unlink(missing_ok=True)
            raise


def names(sha256: str) -> tuple[str, str]:
    """Where ``sha256`` may be stored, below the root."""
    return f"{sha256[:2]}/{sha256}{SUFFIX}", f"{sha256[:2]}/{sha256}"


def packed(sha256: str, raw: bytes) -> tuple[str, bytes]:
    """Where ``raw`` is stored, below the root, and what is stored."""
    short, plain = names(sha256)
    if len(raw) >= _SMALLEST:
        compressed = pa.Codec("zstd", compression_level=_LEVEL).compress(raw, asbytes=True)
        if len(compressed) < _WORTHWHILE * len(raw):
            return short, compressed
    return plain, raw
