"""A disk that is really full ends a run with one clear line, the finished batches kept, and nothing half-published."""

from __future__ import annotations

import random
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.flows.stand_in import settings
from tests.flows.test_kill import assert_whole, number
from warehouse.lake import open_reader

_FILES = 120
ROOT = Path(__file__).parents[2]
_SCRIPT = """
import functools, sys
import flows.commands.run as command
from tests.flows.stand_in import STEPS
command.ingest = functools.partial(command.ingest, steps=STEPS)
from flows.cli import main
sys.argv = ["taizhang", "run", sys.argv[1], "--warehouse", sys.argv[2]]
main()
"""


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of six megabytes."""
    disk = tmp_path / "disk"
    disk.mkdir()
    if (
        not shutil.which("mount")
        or subprocess.run(["mount", "-t", "tmpfs", "-o", "size=6m", "tmpfs", str(disk)], capture_output=True).returncode
    ):
        pytest.skip("mounting a small disk needs root; run the tests in a container as root to include this one")
    yield disk
    subprocess.run(["umount", "-l", str(disk)], check=True)


def run(inbox: Path, warehouse: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", _SCRIPT, str(inbox), str(warehouse)],
        cwd=ROOT,
        env={"PATH": "/usr/bin:/bin", "TAIZHANG_BATCH_SIZE": "10"},
        capture_output=True,
        text=True,
        timeout=60,
    )


@pytest.mark.faults
def test_full_disk_loses_nothing_and_the_next_run_goes_on(small_disk: Path, tmp_path: Path, empty_warehouse: Path) -> None:
    """The run stops with exit code 1 and says that the disk is full; with room again the next run takes in the rest."""
    inbox, warehouse = tmp_path / "inbox", small_disk / "warehouse"
    shutil.copytree(empty_warehouse, warehouse)
    inbox.mkdir()
    letters = random.Random(1)
    for each in range(_FILES):  # forty thousand characters that hardly compress, kept in the raw store and twice in the lake
        words = "".join(chr(letters.randrange(0x4E00, 0x9FA5)) for _ in range(13_000))
        (inbox / f"{each:03}.txt").write_text(f"通报{each}\n101\n101\n101\n101\n{words}", "utf-8")

    full = run(inbox, warehouse)

    assert full.returncode == 1, full.stderr
    assert "the disk is full" in full.stderr
    assert "Traceback" not in full.stderr
    assert_whole(warehouse)
    with open_reader(settings(warehouse).location) as lake:
        before = number(lake, "SELECT count(*) FROM notices")
    assert before < _FILES

    subprocess.run(["mount", "-o", "remount,size=200m", str(small_disk)], check=True)
    again = run(inbox, warehouse)

    assert again.returncode == 0, again.stderr
    assert_whole(warehouse)
    with open_reader(settings(warehouse).location) as lake:
        assert number(lake, "SELECT count(*) FROM notices") == _FILES
