"""Extracting again from the raw store, where rules or checks changed or data was damaged, and telling what values changed.

Documents are taken in batches as in a run. Only notices whose rows differ are written; of the others only the version of the rules
is. A finished batch has the new version, so that a rebuild after a crash goes on with the rest.
"""

from __future__ import annotations

import contextlib
import datetime
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from flows.audit import AuditTotals
from flows.batch import Batch, RawFile, Run, extract_batch
from flows.identifiers import notice_id
from flows.members import documents
from flows.related import with_related
from flows.run import Progress
from flows.settings import Settings
from flows.steps import Steps, real_steps
from flows.survey import Survey
from flows.versions import code_version
from flows.writing import writing
from transforms.records.catalogue import NOTICE_TABLES
from transforms.records.documents import Document, ExpectationResult
from transforms.records.documents import Run as RunRow
from transforms.records.verdicts import CheckResult
from transforms.version import rules_version
from warehouse.arrow import arrow_table
from warehouse.doctor_checksums import note_checksums
from warehouse.known import FileKey
from warehouse.lake import Lake, open_reader, open_writer
from warehouse.publish import publish
from warehouse.raw_store import RawDamaged, RawMissing
from warehouse.rebuild_changes import Changes, changes
from warehouse.stored import Stored, choice, stored_documents

_VERDICTS = CheckResult.TABLE.name
_EXAMPLES, _PER_NOTICE = 20, 5


@dataclass(slots=True)
class RebuildSummary:
    """How a rebuild ended. ``withdrawn`` notices are none under the new rules, ``accepted`` were refused before;
    ``without_bytes`` are documents that the raw store lost."""

    run_id: str
    outcome: str = "completed"
    documents: int = 0
    published: int = 0
    duplicate: int = 0
    rejected: int = 0
    withdrawn: list[str] = field(default_factory=list)
    accepted: list[str] = field(default_factory=list)
    without_bytes: list[str] = field(default_factory=list)
    changes: Changes = field(default_factory=Changes)
    snapshot: int | None = None
    seconds: float = 0
    broken: tuple[str, ...] = ()
    quarantine: Path | None = None


def rebuild(
    settings: Settings,
    since: str | None = None,
    is_all: bool = False,
    is_dry: bool = False,
    command: str = "rebuild",
    progress: Callable[[Progress], None] | None = None,
    steps: Steps | None = None,
    now: Callable[[], datetime.datetime] | None = None,
) -> RebuildSummary:
    """Extract again what other rules than today's made: all of it, or what version ``since`` and those before it made, or everything.

    Documents that a limit or a crash of the reading process refused are tried again too. With ``is_dry`` nothing is written and no lock is taken. Raises ``UnknownRules``, ``WarehouseMissing``, ``WarehouseDamaged``,
    ``LockHeld``, and ``OSError`` or ``duckdb.Error`` from the disk; then the batch at hand is rolled back.
    """
    chosen = steps or real_steps(settings)
    clock = now or _utc_now
    if is_dry:
        with open_reader(settings.location, memory_limit=settings.memory_limit) as lake:
            return Rebuild(lake, settings, chosen, clock, command, is_dry).run(choice(lake, since, is_all), progress)
    with open_reader(settings.location, memory_limit=settings.memory_limit) as lake:
        choice(lake, since, is_all)  # a missing warehouse or a wrong version is told before anything is made
    with (
        writing(settings, f"taizhang {command}"),
        open_writer(settings.location, settings.memory_limit) as lake,
    ):
        work = Rebuild(lake, settings, chosen, clock, command, is_dry)
        work.is_whole = is_all
        return work.run(choice(lake, since, is_all), progress)


def _utc_now() -> datetime.datetime:
    return datetime.datetime.now(datetime.UTC)


class Rebuild:
    """One rebuild over an open lake; made for one use."""

    def __init__(
        self, lake: Lake, settings: Settings, steps: Steps, now: Callable[[], datetime.datetime], command: str, is_dry: bool
    ) -> None:
        self.lake, self.settings, self.steps, self.now, self.command, self.is_dry = lake, settings, steps, now, command, is_dry
        self.started = now()
        self.run_row = Run(run_id=self.started.strftime("%Y%m%dT%H%M%S.%fZ"), seen_at=self.started)
        self.summary = RebuildSummary(self.run_row.run_id)
        self.audit = AuditTotals(self.run_row.run_id, steps.validate)
        self.store = settings.raw_store()
        self.copies = Survey(lake, settings, steps)
        self.is_whole = False
        """Write every notice, also where its rows are the same: what a publish derives from them is then made again too."""

    def run(self, condition: str, progress: Callable[[Progress], None] | None) -> RebuildSummary:
        """Both kinds of documents, batch by batch, then the rebuild's own row if anything was looked at."""
        try:
            if self._all(condition, progress) and not self.is_dry:
                self._finish("completed")
        except Exception:
            with contextlib.suppress(Exception):  # what stopped the rebuild may stop this too, and is what the caller must hear of
                if not self.is_dry:
                    self._finish("failed")
            raise
        self.summary.seconds = (self.now() - self.started).total_seconds()
        return self.summary

    def _all(self, condition: str, progress: Callable[[Progress], None] | None) -> bool:
        """Every batch; False if there was none or the audit stopped one, which has then been recorded."""
        waiting = {which: stored_documents(self.lake, condition, which) for which in ("made", "refused")}
        total = sum(map(len, waiting.values()))
        for stored in waiting.values():
            for files in self._batches(stored):
                if progress:
                    progress(Progress(self.summary.documents, total, "extracting"))
                if not self._take(files):
                    return False
        return total > 0

    def _batches(self, stored: Sequence[Stored]) -> Iterator[list[tuple[Stored, RawFile]]]:
        batch: list[tuple[Stored, RawFile]] = []
        size = 0
        for each in stored:
            try:
                raw = self.store.get(each.sha256)
            except (RawMissing, RawDamaged):
                self.summary.without_bytes.append(each.uri)
                continue
            if len(batch) >= self.settings.batch_size or (batch and size + len(raw) > self.settings.batch_bytes):
                yield batch
                batch, size = [], 0
            if (file := self._file(each, raw)) is not None:
                batch.append((each, file))
                size += len(raw)
        if batch:
            yield batch

    def _file(self, each: Stored, raw: bytes) -> RawFile | None:
        """The document to read; None for a refused archive that today's rules find documents in, which the next run takes in."""
        if each.outcome != "rejected":
            return RawFile(FileKey(each.uri, each.sha256, each.document_id, notice_id(each.uri)), raw, declared=each.declared or "")
        given = documents(raw, each.uri, self.steps, each.declared or "")
        return next((file for file in given if isinstance(file, RawFile) and file.key.document_id == each.document_id), None)

    def _take(self, files: Sequence[tuple[Stored, RawFile]]) -> bool:
        """Extract, check, audit, compare and publish one batch; False if the audit stopped it."""
        stored = {each.document_id: each for each, _ in files}
        batch = extract_batch(self.copies.with_copies([file for _, file in files]), (), self.run_row, self.steps)
        if batch.published:
            batch = batch.with_check_results(self.steps.checks(batch.tables))
        batch = _as_first_seen(batch, stored)
        withdrawn = self._withdrawn(batch, stored)
        batch, others = with_related(self.lake, self.steps, batch, withdrawn)
        self._compare(batch, stored, withdrawn)
        if not self.audit.add(self.steps.audit(batch.tables, self.run_row.run_id)):
            self._fail(batch)
            return False
        self._count(batch, stored, withdrawn)
        if not self.is_dry:
            ids = set(batch.tables["notices"]["notice_id"].to_pylist()) if self.is_whole else self.summary.changes.notices
            tables = _only(batch.tables, ids, stored)
            tables[_VERDICTS] = pa.concat_tables([tables[_VERDICTS], others])
            message = f"{self.command} {self.run_row.run_id}: {tables['notices'].num_rows} notices"
            # what a changed notice had is deleted in every table, also where damage took its row in notices
            gone = [*withdrawn, *tables["notices"]["notice_id"].to_pylist()]
            publish(self.lake, tables, self.run_row.run_id, message, withdrawn=gone)
        return True

    def _withdrawn(self, batch: Batch, stored: dict[str, Stored]) -> list[str]:
        """Notices whose document gives none any more."""
        now = set(batch.tables["notices"]["notice_id"].to_pylist())
        return [each.notice_id for each in stored.values() if each.outcome == "published" and each.notice_id and each.notice_id not in now]

    def _compare(self, batch: Batch, stored: dict[str, Stored], withdrawn: Sequence[str]) -> None:
        notices = [*batch.tables["notices"]["notice_id"].to_pylist(), *withdrawn]
        for change in changes(self.lake, notices, batch.tables):
            self.summary.changes.add(change, _PER_NOTICE, _EXAMPLES)

    def _count(self, batch: Batch, stored: dict[str, Stored], withdrawn: Sequence[str]) -> None:
        summary = self.summary
        summary.documents += batch.documents_in
        summary.published += batch.published
        summary.duplicate += batch.duplicate
        summary.rejected += batch.rejected
        summary.withdrawn += withdrawn
        for row in batch.tables["documents"].select(["document_id", "outcome", "uri"]).to_pylist():
            if row["outcome"] == "published" and stored[row["document_id"]].outcome == "rejected":
                summary.accepted.append(row["uri"])

    def _finish(self, outcome: str) -> None:
        summary = self.summary
        row = RunRow(
            run_id=summary.run_id,
            started_at=self.started,
            finished_at=self.now(),
            documents_in=summary.documents,
            published=summary.published,
            duplicate=summary.duplicate,
            unchanged=0,
            rejected=summary.rejected,
            code_version=code_version(),
            rules_version=rules_version(),
            outcome=outcome,
            command=self.command,
        )
        summary.outcome = outcome
        own = {RunRow.TABLE.name: arrow_table(RunRow, [row]), ExpectationResult.TABLE.name: self.audit.table()}
        summary.snapshot = publish(self.lake, own, summary.run_id, f"{self.command} {summary.run_id}: {outcome}")
        with contextlib.suppress(OSError):  # a note for doctor; the rebuild is done without it
            note_checksums(self.lake, self.settings.warehouse)

    def _fail(self, batch: Batch) -> None:
        """Keep a batch that broke an invariant apart; the warehouse keeps what it held of these notices."""
        self.summary.broken = self.audit.broken()
        self.summary.outcome = "quality_gate_failed"
        if self.is_dry:
            return
        folder = self.settings.quarantine / self.summary.run_id
        folder.mkdir(parents=True, exist_ok=True)
        for name, table in {**batch.tables, ExpectationResult.TABLE.name: self.audit.table()}.items():
            pq.write_table(table, folder / f"{name}.parquet", compression="zstd")
        self.summary.quarantine = folder
        self._finish("quality_gate_failed")


def _as_first_seen(batch: Batch, stored: dict[str, Stored]) -> Batch:
    """Documents keep the run and the time that saw them first: which of two contents of a place is newer hangs on it."""
    rows = [
        Document(
            **{
                **row,
                "damage": tuple(row["damage"] or ()),
                "run_id": stored[row["document_id"]].run_id,
                "seen_at": stored[row["document_id"]].seen_at,
            }
        )
        for row in batch.tables["documents"].to_pylist()
    ]
    return replace(batch, tables={**batch.tables, "documents": arrow_table(Document, rows)})


def _only(tables: dict[str, pa.Table], changed: set[str], stored: dict[str, Stored]) -> dict[str, pa.Table]:
    """The rows to write: those of changed notices, of documents that are read otherwise or by other rules, and new refusals."""
    ids = pa.array(sorted(changed), pa.string())
    kept = {name: tables[name].filter(pc.is_in(tables[name]["notice_id"], ids)) for name in (record.TABLE.name for record in NOTICE_TABLES)}
    documents = [
        row["document_id"]
        for row in tables["documents"].select(["document_id", "rules_version", "outcome"]).to_pylist()
        if (row["rules_version"], row["outcome"]) != (stored[row["document_id"]].rules_version, stored[row["document_id"]].outcome)
    ]
    rejects = [
        row["document_id"]
        for row in tables["rejects"].select(["document_id", "reason", "message"]).to_pylist()
        if (row["reason"], row["message"]) != (stored[row["document_id"]].reason, stored[row["document_id"]].message)
    ]
    return {
        **kept,
        "documents": tables["documents"].filter(pc.is_in(tables["documents"]["document_id"], pa.array(documents, pa.string()))),
        "rejects": tables["rejects"].filter(pc.is_in(tables["rejects"]["document_id"], pa.array(rejects, pa.string()))),
    }
