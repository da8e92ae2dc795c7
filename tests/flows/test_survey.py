"""A run reads what may have changed, all of it, and nothing else."""

from __future__ import annotations

import dataclasses
import os
import time
import zipfile
from collections.abc import Iterable
from pathlib import Path

import pytest

from flows.discover import discover
from flows.run import RunSummary, ingest
from flows.steps import Steps
from flows.survey import Survey
from tests.flows.stand_in import STEPS, settings
from warehouse.lake import open_reader, open_writer


@dataclasses.dataclass
class Counted:
    """Steps that keep the places of the files whose bytes were read."""

    read: list[str] = dataclasses.field(default_factory=list)

    def steps(self) -> Steps:
        def documents(raw: bytes, uri: str) -> Iterable[tuple[str, bytes]]:
            self.read.append(uri.rpartition("/")[2])
            if not raw.startswith(b"PK"):
                return ((uri, raw),)
            with zipfile.ZipFile(uri.removeprefix("file://")) as archive:
                return [(f"{uri}!/{name}", archive.read(name)) for name in archive.namelist()]

        return dataclasses.replace(STEPS, documents=documents)


@pytest.fixture
def later(monkeypatch: pytest.MonkeyPatch) -> None:
    """Runs take place long after the files were written: a time of change cannot be set, so the clock is."""
    now = time.time_ns
    monkeypatch.setattr("flows.survey.time.time_ns", lambda: now() + 3600 * 10**9)


def run(inbox: Path, warehouse: Path) -> tuple[RunSummary, list[str]]:
    """The summary, and the names of the files that were read."""
    counted = Counted()
    summary = ingest([str(inbox)], settings(warehouse), steps=counted.steps())
    return summary, sorted(set(counted.read))


def titles(warehouse: Path) -> set[str]:
    with open_reader(settings(warehouse).location) as lake:
        return {row[0] for row in lake.execute("SELECT title FROM notices").fetchall()}


@pytest.fixture
def inbox(tmp_path: Path) -> Path:
    """Two notices, a menu, and an archive of two notices."""
    folder = tmp_path / "inbox"
    folder.mkdir()
    for name, text in (("a", "通报甲\n1"), ("b", "通报乙\n2"), ("c", "菜单")):
        (folder / f"{name}.txt").write_text(text, "utf-8")
    with zipfile.ZipFile(folder / "d.zip", "w") as archive:
        archive.writestr("x.txt", "通报丙\n3")
        archive.writestr("y.txt", "通报丁\n4")
    return folder


@pytest.mark.usefixtures("later")
def test_nothing_is_read_again(inbox: Path, warehouse: Path) -> None:
    """The second run opens no file, whatever became of it in the first, and accounts for every document."""
    first, read = run(inbox, warehouse)
    assert (first.published, first.rejected) == (4, 1)
    assert read == ["a.txt", "b.txt", "c.txt", "d.zip"]

    second, read = run(inbox, warehouse)

    assert (second.documents_in, second.unchanged, second.published, second.rejected) == (5, 5, 0, 0)
    assert read == []


@pytest.mark.usefixtures("later")
def test_touched_files_alone_are_read(inbox: Path, warehouse: Path) -> None:
    """A new file, a changed one and one that was only touched are read; the last is unchanged all the same."""
    run(inbox, warehouse)
    (inbox / "a.txt").write_text("通报戊\n5", "utf-8")
    (inbox / "e.txt").write_text("通报己\n6", "utf-8")
    os.utime(inbox / "b.txt")

    summary, read = run(inbox, warehouse)

    assert read == ["a.txt", "b.txt", "e.txt"]
    assert (summary.published, summary.unchanged) == (2, 4)


@pytest.mark.parametrize("is_late", [False, True])
def test_edit_that_hides_is_seen(inbox: Path, warehouse: Path, monkeypatch: pytest.MonkeyPatch, is_late: bool) -> None:
    """Same length, same inode, the old time of modification put back: seen whether the file was read at once or long after."""
    if is_late:
        now = time.time_ns
        monkeypatch.setattr("flows.survey.time.time_ns", lambda: now() + 3600 * 10**9)
    run(inbox, warehouse)
    before = (inbox / "a.txt").stat()
    with (inbox / "a.txt").open("r+", encoding="utf-8") as handle:
        handle.write("通报庚\n1")
    os.utime(inbox / "a.txt", ns=(before.st_atime_ns, before.st_mtime_ns))
    after = (inbox / "a.txt").stat()
    assert (after.st_size, after.st_ino, after.st_mtime_ns) == (before.st_size, before.st_ino, before.st_mtime_ns)

    assert run(inbox, warehouse)[0].published == 1
    assert titles(warehouse) == {"通报庚", "通报乙", "通报丙", "通报丁"}


@pytest.mark.usefixtures("later")
def test_cache_tells_nothing_of_the_warehouse(inbox: Path, warehouse: Path, tmp_path: Path) -> None:
    """Files that a warehouse does not have are taken in, though its cache knows what they hold."""
    run(inbox, warehouse)
    other = tmp_path / "other"
    other.mkdir()
    (warehouse / "files.sqlite").rename(other / "files.sqlite")

    assert run(inbox, other)[0].published == 4


@pytest.mark.usefixtures("later")
def test_file_that_changes_while_it_is_read_is_read_again(inbox: Path, warehouse: Path) -> None:
    """Its bytes belong to no stamp."""
    counted = Counted()

    def documents(raw: bytes, uri: str) -> Iterable[tuple[str, bytes]]:
        if uri.endswith("a.txt"):
            os.utime(inbox / "a.txt")
        return counted.steps().documents(raw, uri)

    ingest([str(inbox)], settings(warehouse), steps=dataclasses.replace(STEPS, documents=documents))

    assert run(inbox, warehouse)[1] == ["a.txt"]


@pytest.mark.parametrize(
    ("chosen", "sizes"),
    [
        ({"runner": "process", "workers": 2}, [2, 2, 2, 2, 1]),  # two shares for each worker
        ({"runner": "process", "workers": 1}, [9]),
        ({"runner": "serial", "workers": 2}, [9]),  # nobody waits for anybody
        ({"runner": "process", "workers": 2, "batch_size": 1}, [1] * 9),  # what is set is never exceeded
    ],
)
def test_last_documents_are_shared_out(
    tmp_path: Path, warehouse: Path, monkeypatch: pytest.MonkeyPatch, chosen: dict[str, object], sizes: list[int]
) -> None:
    """Batches of a last group are such that every worker has about as much to do."""
    monkeypatch.setattr("flows.survey.MANY", 2)
    folder = tmp_path / "inbox"
    folder.mkdir()
    for number in range(9):
        (folder / f"{number}.txt").write_text(f"通报\n{number}", "utf-8")
    given = settings(warehouse, **chosen)
    with open_writer(given.location) as lake:
        survey = Survey(lake, given, STEPS)
        assert [len(batch) for batch in survey.batches(discover([folder], warehouse), lambda: None)] == sizes
