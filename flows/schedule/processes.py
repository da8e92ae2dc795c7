"""The processes that a schedule consists of, each in a session of its own, so that it is stopped with all that it started."""

from __future__ import annotations

import contextlib
import ctypes
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from types import TracebackType

_PR_SET_PDEATHSIG = 1
_POLL_SECONDS = 0.1
# a log that grew beyond this is begun anew at the next start, one older kept
_LOG_BYTES = 5_000_000


class ProcessEnded(Exception):
    """A process ended that should be there; the message says how, and the last lines of its log."""


class Child:
    """A process with what it prints in ``log``, or on our stderr where that is None. Ends with us even if we are killed (on Linux)."""

    def __init__(self, name: str, command: Sequence[str], environment: Mapping[str, str], log: Path | None) -> None:
        self.name, self._log = name, log
        target: int | None = None
        if log:
            _rotate(log)
            target = os.open(log, os.O_WRONLY | os.O_CREAT | os.O_APPEND | os.O_CLOEXEC, 0o600)
        try:
            self._process = subprocess.Popen(
                [sys.executable, *command],
                env=dict(environment),
                stdin=subprocess.DEVNULL,
                stdout=target if target is not None else sys.stderr.fileno(),
                stderr=subprocess.STDOUT if target is not None else None,
                start_new_session=True,
                preexec_fn=_end_with_parent,
            )
        finally:
            if target is not None:
                os.close(target)

    def __enter__(self) -> Child:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.stop()

    @property
    def pid(self) -> int:
        """The process, which leads its own session."""
        return self._process.pid

    def check(self) -> None:
        """Raise ``ProcessEnded`` unless the process lives."""
        code = self._process.poll()
        if code is not None:
            raise ProcessEnded(f"{self.name} ended with code {code}{self._last_words()}")

    def wait_until(self, is_true: Callable[[], bool], seconds: float) -> None:
        """Wait for something that the process does; raises ``ProcessEnded`` if it ends before, or takes longer than ``seconds``."""
        deadline = time.monotonic() + seconds
        while not is_true():
            self.check()
            if time.monotonic() >= deadline:
                raise ProcessEnded(f"{self.name} was not ready within {seconds:.0f} s{self._last_words()}")
            time.sleep(_POLL_SECONDS)

    def stop(self, seconds: float = 20.0) -> None:
        """End what the process started (SIGTERM), then the process (SIGINT), each killed after ``seconds``.

        In this order a run can still tell the server that it was cut off. Prefect's runner kills its runs when it is stopped, and
        on SIGTERM stops with a traceback.
        """
        started = self.started()
        for pid in started:
            _send(pid, signal.SIGTERM)
        deadline = time.monotonic() + seconds
        while started and self._process.poll() is None and time.monotonic() < deadline:
            time.sleep(_POLL_SECONDS)
            started = self.started()
        self._process.send_signal(signal.SIGINT)
        with contextlib.suppress(subprocess.TimeoutExpired):
            self._process.wait(seconds)
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(self.pid, signal.SIGKILL)
        self._process.wait()

    def started(self) -> list[int]:
        """Other processes of the session; none where the system does not tell."""
        found: list[int] = []
        for folder in Path("/proc").glob("[0-9]*"):
            with contextlib.suppress(OSError, ValueError, IndexError):
                state, _, group = (folder / "stat").read_text().rpartition(")")[2].split()[:3]
                if int(group) == self.pid != int(folder.name) and state != "Z":
                    found.append(int(folder.name))
        return found

    def _last_words(self) -> str:
        if self._log is None:
            return ""
        with contextlib.suppress(OSError):
            lines = self._log.read_text("utf-8", "replace")[-4000:].splitlines()[-5:]
            return f"; the end of {self._log}:\n" + "\n".join(lines)
        return ""


def free_port() -> int:
    """A port on 127.0.0.1 that nobody listens on at this moment."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])


def _rotate(log: Path) -> None:
    with contextlib.suppress(FileNotFoundError):
        if log.stat().st_size > _LOG_BYTES:
            log.replace(log.with_name(log.name + ".1"))


def _send(pid: int, number: int) -> None:
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.kill(pid, number)


def _end_with_parent() -> None:
    """In the child: let the kernel send SIGINT when the process that started it is gone; heed SIGINT even if a shell had it ignored."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    with contextlib.suppress(OSError, AttributeError):
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGINT)
