"""kill -9 in the middle of a run leaves the state before a batch or after it, in all tables at once, and the next run repairs it."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from flows.run import ingest
from tests.flows.stand_in import STEPS, settings
from warehouse.lake import Lake, WarehouseMissing, open_reader

ROOT = Path(__file__).parents[2]
_FILES, _BATCH, _AMOUNTS = 60, 10, 4
_RUN = """
import sys
from flows.run import ingest
from tests.flows.stand_in import STEPS, settings
print("started", flush=True)
ingest([sys.argv[1]], settings(sys.argv[2], batch_size=int(sys.argv[3])), steps=STEPS)
"""


def fill(inbox: Path, version: int) -> None:
    """Notices of a few amounts each, whose sum tells the version."""
    inbox.mkdir(exist_ok=True)
    for number in range(_FILES):
        lines = [f"通报{number} 慢", *[str(100 + version)] * _AMOUNTS]
        (inbox / f"{number:03}.txt").write_text("\n".join(lines), "utf-8")


def start(inbox: Path, warehouse: Path) -> subprocess.Popen[str]:
    process = subprocess.Popen(
        [sys.executable, "-c", _RUN, str(inbox), str(warehouse), str(_BATCH)],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert process.stdout
    assert process.stdout.readline() == "started\n"
    return process


def number(lake: Lake, sql: str) -> int:
    return int(lake.execute(sql).fetchall()[0][0])


def assert_whole(warehouse: Path) -> None:
    """Every notice has its text, its document, its verdict, and all its amounts of one version; batches are there whole."""
    try:
        lake = open_reader(settings(warehouse).location)
    except WarehouseMissing:
        return
    with lake:
        if number(lake, "SELECT count(*) FROM duckdb_tables() WHERE table_name = 'notices'"):
            assert_batches_whole(lake)


def assert_batches_whole(lake: Lake) -> None:
    """The same of an open lake that has its tables."""
    notices = number(lake, "SELECT count(*) FROM notices")
    assert number(lake, "SELECT count(DISTINCT notice_id) FROM notices") == notices
    assert (
        number(lake, "SELECT count(*) FROM texts JOIN notices USING (notice_id)") == notices == number(lake, "SELECT count(*) FROM texts")
    )
    assert number(lake, "SELECT count(*) FROM check_results") == notices
    assert number(lake, "SELECT count(*) FROM notices n JOIN documents d ON d.document_id = n.document_id") == notices
    assert number(lake, "SELECT count(*) FROM amounts") == notices * _AMOUNTS
    assert number(lake, "SELECT count(*) FROM (SELECT notice_id FROM amounts GROUP BY 1 HAVING count(DISTINCT yuan_low) > 1)") == 0
    assert notices % _BATCH == 0


@pytest.mark.faults
def test_kill_leaves_old_or_new_state(tmp_path: Path) -> None:
    """A dozen kills over first ingestion and replacement; after each the tables agree, and a last run brings everything in."""
    inbox, warehouse = tmp_path / "inbox", tmp_path / "warehouse"
    moments = random.Random(20260101)
    for turn in range(12):
        fill(inbox, version=turn // 4)
        process = start(inbox, warehouse)
        time.sleep(moments.uniform(0.0, 1.6))
        os.kill(process.pid, signal.SIGKILL)
        process.wait()

        assert_whole(warehouse)

    ingest([str(inbox)], settings(warehouse), steps=STEPS)
    assert_whole(warehouse)
    with open_reader(settings(warehouse).location) as lake:
        assert number(lake, "SELECT count(*) FROM notices") == _FILES
        assert number(lake, "SELECT sum(yuan_low) FROM amounts") == _FILES * _AMOUNTS * 102


@pytest.mark.slow
@pytest.mark.parametrize(("sent", "code", "words"), [(signal.SIGTERM, 143, "Stopped"), (signal.SIGINT, 130, "Stopped")])
def test_stopping_rolls_back_and_says_so(tmp_path: Path, sent: signal.Signals, code: int, words: str) -> None:
    """SIGTERM and Ctrl-C end the command within seconds with their exit code and one clear line."""
    inbox, warehouse = tmp_path / "inbox", tmp_path / "warehouse"
    fill(inbox, version=0)
    script = f"""
import dataclasses, functools, sys, time
import flows.commands.run as command
from tests.flows.stand_in import STEPS
def check(tables):
    print("checking", flush=True)
    time.sleep(60)
    return STEPS.checks(tables)
command.ingest = functools.partial(command.ingest, steps=dataclasses.replace(STEPS, checks=check))
sys.argv = ["taizhang", "run", {str(inbox)!r}, "--warehouse", {str(warehouse)!r}]
from flows.cli import main
main()
"""
    process = subprocess.Popen(
        [sys.executable, "-c", script],
        cwd=ROOT,
        env={**os.environ, "TAIZHANG_BATCH_SIZE": "10", "TAIZHANG_RUNNER": "serial"},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert process.stdout
    assert process.stdout.readline() == "checking\n"
    process.send_signal(sent)
    _, errors = process.communicate(timeout=10)

    assert process.returncode == code, errors
    assert words in errors
    assert "Traceback" not in errors
    assert_whole(warehouse)
