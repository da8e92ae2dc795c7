"""A whole ingestion as plain functions: no server, no scheduler. The Prefect flow in flows/ingest.py calls the same functions as tasks.

Files are taken in batches. Of each batch: hash, raw store, what is known, read, extract, check, audit, publish. Reading to audit
is done by a runner (flows.runners), here or in other processes; publishing always here. A batch is one snapshot; the run's own row
comes with its last batch. Killed anywhere, the warehouse is as after the last whole batch, and the next run goes on from there,
because files that are in the warehouse are known.
"""

from __future__ import annotations

import contextlib
import datetime
import itertools
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from flows.audit import AuditTotals
from flows.batch import Batch, Run
from flows.discover import discover, inputs
from flows.related import with_related
from flows.runners.dispatch import Dispatch
from flows.runners.orders import Call, Order, plain
from flows.runners.runner import Runner, start, worker_count
from flows.runners.serial import SerialRunner
from flows.settings import Settings
from flows.steps import Steps, real_steps
from flows.survey import MANY, Survey, Waiting, stat_cache
from flows.versions import code_version
from flows.writing import writing
from transforms.records.documents import ExpectationResult, Fetch
from transforms.records.documents import Run as RunRow
from transforms.records.verdicts import CheckResult
from transforms.version import rules_version
from warehouse.arrow import arrow_table
from warehouse.doctor_checksums import note_checksums
from warehouse.lake import Lake, open_writer
from warehouse.publish import publish
from warehouse.stat_cache import StatCache

if TYPE_CHECKING:
    from flows.crawl.crawl import Crawl, Web


_VERDICTS = CheckResult.TABLE.name


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
    spent: dict[str, float] = field(default_factory=dict)
    """CPU seconds by stage, of all processes except those that read odd formats."""


def ingest(
    paths: Sequence[str],
    settings: Settings,
    progress: Callable[[Progress], None] | None = None,
    steps: Steps | None = None,
    call: Call | None = None,
    now: Callable[[], datetime.datetime] | None = None,
    web: Web | None = None,
    start_runner: Callable[[str, Steps, int], Runner] = start,
) -> RunSummary:
    """Bring every file of ``paths`` and every page of ``web`` into the warehouse.

    ``start_runner`` starts the parallel runner of a name, where the settings or the amount of work want one. Raises ``MissingInput`` for a path that names nothing, ``LockHeld`` while another writer works, ``WarehouseDamaged``,
    ``RunnerError`` where workers cannot be had, and ``OSError`` or ``duckdb.Error`` from the disk; then the batch at hand is rolled back.
    """
    named = inputs(paths)
    with (
        writing(settings, "taizhang run"),
        open_writer(settings.location, settings.memory_limit) as lake,
        contextlib.ExitStack() as opened,
    ):
        cache = opened.enter_context(contextlib.closing(stat_cache(settings)))
        ingestion = Ingestion(lake, settings, steps or real_steps(settings), call or plain, now or _utc_now, cache)
        if web:
            from flows.crawl.crawl import Crawl  # costs a tenth of a second that runs over files need not spend

            ingestion.crawl = opened.enter_context(contextlib.closing(Crawl(web, settings, ingestion.steps.read, ingestion.now)))
        ingestion.start_runner = start_runner
        try:
            return ingestion.run(named, progress)
        except Exception:
            with contextlib.suppress(Exception):  # what stopped the run may stop this too, and is what the caller must hear of
                ingestion.finish("failed", {})
            raise


def _utc_now() -> datetime.datetime:
    return datetime.datetime.now(datetime.UTC)


class Ingestion:
    """One run over an open lake; made for one use."""

    def __init__(
        self, lake: Lake, settings: Settings, steps: Steps, call: Call, now: Callable[[], datetime.datetime], cache: StatCache
    ) -> None:
        self.lake, self.settings, self.steps, self.call, self.now = lake, settings, steps, call, now
        started = now()
        self.run_row = Run(run_id=started.strftime("%Y%m%dT%H%M%S.%fZ"), seen_at=started)
        self.survey = Survey(lake, settings, steps, cache)
        self.crawl: Crawl | None = None
        self.start_runner: Callable[[str, Steps, int], Runner] = start
        self.beside: Callable[[], float] = float
        self.pending: tuple[Order, Batch] | None = None
        self.spent: dict[str, float] = {}
        self.published = self.duplicate = self.rejected = 0
        self.audit = AuditTotals(self.run_row.run_id, steps.validate)
        self.verdicts: dict[str, int] = {}

    def run(self, named: Sequence[Path], progress: Callable[[Progress], None] | None) -> RunSummary:
        """All batches, then the run's row."""
        leave_out = self.settings.warehouse
        total = sum(1 for _ in discover(named, leave_out)) if progress else 0

        def tell(stage: str, done: int = 0) -> None:
            if progress:
                progress(Progress(self.documents_in + done, total, stage))

        batches = self.survey.batches(discover(named, leave_out), lambda: tell("reading"))
        if self.crawl:
            # pages come by the second: they are looked up and published by the batch, not by the thousand
            pages = self.survey.batches(self.crawl.found(), lambda: tell("fetching"), self.settings.batch_size)
            batches = itertools.chain(batches, pages)
        timed = self._timed(batches)
        first = self._first(timed)
        waiting = itertools.chain(first, timed)

        def settle() -> None:
            if self.pending:
                order, batch = self.pending
                self.pending = None
                tell("publishing")
                self._publish(batch.tables)
                dispatch.settled(order)

        with contextlib.closing(self._runner(len(first) > 1, tell)) as runner:
            self.beside = runner.beside
            dispatch = Dispatch(runner, self.survey, self.run_row, settle)
            for order, delivery in dispatch.deliveries(waiting):
                settle()
                for stage, seconds in delivery.spent.items():
                    self._spend(stage, seconds)
                if not self.audit.add(delivery.counts):
                    return self._fail(delivery.batch.tables)
                self.pending = order, self._with_related(delivery.batch)
                del order, delivery  # else two batches would be held while this one is published
        if self.documents_in != self.survey.seen:
            raise AssertionError(f"{self.survey.seen} documents in, but {self.documents_in} published, duplicate or rejected")
        tell("publishing")
        return self.finish("completed_with_rejects" if self.rejected else "completed", self.pending[1].tables if self.pending else {})

    def _first(self, batches: Iterator[Waiting]) -> list[Waiting]:
        """The first batch, and the second if so much work would be worth processes and nothing else was asked for."""
        first = list(itertools.islice(batches, 1))
        is_open = self.settings.runner == "auto" and not self.crawl and worker_count(self.settings.workers) > 1
        if is_open and first and (len(first[0]) >= MANY or first[0].size >= self.settings.batch_bytes // 2):
            first += itertools.islice(batches, 1)
        return first

    def _runner(self, is_much: bool, tell: Callable[[str, int], None]) -> Runner:
        """The runner that the settings name; for auto, processes if there is much to do."""
        name = self.settings.runner
        if name == "auto":
            name = "process" if is_much else "serial"
        if name == "serial":
            return SerialRunner(self.steps, self.call, tell)
        return self.start_runner(name, self.steps, worker_count(self.settings.workers))

    def _timed(self, batches: Iterator[Waiting]) -> Iterator[Waiting]:
        """``batches``, with what finding them costs."""
        while True:
            started = self._cpu()
            batch = next(batches, None)
            self._spend("survey", self._cpu() - started)
            if batch is None:
                return
            yield batch

    def _cpu(self) -> float:
        """CPU seconds of this process without those of threads that take in deliveries."""
        return time.process_time() - self.beside()

    def _spend(self, stage: str, seconds: float) -> None:
        self.spent[stage] = self.spent.get(stage, 0.0) + seconds

    @property
    def documents_in(self) -> int:
        """Files accounted for so far."""
        return self.published + self.duplicate + self.survey.unchanged + self.rejected

    def _with_related(self, batch: Batch) -> Batch:
        """The batch as it is published: with the verdicts that hang on notices the warehouse holds, and theirs that hang on it."""
        started = self._cpu()
        batch, others = with_related(self.lake, self.steps, batch)
        self._spend("check", self._cpu() - started)
        self._count(batch)
        return (
            replace(batch, tables=batch.tables | {_VERDICTS: pa.concat_tables([batch.tables[_VERDICTS], others])})
            if others.num_rows
            else batch
        )

    def _count(self, batch: Batch) -> None:
        self.published += batch.published
        self.duplicate += batch.duplicate
        self.rejected += batch.rejected
        for row in pc.value_counts(batch.tables[_VERDICTS]["verdict"]).to_pylist():
            self.verdicts[row["values"]] = self.verdicts.get(row["values"], 0) + row["counts"]

    def _publish(self, tables: dict[str, pa.Table]) -> int:
        notices = tables["notices"].num_rows if "notices" in tables else 0
        message = f"run {self.run_row.run_id}: {notices} notices"
        started = self._cpu()
        snapshot = int(self.call("publish", publish, self.lake, tables, self.run_row.run_id, message))
        self._spend("publish", self._cpu() - started)
        return snapshot

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
        started = self._cpu()
        own = {RunRow.TABLE.name: arrow_table(RunRow, [row]), ExpectationResult.TABLE.name: self.audit.table()}
        self._spend("validate", self._cpu() - started)
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
            spent=dict(self.spent),
        )

    def _fail(self, tables: dict[str, pa.Table]) -> RunSummary:
        """Keep a batch that broke an invariant apart, and record the run; its files stay unknown, so the next run takes them again."""
        folder = self.settings.quarantine / self.run_row.run_id
        folder.mkdir(parents=True, exist_ok=True)
        for name, table in {**tables, ExpectationResult.TABLE.name: self.audit.table()}.items():
            pq.write_table(table, folder / f"{name}.parquet", compression="zstd")
        return self.finish("quality_gate_failed", {}, folder)
