"""Two writers at once, SIGTERM, a reader of files that dies, and a backup while a run writes."""

from __future__ import annotations

import contextlib
import dataclasses
import datetime
import os
import signal
import threading
import time
from pathlib import Path

import pytest

from flows.isolation import IsolatedReader
from flows.rebuild import rebuild
from flows.run import ingest
from tests.faults import work
from tests.faults.conftest import assert_sound, content
from tests.flows.stand_in import STEPS, settings
from tests.flows.test_kill import assert_whole, fill, number
from warehouse.backup import backup
from warehouse.backup_restore import restore
from warehouse.lake import open_reader

pytestmark = pytest.mark.faults


def test_second_writer_waits_for_the_first(empty: Path, tmp_path: Path) -> None:
    """Two runs over two inboxes are started together; one says whom it waits for and waits, and both get everything in."""
    fill(tmp_path / "one", version=0)
    fill(tmp_path / "two", version=0)
    arguments = ["--warehouse", str(empty), "--runner", "serial", "--wait"]
    writers = [
        work.start(work.command, ["run", str(tmp_path / name), *arguments], tmp_path / f"{name}.log", {"TAIZHANG_BATCH_SIZE": "10"})[0]
        for name in ("one", "two")
    ]
    for writer in writers:
        writer.join()

    said = [(tmp_path / f"{name}.log").read_text("utf-8") for name in ("one", "two")]
    assert [writer.exitcode for writer in writers] == [0, 0], said
    (waited,) = [words for words in said if "waiting for another writer: process" in words]
    assert str(writers[1 - said.index(waited)].pid) in waited
    assert_whole(empty)
    assert_sound(empty)
    with open_reader(settings(empty).location) as lake:
        # the second inbox has the bytes of the first: its files are duplicates, each accounted for
        assert number(lake, "SELECT count(*) FROM documents") == 120
        assert number(lake, "SELECT count(*) FROM runs WHERE outcome = 'completed'") == 2


def test_writer_that_may_not_wait_is_told_who_writes(empty: Path, tmp_path: Path) -> None:
    """The second run ends at once with exit code 1 and names process and purpose of the first."""
    fill(tmp_path / "inbox", version=0)
    first, begins = work.start(work.ingest, tmp_path / "inbox", empty)
    begins.recv()
    while not (empty / "writer.lock").exists() or not (empty / "writer.lock").read_text():
        time.sleep(0.01)
    second, _ = work.start(
        work.command, ["run", str(tmp_path / "inbox"), "--warehouse", str(empty), "--wait", "0"], tmp_path / "errors", {}
    )
    second.join()
    words = (tmp_path / "errors").read_text("utf-8")
    first.join()

    assert second.exitcode == 1, words
    assert f"process {first.pid} on" in words
    assert "taizhang run" in words
    assert first.exitcode == 0
    assert_sound(empty)


@pytest.mark.parametrize("name", ["run", "rebuild", "maintain", "backup", "doctor"])
def test_sigterm_ends_every_command_within_seconds(full: Path, tmp_path: Path, name: str) -> None:
    """Exit code 143 (or 0 if it had just finished), no traceback, and nothing half done."""
    inbox = tmp_path / "inbox"
    fill(inbox, version=2)
    arguments = {
        "run": ["run", str(inbox)],
        "rebuild": ["rebuild", "--all"],
        "maintain": ["maintain"],
        "backup": ["backup", str(tmp_path / "backup")],
        "doctor": ["doctor", "--repair"],
    }[name]
    process, begins = work.start(work.command, [*arguments, "--warehouse", str(full)], tmp_path / "errors", {"TAIZHANG_BATCH_SIZE": "10"})
    begins.recv()
    time.sleep(0.2)
    process.terminate()
    began = time.monotonic()
    process.join(30)

    words = (tmp_path / "errors").read_text("utf-8")
    assert process.exitcode in (143, 0), words
    assert time.monotonic() - began < 15
    assert "Traceback" not in words
    assert_whole(full)
    assert_sound(full)


def test_reader_process_that_dies_costs_no_batch(empty: Path, tmp_path: Path) -> None:
    """The process that reads odd formats is killed over and over; the run goes on, and a rebuild takes in what it refused."""
    inbox = tmp_path / "inbox"
    inbox.mkdir()
    for each in range(60):
        words = "".join(f"\\u{ord(letter)}?" for letter in "通报") + f"{each}\\par 101\\par 101\\par 101\\par 101"
        (inbox / f"{each:02}.rtf").write_text("{\\rtf1\\ansi\\uc1 " + words + "}", "ascii")
    chosen = settings(empty, batch_size=work.BATCH)
    reader = IsolatedReader(chosen.limits, chosen.reader_memory)
    steps = dataclasses.replace(STEPS, read=reader.read, documents=reader.documents)
    is_over = threading.Event()
    killed: list[int] = []

    def hunt() -> None:
        while not is_over.wait(0.5):
            for each in reader_processes():
                os.kill(each, signal.SIGKILL)
                killed.append(each)

    hunter = threading.Thread(target=hunt)
    hunter.start()
    try:
        summary = ingest([str(inbox)], chosen, steps=steps)
    finally:
        is_over.set()
        hunter.join()

    assert killed
    assert summary.published + summary.rejected == 60
    assert_sound(empty)
    rebuild(chosen, steps=steps)
    reader.close()
    assert_sound(empty)
    with open_reader(chosen.location) as lake:
        assert number(lake, "SELECT count(*) FROM notices") == 60


def reader_processes() -> list[int]:
    """Children of this process that read files."""
    found = []
    for folder in Path("/proc").glob("[0-9]*"):
        with contextlib.suppress(OSError):
            parent = int((folder / "stat").read_text("ascii", "replace").rpartition(")")[2].split()[1])
            if parent == os.getpid() and b"reader_process" in (folder / "cmdline").read_bytes():
                found.append(int(folder.name))
    return found


def test_backup_while_a_run_writes_is_one_state(full: Path, tmp_path: Path) -> None:
    """Backups are made one after the other beside a run that replaces everything; each restores to whole batches."""
    inbox = tmp_path / "inbox"
    fill(inbox, version=2)
    process, begins = work.start(work.ingest, inbox, full)
    begins.recv()
    made = 0
    while process.is_alive() and made < 4:
        now = datetime.datetime(2026, 1, 1, 0, 0, made, tzinfo=datetime.UTC)
        backup(settings(full).location, full, tmp_path / "backup", now)
        restore(tmp_path / "backup", tmp_path / f"restored{made}", now)
        made += 1
    process.join()

    assert process.exitcode == 0
    assert made
    for each in range(made):
        assert_whole(tmp_path / f"restored{each}")
        assert_sound(tmp_path / f"restored{each}")
    backup(settings(full).location, full, tmp_path / "backup", datetime.datetime(2026, 1, 2, tzinfo=datetime.UTC))
    restore(tmp_path / "backup", tmp_path / "last", datetime.datetime(2026, 1, 2, tzinfo=datetime.UTC))
    assert content(tmp_path / "last") == content(full)


def test_backup_that_is_killed_leaves_the_one_before(full: Path, tmp_path: Path) -> None:
    """A second backup dies; what the manifest names is still there and restores."""
    target = tmp_path / "backup"
    assert run_command(["backup", str(target), "--warehouse", str(full)], tmp_path) == 0
    before = content(full)
    fill(tmp_path / "inbox", version=2)
    ingest([str(tmp_path / "inbox")], settings(full, batch_size=work.BATCH), steps=STEPS)
    process, begins = work.start(work.command, ["backup", str(target), "--warehouse", str(full)], tmp_path / "errors", {})
    begins.recv()
    time.sleep(0.15)
    process.kill()
    process.join()

    restore(target, tmp_path / "restored", datetime.datetime(2026, 1, 1, tzinfo=datetime.UTC))

    assert content(tmp_path / "restored") in (before, content(full))
    assert_sound(tmp_path / "restored")


def run_command(arguments: list[str], folder: Path) -> int | None:
    process, _ = work.start(work.command, arguments, folder / "errors", {})
    process.join()
    return process.exitcode
