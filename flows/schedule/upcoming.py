"""What is scheduled for a warehouse, for ``taizhang status``: asked of the Prefect server that serves it, without loading Prefect."""

from __future__ import annotations

from typing import Any

import msgspec

from flows.schedule.api import Api, ApiError
from flows.schedule.plan import FLOW, Served, home
from flows.secrets import masked
from flows.settings import Settings
from warehouse.lock import holder

SERVED = ".served.json"


def upcoming(settings: Settings) -> list[dict[str, Any]]:
    """One entry for each schedule that is being served, as plain values for JSON; times are ISO in UTC.

    ``next`` is when the next run starts and ``running`` the name of the run at work; ``problem`` is there where the server is silent.
    """
    found: list[dict[str, Any]] = []
    folder = home(settings.warehouse)
    for path in sorted(folder.glob(f"*{SERVED}")):
        try:
            served = msgspec.json.decode(path.read_bytes(), type=Served)
        except (OSError, msgspec.DecodeError):
            continue  # it was stopped this moment, or is of another version
        if holder(folder / f"{served.plan.name}.lock") is None:
            continue  # a service that was killed
        found.append(_entry(served))
    return found


def _entry(served: Served) -> dict[str, Any]:
    plan = served.plan
    entry: dict[str, Any] = {"name": plan.name, "cron": plan.cron, "time_zone": plan.time_zone, "runs": plan.words, "pid": served.pid}
    try:
        api = Api(served.api_url)
        deployment = api.deployment(FLOW, plan.name)
        coming = api.scheduled(deployment.id, 1) if deployment else []
        live = api.live(deployment.id) if deployment else []
    except ApiError as error:
        return {**entry, "problem": f"Prefect's server is silent: {masked(str(error))}"}
    if coming and coming[0].expected:
        entry["next"] = coming[0].expected.isoformat()
    if live:
        entry["running"] = live[0].name
    return entry
