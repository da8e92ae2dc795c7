"""The raw store: the bytes of every input under their SHA-256, so that all can be extracted again when rules change.

``raw/ab/abcdef….zst`` holds bytes that compression shortens, ``raw/ab/abcdef…`` the others (PDF, ZIP, images). A file is
written beside its place, flushed and renamed, so that a name never stands for half its bytes.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
from collections.abc import Iterator
from pathlib import Path

import pyarrow as pa

_SUFFIX = ".zst"
_LEVEL = 3
# compressing pays above a block of the disk and below this share of the plain size
_SMALLEST = 512
_WORTHWHILE = 0.9


class RawMissing(Exception):
    """No bytes are stored under this SHA-256."""


class RawDamaged(Exception):
    """The stored bytes do not have the SHA-256 that they are stored under."""


class RawStore:
    """The raw store in ``root``, which is made with the first bytes."""

    def __init__(self, root: Path) -> None:
        self.root = root

    def put(self, raw: bytes, sha256: str | None = None) -> str:
        """Store ``raw`` unless it is stored; return its SHA-256. Raises ``OSError``, such as ENOSPC on a full disk."""
        sha256 = sha256 or hashlib.sha256(raw).hexdigest()
        if self._find(sha256) is None:
            self._write(sha256, raw)
        return sha256

    def get(self, sha256: str) -> bytes:
        """The bytes under ``sha256``, verified. Raises ``RawMissing`` or ``RawDamaged``."""
        path = self._find(sha256)
        if path is None:
            raise RawMissing(f"{sha256} is not in {self.root}")
        try:
            raw = path.read_bytes()
            if path.suffix == _SUFFIX:
                with pa.CompressedInputStream(pa.BufferReader(raw), "zstd") as stream:
                    raw = stream.read()
        except OSError as error:  # Arrow reports broken frames as OSError
            raise RawDamaged(f"{path} cannot be read: {error}") from error
        if hashlib.sha256(raw).hexdigest() != sha256:
            raise RawDamaged(f"{path} does not hold the bytes of its name")
        return raw

    def __contains__(self, sha256: str) -> bool:
        return self._find(sha256) is not None

    def __iter__(self) -> Iterator[str]:
        """Every stored SHA-256 in rising order."""
        for folder in sorted(self.root.glob("[0-9a-f][0-9a-f]")):
            yield from sorted({path.name.removesuffix(_SUFFIX) for path in folder.iterdir() if not path.name.startswith(".")})

    def remove(self, sha256: str) -> None:
        """Delete what is stored under ``sha256``, such as bytes that are not those of the name."""
        while path := self._find(sha256):
            path.unlink(missing_ok=True)

    def remove_leftovers(self) -> int:
        """Delete what a killed writer left half written; only the holder of the writer's lock may call this. Returns their number."""
        leftovers = list(self.root.glob("[0-9a-f][0-9a-f]/.*.tmp"))
        for path in leftovers:
            path.unlink(missing_ok=True)
        return len(leftovers)

    def _place(self, sha256: str) -> Path:
        return self.root / sha256[:2] / sha256

    def _find(self, sha256: str) -> Path | None:
        place = self._place(sha256)
        for path in (place.with_name(place.name + _SUFFIX), place):
            if path.is_file():
                return path
        return None

    def _write(self, sha256: str, raw: bytes) -> None:
        place = self._place(sha256)
        stored = raw
        if len(raw) >= _SMALLEST:
            packed = pa.Codec("zstd", compression_level=_LEVEL).compress(raw, asbytes=True)
            if len(packed) < _WORTHWHILE * len(raw):
                stored, place = packed, place.with_name(place.name + _SUFFIX)
        part = place.with_name(f".{sha256}.{os.getpid()}.tmp")
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
