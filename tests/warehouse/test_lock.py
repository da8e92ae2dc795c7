"""The writer's lock is held by one process, names it, and ends with it."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from warehouse.lock import LockHeld, holder, writer_lock

_HOLD = """
import sys, time
from pathlib import Path
from warehouse.lock import writer_lock
with writer_lock(Path(sys.argv[1]), "test"):
    print("held", flush=True)
    time.sleep(60)
"""


def start_holder(path: Path) -> subprocess.Popen[str]:
    process = subprocess.Popen([sys.executable, "-c", _HOLD, str(path)], stdout=subprocess.PIPE, text=True, cwd=Path(__file__).parents[2])
    assert process.stdout
    assert process.stdout.readline() == "held\n"
    return process


def test_second_writer_is_told_who_holds_it(tmp_path: Path) -> None:
    """While another process holds the lock, taking it fails with that process's number and purpose."""
    path = tmp_path / "writer.lock"
    process = start_holder(path)
    try:
        with pytest.raises(LockHeld, match=rf"process {process.pid} on .* \(test, since 20"), writer_lock(path, "second"):
            pass
        found = holder(path)
        assert found
        assert process.pid == found.pid
    finally:
        process.kill()
        process.wait()


def test_lock_of_a_killed_process_is_free(tmp_path: Path) -> None:
    """After kill -9 of the holder the lock is free at once, and nobody is named."""
    path = tmp_path / "writer.lock"
    process = start_holder(path)
    os.kill(process.pid, signal.SIGKILL)
    process.wait()

    assert holder(path) is None
    with writer_lock(path, "next"):
        pass


def test_waiting_ends_when_the_holder_does(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    """A writer that may wait says once for whom, and gets the lock when it becomes free."""
    path = tmp_path / "writer.lock"
    process = start_holder(path)
    # the holder ends when it is waited for, not before
    ending = threading.Timer(0.5, process.terminate)
    ending.start()

    with writer_lock(path, "patient", wait_seconds=30):
        ending.join()
    assert process.wait() == -signal.SIGTERM
    (record,) = caplog.records
    assert f"process {process.pid} on" in record.getMessage()
    assert holder(path) is None


def test_no_lock_file_means_no_holder(tmp_path: Path) -> None:
    """Asking makes no file."""
    assert holder(tmp_path / "writer.lock") is None
    assert list(tmp_path.iterdir()) == []
