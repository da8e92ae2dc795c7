"""Rows about files and runs, read from data files without the catalog: the names of all documents, from which all else can be made again.

DuckLake names files so that their order is that of writing; of two rows with one key the one in the later file counts. Files that
hold deleted rows do no harm, since a row that replaced another stands in a later file.
"""

from __future__ import annotations

import contextlib
from pathlib import Path

import duckdb
import pyarrow as pa

from transforms.records.catalogue import RUN_TABLES
from transforms.records.columns import Record, fields
from warehouse.arrow import schema, sql_type
from warehouse.lake import NAME, Lake

_SCHEMA = "main"


def salvaged(folders: list[Path]) -> dict[str, pa.Table]:
    """The rows of the tables about files and runs in all readable files below ``folders`` (data folders, the newest last).

    Reject rows of documents that were accepted later are left out. Files that cannot be read are passed over.
    """
    tables = {record.TABLE.name: _rows(record, folders) for record in RUN_TABLES}
    with contextlib.closing(duckdb.connect(":memory:", config={"enable_external_access": "false"})) as connection:
        for name in ("documents", "rejects"):
            connection.register(name, tables[name])
        kept = connection.execute(
            "SELECT r.* FROM rejects r LEFT JOIN documents d USING (document_id) WHERE d.outcome IS NULL OR d.outcome = 'rejected'"
        ).to_arrow_table()
    return {**tables, "rejects": kept.cast(tables["rejects"].schema)}


def missing_rows(lake: Lake, tables: dict[str, pa.Table]) -> dict[str, pa.Table]:
    """Those rows of ``tables`` whose key ``lake`` does not hold."""
    found = {}
    for record in RUN_TABLES:
        name, view = record.TABLE.name, "_taizhang_salvaged"
        lake.connection.register(view, tables[name])
        try:
            rows = lake.query(f"SELECT * FROM {view} ANTI JOIN {NAME}.{name} USING ({', '.join(record.TABLE.key)})")
        finally:
            lake.connection.unregister(view)
        found[name] = rows.cast(tables[name].schema)
    return found


def _rows(record: type[Record], folders: list[Path]) -> pa.Table:
    files = [
        file
        for folder in folders
        for file in sorted((folder / _SCHEMA / record.TABLE.name).glob("*.parquet"))
        if "-delete" not in file.name
    ]
    with contextlib.closing(duckdb.connect(":memory:")) as connection:
        connection.execute("SET TimeZone = 'UTC'")
        columns = [(each.name, sql_type(each.type)) for each in fields(record)]
        connection.execute(f"CREATE TABLE found ({', '.join(f'{name} {kind}' for name, kind in columns)}, place INTEGER)")
        for place, file in enumerate(files):
            with contextlib.suppress(duckdb.Error):
                there = {
                    row[0]
                    for row in connection.execute(
                        "SELECT column_name FROM (DESCRIBE SELECT * FROM read_parquet(?))", [str(file)]
                    ).fetchall()
                }
                shared = ", ".join(name for name, _ in columns if name in there)
                connection.execute(f"INSERT INTO found BY NAME SELECT {shared}, {place} AS place FROM read_parquet(?)", [str(file)])
        keys = ", ".join(record.TABLE.key)
        names = ", ".join(name for name, _ in columns)
        rows = connection.execute(
            f"SELECT {names} FROM found QUALIFY row_number() OVER (PARTITION BY {keys} ORDER BY place DESC) = 1"
        ).to_arrow_table()
    return rows.cast(schema(record))
