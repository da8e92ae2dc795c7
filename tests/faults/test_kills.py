"""kill -9 at sixty moments: the warehouse is as before a batch or after it, in all tables, and the next run brings in the rest."""

from __future__ import annotations

import random
import shutil
import time
from pathlib import Path

import pytest

from flows.maintenance import maintain_warehouse
from flows.rebuild import rebuild
from flows.run import ingest
from tests.faults import work
from tests.faults.conftest import assert_sound, content
from tests.flows.stand_in import STEPS, settings
from tests.flows.test_kill import assert_whole, fill, number
from warehouse.lake import open_reader

pytestmark = pytest.mark.faults


def seeded(number: int) -> random.Random:
    """Moments that are the same each time; the number is printed where a test fails."""
    print(f"moments of seed {number}")  # noqa: T201 - pytest shows it where a test fails
    return random.Random(number)


def killed(duration: float, moments: random.Random, target: object, *arguments: object) -> bool:
    """Start the work, kill it at a moment up to ``duration`` seconds after it began; False if it had finished by then."""
    process, begins = work.start(target, *arguments)  # type: ignore[arg-type]
    try:
        begins.recv()
    except EOFError:  # it ended without coming to where it should tell
        process.join()
        return False
    time.sleep(moments.uniform(0, duration))
    process.kill()
    process.join()
    return process.exitcode == -9


def lasting(target: object, *arguments: object) -> float:
    """Seconds that the work takes when nobody kills it."""
    process, begins = work.start(target, *arguments)  # type: ignore[arg-type]
    begins.recv()
    began = time.monotonic()
    process.join()
    assert process.exitcode == 0
    return time.monotonic() - began


def test_twenty_kills_over_first_ingestion_and_replacement(empty: Path, tmp_path: Path, empty_template: Path) -> None:
    """Whole batches of one version each, whenever the run dies; each next run goes on, and in the end all is there."""
    moments, inbox = seeded(6), tmp_path / "inbox"
    fill(inbox, version=0)
    duration = lasting(work.ingest, inbox, empty) / 2
    shutil.rmtree(empty)
    shutil.copytree(empty_template, empty)
    for turn in range(20):
        fill(inbox, version=turn // 5)
        killed(duration, moments, work.ingest, inbox, empty)
        assert_whole(empty)
        assert_sound(empty)

    ingest([str(inbox)], settings(empty), steps=STEPS)

    assert_sound(empty)
    with open_reader(settings(empty).location) as lake:
        assert number(lake, "SELECT count(*) FROM notices") == 60
        assert number(lake, "SELECT count(*) FROM amounts WHERE yuan_low <> 103") == 0


def test_finished_batches_are_not_repeated(empty: Path, tmp_path: Path) -> None:
    """A run that was killed five times has extracted no notice again that was published, and at most one batch for each kill."""
    moments, inbox, notes = seeded(10), tmp_path / "inbox", tmp_path / "notes"
    fill(inbox, version=0)
    kills, extracted = 0, 0
    for turn in range(6):
        with open_reader(settings(empty).location) as lake:
            published = {row[0] for row in lake.execute("SELECT title FROM notices").fetchall()}
        if turn < 5:
            kills += killed(2.0, moments, work.noted, inbox, empty, notes)
        else:
            lasting(work.noted, inbox, empty, notes)
        said = notes.read_text("utf-8").splitlines() if notes.exists() else []
        notes.unlink(missing_ok=True)
        assert published.isdisjoint(said)
        extracted += len(said)

    with open_reader(settings(empty).location) as lake:
        assert number(lake, "SELECT count(*) FROM notices") == 60
    assert kills
    assert 60 <= extracted <= 60 + kills * work.BATCH


def test_fifteen_kills_within_a_publish(full: Path, tmp_path: Path) -> None:
    """Killed while it writes, deletes and inserts, or commits: the batch at hand is there as a whole or not at all."""
    moments, inbox = seeded(7), tmp_path / "inbox"
    for turn in range(15):
        fill(inbox, version=turn)
        killed(0.7, moments, work.publish, inbox, full, 1 + turn % 3)
        assert_whole(full)
        assert_sound(full)

    ingest([str(inbox)], settings(full), steps=STEPS)

    with open_reader(settings(full).location) as lake:
        assert number(lake, "SELECT count(*) FROM amounts WHERE yuan_low = 114") == 60 * 4


def test_fifteen_kills_within_maintenance(full: Path, full_template: Path) -> None:
    """Not one row changes, wherever a maintenance dies, and the next one does the rest."""
    moments, before = seeded(8), content(full)
    duration = lasting(work.maintain, full, 0)
    for turn in range(15):
        if turn % 3 == 0:  # something to do again
            shutil.rmtree(full)
            shutil.copytree(full_template / "warehouse", full)
        killed(duration, moments, work.maintain, full, 0)
        assert content(full) == before
        assert_sound(full)

    done = maintain_warehouse(settings(full), keep_days=0)

    assert done.files_after <= 20
    assert content(full) == before
    assert_sound(full)


def test_ten_kills_within_a_rebuild(full: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Notices have the title of the old or the new rules, as their documents say; finished batches are not read again."""
    moments = seeded(9)
    done = 0
    for turn in range(10):
        killed(2.0, moments, work.rebuild, full, "v2" if turn < 5 else "v3")
        with open_reader(settings(full).location) as lake:
            mixed = "SELECT count(*) FROM notices n JOIN documents d USING (document_id) WHERE (d.rules_version LIKE 'v_') <> (n.title LIKE '% v_')"
            assert number(lake, mixed) == 0
            done = number(lake, "SELECT count(*) FROM notices n JOIN documents d USING (document_id) WHERE d.rules_version = 'v3'")
        assert done % work.BATCH == 0
        assert_whole(full)
        assert_sound(full)

    for module in ("flows.batch", "flows.rebuild", "warehouse.stored"):
        monkeypatch.setattr(f"{module}.rules_version", lambda: "v3")
    summary = rebuild(settings(full, batch_size=work.BATCH), steps=work.steps_of("v3"))

    assert summary.documents == 60 - done
    with open_reader(settings(full).location) as lake:
        assert number(lake, "SELECT count(*) FROM notices WHERE title LIKE '% v3'") == 60
    assert_sound(full)
