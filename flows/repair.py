"""Mending what doctor finds: from a backup where there is one, else by extracting again from the raw store.

Every step leaves the warehouse readable; a repair that is killed is begun again and finds less to do. Nothing is thrown away: a
damaged catalog and its data files are kept beside the new ones until someone deletes them.
"""

from __future__ import annotations

import datetime
import hashlib
import os
import shutil
from collections.abc import Callable
from pathlib import Path

import msgspec

from flows.doctor import broken_invariants, damaged_files, is_closed, is_pending
from flows.rebuild import Rebuild
from flows.run import Progress
from flows.settings import Settings
from flows.steps import Steps, real_steps
from flows.writing import writing
from transforms.records.catalogue import NOTICE_TABLES, RUN_TABLES
from transforms.records.documents import Document
from warehouse.backup import BackupFailed, file_of, read_manifest
from warehouse.doctor_catalog import examine_catalog
from warehouse.doctor_checksums import note_checksums
from warehouse.doctor_files import is_remote
from warehouse.doctor_raw import examine_raw
from warehouse.lake import NAME, Lake, WarehouseDamaged, first_line, open_reader, open_writer
from warehouse.maintain import truncate_log
from warehouse.publish import publish
from warehouse.raw_store import RawStore
from warehouse.repair import put_back, take_out
from warehouse.repair_salvage import missing_rows, salvaged
from warehouse.stored import LOST

_FILE = "file://"
_MARK = f"""
UPDATE {NAME}.documents SET rules_version = '{LOST}' WHERE rules_version IS DISTINCT FROM '{LOST}' AND (
    document_id IN (SELECT arg_max(document_id, seen_at) FROM {NAME}.documents WHERE outcome = 'published' GROUP BY notice_id)
    OR outcome = 'rejected' AND document_id IN (SELECT arg_max(document_id, seen_at) FROM {NAME}.documents GROUP BY uri))
"""
# marks of documents that have nothing to do with today's notices: an older content, an archive that the next run unpacks
_CLEAR = f"""
UPDATE {NAME}.documents SET rules_version = NULL WHERE rules_version = '{LOST}' AND (outcome = 'rejected'
    OR document_id NOT IN (SELECT document_id FROM {NAME}.notices) AND notice_id IN (SELECT notice_id FROM {NAME}.notices))
"""
# tables that a rebuild compares or takes over; all others are derived from them by a publish
_COMPARED = {record.TABLE.name for record in (*NOTICE_TABLES, *RUN_TABLES)}
_DOCUMENTS = Document.TABLE.name


def repair(
    settings: Settings,
    backup: Path | None = None,
    progress: Callable[[Progress], None] | None = None,
    steps: Steps | None = None,
    now: Callable[[], datetime.datetime] | None = None,
) -> list[str]:
    """Mend what is safe to mend and tell what was done, one sentence each; nothing where all is well.

    Raises ``LockHeld``, ``BackupFailed`` for a ``backup`` that is none, ``WarehouseDamaged`` where a catalog in PostgreSQL cannot be
    opened, and ``OSError`` or ``duckdb.Error`` from the disk.
    """
    if backup:
        read_manifest(backup)
    clock, chosen = now or _utc_now, steps or real_steps(settings)
    with writing(settings, "taizhang doctor --repair"):
        done: list[str] = []
        if leftovers := settings.raw_store().remove_leftovers():
            done.append(f"deleted {leftovers} half-written files of the raw store")
        if problem := _catalog_problem(settings):
            if not settings.location.catalog_file or "://" in settings.location.data:
                raise WarehouseDamaged(f"cannot open {settings.location.catalog}: {problem}")
            done += _new_catalog(settings, chosen, clock, progress)
        with open_writer(settings.location, settings.memory_limit) as lake:
            given_up = _mend_files(lake, settings, backup, done)
            _mend_raw(lake, settings, backup, done)
            if broken_invariants(lake):
                _take_over(lake, done)
                _mark_unread(lake)
            if is_pending(lake):
                rebuild = Rebuild(lake, settings, chosen, clock, "repair", is_dry=False)
                rebuild.is_whole = not (given_up and given_up <= _COMPARED)  # what an earlier, killed repair gave up is not known
                done += _again(rebuild, progress)
            note_checksums(lake, settings.warehouse)
    return done


def _utc_now() -> datetime.datetime:
    return datetime.datetime.now(datetime.UTC)


def _catalog_problem(settings: Settings) -> str | None:
    catalog = settings.location.catalog_file
    if catalog and (broken := examine_catalog(catalog)):
        return broken[0].detail
    try:
        open_reader(settings.location).close()
    except WarehouseDamaged as error:
        if is_closed(error):
            raise
        return first_line(error)
    return None


def _mend_files(lake: Lake, settings: Settings, backup: Path | None, done: list[str]) -> set[str]:
    """Put damaged data files back from the backup, take the others out; the tables of those.

    Before rows are given up all documents are marked as unread, so that a repair that is killed after that is known to be unfinished.
    """
    damaged = [file for file, _ in damaged_files(settings, lake)]
    left = put_back(lake, damaged, backup) if backup and damaged else damaged
    if len(left) < len(damaged):
        done.append(f"put {len(damaged) - len(left)} data files back from {backup}")
    current = [file for file in left if file.is_current]
    if not current:
        return set()
    # documents first: marking the others reads their table
    rows = take_out(lake, [file for file in current if file.table == _DOCUMENTS], "repair: take damaged files out")
    _take_over(lake, done)
    _mark_unread(lake)
    rows += take_out(lake, [file for file in current if file.table != _DOCUMENTS], "repair: take damaged files out")
    _take_over(lake, done)
    tables = {file.table for file in current}
    done.append(f"took {len(current)} damaged data files ({rows} rows of {', '.join(sorted(tables))}) out of the catalog")
    return tables


def _take_over(lake: Lake, done: list[str]) -> None:
    """Rows about files and runs that the catalog has lost and that stand in an earlier file."""
    if is_remote(lake.location.data):
        return
    known = missing_rows(lake, salvaged([Path(lake.location.data)]))
    if count := sum(table.num_rows for table in known.values()):
        publish(lake, known, "repair", f"repair: {count} rows about files and runs from earlier files")
        done.append(f"took {count} rows about files and runs over from earlier files")


def _mark_unread(lake: Lake) -> None:
    """Without a look at notices, which may be what is damaged."""
    lake.execute(_MARK)


def _mend_raw(lake: Lake, settings: Settings, backup: Path | None, done: list[str]) -> None:
    """Fetch bytes that the raw store lacks from the backup or from the file they came from."""
    store = settings.raw_store()
    mended = 0
    for finding in list(examine_raw(lake, store)):
        if finding.kind not in ("raw.missing", "raw.damaged"):
            continue
        raw = _from_backup(finding.subject, backup) or _from_source(lake, finding.subject)
        if raw is not None:
            store.remove(finding.subject)
            store.put(raw, finding.subject)
            mended += 1
    if mended:
        done.append(f"put the bytes of {mended} documents into the raw store again")


def _from_backup(sha256: str, backup: Path | None) -> bytes | None:
    if backup is None:
        return None
    manifest = read_manifest(backup)
    for name in (f"raw/{sha256[:2]}/{sha256}.zst", f"raw/{sha256[:2]}/{sha256}"):
        try:
            file_of(backup, manifest, name)
            return RawStore(backup / "raw").get(sha256)
        except BackupFailed:
            continue
    return None


def _from_source(lake: Lake, sha256: str) -> bytes | None:
    for (uri,) in lake.execute("SELECT uri FROM documents WHERE sha256 = ?", [sha256]).fetchall():
        try:
            raw = Path(uri.removeprefix(_FILE)).read_bytes() if uri.startswith(_FILE) else b""
        except (OSError, ValueError):
            continue
        if hashlib.sha256(raw).hexdigest() == sha256:
            return raw
    return None


def _again(rebuild: Rebuild, progress: Callable[[Progress], None] | None) -> list[str]:
    summary = rebuild.run(f"d.rules_version = '{LOST}'", progress)
    if summary.outcome == "completed" and not summary.without_bytes and is_pending(rebuild.lake):
        rebuild.lake.execute(_CLEAR)
    words = [f"extracted {summary.documents} documents again; {len(summary.changes.notices)} notices were written"]
    if summary.without_bytes:
        words.append(
            f"{len(summary.without_bytes)} documents could not be extracted, for the raw store lacks their bytes: {summary.without_bytes[0]}"
        )
    if summary.broken:
        words.append(f"the quality gate stopped a batch: {'; '.join(summary.broken)}")
    return words


def _new_catalog(
    settings: Settings, steps: Steps, now: Callable[[], datetime.datetime], progress: Callable[[Progress], None] | None
) -> list[str]:
    """Build catalog and data anew beside the warehouse, then put them in place; the damaged ones are kept with a name that tells."""
    stamp = now().strftime("%Y%m%dT%H%M%SZ")
    catalog, data = settings.location.catalog_file, Path(settings.location.data)
    assert catalog
    part = settings.warehouse.absolute().with_name(f"{settings.warehouse.name}.damaged-{stamp}-{os.getpid()}")
    part.mkdir(parents=True)
    (part / "raw").symlink_to(settings.raw.absolute())
    beside = msgspec.structs.replace(settings, warehouse=part, catalog=None, data=None)
    # data folders that an earlier repair put aside, before the one in use
    rows = salvaged([*sorted(data.parent.glob(f"{data.name}.damaged-*")), data])
    with open_writer(beside.location, settings.memory_limit) as lake:
        publish(lake, rows, "repair", "repair: rows about files and runs from data files")
        _mark_unread(lake)
        done = _again(Rebuild(lake, beside, steps, now, "repair", is_dry=False), progress)
    truncate_log(part / "catalog.sqlite")
    if data.exists():
        data.rename(data.with_name(f"{data.name}.damaged-{stamp}"))
    for suffix in ("", "-wal", "-shm"):
        if (old := catalog.with_name(catalog.name + suffix)).exists():
            old.rename(old.with_name(f"{old.name}.damaged-{stamp}"))
    shutil.move(part / "data", data)
    shutil.move(part / "catalog.sqlite", catalog)
    shutil.rmtree(part, ignore_errors=True)
    documents = rows[Document.TABLE.name].num_rows
    return [f"made a new catalog from {documents} documents; the damaged one is kept as {catalog.name}.damaged-{stamp}", *done]
