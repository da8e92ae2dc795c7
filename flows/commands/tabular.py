"""Rows on stdout as a table for people, or as CSV or JSON lines for programs."""

from __future__ import annotations

import csv
import datetime
import decimal
import json
import shutil
import unicodedata
from collections.abc import Iterable
from typing import Any, TextIO

import pyarrow as pa

FORMATS = ("table", "csv", "json")
_SHOWN_ROWS = 200
_WIDEST = 60


def write_rows(reader: pa.RecordBatchReader, form: str, out: TextIO) -> None:
    """Write the rows of ``reader``: a table (at most 200 rows), CSV with a header, or one JSON object a line (all rows, as they come)."""
    if form == "table":
        _table(reader, out)
        return
    names = reader.schema.names
    if form == "csv":
        writer = csv.writer(out, lineterminator="\n")
        writer.writerow(names)
        for batch in reader:
            writer.writerows([_cell(value) for value in row.values()] for row in _rows(batch))
        return
    for batch in reader:
        for row in _rows(batch):
            out.write(json.dumps(row, ensure_ascii=False, default=_plain) + "\n")


def _rows(batch: pa.RecordBatch) -> Iterable[dict[str, Any]]:
    """Rows by unique names: a query may name two columns alike."""
    names: list[str] = []
    for name in batch.schema.names:
        names.append(name if name not in names else f"{name}_{sum(each.startswith(name) for each in names)}")
    rows: list[dict[str, Any]] = batch.rename_columns(names).to_pylist()
    return rows


def _table(reader: pa.RecordBatchReader, out: TextIO) -> None:
    rows: list[list[str]] = []
    is_cut = False
    for batch in reader:
        rows += [[_cell(value).replace("\n", "⏎") for value in row.values()] for row in _rows(batch)]
        if len(rows) > _SHOWN_ROWS:
            rows, is_cut = rows[:_SHOWN_ROWS], True
            break
    names = list(reader.schema.names)
    widest = max(_WIDEST, (shutil.get_terminal_size((100, 24)).columns - 3 * len(names)) // max(1, len(names)))
    cells = [[_shortened(cell, widest) for cell in row] for row in [names, *rows]]
    widths = [max(_width(row[index]) for row in cells) for index in range(len(names))]
    for index, row in enumerate(cells):
        out.write("  ".join(cell + " " * (width - _width(cell)) for cell, width in zip(row, widths, strict=True)).rstrip() + "\n")
        if index == 0:
            out.write("  ".join("─" * width for width in widths) + "\n")
    out.write(f"({len(rows)} row{'s' if len(rows) != 1 else ''}{' shown; --format csv or json gives all' if is_cut else ''})\n")


def _cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list | dict):
        return json.dumps(value, ensure_ascii=False, default=_plain)
    return str(_plain(value)) if not isinstance(value, str | int | float) else str(value)


def _plain(value: Any) -> Any:
    """JSON for what has none: ISO dates, decimal strings."""
    if isinstance(value, datetime.date | datetime.datetime | datetime.time):
        return value.isoformat()
    if isinstance(value, decimal.Decimal | datetime.timedelta):
        return str(value)
    if isinstance(value, bytes):
        return value.hex()
    return str(value)


def _width(words: str) -> int:
    """Columns that ``words`` take on a terminal: Han characters take two."""
    return sum(
        2 if unicodedata.east_asian_width(character) in "WF" else 0 if unicodedata.combining(character) else 1 for character in words
    )


def _shortened(words: str, widest: int) -> str:
    if _width(words) <= widest:
        return words
    kept = ""
    for character in words:
        if _width(kept + character) > widest - 1:
            break
        kept += character
    return kept + "…"
