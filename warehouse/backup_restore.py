"""Restoring a backup: verified, copied beside the warehouse, and put in its place in one step."""

from __future__ import annotations

import contextlib
import ctypes
import datetime
import errno
import os
import shutil
import sqlite3
from collections.abc import Iterator
from pathlib import Path

from warehouse.backup import BackupFailed, Manifest, read_manifest, verify
from warehouse.doctor_checksums import NAME as CHECKSUMS
from warehouse.lock import writer_lock

_AT_FDCWD = -100
_EXCHANGE = 2  # RENAME_EXCHANGE of Linux


def restore(
    source: Path, warehouse: Path, now: datetime.datetime, is_forced: bool = False, wait_seconds: float = 0
) -> tuple[Manifest, Path | None]:
    """Put the backup in ``source`` in the place of ``warehouse``; return its manifest and where the former warehouse is now.

    Every file is compared with the manifest before anything changes. A warehouse that is there is left alone unless ``is_forced``,
    and then kept beside the new one. Raises ``BackupFailed``, ``LockHeld`` while a writer works, and ``OSError``.
    """
    manifest = read_manifest(source)
    is_there = warehouse.exists() and any(path.name != "writer.lock" for path in warehouse.iterdir())
    if is_there and not is_forced:
        raise BackupFailed(
            f"{warehouse} holds a warehouse already; with --force the backup takes its place and the former is kept beside it"
        )
    if warehouse.is_mount():
        raise BackupFailed(f"{warehouse} is the root of a disk and cannot be exchanged; set the setting warehouse to a folder on it")
    if wrong := verify(source, manifest):
        raise BackupFailed(
            f"the backup in {source} is damaged: {', '.join(wrong[:3])}{' …' if len(wrong) > 3 else ''} ({len(wrong)} files)"
        )
    stamp = now.strftime("%Y%m%dT%H%M%SZ")
    part = warehouse.with_name(f"{warehouse.name}.restoring-{stamp}-{os.getpid()}")
    former = warehouse.with_name(f"{warehouse.name}.before-restore-{stamp}")
    try:
        _copy(source, part, manifest)
        with _locked(warehouse, wait_seconds):
            if not warehouse.exists():
                part.rename(warehouse)
                return manifest, None
            _exchange(part, warehouse)
    except BaseException:
        with contextlib.suppress(OSError):
            shutil.rmtree(part, ignore_errors=True)
        raise
    if is_there:
        part.rename(former)
        return manifest, former
    shutil.rmtree(part, ignore_errors=True)
    return manifest, None


def _copy(source: Path, part: Path, manifest: Manifest) -> None:
    for name in manifest.files:
        place = part / ("catalog.sqlite" if name == manifest.catalog else name)
        place.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy2(source / name, place)
    # the copies are what counts: a disk that garbles them is found now, and doctor can compare with them later
    copied = {("catalog.sqlite" if name == manifest.catalog else name): each for name, each in manifest.files.items()}
    if wrong := verify(part, Manifest(manifest.made_at, manifest.snapshot, manifest.catalog, copied)):
        raise BackupFailed(f"{part / wrong[0]} is not what was written; the disk may be failing")
    with contextlib.closing(sqlite3.connect(part / "catalog.sqlite")) as catalog:
        catalog.execute("PRAGMA journal_mode = WAL")  # the backup is one file without a log
    lines = [
        f"{digest}  {name.removeprefix('data/')}\n" for name, (_, digest) in sorted(manifest.files.items()) if name.startswith("data/")
    ]
    (part / CHECKSUMS).write_text("".join(lines), "utf-8")
    (part / "data").mkdir(exist_ok=True)
    os.sync()


@contextlib.contextmanager
def _locked(warehouse: Path, wait_seconds: float) -> Iterator[None]:
    if not warehouse.exists():
        yield
        return
    with writer_lock(warehouse / "writer.lock", "taizhang restore", wait_seconds):
        yield


def _exchange(part: Path, warehouse: Path) -> None:
    """Exchange two folders in one step; where the system cannot, in two renames with nothing at the place between them."""
    libc = ctypes.CDLL(None, use_errno=True)
    if hasattr(libc, "renameat2"):
        if libc.renameat2(_AT_FDCWD, os.fsencode(part), _AT_FDCWD, os.fsencode(warehouse), _EXCHANGE) == 0:
            return
        if (number := ctypes.get_errno()) not in (errno.EINVAL, errno.ENOSYS):
            raise OSError(number, os.strerror(number), str(warehouse))
    aside = part.with_name(part.name + ".former")
    warehouse.rename(aside)
    part.rename(warehouse)
    aside.rename(part)
