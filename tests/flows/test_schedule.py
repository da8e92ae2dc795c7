"""A real schedule: server, runner, a Scheduled run, one that completes, one that is cancelled, a gate, hooks, artifacts, the stop.

One server is started for all of them, for that takes most of the time; what a flow does is tried in this process against it.
"""

from __future__ import annotations

import contextlib
import datetime
import http.server
import json
import os
import signal
import subprocess
import sys
import threading
import time
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, ClassVar

import msgspec
import pytest

from flows.prefect_environment import for_a_run
from flows.run import RunSummary
from flows.schedule.api import Api, Deployment, FlowRun
from flows.schedule.plan import FLOW, Served
from flows.schedule.upcoming import upcoming
from flows.schedule.watchdog import clear_abandoned, clear_stale, skip_missed
from flows.settings import Settings
from tests.flows.stand_in import STEPS
from warehouse.lake import local, open_reader

pytestmark = pytest.mark.slow

_ROOT = Path(__file__).resolve().parents[2]
# the first of a month at three: nothing starts by itself while the tests run, except once a month for a minute
_CRON = "0 3 1 * *"
_NOTICE = """中共云溪县青禾镇委员会关于巡察整改进展情况的通报
根据县委统一部署，2023年3月1日至4月30日，县委第二巡察组对青禾镇党委进行了巡察。2023年5月20日，县委巡察组向青禾镇党委反馈了巡察意见。现将巡察整改进展情况予以公布。
一、整改落实情况
巡察反馈的10个问题，已完成整改7个，正在整改2个。
联系电话：0599-88776655；电子邮箱：none@example.org。
中共云溪县青禾镇委员会
2023年9月1日
"""


@dataclass(frozen=True)
class Schedule:
    """A schedule that runs, the folder of the test, and its server."""

    process: subprocess.Popen[bytes]
    folder: Path
    api: Api
    deployment: Deployment

    @property
    def warehouse(self) -> Path:
        return self.folder / "warehouse"

    @property
    def console(self) -> str:
        return (self.folder / "console").read_text("utf-8")

    def ask(self, path: str, body: Any) -> Any:
        """A request that only tests make."""
        return self.api._ask("POST", path, body)


def _until(is_true: Callable[[], Any], seconds: float, what: Callable[[], str]) -> Any:
    deadline = time.monotonic() + seconds
    while not (found := is_true()):
        assert time.monotonic() < deadline, what()
        time.sleep(0.2)
    return found


@pytest.fixture(scope="module")
def schedule(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Schedule]:
    """``taizhang schedule --once-now`` over an inbox with one notice; its second run is triggered while the first is pending."""
    folder = tmp_path_factory.mktemp("schedule")
    (folder / "inbox").mkdir()
    (folder / "inbox" / "notice.txt").write_text(_NOTICE, "utf-8")
    environment = {name: value for name, value in os.environ.items() if not name.startswith("PREFECT_")}
    environment |= {"PREFECT_RUNNER_POLL_FREQUENCY": "1", "TAIZHANG_REPORT_DIR": str(folder / "report"), "TAIZHANG_LOG": "text"}
    command = [sys.executable, "-c", "from flows.cli import main; main()", "schedule", "--cron", _CRON, "--inbox", "inbox", "--once-now"]
    with (folder / "console").open("wb") as console:
        process = subprocess.Popen([*command, "--warehouse", "warehouse"], cwd=folder, env=environment, stdout=console, stderr=console)
    served = folder / "warehouse" / "prefect" / "scheduled.served.json"

    def words() -> str:
        return f"code {process.poll()}; {(folder / 'console').read_text('utf-8')}"

    try:
        _until(lambda: served.exists() or process.poll() is not None, 240, words)
        assert process.poll() is None, words()
        api = Api(msgspec.json.decode(served.read_bytes(), type=Served).api_url)
        deployment = api.deployment(FLOW, "scheduled")
        assert deployment
        api.trigger(deployment.id)
        yield Schedule(process, folder, api, deployment)
    finally:
        if process.poll() is None:
            process.send_signal(signal.SIGTERM)
            with contextlib.suppress(subprocess.TimeoutExpired):
                process.wait(60)
            process.kill()


@pytest.fixture
def in_process(schedule: Schedule, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Flows of this process use the schedule's server, and steps that need no rules."""
    monkeypatch.setenv("PREFECT_HOME", str(schedule.folder / "home"))
    monkeypatch.setenv("PREFECT_API_URL", schedule.api.url)
    for_a_run()  # before Prefect is imported
    from prefect.settings import PREFECT_API_URL, temporary_settings

    monkeypatch.setattr("flows.run.real_steps", lambda settings: STEPS)
    with temporary_settings({PREFECT_API_URL: schedule.api.url}):
        yield


def _artifacts(schedule: Schedule, run_id: str) -> dict[str, Any]:
    found = schedule.ask("/artifacts/filter", {"artifacts": {"flow_run_id": {"any_": [run_id]}}})
    return {each["key"]: each["data"] for each in found}


def test_scheduled_run_appears(schedule: Schedule) -> None:
    """The scheduler works: a run stands Scheduled at the next time of the cron line, read in the time zone of the setting."""
    future = _until(lambda: [run for run in schedule.api.scheduled(schedule.deployment.id) if run.state == "Scheduled" and run.expected
                             and run.expected > datetime.datetime.now(datetime.UTC)], 60, lambda: schedule.console)  # fmt: skip
    expected = future[0].expected.astimezone(datetime.timezone(datetime.timedelta(hours=8)))

    assert (expected.day, expected.hour, expected.minute) == (1, 3, 0)


def test_status_tells_what_is_scheduled(schedule: Schedule) -> None:
    """``taizhang status`` is given plan, process and the next run, and nothing for a warehouse that is not served."""
    (entry,) = upcoming(Settings(warehouse=schedule.warehouse))

    assert (entry["cron"], entry["time_zone"], entry["pid"]) == (_CRON, "Asia/Shanghai", schedule.process.pid)
    assert "next" in entry and "problem" not in entry
    assert upcoming(Settings(warehouse=schedule.folder / "none")) == []


def test_one_run_completes_and_the_second_is_cancelled(schedule: Schedule) -> None:
    """Of two runs at once one does the work, with report and artifacts, and the other is cancelled for want of a slot."""

    def both() -> list[FlowRun]:
        ended = schedule.api.ended(schedule.deployment.id)
        return ended if len(ended) == 2 else []

    runs = {run.kind: run for run in _until(both, 180, lambda: schedule.console)}

    assert set(runs) == {"COMPLETED", "CANCELLED"}
    assert runs["COMPLETED"].state == "Completed", runs["COMPLETED"].message
    assert "limit" in runs["CANCELLED"].message
    with open_reader(local(schedule.warehouse)) as lake:
        assert lake.execute("SELECT outcome, published FROM runs").fetchall() == [("completed", 1)]
    assert (schedule.folder / "report" / "index.html").is_file()
    artifacts = _artifacts(schedule, runs["COMPLETED"].id)
    assert "入库" in artifacts["taizhang-summary"]
    assert "核验项" in str(json.loads(artifacts["taizhang-discrepancies"])[0])  # 10 is not 7 + 2
    assert "index.html" in artifacts["taizhang-report"]
    assert artifacts["taizhang-progress"] == 100
    _until(lambda: "Completed: 1 documents" in schedule.console, 15, lambda: schedule.console)
    assert "Next run at" in schedule.console


class _Receiver(http.server.BaseHTTPRequestHandler):
    bodies: ClassVar[list[dict[str, Any]]] = []

    def do_POST(self) -> None:
        self.bodies.append(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
        self.send_response(200)
        self.end_headers()

    def log_message(self, *words: Any) -> None:
        """Nothing."""


@pytest.fixture
def receiver() -> Iterator[str]:
    """The address of a server on 127.0.0.1 that keeps what is posted."""
    _Receiver.bodies = []
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), _Receiver) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/hook?key=sesame"
        server.shutdown()


def test_states_gate_and_hooks(schedule: Schedule, in_process: None, receiver: str, tmp_path: Path) -> None:
    """Completed, CompletedWithRejects, QualityGateFailed and Failed; of the last two the command and the address are told."""
    from flows.discover import MissingInput
    from flows.ingest import ingest

    inbox, told = tmp_path / "inbox", tmp_path / "told.jsonl"
    script = tmp_path / "tell.py"
    script.write_text(f"import sys; open({str(told)!r}, 'a').write(sys.stdin.read() + chr(10))", "utf-8")
    settings = {"warehouse": str(tmp_path / "w"), "on_failure_command": f"{sys.executable} {script}", "on_failure_url": receiver}
    inbox.mkdir()
    (inbox / "a.txt").write_text("通报甲\n1", "utf-8")

    completed = ingest([str(inbox)], settings, return_state=True)
    assert (completed.name, completed.is_completed()) == ("Completed", True)
    summary = completed.result(_sync=True)  # a browser of other tests may have left a loop in this thread
    assert isinstance(summary, RunSummary)
    assert summary.published == 1

    (inbox / "b.txt").write_text("菜单", "utf-8")
    assert ingest([str(inbox)], settings, return_state=True).name == "CompletedWithRejects"
    assert not told.exists()

    (inbox / "c.txt").write_text("通报丙\n13", "utf-8")
    failed = ingest([str(inbox)], settings, return_state=True)
    assert (failed.name, failed.is_failed()) == ("QualityGateFailed", True)
    assert "no amount is 13" in (failed.message or "")

    wrong = ingest([str(inbox / "none")], settings, return_state=True)
    assert (wrong.name, wrong.is_failed()) == ("Failed", True)
    assert isinstance(wrong.result(raise_on_failure=False, _sync=True), MissingInput)

    by_command = [json.loads(line) for line in told.read_text("utf-8").splitlines()]
    assert [each["state"] for each in by_command] == ["QualityGateFailed", "Failed"]
    assert "no amount is 13" in by_command[0]["message"]
    assert by_command == _Receiver.bodies
    with open_reader(local(tmp_path / "w")) as lake:
        assert lake.execute("SELECT outcome FROM runs ORDER BY run_id").fetchall() == [
            ("completed",),
            ("completed_with_rejects",),
            ("quality_gate_failed",),
        ]


def test_error_with_a_password_is_masked(schedule: Schedule, in_process: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What a connection error repeats of its address stands in no state that the server keeps."""
    from flows.ingest import ingest

    def broken(*_arguments: Any, **_values: Any) -> None:
        raise OSError("cannot connect to postgres://lake:opensesame@db and host=db password=opensesame")

    monkeypatch.setattr("flows.run.ingest", broken)
    state = ingest([], {"warehouse": str(tmp_path)}, return_state=True)

    kept = json.dumps(schedule.ask("/flow_runs/filter", {"flows": {"name": {"any_": ["ingest"]}}}))
    assert "cannot connect" in kept and "password=***" in kept
    assert "opensesame" not in kept + (state.message or "")


def test_report_that_cannot_be_written_fails_the_run(schedule: Schedule, in_process: None, tmp_path: Path) -> None:
    """The notices are published, and the state says so, but a report that its readers wait for is worth a failure."""
    from flows.ingest import ingest

    (tmp_path / "a.txt").write_text("通报甲\n1", "utf-8")
    (tmp_path / "report").mkdir()
    (tmp_path / "report" / "index.html").write_text("somebody's page", "utf-8")

    settings = {"warehouse": str(tmp_path / "w"), "report_dir": str(tmp_path / "report")}
    state = ingest([str(tmp_path / "a.txt")], settings, return_state=True)

    assert (state.name, state.is_failed()) == ("Failed", True)
    assert "1 published" in (state.message or "") and "FileExistsError" in (state.message or "")
    assert (tmp_path / "report" / "index.html").read_text("utf-8") == "somebody's page"


@pytest.fixture
def unserved(schedule: Schedule) -> Deployment:
    """A deployment with one slot that no runner serves, so that nothing but the test changes its runs."""
    flow = schedule.ask("/flows/", {"name": "unserved"})
    options = {"concurrency_limit": 1, "concurrency_options": {"collision_strategy": "CANCEL_NEW"}}
    schedule.ask("/deployments/", {"flow_id": flow["id"], "name": f"at {time.time()}", **options})
    found = schedule.ask("/deployments/filter", {"sort": "CREATED_DESC", "limit": 1})[0]
    deployment = schedule.api.deployment("unserved", found["name"])
    assert deployment
    return deployment


def _pending(schedule: Schedule, deployment: Deployment) -> str:
    """The state type of a new run that a process takes up."""
    run = schedule.api.trigger(deployment.id)
    answer = schedule.ask(f"/flow_runs/{run.id}/set_state", {"state": {"type": "PENDING"}})
    return str(answer["state"]["type"] if answer["state"] else answer["status"])


def test_stale_pending_run_is_cleared(schedule: Schedule, unserved: Deployment) -> None:
    """A run that stays PENDING blocks those after it until the watchdog ends it; a young one is left alone."""
    now = datetime.datetime.now(datetime.UTC)

    assert [_pending(schedule, unserved), _pending(schedule, unserved)] == ["PENDING", "CANCELLED"]
    assert clear_stale(schedule.api, unserved, now) == []
    assert len(clear_stale(schedule.api, unserved, now + datetime.timedelta(minutes=11))) == 1
    assert _pending(schedule, unserved) == "PENDING"


def test_runs_of_a_killed_service_are_cleared(schedule: Schedule, unserved: Deployment) -> None:
    """What seemed to be under way is ended, and slots that nobody holds are free again."""
    assert _pending(schedule, unserved) == "PENDING"
    name = schedule.ask("/deployments/filter", {"deployments": {"id": {"any_": [unserved.id]}}})[0]["name"]
    before = schedule.api.deployment("unserved", name)
    assert before and before.slots == 1

    assert len(clear_abandoned(schedule.api, before)) == 1
    after = schedule.api.deployment("unserved", name)
    assert after and after.slots == 0
    assert _pending(schedule, after) == "PENDING"


def test_only_the_latest_missed_run_is_made_up(schedule: Schedule, unserved: Deployment) -> None:
    """After days without service one run takes in all that came meanwhile."""
    now = datetime.datetime.now(datetime.UTC)
    for days in (3, 2, 1, -1):
        time_ = (now - datetime.timedelta(days=days)).isoformat()
        state = {"type": "SCHEDULED", "state_details": {"scheduled_time": time_}}
        schedule.ask(f"/deployments/{unserved.id}/create_flow_run", {"state": state})

    kept = skip_missed(schedule.api, unserved, now)

    assert kept and kept.expected and (now - kept.expected).days == 1
    assert len(schedule.api.scheduled(unserved.id)) == 2
    assert [run.state for run in schedule.api.ended(unserved.id)] == ["Missed", "Missed"]


def test_second_schedule_of_a_warehouse_is_refused(schedule: Schedule) -> None:
    """Two servers on one database would get into each other's way."""
    command = [sys.executable, "-c", "from flows.cli import main; main()", "schedule", "--cron", _CRON, "--inbox", "inbox"]
    environment = {name: value for name, value in os.environ.items() if not name.startswith("PREFECT_")}

    tried = subprocess.run([*command, "--warehouse", "warehouse"], cwd=schedule.folder, env=environment, capture_output=True, timeout=60)

    assert tried.returncode == 1
    assert str(schedule.process.pid).encode() in tried.stderr


@pytest.fixture
def many_machines(schedule: Schedule, tmp_path: Path) -> Iterator[tuple[Path, dict[str, str]]]:
    """The home of workers with its taizhang.toml, and their environment; the work pool is there."""
    home = tmp_path / "home"
    (home / "inbox").mkdir(parents=True)
    (home / "inbox" / "notice.txt").write_text(_NOTICE, "utf-8")
    (home / "taizhang.toml").write_text(f'warehouse = "{home / "warehouse"}"\n', "utf-8")
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("PREFECT_", "TAIZHANG_"))}
    environment |= {"PREFECT_API_URL": schedule.api.url, "PREFECT_HOME": str(schedule.folder / "home"), "TAIZHANG_HOME": str(home)}
    environment |= {"PREFECT_WORKER_QUERY_SECONDS": "1", "PREFECT_LOGGING_LEVEL": "WARNING", "PYTHONPATH": ""}
    schedule.ask("/work_pools/", {"name": "taizhang", "type": "process"})
    yield home, environment


@pytest.mark.cluster
def test_prefect_yaml_deploys_and_a_worker_runs_it(schedule: Schedule, many_machines: tuple[Path, dict[str, str]]) -> None:
    """The deployment for several machines is accepted as it stands, and a worker of its pool takes a run to its end."""
    home, environment = many_machines
    prefect = [sys.executable, "-m", "prefect"]

    deployed = subprocess.run(
        [*prefect, "--no-prompt", "deploy", "--all"], cwd=_ROOT, env=environment, stdin=subprocess.DEVNULL, capture_output=True, timeout=240
    )

    assert deployed.returncode == 0, deployed.stdout.decode() + deployed.stderr.decode()
    found = schedule.ask("/deployments/filter", {"deployments": {"name": {"any_": ["nightly"]}}})[0]
    assert (found["work_pool_name"], found["global_concurrency_limit"]["limit"]) == ("taizhang", 1)
    assert found["concurrency_options"]["collision_strategy"] == "CANCEL_NEW"
    assert (found["schedules"][0]["schedule"]["cron"], found["schedules"][0]["schedule"]["timezone"]) == ("0 3 * * *", "Asia/Shanghai")
    assert found["pull_steps"][0]["prefect.deployments.steps.set_working_directory"]["directory"] == str(home)

    log = home / "worker.log"
    with log.open("wb") as console:
        worker = subprocess.Popen(
            [*prefect, "worker", "start", "--pool", "taizhang"], cwd=home, env=environment, stdout=console, stderr=console
        )
    try:
        # the inbox of the file is that of a server; everything else is as it was deployed
        body = {"state": {"type": "SCHEDULED"}, "parameters": {"paths": [str(home / "inbox")]}}
        schedule.ask(f"/deployments/{found['id']}/create_flow_run", body)
        (ended,) = _until(lambda: schedule.api.ended(found["id"]), 240, lambda: f"{worker.poll()}; {log.read_text('utf-8')}")
        assert (ended.state, ended.kind) == ("Completed", "COMPLETED"), ended.message + log.read_text("utf-8")
    finally:
        worker.send_signal(signal.SIGTERM)
        try:
            worker.wait(60)
        finally:
            worker.kill()
    with open_reader(local(home / "warehouse")) as lake:
        assert lake.execute("SELECT outcome, published FROM runs").fetchall() == [("completed", 1)]
    assert "入库" in _artifacts(schedule, ended.id)["taizhang-summary"]


def test_stop_leaves_no_process(schedule: Schedule) -> None:
    """SIGTERM ends server and runner within seconds, with exit code 0; afterwards nothing is served. Runs last: it ends the schedule."""
    session = [int(folder.name) for folder in Path("/proc").glob("[0-9]*") if _parent(folder) == schedule.process.pid]
    assert len(session) == 2

    schedule.process.send_signal(signal.SIGTERM)

    assert schedule.process.wait(60) == 0
    assert not [pid for pid in session if Path(f"/proc/{pid}").exists()]
    assert "Stopped" in schedule.console and "Traceback" not in schedule.console
    assert upcoming(Settings(warehouse=schedule.warehouse)) == []
    with pytest.raises(OSError):
        urllib.request.urlopen(schedule.api.url + "/health", timeout=2)


def _parent(folder: Path) -> int | None:
    with contextlib.suppress(OSError, ValueError, IndexError):
        return int((folder / "stat").read_text().rpartition(")")[2].split()[1])
    return None
