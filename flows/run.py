"""A whole ingestion as plain functions: no server, no scheduler. The Prefect flow in flows/ingest.py calls the same functions as tasks.

Files are taken in batches. Of each batch: hash, raw store, what is known, read, extract, check, audit, publish. A batch is one
snapshot; the run's own row comes with its last batch. Killed anywhere, the warehouse is as after the last whole batch, and the
next run goes on from there, because files that are in the warehouse are known.
"""

from __future__ import annotations

import contextlib
import datetime
import itertools
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from flows.audit import AuditTotals
from flows.batch import Batch, Run, extract_batch
from flows.discover import discover, inputs
from flows.settings import Settings
from flows.steps import Steps, real_steps
from flows.survey import Survey
from flows.versions import code_version
from transforms.records.documents import ExpectationResult, Fetch
from transforms.records.documents import Run as RunRow
from transforms.records.verdicts import CheckResult
from transforms.version import rules_version
from warehouse.arrow import arrow_table
from warehouse.doctor_checksums import note_checksums
from warehouse.lake import Lake, open_writer
from warehouse.lock import writer_lock
from warehouse.publish import publish

if TYPE_CHECKING:
    from flows.crawl.crawl import Crawl, Web

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
    web: Web | None = None,
) -> RunSummary:
    """Bring every file of ``paths`` and every page of ``web`` into the warehouse.

    Raises ``MissingInput`` for a path that names nothing, ``LockHeld`` while another writer works, ``WarehouseDamaged``, and
    ``OSError`` or ``duckdb.Error`` from the disk; then the batch at hand is rolled back.
    """
    named = inputs(paths)
    with (
        writer_lock(settings.lock, "taizhang run", settings.lock_wait_seconds),
        open_writer(settings.location, settings.memory_limit) as lake,
        contextlib.ExitStack() as opened,
    ):
        ingestion = Ingestion(lake, settings, steps or real_steps(settings), call or _plain, now or _utc_now)
        if web:
            from flows.crawl.crawl import Crawl  # costs a tenth of a second that runs over files need not spend

            ingestion.crawl = opened.enter_context(contextlib.closing(Crawl(web, settings, ingestion.steps.read, ingestion.now)))
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


class Ingestion:
    """One run over an open lake; made for one use."""

    def __init__(self, lake: Lake, settings: Settings, steps: Steps, call: Call, now: Callable[[], datetime.datetime]) -> None:
        self.lake, self.settings, self.steps, self.call, self.now = lake, settings, steps, call, now
        started = now()
        self.run_row = Run(run_id=started.strftime("%Y%m%dT%H%M%S.%fZ"), seen_at=started)
        self.survey = Survey(lake, settings, steps)
        self.crawl: Crawl | None = None
        self.published = self.duplicate = self.rejected = 0
        self.audit = AuditTotals(self.run_row.run_id, steps.validate)
        self.verdicts: dict[str, int] = {}

    def run(self, named: Sequence[Path], progress: Callable[[Progress], None] | None) -> RunSummary:
        """All batches, then the run's row."""
        leave_out = self.settings.warehouse
        total = sum(1 for _ in discover(named, leave_out)) if progress else 0
        pending: Batch | None = None

        def tell(stage: str) -> None:
            if progress:
                progress(Progress(self.documents_in, total, stage))

        batches = self.survey.batches(discover(named, leave_out), lambda: tell("reading"))
        if self.crawl:
            # pages come by the second: they are looked up and published by the batch, not by the thousand
            pages = self.survey.batches(self.crawl.found(), lambda: tell("fetching"), self.settings.batch_size)
            batches = itertools.chain(batches, pages)
        for waiting in batches:
            if pending:
                tell("publishing")
                self._publish(pending.tables)
                pending = None
            tell("extracting")
            files = self.survey.with_copies(waiting.files)
            batch: Batch = self.call("extract", extract_batch, files, waiting.unread, self.run_row, self.steps)
            if batch.published:
                tell("checking")
                results = self.call("check", self.steps.checks, batch.tables)
                batch = batch.with_check_results(results)
            tell("auditing")
            if not self.audit.add(self.call("audit", self.steps.audit, batch.tables, self.run_row.run_id)):
                return self._fail(batch.tables)
            self._count(batch)
            pending = batch
        if self.documents_in != self.survey.seen:
            raise AssertionError(f"{self.survey.seen} documents in, but {self.documents_in} published, duplicate or rejected")
        tell("publishing")
        return self.finish("completed_with_rejects" if self.rejected else "completed", pending.tables if pending else {})

    @property
    def documents_in(self) -> int:
        """Files accounted for so far."""
        return self.published + self.duplicate + self.survey.unchanged + self.rejected

    def _count(self, batch: Batch) -> None:
        self.published += batch.published
        self.duplicate += batch.duplicate
        self.rejected += batch.rejected
        for row in pc.value_counts(batch.tables[CheckResult.TABLE.name]["verdict"]).to_pylist():
            self.verdicts[row["values"]] = self.verdicts.get(row["values"], 0) + row["counts"]

    def _publish(self, tables: dict[str, pa.Table]) -> int:
        notices = tables["notices"].num_rows if "notices" in tables else 0
        message = f"run {self.run_row.run_id}: {notices} notices"
        return int(self.call("publish", publish, self.lake, tables, self.run_row.run_id, message))

    def _publish_with_fetches(self, tables: dict[str, pa.Table], is_complete: bool) -> int:
        """Publish ``tables`` and what the crawl was answered; only then may the crawl forget it."""
        if self.crawl is None:
            return self._publish(tables)
        numbers, rows = self.crawl.answers(self.run_row.run_id)
        snapshot = self._publish({**tables, Fetch.TABLE.name: arrow_table(Fetch, rows)})
        self.crawl.published(numbers, is_complete)
        return snapshot

    def finish(self, outcome: str, tables: dict[str, pa.Table], quarantine: Path | None = None) -> RunSummary:
        """Publish the last tables together with the run's row and what the audit found."""
        finished = self.now()
        row = RunRow(
            run_id=self.run_row.run_id,
            started_at=self.run_row.seen_at,
            finished_at=finished,
            documents_in=self.documents_in,
            published=self.published,
            duplicate=self.duplicate + self.survey.unchanged,
            unchanged=self.survey.unchanged,
            rejected=self.rejected,
            code_version=code_version(),
            rules_version=rules_version(),
            outcome=outcome,
        )
        own = {RunRow.TABLE.name: arrow_table(RunRow, [row]), ExpectationResult.TABLE.name: self.audit.table()}
        snapshot = self._publish_with_fetches({**tables, **own}, is_complete=outcome.startswith("completed"))
        with contextlib.suppress(OSError):  # notes for doctor; the run is done without them
            note_checksums(self.lake, self.settings.warehouse)
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
