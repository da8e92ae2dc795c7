"""A folder of plain Parquet, one file a table, with every column's meaning in the metadata. Any tool reads it, without DuckLake."""

from __future__ import annotations

from pathlib import Path

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq

from transforms.records.catalogue import TABLES
from warehouse.arrow import schema
from warehouse.views import VIEWS

_BATCH = 10_000
_ORDERED = {"v_taizhang": "notice_id, 序号", "v_discrepancies": "notice_id, 核验项"}


def write_parquet(connection: duckdb.DuckDBPyConnection, folder: Path) -> None:
    """Write every table and view that ``connection`` has to ``folder``."""
    folder.mkdir()
    records = {record.TABLE.name: record for record in TABLES}
    names = [row[0] for row in connection.execute("SELECT table_name FROM duckdb_tables() ORDER BY 1").fetchall()]
    for name in [*names, *VIEWS]:
        order = ", ".join(records[name].TABLE.key) if name in records else _ORDERED.get(name, "ALL")
        reader = connection.execute(f"SELECT * FROM {name} ORDER BY {order}").to_arrow_reader(_BATCH)
        target = _described(reader.schema, schema(records[name])) if name in records else reader.schema
        with pq.ParquetWriter(folder / f"{name}.parquet", target, compression="zstd") as writer:
            for batch in reader:
                writer.write_batch(batch)


def _described(read: pa.Schema, declared: pa.Schema) -> pa.Schema:
    """The columns as read, every one nullable (one that was added later is null in older rows), with the meaning that is declared."""
    return pa.schema([each.with_metadata(declared.field(each.name).metadata) for each in read], metadata=declared.metadata)
