"""CSV as Excel reads it: UTF-8 with a byte order mark, CRLF, and no cell that runs as a formula."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import duckdb

from warehouse.export.cells import guarded
from warehouse.export.sheets import Sheet

_BATCH = 2_000


def write_csv(connection: duckdb.DuckDBPyConnection, sheet: Sheet, path: Path) -> int:
    """Write ``sheet`` to ``path`` and return its number of rows."""
    cursor = connection.execute(sheet.sql)
    rows = 0
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file, lineterminator="\r\n")
        writer.writerow([column[0] for column in cursor.description or ()])
        while batch := cursor.fetchmany(_BATCH):
            writer.writerows([_cell(value) for value in row] for row in batch)
            rows += len(batch)
    return rows


def write_folder(connection: duckdb.DuckDBPyConnection, sheets: Sequence[Sheet], folder: Path) -> None:
    """Write each sheet to a file of its name in ``folder``."""
    folder.mkdir()
    for sheet in sheets:
        write_csv(connection, sheet, folder / f"{sheet.name}.csv")


def _cell(value: Any) -> Any:
    return guarded(value) if isinstance(value, str) else value
