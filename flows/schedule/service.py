"""Serving a schedule until it is stopped: Prefect's server and the runner as processes, and a watch over both and their runs."""

from __future__ import annotations

import contextlib
import datetime
import os
import signal
import time
import zoneinfo
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import msgspec

from flows.logs import event
from flows.prefect_environment import for_a_service
from flows.schedule.api import Api, ApiError, Deployment
from flows.schedule.plan import FLOW, Plan, Served, home
from flows.schedule.processes import Child, ProcessEnded, free_port
from flows.schedule.upcoming import SERVED
from flows.schedule.watchdog import clear_abandoned, clear_stale, skip_missed
from flows.secrets import masked
from warehouse.lock import holder, writer_lock

# A first start makes and migrates the database: 13 s on an idle machine, many times that on a busy one.
_SERVER_SECONDS = 240.0
_RUNNER_SECONDS = 120.0
_LOOK_SECONDS = 5.0
_CLEAR_SECONDS = 60.0
_DOUBT_SECONDS = 120.0

Say = Callable[[str], None]


def serve(plan: Plan, port: int, form: str, once_now: bool, say: Say) -> None:
    """Serve ``plan`` until SIGTERM or SIGINT comes as ``KeyboardInterrupt``, which passes when all processes are ended.

    PREFECT_API_URL names a server to use; without it one is started on 127.0.0.1 at ``port``, or a free one for 0. Raises
    ``LockHeld`` when the warehouse is scheduled by another process already, ``ProcessEnded`` when the server or the runner ends.
    """
    folder = home(Path(plan.warehouse))
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    given = os.environ.get("PREFECT_API_URL")
    with contextlib.ExitStack() as stack:
        for name in [plan.name] if given else [plan.name, "server"]:
            stack.enter_context(writer_lock(folder / f"{name}.lock", "taizhang schedule"))
        stack.enter_context(_stopping_in_peace())  # entered before the processes, so left after them
        url, server = (given, None) if given else _server(stack, folder, port, form, Path(plan.warehouse), say)
        if given and not Api(url).is_up():
            raise ProcessEnded(f"the Prefect server at {masked(url)} (PREFECT_API_URL) does not answer")
        service = Service(plan, Api(url), say, is_own=not given)
        service.prepare()
        environment = for_a_service(folder, url, form, Path(plan.warehouse))
        runner = Child("the runner", ["-m", "flows.schedule.serving", msgspec.json.encode(plan).decode()], environment, None)
        stack.callback(_stopped, runner)
        registered: list[Deployment] = []
        runner.wait_until(lambda: service.find(registered), _RUNNER_SECONDS)
        with _told(folder, plan, url):
            service.begin(registered[-1], once_now)
            while True:
                for child in filter(None, (server, runner)):
                    child.check()
                service.look()
                time.sleep(_LOOK_SECONDS)


class Service:
    """What is done about the runs of a plan; ``is_own`` when the server is ours, so that nobody else can be at work on them."""

    def __init__(self, plan: Plan, api: Api, say: Say, is_own: bool) -> None:
        self.plan, self.api, self.say, self.is_own = plan, api, say, is_own
        self._zone = zoneinfo.ZoneInfo(plan.time_zone)
        self._started = _now()
        self._deployment: Deployment | None = None
        self._ended: set[str] = set()
        self._next: datetime.datetime | None = None
        self._cleared_at = 0.0
        self._is_silent = self._is_doubtful = False

    def prepare(self) -> None:
        """Before the runner starts: end what a killed service left, and let only the latest of the missed runs be made up."""
        deployment = self.api.deployment(FLOW, self.plan.name)
        if deployment is None or not self.is_own:
            return
        if holder(Path(self.plan.warehouse) / "writer.lock") is None:  # else a run of the killed service may still be writing
            for run in clear_abandoned(self.api, deployment):
                self._tell("schedule.abandoned", f"Run {run.name} had been cut off; marked as crashed", run=run.name)
        if missed := skip_missed(self.api, deployment, _now()):
            self._tell(
                "schedule.missed", f"The run of {self._local(missed.expected)} was missed and is made up now", expected=missed.expected
            )

    def find(self, found: list[Deployment]) -> bool:
        """Whether the runner has registered the deployment."""
        try:
            deployment = self.api.deployment(FLOW, self.plan.name)
        except ApiError:  # busy; asked again
            return False
        if deployment is None or deployment.updated is None or deployment.updated < self._started:
            return False
        found.append(deployment)
        return True

    def begin(self, deployment: Deployment, once_now: bool) -> None:
        """Say what is served, and start a run at once if that is wished."""
        self._deployment = deployment
        self._ended = {run.id for run in self.api.ended(deployment.id)}
        when = f"cron {self.plan.cron} ({self.plan.time_zone})"
        self._tell("schedule.serving", f"Serving {FLOW}/{self.plan.name}: {when}: {self.plan.words}", cron=self.plan.cron)
        if once_now:
            run = self.api.trigger(deployment.id)
            self._tell("schedule.triggered", "A run starts now", run=run.name)

    def look(self) -> None:
        """Tell what ended and what comes next; clear what is stale. A server that does not answer is told once."""
        assert self._deployment
        try:
            for run in reversed(self.api.ended(self._deployment.id)):
                if run.id not in self._ended:
                    self._ended.add(run.id)
                    words = f"Run {run.name}: {run.state}" + (f": {masked(run.message)}" if run.message else "")
                    self._tell("schedule.ended", words, run=run.name, state=run.state)
            coming = [run.expected for run in self.api.scheduled(self._deployment.id, 5) if run.expected and run.expected > _now()]
            self._tell_next(coming[0] if coming else None)
            if time.monotonic() - self._cleared_at >= _CLEAR_SECONDS:
                self._cleared_at = time.monotonic()
                for run in clear_stale(self.api, self._deployment, _now()):
                    self._tell("schedule.stale", f"Run {run.name} was pending for too long; marked as crashed", run=run.name)
            self._is_silent = False
        except ApiError as error:
            if not self._is_silent:
                self._tell("schedule.silent", f"Prefect's server does not answer ({masked(str(error))}); still trying")
            self._is_silent = True

    def _tell_next(self, coming: datetime.datetime | None) -> None:
        if coming and coming != self._next:
            self._next, self._is_doubtful = coming, True
            self._tell("schedule.next", f"Next run at {self._local(coming)}", expected=coming)
        elif coming is None and not self._is_doubtful and (_now() - self._started).total_seconds() > _DOUBT_SECONDS:
            # newer versions of a library made Prefect's scheduler fail without a word (tests/flows/test_pins.py)
            self._is_doubtful = True
            self._tell(
                "schedule.nothing",
                "Nothing is scheduled: either no time of the next 100 days fits, or Prefect's scheduler fails; see its log",
            )

    def _tell(self, name: str, words: str, **fields: Any) -> None:
        self.say(words)
        event(name, words, **fields)

    def _local(self, time: datetime.datetime | None) -> str:
        return time.astimezone(self._zone).strftime("%Y-%m-%d %H:%M %Z") if time else "?"


def _server(stack: contextlib.ExitStack, folder: Path, port: int, form: str, warehouse: Path, say: Say) -> tuple[str, Child]:
    number = port or free_port()
    command = ["-m", "prefect", "server", "start", "--host", "127.0.0.1", "--port", str(number)]
    server = Child("Prefect's server", command, for_a_service(folder, None, form, warehouse), folder / "server.log")
    stack.callback(_stopped, server)
    url = f"http://127.0.0.1:{number}/api"
    server.wait_until(Api(url).is_up, _SERVER_SECONDS)
    words = f"Prefect's server: http://127.0.0.1:{number} (log: {folder / 'server.log'})"
    say(words)
    event("schedule.server", words, url=url)
    return url, server


def _stopped(child: Child) -> None:
    """Stop a child in peace: a second Ctrl-C must not leave processes behind."""
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, signal.SIG_IGN)
    child.stop()


@contextlib.contextmanager
def _stopping_in_peace() -> Iterator[None]:
    """Give signals their handlers back after the children were stopped."""
    handlers = {number: signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield
    finally:
        for number, handler in handlers.items():
            signal.signal(number, handler)


@contextlib.contextmanager
def _told(folder: Path, plan: Plan, url: str) -> Iterator[None]:
    """Keep what is served where ``taizhang status`` looks for it."""
    path = folder / f"{plan.name}{SERVED}"
    path.write_bytes(msgspec.json.encode(Served(plan=plan, pid=os.getpid(), api_url=url, since=_now())))
    try:
        yield
    finally:
        path.unlink(missing_ok=True)


def _now() -> datetime.datetime:
    return datetime.datetime.now(datetime.UTC)


__all__ = ["ProcessEnded", "Service", "serve"]
