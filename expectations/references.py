"""Reference tables that checks read beside a notice's own: policy limits, dated names, and the prefectures of phones and postcodes.

Each is a small CSV with a source and a licence per row. The telephone and postal tables are those that extraction uses
(``transforms/lexicons``); a check that finds one of them empty answers ``reference_unknown``.
"""

from __future__ import annotations

import csv
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable

import pyarrow as pa

_TEXT = pa.string()
_OWN: dict[str, pa.Schema] = {
    "policy_limits": pa.schema(
        [
            ("limit_id", _TEXT), ("measures", _TEXT), ("inspection_kind", _TEXT), ("months", pa.int32()), ("standing", _TEXT), ("applies_to", _TEXT),
            ("valid_from", pa.date32()), ("valid_to", pa.date32()), ("source", _TEXT), ("licence", _TEXT),
        ]
    ),
    "dated_names": pa.schema([("name", _TEXT), ("first_day", pa.date32()), ("source", _TEXT), ("licence", _TEXT)]),
}  # fmt: skip


@cache
def reference_tables() -> dict[str, pa.Table]:
    """Every reference table by name."""
    return {name: _read(files("expectations") / "reference" / f"{name}.csv", schema) for name, schema in _OWN.items()}


def _read(path: Traversable, schema: pa.Schema) -> pa.Table:
    """A CSV as a table of ``schema``; an empty cell is null. Raises ``pa.ArrowInvalid`` for a cell that is not of its column's type."""
    lines = path.read_text(encoding="utf-8").splitlines()
    rows = list(csv.DictReader(line for line in lines if not line.startswith("#")))
    columns = [pa.array([row[field.name] or None for row in rows], _TEXT).cast(field.type) for field in schema]
    return pa.Table.from_arrays(columns, schema=schema)
