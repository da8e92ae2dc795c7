"""The only module that knows DuckLake: opening the lake for reading or writing, its settings, and its tables.

The catalog is SQLite in WAL mode on one machine, or PostgreSQL for many; data files lie in a folder or under an S3 prefix.
Inlining stays off because time travel and delete-and-insert of one key go wrong with it (ducklake#1364, measured). The guard
row makes a second writer fail where DuckLake would let both insert the same new key (ducklake#1393).
"""

from __future__ import annotations

import contextlib
import errno
import importlib.util
import itertools
import os
import shutil
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from types import TracebackType
from typing import Any

import duckdb
import pyarrow as pa

from transforms.records.catalogue import TABLES
from transforms.records.columns import Record, fields
from warehouse import arrow
from warehouse.readable_catalog import readable
from warehouse.s3 import SCHEME, AccessError, access
from warehouse.views import create_views

NAME = "lake"
GUARD = "writer_guard"
_OPTIONS = {"data_inlining_row_limit": "0", "parquet_compression": "zstd"}
_BUSY_MILLISECONDS = 10_000
_OPENED = itertools.count()
# SQLite's log alone needs as much, and on a full disk says "disk I/O error", which is no help to anybody
_LEAST_ROOM = 256 << 10
# extensions that come with an extra of the package
_EXTRAS = {"postgres_scanner": "postgres", "httpfs": "s3"}


class WarehouseMissing(Exception):
    """There is no catalog at the place that was named."""


class ExtensionMissing(Exception):
    """An optional part of taizhang that the settings need is not installed."""


class WarehouseDamaged(Exception):
    """The catalog is there and cannot be opened."""


class UnknownSnapshot(Exception):
    """The warehouse has no such snapshot, or maintenance has removed it."""


@dataclass(frozen=True, slots=True)
class Location:
    """Where a lake lives.

    ``catalog`` is what DuckLake calls a metadata connection: ``sqlite:/dir/catalog.sqlite`` or ``postgres:host=… dbname=…``.
    ``data`` is a folder or a prefix such as ``s3://bucket/data/``, with a slash at its end.
    """

    catalog: str
    data: str

    @property
    def catalog_file(self) -> Path | None:
        """The catalog's file; None where it is a server."""
        kind, _, rest = self.catalog.partition(":")
        return Path(rest) if kind == "sqlite" else None


def local(warehouse: Path) -> Location:
    """The location of a lake that lives in one folder: catalog.sqlite beside data/."""
    root = warehouse.absolute()
    return Location(f"sqlite:{root / 'catalog.sqlite'}", f"{root / 'data'}/")


class Lake:
    """An open connection whose default catalog is the lake."""

    def __init__(self, connection: duckdb.DuckDBPyConnection, location: Location) -> None:
        self.connection = connection
        self.location = location
        self.opened = contextlib.ExitStack()
        """What is to be closed with the connection."""

    def __enter__(self) -> Lake:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.close()

    def close(self) -> None:
        """Close the connection; an open transaction is rolled back."""
        self.connection.close()
        self.opened.close()

    def execute(self, sql: str, parameters: Sequence[Any] | dict[str, Any] = ()) -> duckdb.DuckDBPyConnection:
        """Run one statement."""
        return self.connection.execute(sql, parameters) if parameters else self.connection.execute(sql)

    def query(self, sql: str) -> pa.Table:
        """The rows of ``sql`` as an Arrow table."""
        return self.connection.execute(sql).to_arrow_table()

    def snapshot(self) -> int:
        """The newest snapshot's number."""
        row = self.connection.execute(f"SELECT max(snapshot_id) FROM ducklake_snapshots('{NAME}')").fetchone()
        return int(row[0]) if row and row[0] is not None else 0

    @contextlib.contextmanager
    def registered(self, name: str, table: pa.Table) -> Iterator[None]:
        """``table`` as a view of that name for the length of the block."""
        self.connection.register(name, table)
        try:
            yield
        finally:
            self.connection.unregister(name)

    @contextlib.contextmanager
    def transaction(self) -> Iterator[None]:
        """A transaction that is committed at the end of the block and rolled back by any exception, Ctrl-C included."""
        self.connection.execute("BEGIN")
        try:
            yield
            self.connection.execute("COMMIT")
        except BaseException:
            with contextlib.suppress(duckdb.Error):  # a failed COMMIT has rolled back by itself
                self.connection.execute("ROLLBACK")
            raise


def open_writer(location: Location, memory_limit: str | None = None) -> Lake:
    """Open for writing; make the catalog and the tables where they are missing and add columns that records gained.

    The caller holds the writer's lock (warehouse.lock), for concurrent DDL damages a catalog.
    """
    if location.catalog_file:
        location.catalog_file.parent.mkdir(parents=True, exist_ok=True)
        if shutil.disk_usage(location.catalog_file.parent).free < _LEAST_ROOM:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), str(location.catalog_file.parent))
    if "://" not in location.data:
        Path(location.data).mkdir(parents=True, exist_ok=True)
    lake = _attach(location, "", memory_limit)
    try:
        _set_options(lake)
        create_tables(lake)
    except BaseException:
        lake.close()
        raise
    return lake


def open_reader(location: Location, snapshot: int | None = None, memory_limit: str | None = None, is_pinned: bool = False) -> Lake:
    """Open for reading, at ``snapshot`` or the newest; raises ``WarehouseMissing`` where there is no catalog, ``UnknownSnapshot``.

    With ``is_pinned`` all questions are answered as of the newest snapshot at this moment, whatever is published meanwhile. A
    transaction would not do: in one that was begun before a compaction DuckLake 1.0 silently misses rows after it (measured).
    """
    if location.catalog_file and not location.catalog_file.is_file():
        raise WarehouseMissing(f"no warehouse at {location.catalog_file.parent} (taizhang run PATH makes one)")
    if is_pinned and snapshot is None:
        with open_reader(location, memory_limit=memory_limit) as newest:
            snapshot = newest.snapshot()
    version = f", SNAPSHOT_VERSION {int(snapshot)}" if snapshot is not None else ""
    with contextlib.ExitStack() as opened:
        seen = location
        if location.catalog_file:
            seen = replace(location, catalog=f"sqlite:{opened.enter_context(readable(location.catalog_file))}")
        lake = _attach(seen, f", READ_ONLY{version}", memory_limit)
        lake.location, lake.opened = location, opened.pop_all()
    create_views(lake.connection)
    return lake


def create_tables(lake: Lake, records: Sequence[type[Record]] = TABLES) -> None:
    """Create the tables that are missing, in one transaction, and add the columns that existing tables lack.

    Columns are only ever added: a column that a record lost stays and is null in new rows. An added column that never is
    null in its record is null in rows written before it; ``taizhang rebuild`` fills it.
    """
    found = {
        (table, column)
        for table, column in lake.execute(f"SELECT table_name, column_name FROM duckdb_columns() WHERE database_name = '{NAME}'").fetchall()
    }
    tables = {table for table, _ in found}
    statements = [] if GUARD in tables else [f"CREATE TABLE {NAME}.{GUARD} (n BIGINT)", f"INSERT INTO {NAME}.{GUARD} VALUES (0)"]
    for record in records:
        name = record.TABLE.name
        if name not in tables:
            statements.append(arrow.ddl(record, NAME))
            continue
        for field in fields(record):
            if (name, field.name) not in found:
                statements.append(f"ALTER TABLE {NAME}.{name} ADD COLUMN {field.name} {arrow.sql_type(field.type)}")
                statements.append(arrow.comment(record, field, NAME))
    if statements:
        with lake.transaction():
            for statement in statements:
                lake.execute(statement)


def _set_options(lake: Lake) -> None:
    stored = dict(lake.execute(f"SELECT option_name, value FROM ducklake_options('{NAME}')").fetchall())
    for option, value in _OPTIONS.items():
        if stored.get(option) != value:
            lake.execute(f"CALL {NAME}.set_option('{option}', '{value}')")


def _attach(location: Location, options: str, memory_limit: str | None) -> Lake:
    config: dict[str, str | bool | int | float | list[str]] = {"temp_directory": _spill_folder()}
    if memory_limit:
        config["memory_limit"] = memory_limit
    connection = duckdb.connect(config=config)
    try:
        for extension in _extensions(location):
            load_extension(connection, extension)
        if location.data.startswith(SCHEME):
            access().register(connection)
        kind = location.catalog.partition(":")[0]
        wal = f", META_BUSY_TIMEOUT {_BUSY_MILLISECONDS}" if kind == "sqlite" else ""
        if wal and "READ_ONLY" not in options:  # the file keeps the mode; asking for it again is a write
            wal += ", META_JOURNAL_MODE 'WAL'"
        connection.execute(
            f"ATTACH {_quoted('ducklake:' + location.catalog)} AS {NAME} "
            f"(DATA_PATH {_quoted(location.data)}, OVERRIDE_DATA_PATH true{wal}{options})"
        )
        connection.execute(f"USE {NAME}")
        connection.execute("SET TimeZone = 'UTC'")
    except (ExtensionMissing, AccessError):
        connection.close()
        raise
    except duckdb.Error as error:
        connection.close()
        if "No snapshot found" in str(error):
            raise UnknownSnapshot(
                f"{first_line(error).partition(': ')[2].lower()}; taizhang diff --list names those that are there"
            ) from error
        if "does not exist" in str(error) and "READ_ONLY" in options:
            raise WarehouseMissing(f"no warehouse in {location.catalog}") from error
        raise WarehouseDamaged(f"cannot open {location.catalog}: {first_line(error)}") from error
    return Lake(connection, location)


def _spill_folder() -> str:
    """A folder of its own for what a connection spills: DuckDB numbers its files anew in each, and makes and removes it as needed."""
    return str(Path(tempfile.gettempdir()) / f"taizhang-duckdb-{os.getpid()}-{next(_OPENED)}")


def _extensions(location: Location) -> Iterator[str]:
    yield "ducklake"
    yield {"sqlite": "sqlite_scanner", "postgres": "postgres_scanner"}[location.catalog.partition(":")[0]]
    if location.data.startswith(SCHEME):
        yield "httpfs"


def load_extension(connection: duckdb.DuckDBPyConnection, name: str) -> None:
    """Load an extension from its wheel, which needs neither network nor a home folder; else install it from DuckDB's repository."""
    found = importlib.util.find_spec(f"duckdb_extension_{name}")
    for folder in found.submodule_search_locations or () if found else ():
        file = Path(folder) / "extensions" / f"v{duckdb.__version__}" / f"{name}.duckdb_extension"
        if file.is_file():
            connection.execute(f"LOAD {_quoted(str(file))}")
            return
    try:
        connection.execute(f"INSTALL {name}")
        connection.execute(f"LOAD {name}")
    except duckdb.Error as error:
        extra = _EXTRAS.get(name)
        way = f"pip install 'taizhang[{extra}]'" if extra else "install taizhang again"
        raise ExtensionMissing(f"DuckDB's extension {name} cannot be loaded ({first_line(error)}): {way}") from error


def first_line(error: BaseException) -> str:
    """The first line of an error's message, without what DuckDB prints below it."""
    return str(error).partition("\n")[0]


def _quoted(words: str) -> str:
    return "'" + words.replace("'", "''") + "'"
