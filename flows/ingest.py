"""The ingestion as a Prefect flow: the functions of flows/run.py, each step a task that Prefect times, retries and shows.

Only this module (and what schedules it) imports Prefect, which takes seconds to load. Without PREFECT_API_URL a flow starts a
server of its own on 127.0.0.1 for its length.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import platformdirs

# Set before Prefect is imported: it reads them once. Nothing is sent anywhere; the first start of a server migrates its database,
# which takes 25-35 s and is more than Prefect waits by default; the server of one run logs 150 lines of noise when it is shut down.
for _name, _value in {
    "DO_NOT_TRACK": "1",
    "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
    "PREFECT_SERVER_EPHEMERAL_STARTUP_TIMEOUT_SECONDS": "120",
    "PREFECT_SERVER_LOGGING_LEVEL": "CRITICAL",
    "PREFECT_LOGGING_LEVEL": "WARNING",
    "PREFECT_HOME": str(platformdirs.user_state_path("taizhang") / "prefect"),
}.items():
    if _name != "PREFECT_SERVER_LOGGING_LEVEL" or "PREFECT_API_URL" not in os.environ:
        os.environ.setdefault(_name, _value)

from prefect import flow, task  # noqa: E402
from prefect.cache_policies import NO_CACHE  # noqa: E402
from prefect.client.schemas.objects import State  # noqa: E402
from prefect.states import Completed, Failed  # noqa: E402

from flows import run  # noqa: E402
from flows.settings import load  # noqa: E402

# A publish rolls back as a whole and an extraction is pure, so both may be tried again; an audit gives the same answer each time.
_RETRIES = {"extract": 1, "publish": 2}


@flow(name="ingest", flow_run_name="taizhang-ingest", log_prints=False, persist_result=False, validate_parameters=False)
def ingest(
    paths: Sequence[str],
    settings: Mapping[str, Any] | None = None,
    progress: Callable[[run.Progress], None] | None = None,
) -> State[run.RunSummary]:
    """Bring every file of ``paths`` into the warehouse; ``settings`` are those that differ from file and environment.

    Ends as ``Completed``, as ``Completed`` named CompletedWithRejects, or as ``Failed`` named QualityGateFailed; the summary is
    the state's data. Anything else that goes wrong is raised and fails the run.
    """
    summary = run.ingest(paths, load(settings), progress, call=_as_task)
    if summary.outcome == "quality_gate_failed":
        return Failed(name="QualityGateFailed", message="; ".join(summary.broken), data=summary)
    name = "CompletedWithRejects" if summary.rejected else "Completed"
    return Completed(name=name, message=_words(summary), data=summary)


def _as_task(name: str, function: Callable[..., Any], *arguments: Any) -> Any:
    """Call ``function`` as a Prefect task; its arguments and result stay in this process."""
    step = task(name=name, retries=_RETRIES.get(name, 0), cache_policy=NO_CACHE, persist_result=False)(function)
    return step(*arguments)


def _words(summary: run.RunSummary) -> str:
    return (
        f"{summary.documents_in} documents: {summary.published} published, {summary.duplicate} duplicates "
        f"({summary.unchanged} unchanged), {summary.rejected} rejected"
    )
