"""Examining a whole warehouse: what warehouse/doctor_*.py finds in its parts, and what must hold of its rows."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator

import duckdb

from flows.secrets import masked
from flows.settings import Settings
from flows.writing import writer
from transforms.records.catalogue import TABLES
from warehouse.doctor import Finding
from warehouse.doctor_catalog import examine_catalog, missing_tables
from warehouse.doctor_checksums import checksums
from warehouse.doctor_files import DataFile, data_files, examine_files, findings, orphans
from warehouse.doctor_raw import examine_raw
from warehouse.lake import NAME, Lake, WarehouseDamaged, WarehouseMissing, first_line, open_reader
from warehouse.stored import LOST

_EXAMPLES = 3
_CLOSED = (
    "readonly database",
    "read-only",
    "permission denied",
    "unable to open",
    "database is locked",
    "connection refused",
    "could not connect",
)
_SMALL = 32_000_000  # bytes of data files
_LENGTHS = "CREATE OR REPLACE TEMP VIEW text_lengths AS SELECT notice_id, length(text) AS length FROM texts"


def examine(settings: Settings, is_thorough: bool = True) -> list[Finding]:
    """Everything that is found, damage first to be mended first. Nothing is written and no lock is taken.

    Raises ``WarehouseMissing`` where there is nothing at all to examine.
    """
    found: list[Finding] = []
    catalog = settings.location.catalog_file
    if catalog:
        if not catalog.exists() and not (settings.raw.is_dir() or (settings.warehouse / "data").is_dir()):
            raise WarehouseMissing(f"no warehouse at {settings.warehouse} (taizhang run PATH makes one)")
        if broken := examine_catalog(catalog):
            return [*broken, *examine_raw(None, settings.raw_store(), is_thorough), *_outside(settings)]
    try:
        found += _outside(settings)  # asks a catalog on a server who writes to it
        with open_reader(settings.location, memory_limit=settings.memory_limit, is_pinned=True) as lake:
            return [*_inside(lake, settings, is_thorough), *found]
    except (WarehouseDamaged, duckdb.Error) as error:  # whole as a database, but not what DuckLake needs
        kind = "catalog.closed" if is_closed(error) else "catalog.damaged"
        return [Finding(kind, masked(settings.location.catalog), masked(first_line(error))), *found]


def is_closed(error: Exception) -> bool:
    """``error`` says that the catalog may not or cannot be opened now, which is no damage."""
    return any(words in str(error).lower() for words in _CLOSED)


def is_pending(lake: Lake) -> bool:
    """A repair gave rows up and has not made all of them again (see flows/repair.py)."""
    try:
        return bool(lake.execute(f"SELECT 1 FROM documents WHERE rules_version = '{LOST}' LIMIT 1").fetchall())
    except duckdb.Error:  # documents are what is damaged, or older than the column
        return False


def damaged_files(settings: Settings, lake: Lake) -> list[tuple[DataFile, str]]:
    """Data files that are not as they were written, with what is the matter."""
    return examine_files(lake, checksums(settings.warehouse))


def broken_invariants(lake: Lake) -> list[Finding]:
    """Invariants (those that SQL tells) that do not hold over the whole warehouse."""
    from expectations.invariants import invariants

    found = []
    with _near(lake):
        for invariant in invariants():
            try:
                rows = (
                    lake.execute(f"SELECT key, what, count(*) OVER () FROM ({invariant.sql}) LIMIT {_EXAMPLES}").fetchall()
                    if invariant.sql
                    else []
                )
            except (duckdb.CatalogException, duckdb.BinderException):
                continue  # a missing table is a finding of its own; a missing column comes with the next writer
            if rows:
                examples = ", ".join(f"{key}: {what}" for key, what, _ in rows)
                found.append(
                    Finding("invariant.broken", invariant.name, f"{invariant.description} ({rows[0][2]} rows, such as {examples})")
                )
    return found


@contextlib.contextmanager
def _near(lake: Lake) -> Iterator[None]:
    """The view that the invariants need, and the tables of a small warehouse in memory: a hundred questions would open each file anew."""
    is_small = sum(file.size for file in data_files(lake, only_current=True)) <= _SMALL
    names = [record.TABLE.name for record in TABLES] if is_small else []
    try:
        for name in names:
            with contextlib.suppress(duckdb.CatalogException):
                lake.execute(f"CREATE OR REPLACE TEMP TABLE {name} AS FROM {NAME}.{name}")
        with contextlib.suppress(duckdb.CatalogException):
            lake.execute(_LENGTHS)
        yield
    finally:
        lake.execute("DROP VIEW IF EXISTS temp.text_lengths")
        for name in names:
            lake.execute(f"DROP TABLE IF EXISTS temp.{name}")


def _inside(lake: Lake, settings: Settings, is_thorough: bool) -> Iterator[Finding]:
    yield from missing_tables(lake)
    files = examine_files(lake, checksums(settings.warehouse), is_thorough)
    yield from findings(files)
    yield from orphans(lake)
    is_readable = not any(file.is_current for file, _ in files)
    with contextlib.suppress(duckdb.Error):  # documents may be what is damaged, or missing
        yield from examine_raw(lake, settings.raw_store(), is_thorough)
    if is_pending(lake):
        yield Finding("rebuild.pending", "documents", "documents wait to be extracted again")
    if is_readable:
        yield from broken_invariants(lake)


def _outside(settings: Settings) -> Iterator[Finding]:
    """What lies about in the warehouse's folder and beside it."""
    held = writer(settings)
    if held:
        yield Finding("lock.held", str(settings.lock), str(held))
    elif settings.lock.is_file() and settings.lock.stat().st_size:
        yield Finding("lock.stale", str(settings.lock), settings.lock.read_text("utf-8", "replace")[:200])
    if settings.quarantine.is_dir():
        for folder in sorted(settings.quarantine.iterdir()):
            yield Finding("quarantine", str(folder), f"run {folder.name}")
    root = settings.warehouse.absolute()
    for path in sorted(root.parent.glob(f"{root.name}.*")) if root.parent.is_dir() else ():
        if path.is_dir() and path.name.startswith((f"{root.name}.restoring-", f"{root.name}.before-restore-", f"{root.name}.damaged-")):
            yield Finding("restore.leftover", str(path), "a folder beside the warehouse")
    for path in sorted(root.glob("*.damaged-*")):
        yield Finding("restore.leftover", str(path), "what a repair put aside")
