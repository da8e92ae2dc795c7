"""A backup restores to the same rows, keeps only what its manifest lists, and says so when it is damaged."""

from __future__ import annotations

import datetime
from pathlib import Path

import pytest

from tests.warehouse.rows import batch
from warehouse.backup import BackupFailed, backup, read_manifest, verify
from warehouse.backup_restore import restore
from warehouse.lake import WarehouseDamaged, WarehouseMissing, local, open_reader, open_writer
from warehouse.lock import LockHeld, writer_lock
from warehouse.maintain import maintain
from warehouse.publish import publish
from warehouse.raw_store import RawStore

NOW = datetime.datetime(2026, 1, 1, tzinfo=datetime.UTC)
LATER = datetime.datetime(2026, 1, 2, tzinfo=datetime.UTC)


@pytest.fixture
def warehouse(tmp_path: Path) -> Path:
    """A warehouse of two batches with raw bytes."""
    root = tmp_path / "warehouse"
    with open_writer(local(root)) as lake:
        publish(lake, batch(["a", "b"]), "run-1")
        publish(lake, batch(["a"], content="two"), "run-2")
    RawStore(root / "raw").put(b"one")
    return root


def titles(root: Path) -> list[str]:
    with open_reader(local(root)) as lake:
        return [row[0] for row in lake.execute("SELECT title FROM notices ORDER BY 1").fetchall()]


@pytest.mark.parametrize("is_linked", [False, True])
def test_restored_warehouse_has_the_same_rows_and_history(warehouse: Path, tmp_path: Path, is_linked: bool) -> None:
    """At a new place everything is there: rows, an earlier snapshot, raw bytes; and it can be written to."""
    backup(local(warehouse), warehouse, tmp_path / "backup", NOW, is_linked)

    restore(tmp_path / "backup", tmp_path / "restored", NOW)

    assert titles(tmp_path / "restored") == titles(warehouse) == ["one", "two"]
    assert list(RawStore(tmp_path / "restored" / "raw")) == list(RawStore(warehouse / "raw"))
    with open_writer(local(tmp_path / "restored")) as lake:
        assert lake.execute("SELECT count(*) FROM lake.notices AT (VERSION => 2)").fetchone() == (2,)
        publish(lake, batch(["c"]), "run-3")
    assert titles(warehouse) == ["one", "two"]


def test_second_backup_copies_what_is_new_and_drops_what_is_gone(warehouse: Path, tmp_path: Path) -> None:
    """Files that both list are not written again; the folder holds what the manifest lists and nothing else."""
    target = tmp_path / "backup"
    first = backup(local(warehouse), warehouse, target, NOW)
    kept = next(name for name in first.files if name.startswith("raw/"))
    inode = (target / kept).stat().st_ino
    with open_writer(local(warehouse)) as lake:
        maintain(lake, keep_days=0, grace_hours=0)

    second = backup(local(warehouse), warehouse, target, LATER)

    assert (target / kept).stat().st_ino == inode
    there = {str(path.relative_to(target)) for path in target.rglob("*") if path.is_file()}
    assert there == {*second.files, "manifest.json"}
    assert len(second.files) < len(first.files)
    assert verify(target, read_manifest(target)) == []


def test_warehouse_that_is_there_is_replaced_only_with_force(warehouse: Path, tmp_path: Path) -> None:
    """Without force nothing happens; with it the former warehouse is kept beside the new one."""
    backup(local(warehouse), warehouse, tmp_path / "backup", NOW)
    with open_writer(local(warehouse)) as lake:
        publish(lake, batch(["c"], content="three"), "run-3")

    with pytest.raises(BackupFailed, match="--force"):
        restore(tmp_path / "backup", warehouse, LATER)
    assert titles(warehouse) == ["one", "three", "two"]

    _, former = restore(tmp_path / "backup", warehouse, LATER, is_forced=True)

    assert former
    assert (titles(warehouse), titles(former)) == (["one", "two"], ["one", "three", "two"])


def test_restore_waits_for_the_writer(warehouse: Path, tmp_path: Path) -> None:
    """While somebody writes nothing is exchanged, and no copy is left lying about."""
    backup(local(warehouse), warehouse, tmp_path / "backup", NOW)
    with writer_lock(warehouse / "writer.lock", "test"), pytest.raises(LockHeld):
        restore(tmp_path / "backup", warehouse, LATER, is_forced=True)

    assert sorted(path.name for path in tmp_path.iterdir()) == ["backup", "warehouse"]


def test_damaged_backup_is_not_restored(warehouse: Path, tmp_path: Path) -> None:
    """One byte changed in one file: the restore names the file and leaves everything as it was."""
    manifest = backup(local(warehouse), warehouse, tmp_path / "backup", NOW)
    name = next(name for name in manifest.files if "amounts" in name)
    path = tmp_path / "backup" / name
    path.write_bytes(path.read_bytes()[:50] + b"!" + path.read_bytes()[51:])

    with pytest.raises(BackupFailed, match=name):
        restore(tmp_path / "backup", tmp_path / "restored", NOW)

    assert not (tmp_path / "restored").exists()


def test_what_cannot_be_backed_up_says_why(warehouse: Path, tmp_path: Path) -> None:
    """A missing warehouse, a folder of other things, one inside the warehouse, a damaged file, a damaged catalog."""
    with pytest.raises(WarehouseMissing):
        backup(local(tmp_path / "none"), tmp_path / "none", tmp_path / "backup", NOW)
    (tmp_path / "photos").mkdir()
    (tmp_path / "photos" / "cat.jpg").write_bytes(b"meow")
    with pytest.raises(BackupFailed, match="something else"):
        backup(local(warehouse), warehouse, tmp_path / "photos", NOW)
    with pytest.raises(BackupFailed, match="inside"):
        backup(local(warehouse), warehouse, warehouse / "backup", NOW)
    with pytest.raises(BackupFailed, match="no backup"):
        restore(tmp_path / "photos", tmp_path / "restored", NOW)
    file = next((warehouse / "data").rglob("*.parquet"))
    file.write_bytes(file.read_bytes()[:-1])
    with pytest.raises(BackupFailed, match="doctor"):
        backup(local(warehouse), warehouse, tmp_path / "backup", NOW)
    (warehouse / "catalog.sqlite").write_bytes(b"no database at all" * 300)
    with pytest.raises(WarehouseDamaged):
        backup(local(warehouse), warehouse, tmp_path / "backup2", NOW)
