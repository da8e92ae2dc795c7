"""Maintenance leaves the rows as they are, few files, and readers undisturbed."""

from __future__ import annotations

import os
import time
from pathlib import Path

import pytest

from tests.warehouse.rows import batch
from warehouse.doctor_files import data_files
from warehouse.lake import Lake, local, open_reader, open_writer
from warehouse.maintain import maintain, truncate_log
from warehouse.publish import publish


def filled(root: Path) -> Lake:
    """A lake of many small files, some with deleted rows."""
    lake = open_writer(local(root))
    for turn in range(4):
        publish(lake, batch([f"{turn}", "shared"], content=f"{turn}", amounts=2), f"run-{turn}")
    return lake


def rows(lake: Lake, version: int | None = None) -> list[tuple[object, ...]]:
    at = f" AT (VERSION => {version})" if version else ""
    return lake.execute(f"SELECT notice_id, document_id, title FROM lake.notices{at} ORDER BY ALL").fetchall()


def test_fewer_files_and_the_same_rows_now_and_earlier(tmp_path: Path) -> None:
    """What was asked for today and at an earlier snapshot is answered alike, from one file a table."""
    with filled(tmp_path) as lake:
        now, earlier = rows(lake), rows(lake, 3)

        done = maintain(lake)

        assert done.files_after < done.files_before / 2
        assert (rows(lake), rows(lake, 3)) == (now, earlier)
        assert [file.table for file in data_files(lake, only_current=True)].count("notices") == 1
        assert done.snapshots_expired == 0


def test_old_snapshots_expire_and_the_newest_stays(tmp_path: Path) -> None:
    """Nothing older than the retention can be asked for; today's rows can."""
    with filled(tmp_path) as lake:
        now = rows(lake)

        assert maintain(lake, keep_days=0).snapshots_expired == 0  # a reader may have one of them open
        done = maintain(lake, keep_days=0, grace_hours=0)

        assert done.snapshots_expired > 3
        assert rows(lake) == now
        with pytest.raises(Exception, match="version"):
            rows(lake, 3)


def test_reader_in_the_middle_of_its_questions_keeps_its_rows(tmp_path: Path) -> None:
    """A reader that pinned its snapshot gets the same rows after a publish and a maintenance as before them."""
    with filled(tmp_path) as lake, open_reader(local(tmp_path), is_pinned=True) as reader:
        before = rows(reader)
        assert len(before) == 5

        publish(lake, batch(["new", "shared"], content="new"), "run-9")
        maintain(lake, keep_days=0)

        assert rows(reader) == before
        assert reader.execute("SELECT count(*) FROM lake.amounts").fetchone() == (10,)


def test_orphans_go_when_they_are_old_enough(tmp_path: Path) -> None:
    """A file of a killed run is left alone while a run might be writing it, and deleted when it is two days old."""
    with filled(tmp_path) as lake:
        orphan = tmp_path / "data" / "main" / "notices" / "ducklake-00000000-0000-7000-8000-000000000000.parquet"
        orphan.write_bytes(Path(data_files(lake)[0].path).read_bytes())

        maintain(lake)
        assert orphan.exists()

        old = time.time() - 3 * 86400
        os.utime(orphan, (old, old))
        maintain(lake)
        assert not orphan.exists()


def test_log_is_moved_into_the_catalog(tmp_path: Path) -> None:
    """After a maintenance the log beside the catalog is empty."""
    filled(tmp_path).close()

    truncate_log(tmp_path / "catalog.sqlite")

    log = tmp_path / "catalog.sqlite-wal"
    assert not log.exists() or log.stat().st_size == 0
