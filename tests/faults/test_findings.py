"""`taizhang doctor` finds every kind of damage that it knows, says what it means and what to do, and exits with 1 if it is an error."""

from __future__ import annotations

import contextlib
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner

from flows.cli import cli
from flows.run import ingest
from tests.faults.conftest import flip
from tests.flows.stand_in import STEPS, settings
from warehouse.doctor import KINDS
from warehouse.doctor_files import DataFile, data_files
from warehouse.lake import open_reader, open_writer
from warehouse.lock import writer_lock

pytestmark = pytest.mark.faults


@pytest.fixture(scope="module")
def small_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A warehouse of three notices, one of which was replaced."""
    root = tmp_path_factory.mktemp("small")
    (root / "inbox").mkdir()
    for text in ("1", "2"):
        for number in range(3):
            (root / "inbox" / f"{number}.txt").write_text(f"通报{number}\n{number if number else text}", "utf-8")
        ingest([str(root / "inbox")], settings(root / "warehouse"), steps=STEPS)
    return root / "warehouse"


@pytest.fixture
def small(small_template: Path, tmp_path: Path) -> Path:
    shutil.copytree(small_template, tmp_path / "warehouse")
    return tmp_path / "warehouse"


def file_of(folder: Path, is_wanted: Callable[[DataFile], bool]) -> Path:
    with open_reader(settings(folder).location) as lake:
        return Path(next(file.path for file in data_files(lake) if is_wanted(file)))


def amounts(file: DataFile) -> bool:
    return file.table == "amounts" and file.is_current and file.kind == "data"


def raw(folder: Path) -> Path:
    return next(path for path in sorted((folder / "raw").rglob("*")) if path.is_file())


def write(folder: Path, sql: str) -> None:
    with open_writer(settings(folder).location) as lake:
        lake.execute(sql)


def drop_from_catalog(folder: Path, table: str) -> None:
    with sqlite3.connect(folder / "catalog.sqlite") as connection:
        connection.execute(f"DROP TABLE {table}")


def old(file: DataFile) -> bool:
    return not file.is_current


HARM: dict[str, Callable[[Path], object]] = {
    "catalog.damaged": lambda folder: flip(folder / "catalog.sqlite", 0, 16),
    "catalog.missing": lambda folder: (folder / "catalog.sqlite").unlink(),
    "catalog.table_missing": lambda folder: write(folder, "DROP TABLE lake.figures"),
    "file.missing": lambda folder: file_of(folder, amounts).unlink(),
    "file.damaged": lambda folder: flip(file_of(folder, amounts)),
    "file.old_damaged": lambda folder: flip(file_of(folder, old)),
    "file.orphan": lambda folder: (folder / "data" / "main" / "notices" / "orphan.parquet").write_bytes(b"PAR1"),
    "raw.missing": lambda folder: raw(folder).unlink(),
    "raw.damaged": lambda folder: flip(raw(folder)),
    "raw.leftover": lambda folder: raw(folder).with_name(".0.tmp").write_bytes(b"half"),
    "rebuild.pending": lambda folder: write(folder, "UPDATE lake.documents SET rules_version = 'lost'"),
    "invariant.broken": lambda folder: write(folder, "DELETE FROM lake.notices WHERE title = '通报0'"),
    "lock.stale": lambda folder: (folder / "writer.lock").write_text('{"pid": 1}', "utf-8"),
    "quarantine": lambda folder: (folder / "quarantine" / "20260101T000000.000000Z").mkdir(parents=True),
    "restore.leftover": lambda folder: folder.with_name("warehouse.before-restore-20260101T000000Z").mkdir(),
}


@contextlib.contextmanager
def harmed(folder: Path, kind: str) -> Iterator[None]:
    if kind == "lock.held":
        with writer_lock(folder / "writer.lock", "test"):
            yield
    else:
        HARM[kind](folder)
        yield


# tests/flows/test_secrets.py has the catalog that cannot be opened
@pytest.mark.parametrize("kind", sorted(set(KINDS) - {"catalog.closed"}))
def test_every_kind_is_found_and_explained(small: Path, kind: str) -> None:
    """Its name, what it means, the way out and what it is about; the exit code tells errors from notes."""
    with harmed(small, kind):
        result = CliRunner().invoke(cli, ["doctor", "--warehouse", str(small)])

    told = KINDS[kind]
    assert f"{told.severity}: {kind} (" in result.output
    assert f"meaning: {told.meaning}" in result.output
    assert f"way out: {told.way_out}" in result.output
    assert result.exit_code == (1 if told.severity == "error" else 0), result.output


def test_whole_warehouse_has_no_finding(small: Path) -> None:
    """Nothing is found where nothing is wrong."""
    result = CliRunner().invoke(cli, ["doctor", "--warehouse", str(small)])

    assert (result.exit_code, result.output.partition("\n")[0]) == (0, "No damage was found.")
    assert not [kind for kind in KINDS if kind in result.output]
