"""A damaged catalog, damaged data files, a raw store with holes: doctor names each, and its repair brings every value back."""

from __future__ import annotations

import datetime
import sqlite3
import time
from collections.abc import Callable
from pathlib import Path

import click
import pytest

from flows.commands.options import told
from flows.doctor import examine
from flows.repair import repair
from flows.run import ingest
from tests.faults import work
from tests.faults.conftest import assert_sound, content, flip
from tests.flows.stand_in import STEPS, settings
from tests.flows.test_kill import assert_whole
from warehouse.backup import backup
from warehouse.doctor_files import DataFile, data_files
from warehouse.lake import open_reader
from warehouse.raw_store import RawStore

pytestmark = pytest.mark.faults
_NOW = datetime.datetime(2026, 1, 2, tzinfo=datetime.UTC)


def kinds(folder: Path) -> set[str]:
    return {finding.kind for finding in examine(settings(folder)) if finding.severity == "error"}


def a_file(folder: Path, table: str, kind: str = "data") -> DataFile:
    """A file that today's rows of ``table`` need."""
    with open_reader(settings(folder).location) as lake:
        return next(file for file in data_files(lake, only_current=True) if file.table == table and file.kind == kind)


def cut(path: Path) -> None:
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])


def flip_many(path: Path) -> None:
    """Every page of a database."""
    for at in range(0, path.stat().st_size, 4096):
        flip(path, at + 100, 64)


def flip_head(path: Path) -> None:
    flip(path, 0, 16)


def forget_files(path: Path) -> None:
    """What a wrong hand may do: the list of files is gone, the database is whole."""
    with sqlite3.connect(path) as connection:
        connection.execute("DROP TABLE ducklake_data_file")


@pytest.mark.parametrize("damage", [cut, flip_many, flip_head, forget_files, Path.unlink])
def test_damaged_catalog_is_named_and_made_again(full: Path, damage: Callable[[Path], None]) -> None:
    """Truncated, garbled, emptied or deleted: the message is clear, and the repair makes the same rows from data files and raw store."""
    before = content(full)
    with sqlite3.connect(full / "catalog.sqlite") as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    damage(full / "catalog.sqlite")

    assert kinds(full) & {"catalog.damaged", "catalog.missing"}
    if damage is not Path.unlink:
        with pytest.raises(click.ClickException, match="taizhang doctor tells what is damaged"), told():
            content(full)
    done = repair(settings(full), steps=STEPS)

    assert "made a new catalog" in done[0]
    assert_sound(full)
    assert content(full) == before
    again = ingest([str(template_inbox(full))], settings(full), steps=STEPS)
    assert (again.unchanged, again.published) == (60, 0)


def replace_one(folder: Path) -> None:
    """Take one notice of a batch in again, which leaves lists of deleted rows; its file is then as it was, for other tests."""
    path = template_inbox(folder) / "000.txt"
    raw = path.read_bytes()
    path.write_text("\n".join(["通报0 慢", *["199"] * 4]), "utf-8")
    ingest([str(path)], settings(folder), steps=STEPS)
    path.write_bytes(raw)


def template_inbox(folder: Path) -> Path:
    """The inbox that the warehouse's documents name."""
    with open_reader(settings(folder).location) as lake:
        return Path(lake.execute("SELECT min(uri) FROM documents").fetchall()[0][0].removeprefix("file://")).parent


@pytest.mark.parametrize("harm", [cut, flip, Path.unlink])
@pytest.mark.parametrize(
    ("table", "kind"), [("amounts", "data"), ("notices", "data"), ("documents", "data"), ("check_results", "data"), ("texts", "delete")]
)
def test_damaged_data_file_is_named_and_its_notices_made_again(full: Path, table: str, kind: str, harm: Callable[[Path], None]) -> None:
    """Whichever table it belongs to: the repair takes the file out and extracts from the raw store what it held."""
    if table == "documents" and harm is not Path.unlink:
        pytest.skip("one of three kinds of harm is enough for the slowest table")
    if kind == "delete":
        replace_one(full)
    before = content(full)
    file = a_file(full, table, kind)
    harm(Path(file.path))

    assert kinds(full) & {"file.damaged", "file.missing"}
    repair(settings(full), steps=STEPS)

    assert_whole(full)
    if table == "documents":  # nobody but the sources knows the names of these files
        ingest([str(template_inbox(full))], settings(full), steps=STEPS)
    assert_sound(full)
    assert content(full) == before


def test_backup_gives_damaged_files_back(full: Path, tmp_path: Path) -> None:
    """With a backup nothing is extracted again, and old snapshots are whole too."""
    before = content(full)
    backup(settings(full).location, full, tmp_path / "backup", _NOW)
    for table in ("amounts", "documents", "notices"):
        flip(Path(a_file(full, table).path))
    for path in [path for path in (full / "raw").rglob("*") if path.is_file()][:40]:
        path.unlink()

    done = repair(settings(full), tmp_path / "backup", steps=STEPS)

    assert [words.split()[0] for words in done] == ["put", "put"]
    assert {finding.kind for finding in examine(settings(full))} <= {"lock.stale"}
    assert content(full) == before


def test_raw_bytes_come_back_from_their_source(full: Path) -> None:
    """A hole and a damaged file in the raw store are filled from the files that the documents name."""
    store = RawStore(full / "raw")
    with open_reader(settings(full).location) as lake:
        now = [
            row[0]
            for row in lake.execute("SELECT d.sha256 FROM documents d JOIN notices n USING (document_id) ORDER BY 1 LIMIT 2").fetchall()
        ]
    first, second = now
    store.remove(first)
    flip(next((full / "raw").rglob(f"{second}*")))

    assert kinds(full) == {"raw.missing", "raw.damaged"}
    done = repair(settings(full), steps=STEPS)

    assert done == ["put the bytes of 2 documents into the raw store again"]
    assert_sound(full)


def test_repair_that_is_killed_is_begun_again(full: Path) -> None:
    """Killed at any moment, the repair is known to be unfinished, and the next one ends with every value in place."""
    before = content(full)
    flip(Path(a_file(full, "amounts").path))
    cut(Path(a_file(full, "notices").path))
    for moment in (0.3, 0.6, 1.0, 1.5, 2.2):
        process, begins = work.start(work.repair, full)
        begins.recv()
        time.sleep(moment)
        process.kill()
        process.join()
        if content_or_none(full) != before:
            assert kinds(full)

    repair(settings(full), steps=STEPS)

    assert_sound(full)
    assert content(full) == before


def content_or_none(folder: Path) -> dict[str, tuple[int, int]] | None:
    """The rows, or None while a damaged file keeps them from being read."""
    import duckdb

    try:
        return content(folder)
    except duckdb.Error:
        return None
