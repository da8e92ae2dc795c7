"""The ingestion as Prefect flows: the functions of flows/run.py, each step a task that Prefect times, retries and shows.

Only this module (and what schedules it) imports Prefect, which takes seconds to load. Without PREFECT_API_URL a flow starts a
server of its own on 127.0.0.1 for its length.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

from flows.prefect_environment import for_a_run

for_a_run()  # before Prefect is imported: it reads its environment once

from prefect import flow, task  # noqa: E402
from prefect.cache_policies import NO_CACHE  # noqa: E402
from prefect.client.schemas.objects import State  # noqa: E402
from prefect.exceptions import TerminationSignal  # noqa: E402
from prefect.runtime import flow_run as this_run  # noqa: E402
from prefect.states import Completed, Failed  # noqa: E402

from flows import artifacts, run  # noqa: E402
from flows.crawl.crawl import Web  # noqa: E402
from flows.hooks import tell_failure  # noqa: E402
from flows.logs import event  # noqa: E402
from flows.runners.runner import Runner  # noqa: E402
from flows.schedule.plan import FLOW  # noqa: E402
from flows.secrets import masked  # noqa: E402
from flows.settings import Settings, load  # noqa: E402
from flows.steps import Steps  # noqa: E402

# A publish rolls back as a whole and an extraction is pure, so both may be tried again; an audit gives the same answer each time.
# Retries are of tasks: a flow that is tried again gets into conflict with its own slot of the concurrency limit (Prefect #22885).
_RETRIES = {"extract": 1, "publish": 2, "report": 1}


def _run_name() -> str:
    return f"{this_run.flow_name} {this_run.scheduled_start_time:%Y-%m-%d %H:%M:%S} UTC"


@flow(
    name="ingest",
    flow_run_name=_run_name,
    log_prints=False,
    persist_result=False,
    validate_parameters=False,
    on_failure=[tell_failure],
    on_crashed=[tell_failure],
)
def ingest(
    paths: Sequence[str],
    settings: Mapping[str, Any] | None = None,
    progress: Callable[[run.Progress], None] | None = None,
    web: Web | None = None,
) -> State[run.RunSummary]:
    """Bring every file of ``paths`` and every page of ``web`` into the warehouse; ``settings`` are those that differ from file and environment.

    Ends as ``Completed``, as ``Completed`` named CompletedWithRejects, as ``Failed`` named QualityGateFailed with the summary as the
    state's data, or as ``Failed`` with the exception as its data. Words of a state hold no secrets.
    """
    try:
        return _ingested(paths, load(settings), web, progress)
    except Exception as error:
        _raise_stop(error)
        return _failed(error)


@flow(name=FLOW, flow_run_name=_run_name, log_prints=False, persist_result=False, on_failure=[tell_failure], on_crashed=[tell_failure])
def scheduled(
    paths: list[str], sources: list[str] | None = None, warehouse: str | None = None, maintain: bool = True
) -> State[run.RunSummary]:
    """What a schedule runs: files of ``paths`` and pages of declared ``sources`` into ``warehouse``, then maintenance.

    Everything else is a setting of the machine that runs it, so that no secret is kept with the deployment. States as of ``ingest``.
    """
    try:
        chosen = load({"warehouse": warehouse})
        return _ingested(paths, chosen, _web(sources or [], chosen), None, maintain)
    except Exception as error:
        _raise_stop(error)
        return _failed(error)


def _ingested(
    paths: Sequence[str],
    chosen: Settings,
    web: Web | None,
    progress: Callable[[run.Progress], None] | None,
    maintain: bool = False,
) -> State[run.RunSummary]:
    """The run, then what it leaves: artifacts, the report if there is a folder for it, a tidy warehouse if that is wished."""
    event("run.started", paths=list(paths), warehouse=chosen.warehouse)
    shown = artifacts.ShownProgress(progress)
    summary = run.ingest(paths, chosen, shown, call=_as_task, web=web, start_runner=_start_runner)
    words = _words(summary)
    shown.finish(words)
    page = problem = None
    try:
        page = _as_task("report", _report, chosen) if chosen.report_dir else None
        if maintain and summary.outcome != "quality_gate_failed":
            _as_task("maintain", _maintain, chosen)
    except Exception as error:  # the notices are in the warehouse, and the summary must tell so
        _raise_stop(error)
        problem = error
    _leave(summary, chosen, page)
    event("run.ended", words, run_id=summary.run_id, outcome=summary.outcome, published=summary.published, rejected=summary.rejected,
          seconds=round(summary.seconds, 1), verdicts=summary.verdicts)  # fmt: skip
    if summary.outcome == "quality_gate_failed":
        return Failed(name="QualityGateFailed", message=masked("; ".join(summary.broken)), data=summary)
    if problem:
        return Failed(
            message=masked(f"{words}; all of it is in the warehouse, but then: {type(problem).__name__}: {problem}"), data=problem
        )
    return Completed(name="CompletedWithRejects" if summary.rejected else "Completed", message=words, data=summary)


def _failed(error: Exception) -> State[Any]:
    words = masked(f"{type(error).__name__}: {error}")
    event("run.failed", words)
    return Failed(message=words, data=error)


def _start_runner(name: str, steps: Steps, workers: int) -> Runner:
    from flows.runners.prefect_tasks import start  # for those who extract in parallel

    return start(name, steps, workers)


def _as_task(name: str, function: Callable[..., Any], *arguments: Any) -> Any:
    """Call ``function`` as a Prefect task; its arguments and result stay in this process."""

    def called() -> Any:
        try:
            return function(*arguments)
        except Exception as error:
            _raise_stop(error)
            raise

    return task(name=name, retries=_RETRIES.get(name, 0), cache_policy=NO_CACHE, persist_result=False)(called)()


def _raise_stop(error: BaseException) -> None:
    """Raise the signal behind ``error``, if there is one: DuckDB turns what stops it within a query into a RuntimeError.

    A run that is told to stop has crashed in Prefect's words; it has not failed, and its tasks are not tried again.
    """
    cause: BaseException | None = error
    while cause is not None:
        if isinstance(cause, KeyboardInterrupt | TerminationSignal):
            raise cause
        cause = cause.__cause__ or cause.__context__


def _web(names: Sequence[str], chosen: Settings) -> Web | None:
    """The declared sources of ``names``; raises ``SourceError`` or ``KeyError`` for what is not declared."""
    if not names:
        return None
    from flows.crawl.sources import sources

    declared = sources(chosen.sources)
    return Web((), tuple(declared[name] for name in names))


def _report(chosen: Settings) -> Path:
    from expectations.report.build import build
    from flows.checking import all_checks
    from flows.versions import code_version
    from warehouse.lake import open_reader

    assert chosen.report_dir
    with open_reader(chosen.location, memory_limit=chosen.memory_limit) as lake:
        return build(lake.query, chosen.report_dir, code_version(), checks=all_checks(chosen))


def _maintain(chosen: Settings) -> None:
    from flows.maintenance import maintain_warehouse

    maintain_warehouse(chosen)


def _leave(summary: run.RunSummary, chosen: Settings, page: Path | None) -> None:
    """Store the artifacts of a run that ended."""
    from flows.checking import all_checks
    from warehouse.lake import open_reader

    with open_reader(chosen.location, memory_limit=chosen.memory_limit) as lake:
        reasons = artifacts.reject_reasons(lake, summary.run_id)
        rows, count = artifacts.discrepancies(lake, summary.run_id, all_checks(chosen))
    artifacts.leave_summary(artifacts.summary_words(summary, reasons, page))
    artifacts.leave_discrepancies(rows, count)
    if page:
        artifacts.leave_report(page)


def _words(summary: run.RunSummary) -> str:
    return (
        f"{summary.documents_in} documents: {summary.published} published, {summary.duplicate} duplicates "
        f"({summary.unchanged} unchanged), {summary.rejected} rejected"
    )
