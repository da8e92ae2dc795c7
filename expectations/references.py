"""Reference tables that checks read beside a notice's own: policy limits, dated names, regions, and the prefectures of phones and postcodes.

Each row has a source and a licence. The regional tables are those that extraction uses (``transforms/lexicons``); codes of several
prefectures stand in one cell, parted by blanks. A check that does not find an entry answers ``reference_unknown``.
"""

from __future__ import annotations

import gzip
from functools import cache
from importlib.resources import files
from io import BytesIO

import pyarrow as pa
from pyarrow import csv

_TEXT = pa.string()
_TABLES: dict[str, tuple[str, str, dict[str, pa.DataType]]] = {
    "policy_limits": (
        "expectations",
        "reference/policy_limits.csv",
        {"months": pa.int32(), "valid_from": pa.date32(), "valid_to": pa.date32()},
    ),
    "dated_names": ("expectations", "reference/dated_names.csv", {"first_day": pa.date32()}),
    "regions": ("transforms", "lexicons/regions.csv", {"valid_from": pa.int32(), "valid_to": pa.int32()}),
    "area_codes": ("transforms", "lexicons/area_codes.csv", {}),
    "postcodes": ("transforms", "lexicons/postcodes.csv", {}),
    "mobile_prefixes": ("transforms", "lexicons/mobile_prefixes.csv.gz", {}),
}


@cache
def reference_tables() -> dict[str, pa.Table]:
    """Every reference table by name. Raises ``pa.ArrowInvalid`` for a cell that is not of its column's type."""
    return {name: _read(package, path, types) for name, (package, path, types) in _TABLES.items()}


def _read(package: str, path: str, types: dict[str, pa.DataType]) -> pa.Table:
    """A CSV with a heading line; lines that begin with # are comments, an empty cell is null, columns are text unless ``types`` says other."""
    content = (files(package) / path).read_bytes()
    if path.endswith(".gz"):
        content = gzip.decompress(content)
    comment = b""
    while content.startswith(b"#"):
        line, _, content = content.partition(b"\n")
        comment = comment or line
    # a table without a heading line names its columns in its first comment
    heading = comment.strip(b"# ").partition(b":")[0] if b"," in comment else b""
    if not heading:
        heading = content.partition(b"\n")[0]
        options = csv.ReadOptions()
    else:
        options = csv.ReadOptions(column_names=heading.decode().strip().split(","))
    convert = csv.ConvertOptions(
        column_types={name: types.get(name, _TEXT) for name in heading.decode().strip().split(",")}, strings_can_be_null=True
    )
    return csv.read_csv(BytesIO(content), options, convert_options=convert)
