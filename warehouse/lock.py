"""The writer's lock: one process writes to a warehouse at a time, and whoever must wait is told who holds it.

The kernel's lock (flock) ends with the process, however it ends, so nothing is left to clear after a kill. The words about the
holder are only for people. Works on local disks; the SQLite catalog needs one anyway.
"""

from __future__ import annotations

import contextlib
import datetime
import fcntl
import json
import logging
import os
import socket
import time
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

_POLL_SECONDS = 0.1


@dataclass(frozen=True, slots=True)
class Holder:
    """The process that holds the lock, on which machine, since when (UTC, ISO) and what for."""

    pid: int
    host: str
    since: str
    purpose: str

    def __str__(self) -> str:
        return f"process {self.pid} on {self.host} ({self.purpose}, since {self.since})"


class LockHeld(Exception):
    """Another process writes to the warehouse."""

    def __init__(self, path: Path | str, holder: Holder | None) -> None:
        self.holder = holder
        super().__init__(f"another writer holds {path}: {holder or 'unknown process'}")


@contextlib.contextmanager
def writer_lock(path: Path, purpose: str, wait_seconds: float = 0) -> Iterator[None]:
    """Hold the lock at ``path`` for the length of the block; raises ``LockHeld`` when it stays taken for ``wait_seconds``.

    Whom it waits for is logged once as a warning.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    descriptor = _acquired(path, wait_seconds)
    try:
        since = datetime.datetime.now(datetime.UTC).isoformat(timespec="seconds")
        words = json.dumps(asdict(Holder(os.getpid(), socket.gethostname(), since, purpose))).encode()
        os.ftruncate(descriptor, 0)
        os.pwrite(descriptor, words, 0)
        try:
            yield
        finally:
            with contextlib.suppress(OSError):
                os.ftruncate(descriptor, 0)
    finally:
        os.close(descriptor)


def holder(path: Path) -> Holder | None:
    """Who holds the lock at ``path``; None if nobody does."""
    try:
        descriptor = os.open(path, os.O_RDONLY | os.O_CLOEXEC)
    except FileNotFoundError:
        return None
    try:
        fcntl.flock(descriptor, fcntl.LOCK_SH | fcntl.LOCK_NB)
        return None
    except BlockingIOError:
        return _described(path)
    finally:
        os.close(descriptor)


def _acquired(path: Path, wait_seconds: float) -> int:
    """A descriptor that holds the lock. A restore exchanges the folder, so the file that was waited for may be another one's now."""
    deadline = time.monotonic() + wait_seconds
    is_told = False
    while True:
        descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
            if path.exists() and os.path.samestat(os.fstat(descriptor), path.stat()):
                return descriptor
            os.close(descriptor)
        except BlockingIOError:
            os.close(descriptor)
            if time.monotonic() >= deadline:
                raise LockHeld(path, _described(path)) from None
            if not is_told:
                is_told = True
                logging.getLogger("taizhang").warning("waiting for another writer: %s", _described(path) or "unknown process")
            time.sleep(_POLL_SECONDS)
        except BaseException:
            os.close(descriptor)
            raise


def _described(path: Path) -> Holder | None:
    try:
        return Holder(**json.loads(path.read_text("utf-8")))
    except (OSError, ValueError, TypeError):  # between lock and words, or written by another version
        return None
