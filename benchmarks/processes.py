"""Watching a process and all below it from outside, by what the kernel keeps of each."""

from __future__ import annotations

import contextlib
import threading
from pathlib import Path
from types import TracebackType

_EVERY_SECONDS = 0.25
# what a process is for, by a word of its command line
_KINDS = {"worker_process": "worker", "reader_process": "reader"}


class Watch:
    """``greatest`` is the greatest resident memory in bytes of each kind of process, as the kernel's own high-water mark tells it."""

    def __init__(self, root: int) -> None:
        self._root, self._is_over = root, threading.Event()
        self._thread = threading.Thread(target=self._look_on, daemon=True)
        self.greatest: dict[str, int] = {}

    def __enter__(self) -> Watch:
        self._thread.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self._is_over.set()
        self._thread.join()

    def _look_on(self) -> None:
        while not self._is_over.wait(_EVERY_SECONDS):
            for pid in _family(self._root):
                with contextlib.suppress(OSError, StopIteration, ValueError):  # it ended while it was looked at
                    kind = self._kind(pid)
                    self.greatest[kind] = max(self.greatest.get(kind, 0), _memory(pid))

    def _kind(self, pid: int) -> str:
        words = Path(f"/proc/{pid}/cmdline").read_bytes().decode("utf-8", "replace")
        return next((kind for word, kind in _KINDS.items() if word in words), "writer")


def _family(root: int) -> list[int]:
    found, waiting = [], [root]
    while waiting:
        pid = waiting.pop()
        found.append(pid)
        for tasks in Path(f"/proc/{pid}/task").glob("*/children"):
            with contextlib.suppress(OSError):
                waiting += map(int, tasks.read_text().split())
    return found


def _memory(pid: int) -> int:
    lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    return int(next(line for line in lines if line.startswith("VmHWM")).split()[1]) * 1024
