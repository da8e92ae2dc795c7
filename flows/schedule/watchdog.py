"""Keeping runs from blocking those after them.

A run that is PENDING when its process dies holds the one slot of the concurrency limit, and every later run is cancelled. Prefect
frees the slot when a lease runs out, and not when the server was killed, too; the run itself stays PENDING for ever.
"""

from __future__ import annotations

import datetime

from flows.schedule.api import Api, Deployment, FlowRun

STALE_AFTER = datetime.timedelta(minutes=10)
"""A process is started within a minute; what is PENDING for longer is not being started any more."""


def clear_stale(api: Api, deployment: Deployment, now: datetime.datetime, older_than: datetime.timedelta = STALE_AFTER) -> list[FlowRun]:
    """End runs that are PENDING for longer than ``older_than``, which frees their slots; gives the runs that were ended."""
    stale = [run for run in api.live(deployment.id) if run.kind == "PENDING" and (run.since is None or now - run.since >= older_than)]
    for run in stale:
        api.set_state(run, "CRASHED", "Crashed", "No process took this run up; taizhang ended it so that later runs can start.")
    return stale


def clear_abandoned(api: Api, deployment: Deployment) -> list[FlowRun]:
    """End every run that seems to be under way, to be called when no process of theirs can live, and free the slots they held."""
    abandoned = api.live(deployment.id)
    for run in abandoned:
        api.set_state(run, "CRASHED", "Crashed", "The service was stopped during this run; the warehouse is as after its last whole batch.")
    if deployment.slots and deployment.limit_id:
        api.free_slots(deployment)
    return abandoned


def skip_missed(api: Api, deployment: Deployment, now: datetime.datetime) -> FlowRun | None:
    """Of the runs whose time passed while nothing was served, let the latest one run now; the others would find nothing to do."""
    missed = [run for run in api.scheduled(deployment.id) if run.expected and run.expected < now]
    for run in missed[:-1]:
        api.set_state(run, "CANCELLED", "Missed", "The schedule was not served at this time; a later run takes its place.")
    return missed[-1] if missed else None
