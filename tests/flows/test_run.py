"""An ingestion: every file is accounted for, unchanged files cost nothing, changed ones replace their notice, a broken batch stays out."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest

from flows.discover import MissingInput
from flows.run import Progress, RunSummary, ingest
from flows.steps import Steps
from tests.flows.stand_in import STEPS, settings, without
from warehouse.lake import Lake, open_reader
from warehouse.lock import LockHeld, writer_lock
from warehouse.raw_store import RawStore

_READERS: dict[Path, Lake] = {}


@pytest.fixture
def inbox(tmp_path: Path, warehouse: Path) -> Iterator[Path]:
    """A folder with two notices, a copy of the first, and a file that is no notice."""
    folder = tmp_path / "inbox"
    (folder / "sub").mkdir(parents=True)
    write(folder / "a.txt", "通报甲\n1\n2")
    write(folder / "b.txt", "通报乙\n3")
    write(folder / "sub" / "copy.txt", "通报甲\n1\n2")
    write(folder / "sub" / "other.txt", "菜单")
    yield folder
    while _READERS:
        _READERS.popitem()[1].close()


def write(path: Path, text: str) -> None:
    path.write_text(text, "utf-8")


def run(inbox: Path, steps: Steps = STEPS, **values: object) -> RunSummary:
    return ingest([str(inbox)], settings(inbox.parent / "warehouse", **values), steps=steps)


def rows(inbox: Path, sql: str) -> list[tuple[Any, ...]]:
    if inbox not in _READERS:  # opening one takes a quarter of a second
        _READERS[inbox] = open_reader(settings(inbox.parent / "warehouse").location)
    return _READERS[inbox].execute(sql).fetchall()


def counts(summary: RunSummary) -> tuple[int, int, int, int, int]:
    return summary.documents_in, summary.published, summary.duplicate, summary.unchanged, summary.rejected


@pytest.mark.parametrize("batch_size", [1, 2, 500])
def test_every_file_is_accounted_for(inbox: Path, batch_size: int) -> None:
    """Notices, copies and refused files add up to the files given, however they are batched, and the run is recorded."""
    summary = run(inbox, batch_size=batch_size)

    assert counts(summary) == (4, 2, 1, 0, 1)
    assert summary.outcome == "completed_with_rejects"
    assert summary.verdicts == {"pass": 2}
    assert rows(inbox, "SELECT outcome, count(*) FROM documents GROUP BY 1 ORDER BY 1") == [
        ("duplicate", 1),
        ("published", 2),
        ("rejected", 1),
    ]
    assert rows(inbox, "SELECT documents_in, published, duplicate, rejected, outcome FROM runs") == [(4, 2, 1, 1, summary.outcome)]
    assert rows(inbox, "SELECT reason, stage FROM rejects") == [("not_a_notice", "recognise")]
    assert rows(inbox, "SELECT sum(yuan_low) FROM amounts") == [(6,)]
    assert rows(inbox, "SELECT row_count, is_success FROM expectation_results") == [(3, True)]


def test_copy_names_the_file_whose_bytes_it_has(inbox: Path) -> None:
    """A duplicate points at the document and the notice that it repeats."""
    run(inbox)

    assert rows(
        inbox,
        "SELECT o.uri LIKE '%/a.txt', d.notice_id = o.notice_id, d.uri FROM documents d JOIN documents o ON o.document_id = d.duplicate_of",
    ) == [(True, True, f"file://{inbox}/sub/copy.txt")]


def test_bytes_of_every_file_are_kept(inbox: Path) -> None:
    """The raw store holds what was read, refused files too, and gives it back by the hash in documents."""
    run(inbox)
    store = RawStore(settings(inbox.parent / "warehouse").raw)

    for uri, sha256 in rows(inbox, "SELECT uri, sha256 FROM documents"):
        assert Path(uri.removeprefix("file://")).read_bytes() == store.get(sha256)


def test_second_run_changes_nothing(inbox: Path) -> None:
    """Unchanged files are duplicates that were not read again, and no table but runs gets a row."""
    first = run(inbox)

    second = run(inbox, steps=without("read", None))

    assert counts(second) == (4, 0, 4, 4, 0)
    assert second.outcome == "completed"
    changed = rows(inbox, f"SELECT changes FROM lake.snapshots() WHERE snapshot_id > {first.snapshot}")
    tables = {name for (change,) in changed for name in change.get("tables_inserted_into", [])}
    known = rows(inbox, "SELECT DISTINCT table_id, table_name FROM ducklake_table_info('lake')")
    assert {name for identifier, name in known if str(identifier) in tables} == {"runs", "writer_guard"}


def test_edited_file_replaces_its_notice_only(inbox: Path) -> None:
    """After one file was edited its notice has the new rows alone, the other notice stays, and both versions are documents."""
    (inbox / "sub" / "copy.txt").unlink()
    run(inbox)
    before = rows(inbox, "SELECT * FROM notices WHERE title = '通报乙'")

    write(inbox / "a.txt", "通报甲改\n9")
    summary = run(inbox)

    assert counts(summary) == (3, 1, 2, 2, 0)
    assert rows(inbox, "SELECT title FROM notices ORDER BY title")[-1] == ("通报甲改",)
    assert rows(inbox, "SELECT * FROM notices WHERE title = '通报乙'") == before
    assert rows(inbox, "SELECT yuan_low::INTEGER FROM amounts JOIN notices USING (notice_id) WHERE title = '通报甲改'") == [(9,)]
    assert rows(inbox, f"SELECT count(*) FROM documents WHERE uri = 'file://{inbox}/a.txt'") == [(2,)]


def test_words_of_a_replaced_notice_live_on_in_its_copy(inbox: Path) -> None:
    """When the original of a copy is edited, the copy becomes a notice of its own at the latest in the next run."""
    run(inbox)
    write(inbox / "a.txt", "通报丙")

    run(inbox, batch_size=1)

    assert rows(inbox, "SELECT title FROM notices ORDER BY title") == [("通报丙",), ("通报乙",), ("通报甲",)]
    assert counts(run(inbox)) == (4, 0, 4, 4, 0)


def test_same_input_gives_the_same_rows(inbox: Path) -> None:
    """Two warehouses filled from the same files differ in run ids and times only."""
    contents = []
    for name in ("one", "two"):
        shutil.copytree(inbox.parent / "warehouse", inbox.parent / name)
        ingest([str(inbox)], settings(inbox.parent / name), steps=STEPS)
        with open_reader(settings(inbox.parent / name).location) as lake:
            contents.append(
                [
                    lake.query(f"SELECT * {leave_out} FROM {table} ORDER BY ALL")
                    for table, leave_out in (
                        ("notices", ""),
                        ("amounts", ""),
                        ("rejects", "EXCLUDE run_id"),
                        ("documents", "EXCLUDE (run_id, seen_at)"),
                    )
                ]
            )

    assert contents[0] == contents[1]


def test_defect_of_a_rule_costs_one_notice(inbox: Path) -> None:
    """An exception in extraction and a value that no column holds become rejects; the other notices are published."""
    write(inbox / "c.txt", "通报 崩溃")
    write(inbox / "d.txt", "通报 天文")

    summary = run(inbox)

    assert counts(summary) == (6, 2, 1, 0, 3)
    found = dict(rows(inbox, "SELECT right(uri, 5), message FROM rejects WHERE reason = 'extraction_failed'"))
    assert found.keys() == {"c.txt", "d.txt"}
    assert "RuntimeError: a rule broke" in found["c.txt"]


def test_copies_of_a_refused_file_are_refused(inbox: Path) -> None:
    """A file with the bytes of a refused one is no duplicate of a notice: it is refused for the same reason."""
    write(inbox / "a_menu.txt", "菜单")

    summary = run(inbox)

    assert counts(summary) == (5, 2, 1, 0, 2)
    assert rows(inbox, "SELECT DISTINCT reason FROM rejects") == [("not_a_notice",)]


@pytest.mark.parametrize("batch_size", [1, 500])
def test_broken_invariant_stops_the_publish(inbox: Path, batch_size: int) -> None:
    """A batch that breaks an invariant is not published but kept apart, the run is recorded as failed, and the files stay new."""
    write(inbox / "c.txt", "通报丁\n13")

    summary = run(inbox, batch_size=batch_size)

    assert summary.outcome == "quality_gate_failed"
    assert summary.broken == ("amounts: no amount is 13 (1 of 4 rows)",)
    assert rows(inbox, "SELECT count(*) FROM notices WHERE title = '通报丁'") == [(0,)]
    assert rows(inbox, "SELECT outcome FROM runs") == [("quality_gate_failed",)]
    assert rows(inbox, "SELECT documents_in = published + duplicate + rejected FROM runs") == [(True,)]
    assert summary.quarantine
    assert "通报丁" in pq.read_table(summary.quarantine / "notices.parquet")["title"].to_pylist()

    write(inbox / "c.txt", "通报丁\n14")
    assert run(inbox).outcome == "completed_with_rejects"
    assert rows(inbox, "SELECT count(*) FROM notices") == [(3,)]


def test_failure_is_recorded_and_raised(inbox: Path) -> None:
    """Where a step fails the error reaches the caller, the batch is not published, and runs says so."""

    def checks(_: object) -> None:
        raise OSError(28, "No space left on device")

    with pytest.raises(OSError, match="No space"):
        run(inbox, steps=without("checks", checks))

    assert rows(inbox, "SELECT outcome, documents_in FROM runs") == [("failed", 0)]
    assert rows(inbox, "SELECT count(*) FROM documents") == [(0,)]


def test_interrupt_leaves_the_last_whole_batch(inbox: Path) -> None:
    """Ctrl-C in the second batch keeps the first, and the next run takes what is left."""
    calls = 0

    def checks(tables: Any) -> Any:
        nonlocal calls
        calls += 1
        if calls == 2:
            raise KeyboardInterrupt
        return STEPS.checks(tables)

    with pytest.raises(KeyboardInterrupt):
        run(inbox, steps=without("checks", checks), batch_size=1)

    assert rows(inbox, "SELECT count(*) FROM notices") == [(1,)]
    assert counts(run(inbox)) == (4, 1, 2, 1, 1)


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_folder_without_permission_is_a_reject(inbox: Path) -> None:
    """What may not be opened is listed with its reason, and the run goes on."""
    (inbox / "sub").chmod(0)
    try:
        summary = run(inbox)
    finally:
        (inbox / "sub").chmod(0o755)

    assert counts(summary) == (3, 2, 0, 0, 1)


def test_places_that_hold_no_bytes_are_rejects(inbox: Path) -> None:
    """A dangling link, a pipe and a file beyond the limit are refused at the door, each time, with the way out."""
    (inbox / "gone.txt").symlink_to(inbox / "nowhere")
    os.mkfifo(inbox / "pipe")
    write(inbox / "long.txt", "通报" + "长" * 2000)

    for _ in range(2):
        summary = run(inbox, max_file_bytes=1000)
        assert summary.rejected >= 3

    assert rows(inbox, "SELECT right(uri, 8), reason, stage, sha256 FROM rejects WHERE stage = 'ingest' ORDER BY uri") == [
        ("gone.txt", "unreadable", "ingest", None),
        ("long.txt", "limit_bytes", "ingest", None),
        ("box/pipe", "unreadable", "ingest", None),
    ]


def test_warehouse_inside_the_input_folder_is_left_out(inbox: Path) -> None:
    """Running on a folder that holds the warehouse does not ingest the warehouse."""
    shutil.move(inbox.parent / "warehouse", inbox / "warehouse")
    for _ in range(2):
        summary = ingest([str(inbox)], settings(inbox / "warehouse"), steps=STEPS)

        assert summary.documents_in == 4


def test_missing_path_runs_nothing(inbox: Path) -> None:
    """A wrong path is an error before a warehouse is made."""
    with pytest.raises(MissingInput, match="does not exist"):
        ingest([str(inbox), str(inbox / "none")], settings(inbox.parent / "none made"), steps=STEPS)

    assert not (inbox.parent / "none made").exists()


def test_second_writer_is_turned_away(inbox: Path) -> None:
    """While another writer holds the lock, a run says who it is and does nothing."""
    chosen = settings(inbox.parent / "warehouse")
    with writer_lock(chosen.lock, "another run"), pytest.raises(LockHeld, match="another run"):
        ingest([str(inbox)], chosen, steps=STEPS)


def test_progress_rises_to_the_total(inbox: Path) -> None:
    """Progress tells the files done of all files, never falling, and ends at the total."""
    told: list[Progress] = []

    ingest([str(inbox)], settings(inbox.parent / "warehouse", batch_size=2), told.append, STEPS)

    assert [each.done for each in told] == sorted(each.done for each in told)
    assert (told[-1].done, told[-1].total) == (4, 4)
    assert {each.stage for each in told} == {"reading", "extracting", "checking", "auditing", "publishing"}
