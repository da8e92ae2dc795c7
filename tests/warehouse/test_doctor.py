"""Doctor's examinations find what is wrong and nothing where all is well."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.warehouse.rows import batch
from warehouse.doctor import KINDS, Finding
from warehouse.doctor_catalog import examine_catalog, missing_tables
from warehouse.doctor_checksums import checksums, note_checksums
from warehouse.doctor_files import MISSING, data_files, examine_files, findings, orphans
from warehouse.doctor_raw import examine_raw
from warehouse.lake import Lake, local, open_writer
from warehouse.publish import publish
from warehouse.raw_store import RawStore
from warehouse.repair import take_out
from warehouse.repair_salvage import missing_rows, salvaged


@pytest.fixture
def lake(tmp_path: Path) -> Iterator[Lake]:
    """A lake with two batches, the second of which replaced a notice."""
    with open_writer(local(tmp_path)) as opened:
        publish(opened, batch(["a", "b"]), "run-1")
        publish(opened, batch(["a"], content="two"), "run-2")
        yield opened


def test_nothing_is_found_in_a_whole_warehouse(lake: Lake, tmp_path: Path) -> None:
    """No finding of any kind."""
    assert examine_catalog(tmp_path / "catalog.sqlite") == []
    assert list(missing_tables(lake)) == []
    assert examine_files(lake, {}) == []
    assert list(orphans(lake)) == []


@pytest.mark.parametrize(
    ("harm", "words"),
    [
        (Path.unlink, MISSING),
        (lambda path: path.write_bytes(path.read_bytes()[:-9]), "bytes instead of"),
        (lambda path: path.write_bytes(path.read_bytes()[:-4] + b"PAR0"), "not that of a Parquet file"),
        (lambda path: path.write_bytes(path.read_bytes()[:60] + b"!" + path.read_bytes()[61:]), "SHA-256"),
    ],
)
def test_damaged_file_is_found(lake: Lake, tmp_path: Path, harm: Callable[[Path], None], words: str) -> None:
    """Gone, cut, with a garbled end, or with one byte changed: each is told by the first look that can tell it."""
    assert note_checksums(lake, tmp_path) == len(data_files(lake))
    file = next(file for file in data_files(lake, only_current=True) if file.table == "amounts")
    harm(Path(file.path))

    (found,) = examine_files(lake, checksums(tmp_path))

    assert found[0] == file
    assert words in found[1]
    assert [finding.kind for finding in findings([found])] == ["file.missing" if words == MISSING else "file.damaged"]


def test_checksums_are_noted_once_and_forgotten_with_their_file(lake: Lake, tmp_path: Path) -> None:
    """A second call notes nothing; a garbled line counts as not noted."""
    note_checksums(lake, tmp_path)
    assert note_checksums(lake, tmp_path) == 0
    noted = tmp_path / "checksums.txt"
    noted.write_text("gone  main/gone.parquet\n" + noted.read_text("utf-8"), "utf-8")
    assert "main/gone.parquet" not in checksums(tmp_path)
    assert note_checksums(lake, tmp_path) == 0
    assert len(checksums(tmp_path)) == len(data_files(lake))


def test_file_that_nobody_lists_is_a_note(lake: Lake, tmp_path: Path) -> None:
    """An orphan is found and is no error."""
    orphan = tmp_path / "data" / "main" / "notices" / "ducklake-0.parquet"
    orphan.write_bytes(b"PAR1")

    (found,) = orphans(lake)

    assert (found.kind, found.subject, found.severity) == ("file.orphan", str(orphan), "note")


def test_catalog_without_a_table_is_damaged(lake: Lake, tmp_path: Path) -> None:
    """A whole database that lacks what DuckLake needs is found."""
    lake.close()
    with sqlite3.connect(tmp_path / "catalog.sqlite") as connection:
        connection.execute("DROP TABLE ducklake_data_file")

    assert [finding.kind for finding in examine_catalog(tmp_path / "catalog.sqlite")] == ["catalog.damaged"]


def test_raw_store_is_compared_with_the_documents(lake: Lake, tmp_path: Path) -> None:
    """Missing bytes, wrong bytes and half-written files are found."""
    store = RawStore(tmp_path / "raw")
    good = store.put(b"one")
    wrong = store.put(b"two")
    next((tmp_path / "raw").rglob(wrong)).write_bytes(b"other")
    (tmp_path / "raw" / good[:2] / f".{good}.77.tmp").write_bytes(b"o")

    found = {(finding.kind, finding.subject) for finding in examine_raw(lake, store)}

    assert {kind for kind, _ in found} == {"raw.damaged", "raw.leftover"}
    assert ("raw.damaged", wrong) in found
    store.remove(good)
    assert Finding("raw.missing", good, "the bytes of a") in list(examine_raw(lake, store))


def test_file_that_is_taken_out_takes_its_rows_with_it(lake: Lake, tmp_path: Path) -> None:
    """The newest snapshot lacks them, the one before has them, and the lake goes on writing and merging."""
    (file,) = [file for file in data_files(lake, only_current=True) if file.table == "amounts" and file.kind == "delete"]
    before = lake.snapshot()

    assert take_out(lake, [file], "test") == 2

    assert lake.execute("SELECT count(*) FROM lake.amounts").fetchone() == (1,)
    assert lake.execute(f"SELECT count(*) FROM lake.amounts AT (VERSION => {before})").fetchone() == (2,)
    publish(lake, batch(["b"], content="three"), "run-3")
    assert lake.execute("SELECT count(*) FROM lake.amounts").fetchone() == (2,)


def test_rows_about_files_are_read_without_the_catalog(lake: Lake, tmp_path: Path) -> None:
    """Every document is found in the data files alone, a replaced row in its newest form, and only what the lake lacks is given back."""
    tables = salvaged([tmp_path / "data"])
    assert sorted(tables["documents"]["uri"].to_pylist()) == ["a", "a", "b"]
    assert missing_rows(lake, tables)["documents"].num_rows == 0

    lake.execute("DELETE FROM lake.documents WHERE uri = 'b'")

    assert missing_rows(lake, tables)["documents"]["uri"].to_pylist() == ["b"]


def test_every_kind_says_what_it_means_and_what_to_do() -> None:
    """Severity is one of three; meaning and way out are sentences."""
    for name, kind in KINDS.items():
        assert kind.severity in ("error", "warning", "note"), name
        assert kind.meaning.endswith("."), name
        assert kind.way_out.endswith("."), name
