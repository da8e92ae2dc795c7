"""Publishing: all tables of a batch in one transaction, which is one snapshot, so that readers see all of it or nothing."""

from __future__ import annotations

import contextlib
import json
import random
import time
from collections.abc import Iterator, Mapping, Sequence

import duckdb
import pyarrow as pa

from transforms.records.catalogue import LIKENESS_TABLES, NOTICE_TABLES, TABLES
from transforms.records.documents import Document, Fetch, Reject, Run
from transforms.records.notices import Notice
from transforms.records.verdicts import CheckResult
from warehouse.lake import GUARD, NAME, Lake
from warehouse.likeness import likeness

_ATTEMPTS = 8
_ROWS = "_taizhang_rows"
# what the SQLite and PostgreSQL catalogs say when another writer was first; DuckLake does not queue writers (ducklake#1309)
_BUSY = ("database is locked", "transaction conflict", "could not serialize")
# rows of these tables are replaced by key; those of notice tables by notice
_KEYED = {record.TABLE.name: record.TABLE.key[0] for record in (Document, Reject, Fetch, Run)}


def publish(
    lake: Lake,
    tables: Mapping[str, pa.Table],
    run_id: str,
    message: str = "",
    attempts: int = _ATTEMPTS,
    withdrawn: Sequence[str] = (),
) -> int:
    """Write ``tables`` (by table name) as one snapshot and return its number.

    A notice in ``notices`` replaces all that the warehouse held of it, in every table of a notice; documents, rejects, fetches and runs
    replace the row of their key, verdicts of notices that are not in ``notices`` the one of the same check; other rows are added. The notices named by ``withdrawn`` are deleted. Publishing the same tables
    twice leaves the same rows. Where another writer was first, everything is rolled back and tried again up to ``attempts`` times;
    then ``duckdb.Error`` is raised.
    """
    known = {record.TABLE.name for record in TABLES}
    if unknown := set(tables) - known:
        raise ValueError(f"no such table: {', '.join(sorted(unknown))}")
    for attempt in range(1, attempts + 1):
        try:
            with lake.transaction():
                _write(lake, tables, run_id, message, withdrawn)
            return lake.snapshot()
        except duckdb.Error as error:
            if attempt == attempts or not any(words in str(error).lower() for words in _BUSY):
                raise
            # S311 would ask for secrets here; jitter only keeps two writers from meeting again
            time.sleep(0.05 * 2**attempt * (0.5 + random.random()))
    raise AssertionError("unreachable")


def _write(lake: Lake, tables: Mapping[str, pa.Table], run_id: str, message: str, withdrawn: Sequence[str]) -> None:
    lake.execute(f"UPDATE {NAME}.{GUARD} SET n = n + 1")
    notices = tables.get(Notice.TABLE.name)
    replaced = notices.column("notice_id").to_pylist() if notices is not None else []
    _delete_notices(lake, replaced, withdrawn)
    tables = {**tables, **likeness(lake, tables)}
    for name, table in tables.items():
        if not table.num_rows:
            continue
        with _registered(lake, table) as view:
            if key := _KEYED.get(name):
                lake.execute(f"DELETE FROM {NAME}.{name} WHERE {key} IN (SELECT {key} FROM {view})")
            elif name == CheckResult.TABLE.name and not set(table["notice_id"].to_pylist()) <= set(replaced):
                lake.execute(f"DELETE FROM {NAME}.{name} WHERE (notice_id, check_id) IN (SELECT (notice_id, check_id) FROM {view})")
            lake.execute(f"INSERT INTO {NAME}.{name} BY NAME SELECT * FROM {view}")
    if (documents := tables.get(Document.TABLE.name)) is not None and documents.num_rows:
        _forget_rejects(lake, documents)
    extra = json.dumps({"run_id": run_id, "rows": {name: table.num_rows for name, table in tables.items() if table.num_rows}})
    lake.execute(f"CALL {NAME}.set_commit_message('taizhang', ?, extra_info => ?)", [message or f"run {run_id}", extra])


def _delete_notices(lake: Lake, replaced: Sequence[str], withdrawn: Sequence[str]) -> None:
    """Delete every row of those notices that the warehouse holds; nothing is scanned for a batch of new ones.

    ``withdrawn`` ones are looked for in every table, since damage may have taken their row in notices alone.
    """
    with _registered(lake, _ids(replaced)) as view:
        held = (
            lake.execute(f"SELECT notice_id FROM {NAME}.notices WHERE notice_id IN (SELECT notice_id FROM {view})").fetchall()
            if replaced
            else []
        )
    gone = sorted({*(row[0] for row in held), *withdrawn})
    if gone:
        with _registered(lake, _ids(gone)) as view:
            for record in (*NOTICE_TABLES, *LIKENESS_TABLES):
                lake.execute(f"DELETE FROM {NAME}.{record.TABLE.name} WHERE notice_id IN (SELECT notice_id FROM {view})")
            lake.execute(f"DELETE FROM {NAME}.near_duplicates WHERE other_notice_id IN (SELECT notice_id FROM {view})")


def _ids(notices: Sequence[str]) -> pa.Table:
    return pa.table({"notice_id": pa.array(notices, pa.string())})


def _forget_rejects(lake: Lake, documents: pa.Table) -> None:
    """A document that was refused once and is published now has no reject row any more, nor has a place that could not be read."""
    with _registered(lake, documents.select(["document_id", "uri", "outcome"])) as view:
        lake.execute(
            f"DELETE FROM {NAME}.rejects WHERE document_id IN (SELECT document_id FROM {view} WHERE outcome <> 'rejected') "
            f"OR (sha256 IS NULL AND uri IN (SELECT uri FROM {view}))"
        )


@contextlib.contextmanager
def _registered(lake: Lake, table: pa.Table) -> Iterator[str]:
    """An Arrow table as a view, whose name is given, for the length of a block."""
    with lake.registered(_ROWS, table):
        yield _ROWS
