"""Writing an export so that its name never stands for half of it: everything is made beside the place and renamed at the end."""

from __future__ import annotations

import contextlib
import datetime
import os
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import duckdb

from warehouse.export.csv_files import write_csv, write_folder
from warehouse.export.parquet_files import write_parquet
from warehouse.export.sheets import LEDGER, sheets
from warehouse.export.stage import INFO, LEAKS, Choice, stage
from warehouse.export.xlsx import Style, write_xlsx
from warehouse.lake import Lake

FORMATS = ("xlsx", "csv", "parquet", "duckdb")
_OURS = (f"{INFO}.parquet", f"{LEDGER.name}.csv")  # what marks a folder that an export may replace


class PlaceTaken(Exception):
    """The output's place holds something that no export made."""


@dataclass(frozen=True, slots=True)
class Exported:
    """What was written: rows of the ledger, notices, discrepancies, and leads to leaks of masking (None where not public)."""

    path: Path
    notices: int
    ledger_rows: int
    discrepancies: int
    leaks: int | None


def export(lake: Lake, form: str, out: Path, choice: Choice) -> Exported:
    """Write ``choice`` in the format ``form`` to ``out``: a file, or a folder for Parquet and for CSV without the ending .csv.

    Raises ``PlaceTaken``, ``NoSuchNotice`` and ``OSError``; then nothing is at ``out`` that was not there before.
    """
    out = out.absolute()
    is_folder = form == "parquet" or (form == "csv" and out.suffix.lower() != ".csv")
    _check_place(out, is_folder)
    out.parent.mkdir(parents=True, exist_ok=True)
    with _workshop(out) as workshop:
        staged, made = workshop / "staged.duckdb", workshop / "made"
        connection = stage(lake, staged, choice)
        try:
            counts = _counted(connection, choice)
            if form == "xlsx":
                write_xlsx(connection, sheets(choice.is_public), made, Style(not choice.is_public, _taken(connection)))
            elif form == "parquet":
                write_parquet(connection, made)
            elif is_folder:
                write_folder(connection, sheets(choice.is_public), made)
            elif form == "csv":
                write_csv(connection, LEDGER, made)
        finally:
            connection.close()
        _place(staged if form == "duckdb" else made, out)
    return Exported(out, *counts)


def _check_place(out: Path, is_folder: bool) -> None:
    if not is_folder and out.is_dir():
        raise PlaceTaken(f"{out} is a folder; name a file")
    if is_folder and out.exists() and not out.is_dir():
        raise PlaceTaken(f"{out} is a file; name a folder")
    if is_folder and out.is_dir() and any(out.iterdir()) and not any((out / name).is_file() for name in _OURS):
        raise PlaceTaken(f"{out} holds files that no export made; name another folder")


@contextlib.contextmanager
def _workshop(out: Path) -> Iterator[Path]:
    """A folder beside ``out``, on the same disk, removed at the end; that of a killed export has its process in the name."""
    workshop = out.parent / f".{out.name}.{os.getpid()}.part"
    shutil.rmtree(workshop, ignore_errors=True)
    workshop.mkdir()
    try:
        yield workshop
    finally:
        shutil.rmtree(workshop, ignore_errors=True)


def _place(made: Path, out: Path) -> None:
    """Put ``made`` in the place of ``out``. A file is replaced at once; of a folder, the old one is moved aside in between."""
    if made.is_dir() and out.is_dir():
        out.replace(made.with_name("replaced"))
    made.replace(out)


def _counted(connection: duckdb.DuckDBPyConnection, choice: Choice) -> tuple[int, int, int, int | None]:
    def count(table: str) -> int:
        row = connection.execute(f"SELECT count(*) FROM {table}").fetchone()
        return int(row[0]) if row else 0

    return count("notices"), count("v_taizhang"), count("v_discrepancies"), count(LEAKS) if choice.is_public else None


def _taken(connection: duckdb.DuckDBPyConnection) -> datetime.datetime:
    row = connection.execute(f"SELECT value FROM {INFO} WHERE name = 'snapshot_time'").fetchone()
    # without a zone: the file format stores UTC
    return datetime.datetime.fromisoformat(row[0]).replace(tzinfo=None) if row and row[0] else datetime.datetime(2000, 1, 1)
