"""The runner's process: registers the deployment with Prefect's server and starts its runs until it is stopped.

``python -m flows.schedule.serving PLAN`` with a plan as JSON; PREFECT_API_URL says where the server is.
"""

from __future__ import annotations

import inspect
import sys
from typing import TYPE_CHECKING, cast

import msgspec

from flows.schedule.plan import Plan

if TYPE_CHECKING:
    from prefect.deployments.runner import RunnerDeployment

# Two processes, so that a second run is started, finds the deployment's one slot taken and is cancelled; with one it would wait.
_PROCESSES = 2


def deployment(plan: Plan) -> RunnerDeployment:
    """The deployment of ``plan``: one run at a time, and a run that comes while another works is cancelled, for the next takes all."""
    from prefect.client.schemas.objects import ConcurrencyLimitConfig, ConcurrencyLimitStrategy
    from prefect.schedules import Cron
    from prefect.types.entrypoint import EntrypointType

    from flows.ingest import scheduled
    from flows.versions import code_version

    made = scheduled.to_deployment(
        name=plan.name,
        schedule=Cron(plan.cron, timezone=plan.time_zone),
        concurrency_limit=ConcurrencyLimitConfig(limit=1, collision_strategy=ConcurrencyLimitStrategy.CANCEL_NEW),
        parameters={"paths": plan.paths, "sources": plan.sources, "warehouse": plan.warehouse, "maintain": plan.maintain},
        description=plan.words,
        tags=["taizhang"],
        version=code_version(),
        entrypoint_type=EntrypointType.MODULE_PATH,
    )
    assert not inspect.iscoroutine(made)  # it is one only where an event loop runs
    return cast("RunnerDeployment", made)


def main() -> None:
    """Serve the plan until SIGTERM or SIGINT."""
    from prefect import serve

    served = deployment(msgspec.json.decode(sys.argv[1].encode(), type=Plan))
    serve(served, pause_on_shutdown=False, print_starting_message=False, limit=_PROCESSES)


if __name__ == "__main__":
    main()
