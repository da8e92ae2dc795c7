"""The few requests to Prefect's server that watching a schedule takes, over plain HTTP: importing Prefect's client takes seconds."""

from __future__ import annotations

import base64
import datetime
import json
import os
import time
import urllib.error
import urllib.parse
import urllib.request
from dataclasses import dataclass
from typing import Any

_SECONDS = 30.0
# the server answers 503 while its SQLite database is locked, which on a busy machine happens at its start
_BUSY_WAITS = (0.5, 1.0, 2.0, 4.0, 8.0)
_LIVE = ("PENDING", "RUNNING", "CANCELLING")
_ENDED = ("COMPLETED", "FAILED", "CRASHED", "CANCELLED")


class ApiError(Exception):
    """The server cannot be reached or refuses; the message says which request."""


@dataclass(frozen=True, slots=True)
class FlowRun:
    """A run as the server knows it; ``state`` is its name, such as CompletedWithRejects, ``kind`` its type, such as COMPLETED."""

    id: str
    name: str
    kind: str
    state: str
    message: str
    since: datetime.datetime | None
    expected: datetime.datetime | None


@dataclass(frozen=True, slots=True)
class Deployment:
    """A served deployment and its concurrency limit; ``slots`` are those that runs hold, ``updated`` when it was last registered."""

    id: str
    updated: datetime.datetime | None
    limit_id: str | None
    slots: int


class Api:
    """A Prefect server by its address, such as http://127.0.0.1:4200/api. Methods raise ``ApiError``."""

    def __init__(self, url: str) -> None:
        self.url = url.rstrip("/")
        # never by a proxy when the server is on this machine
        is_here = urllib.parse.urlsplit(url).hostname in ("127.0.0.1", "localhost", "::1")
        self._opener = urllib.request.build_opener(*([urllib.request.ProxyHandler({})] if is_here else []))
        self._headers = {"Content-Type": "application/json", **_credentials()}

    def is_up(self) -> bool:
        """Whether the server answers."""
        try:
            self._ask("GET", "/health", seconds=5)
        except ApiError:
            return False
        return True

    def deployment(self, flow: str, name: str) -> Deployment | None:
        """The deployment ``flow``/``name``, or None where it was never served."""
        try:
            found = self._ask("GET", f"/deployments/name/{urllib.parse.quote(flow)}/{urllib.parse.quote(name, safe='')}")
        except ApiError as error:
            if isinstance(error.__cause__, urllib.error.HTTPError) and error.__cause__.code == 404:
                return None
            raise
        limit = found.get("global_concurrency_limit") or {}
        return Deployment(found["id"], _moment(found.get("updated")), limit.get("id"), limit.get("active_slots", 0))

    def trigger(self, deployment_id: str) -> FlowRun:
        """Start a run of the deployment now."""
        state = {"type": "SCHEDULED", "message": "Started by taizhang schedule."}
        return _flow_run(self._ask("POST", f"/deployments/{deployment_id}/create_flow_run", {"state": state}))

    def scheduled(self, deployment_id: str, limit: int = 200) -> list[FlowRun]:
        """Runs to come and those whose time has passed, earliest first."""
        return self._runs(deployment_id, ("SCHEDULED",), "EXPECTED_START_TIME_ASC", limit)

    def live(self, deployment_id: str) -> list[FlowRun]:
        """Runs that hold a slot of the concurrency limit."""
        return self._runs(deployment_id, _LIVE, "EXPECTED_START_TIME_ASC", 200)

    def ended(self, deployment_id: str, limit: int = 20) -> list[FlowRun]:
        """The last runs that ended, latest first."""
        return self._runs(deployment_id, _ENDED, "END_TIME_DESC", limit)

    def set_state(self, run: FlowRun, kind: str, name: str, message: str) -> None:
        """Give a run a state, whatever rules say."""
        body = {"state": {"type": kind, "name": name, "message": message}, "force": True}
        self._ask("POST", f"/flow_runs/{run.id}/set_state", body)

    def free_slots(self, deployment: Deployment) -> None:
        """Take all slots of the deployment's concurrency limit for free."""
        self._ask("PATCH", f"/v2/concurrency_limits/{deployment.limit_id}", {"active_slots": 0})

    def _runs(self, deployment_id: str, kinds: tuple[str, ...], sort: str, limit: int) -> list[FlowRun]:
        body = {
            "deployments": {"id": {"any_": [deployment_id]}},
            "flow_runs": {"state": {"type": {"any_": list(kinds)}}},
            "sort": sort,
            "limit": limit,
        }
        return [_flow_run(each) for each in self._ask("POST", "/flow_runs/filter", body)]

    def _ask(self, method: str, path: str, body: Any = None, seconds: float = _SECONDS) -> Any:
        """The answer as plain values; asked again while the server is too busy."""
        data = None if body is None else json.dumps(body).encode()
        request = urllib.request.Request(self.url + path, data, self._headers, method=method)
        for wait in (*_BUSY_WAITS, None):
            try:
                with self._opener.open(request, timeout=seconds) as answer:
                    raw = answer.read()
                return json.loads(raw) if raw else None
            except urllib.error.HTTPError as error:
                if error.code == 503 and wait is not None:
                    time.sleep(wait)
                    continue
                words = error.read(500).decode("utf-8", "replace")
                raise ApiError(f"{method} {path}: HTTP {error.code} {words}") from error
            except (OSError, ValueError) as error:
                raise ApiError(f"{method} {path}: {error}") from error
        raise AssertionError("the last wait is None")


def _credentials() -> dict[str, str]:
    if words := os.environ.get("PREFECT_API_AUTH_STRING"):
        return {"Authorization": "Basic " + base64.b64encode(words.encode()).decode()}
    if key := os.environ.get("PREFECT_API_KEY"):
        return {"Authorization": f"Bearer {key}"}
    return {}


def _flow_run(found: dict[str, Any]) -> FlowRun:
    state = found.get("state") or {}
    return FlowRun(
        id=found["id"],
        name=found["name"],
        kind=found.get("state_type") or "",
        state=found.get("state_name") or "",
        message=state.get("message") or "",
        since=_moment(state.get("timestamp")),
        expected=_moment(found.get("next_scheduled_start_time") or found.get("expected_start_time")),
    )


def _moment(words: str | None) -> datetime.datetime | None:
    return datetime.datetime.fromisoformat(words) if words else None
