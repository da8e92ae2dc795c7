"""A whole ingestion as plain functions: no server, no scheduler. The Prefect flow in flows/ingest.py calls the same functions as tasks.

Files are taken in batches. Of each batch: hash, raw store, what is known, read, extract, check, audit, publish. A batch is one
snapshot; the run's own row comes with its last batch. Killed anywhere, the warehouse is as after the last whole batch, and the
next run goes on from there, because files that are in the warehouse are known.
"""

from __future__ import annotations

import contextlib
import datetime
import hashlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from flows.audit import AuditTotals
from flows.batch import Batch, RawFile, Run, Unread, extract_batch, with_check_results
from flows.discover import Found, discover, inputs
from flows.identifiers import document_id, notice_id
from flows.settings import Settings
from flows.steps import Steps, real_steps
from flows.versions import code_version
from transforms.records.documents import ExpectationResult
from transforms.records.documents import Run as RunRow
from transforms.records.verdicts import CheckResult
from transforms.version import rules_version
from warehouse.arrow import arrow_table
from warehouse.known import FileKey, held_elsewhere, unchanged, with_own_notice
from warehouse.lake import Lake, open_writer
from warehouse.lock import writer_lock
from warehouse.publish import publish
from warehouse.raw_store import RawStore

Result = TypeVar("Result")
# How a step is called: Prefect makes a task of it, the plain run just calls. Arguments: the step's name, function, arguments.
Call = Callable[..., Any]


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a run is: files done of all files, and what it does now."""

    done: int
    total: int
    stage: str


@dataclass(frozen=True, slots=True)
class RunSummary:
    """How a run ended. ``outcome`` as in the table ``runs``; ``quarantine`` is set when a batch broke an invariant."""

    run_id: str
    outcome: str
    documents_in: int
    published: int
    duplicate: int
    unchanged: int
    rejected: int
    snapshot: int
    seconds: float
    verdicts: dict[str, int] = field(default_factory=dict)
    broken: tuple[str, ...] = ()
    quarantine: Path | None = None


def ingest(
    paths: Sequence[str],
    settings: Settings,
    progress: Callable[[Progress], None] | None = None,
    steps: Steps | None = None,
    call: Call | None = None,
    now: Callable[[], datetime.datetime] | None = None,
) -> RunSummary:
    """Bring every file of ``paths`` into the warehouse.

    Raises ``MissingInput`` for a path that names nothing, ``LockHeld`` while another writer works, ``WarehouseDamaged``, and
    ``OSError`` or ``duckdb.Error`` from the disk; then the batch at hand is rolled back.
    """
    named = inputs(paths)
    with (
        writer_lock(settings.lock, "taizhang run", settings.lock_wait_seconds),
        open_writer(settings.location, settings.memory_limit) as lake,
    ):
        ingestion = Ingestion(lake, settings, steps or real_steps(), call or _plain, now or _utc_now)
        try:
            return ingestion.run(named, progress)
        except Exception:
            with contextlib.suppress(Exception):  # what stopped the run may stop this too, and is what the caller must hear of
                ingestion.finish("failed", {})
            raise


def _plain(_name: str, function: Callable[..., Result], *arguments: Any) -> Result:
    return function(*arguments)


def _utc_now() -> datetime.datetime:
    return datetime.datetime.now(datetime.UTC)


@dataclass(slots=True)
class _Counts:
    published: int = 0
    duplicate: int = 0
    unchanged: int = 0
    rejected: int = 0

    @property
    def documents_in(self) -> int:
        return self.published + self.duplicate + self.rejected


@dataclass(frozen=True, slots=True)
class _Sorted:
    """A chunk of files told apart: to extract (or to record as copies), unchanged, unreadable."""

    files: list[RawFile]
    unread: list[Unread]
    unchanged: int


class Ingestion:
    """One run over an open lake; made for one use."""

    def __init__(self, lake: Lake, settings: Settings, steps: Steps, call: Call, now: Callable[[], datetime.datetime]) -> None:
        self.lake, self.settings, self.steps, self.call, self.now = lake, settings, steps, call, now
        started = now()
        self.run_row = Run(run_id=started.strftime("%Y%m%dT%H%M%S.%fZ"), seen_at=started)
        self.raw_store = RawStore(settings.raw)
        self.counts = _Counts()
        self.audit = AuditTotals(self.run_row.run_id)
        self.verdicts: dict[str, int] = {}

    def run(self, named: Sequence[Path], progress: Callable[[Progress], None] | None) -> RunSummary:
        """All batches, then the run's row."""
        leave_out = self.settings.warehouse
        total = sum(1 for _ in discover(named, leave_out)) if progress else 0
        tell = progress or (lambda _: None)
        seen = 0
        pending: dict[str, pa.Table] | None = None
        for chunk in self._chunks(discover(named, leave_out)):
            if pending is not None:
                tell(Progress(seen, total, "publishing"))
                self._publish(pending)
                pending = None
            tell(Progress(seen, total, "reading"))
            sorted_files = self._sort(chunk)
            tell(Progress(seen, total, "extracting"))
            batch = self.call("extract", extract_batch, sorted_files.files, sorted_files.unread, self.run_row, self.steps)
            tables = dict(batch.tables)
            if batch.published:
                tell(Progress(seen, total, "checking"))
                results = self.call("check", self.steps.checks, tables)
                tables = with_check_results(tables, results, CheckResult)
            if batch.documents_in:
                tell(Progress(seen, total, "auditing"))
                if not self.audit.add(self.call("audit", self.steps.audit, tables, self.run_row.run_id)):
                    return self._fail(tables)
                pending = tables
            self._count(sorted_files, batch, tables)
            seen += len(chunk)
            assert seen == self.counts.documents_in, "documents in = published + duplicate + rejected"
        tell(Progress(seen, total, "publishing"))
        outcome = "completed_with_rejects" if self.counts.rejected else "completed"
        return self.finish(outcome, pending or {})

    def _chunks(self, found: Iterable[Found]) -> Iterator[list[Found]]:
        """Batches of at most ``batch_size`` files and about ``batch_bytes`` bytes."""
        chunk: list[Found] = []
        size = 0
        for each in found:
            size += _size(each)
            if chunk and (len(chunk) >= self.settings.batch_size or size > self.settings.batch_bytes):
                yield chunk
                chunk, size = [], _size(each)
            chunk.append(each)
        if chunk:
            yield chunk

    def _sort(self, chunk: Sequence[Found]) -> _Sorted:
        """Read and hash the files; store the bytes of those that the warehouse does not have as they are."""
        unread: list[Unread] = []
        files: list[tuple[FileKey, bytes]] = []
        for found in chunk:
            given = found.problem or self._bytes(found)
            if isinstance(given, bytes):
                sha256 = hashlib.sha256(given).hexdigest()
                files.append((FileKey(found.uri, sha256, document_id(found.uri, sha256), notice_id(found.uri)), given))
            elif given is _TOO_LONG:
                words = f"longer than max_file_bytes = {self.settings.max_file_bytes:,}; raise that setting if the file is genuine"
                unread.append(Unread(document_id(found.uri, ""), found.uri, "limit_bytes", words))
            else:
                unread.append(Unread(document_id(found.uri, ""), found.uri, "unreadable", given))
        known = unchanged(self.lake, [key for key, _ in files])
        new = [(key, raw) for key, raw in files if key.document_id not in known]
        for key, raw in new:
            self.raw_store.put(raw, key.sha256)
        return _Sorted(self._with_copies(new), unread, len(known))

    def _bytes(self, found: Found) -> bytes | str:
        limit = self.settings.max_file_bytes
        try:
            with found.path.open("rb") as handle:
                raw = handle.read(limit + 1)
        except OSError as error:
            return f"the file cannot be read: {error.strerror}; grant access to it or copy it again"
        return raw if len(raw) <= limit else _TOO_LONG

    def _with_copies(self, new: Sequence[tuple[FileKey, bytes]]) -> list[RawFile]:
        """Mark files whose bytes a published document or an earlier file of the batch has.

        A place that has a notice of its own keeps it: else its old notice would stand beside words that are gone.
        """
        keys = [key for key, _ in new]
        own = with_own_notice(self.lake, keys)
        first = {key.sha256: key for key in held_elsewhere(self.lake, keys)}
        files: list[RawFile] = []
        for key, raw in new:
            copied = first.setdefault(key.sha256, key)
            is_copy = copied is not key and key.notice_id not in own
            files.append(RawFile(key, raw, copied if is_copy else None))
        return files

    def _count(self, sorted_files: _Sorted, batch: Batch, tables: dict[str, pa.Table]) -> None:
        self.counts.published += batch.published
        self.counts.duplicate += batch.duplicate + sorted_files.unchanged
        self.counts.unchanged += sorted_files.unchanged
        self.counts.rejected += batch.rejected
        for row in pc.value_counts(tables[CheckResult.TABLE.name]["verdict"]).to_pylist():
            self.verdicts[row["values"]] = self.verdicts.get(row["values"], 0) + row["counts"]

    def _publish(self, tables: dict[str, pa.Table]) -> int:
        notices = tables["notices"].num_rows if "notices" in tables else 0
        message = f"run {self.run_row.run_id}: {notices} notices"
        return int(self.call("publish", publish, self.lake, tables, self.run_row.run_id, message))

    def finish(self, outcome: str, tables: dict[str, pa.Table], quarantine: Path | None = None) -> RunSummary:
        """Publish the last tables together with the run's row and what the audit found."""
        finished = self.now()
        row = RunRow(
            run_id=self.run_row.run_id,
            started_at=self.run_row.seen_at,
            finished_at=finished,
            documents_in=self.counts.documents_in,
            published=self.counts.published,
            duplicate=self.counts.duplicate,
            unchanged=self.counts.unchanged,
            rejected=self.counts.rejected,
            code_version=code_version(),
            rules_version=rules_version(),
            outcome=outcome,
        )
        own = {RunRow.TABLE.name: arrow_table(RunRow, [row]), ExpectationResult.TABLE.name: self.audit.table()}
        snapshot = self._publish({**tables, **own})
        return RunSummary(
            run_id=row.run_id,
            outcome=outcome,
            documents_in=row.documents_in,
            published=row.published,
            duplicate=row.duplicate,
            unchanged=row.unchanged,
            rejected=row.rejected,
            snapshot=snapshot,
            seconds=(finished - row.started_at).total_seconds(),
            verdicts=dict(sorted(self.verdicts.items())),
            broken=self.audit.broken(),
            quarantine=quarantine,
        )

    def _fail(self, tables: dict[str, pa.Table]) -> RunSummary:
        """Keep a batch that broke an invariant apart, and record the run; its files stay unknown, so the next run takes them again."""
        folder = self.settings.quarantine / self.run_row.run_id
        folder.mkdir(parents=True, exist_ok=True)
        for name, table in {**tables, ExpectationResult.TABLE.name: self.audit.table()}.items():
            pq.write_table(table, folder / f"{name}.parquet", compression="zstd")
        return self.finish("quality_gate_failed", {}, folder)


_TOO_LONG = "too long"


def _size(found: Found) -> int:
    try:
        return 0 if found.problem else found.path.stat().st_size
    except OSError:
        return 0
