"""Batches on Prefect's own task runners, and on Dask and Ray without Prefect: local clusters of two workers."""

from __future__ import annotations

import os
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path

import pytest

from flows.prefect_environment import for_a_run
from flows.run import RunSummary, ingest
from flows.runners.runner import start
from flows.settings import Settings
from tests.flows.stand_in import STEPS, settings
from tests.flows.test_kill import assert_batches_whole, fill, number
from tests.flows.test_runners import DEADLY
from warehouse.lake import open_reader

pytestmark = pytest.mark.cluster

_NEEDED = {"thread": "prefect", "process": "prefect", "dask": "prefect_dask", "ray": "prefect_ray"}
_NAMES = [
    pytest.param(name, marks=pytest.mark.skipif(not find_spec(module), reason="needs the extra: make install-cluster"))
    for name, module in _NEEDED.items()
]


@pytest.fixture(scope="module")
def prefect(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """A Prefect server of these tests."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PREFECT_HOME", str(tmp_path_factory.mktemp("prefect")))
        patch.setenv("NO_PROXY", "127.0.0.1,localhost")
        for_a_run(os.environ)
        from prefect.testing.utilities import prefect_test_harness

        with prefect_test_harness(server_startup_timeout=240):
            yield


@pytest.fixture
def inbox(tmp_path: Path) -> Path:
    """Sixty notices."""
    fill(tmp_path / "inbox", version=0)
    return tmp_path / "inbox"


def chosen(inbox: Path, name: str, **values: object) -> Settings:
    return settings(inbox.parent / "warehouse", **{"batch_size": 10, "runner": name, "workers": 2, **values})


def as_flow(inbox: Path, name: str, steps: object = STEPS) -> tuple[RunSummary, int]:
    """A run as a flow with ``steps``; its summary, and how many of its tasks were batches."""
    from prefect import flow
    from prefect.client.orchestration import get_client
    from prefect.client.schemas.filters import FlowRunFilter, FlowRunFilterId
    from prefect.context import FlowRunContext

    from flows.ingest import _as_task, _start_runner

    @flow(name="test", persist_result=False)
    def run() -> tuple[RunSummary, object]:
        context = FlowRunContext.get()
        assert context
        assert context.flow_run
        summary = ingest([str(inbox)], chosen(inbox, name), steps=steps, call=_as_task, start_runner=_start_runner)  # type: ignore[arg-type]
        return summary, context.flow_run.id

    summary, flow_run = run()
    with get_client(sync_client=True) as client:
        tasks = client.read_task_runs(flow_run_filter=FlowRunFilter(id=FlowRunFilterId(any_=[flow_run])))  # type: ignore[list-item]
    return summary, sum(task.name.startswith("batch") and task.state_name == "Completed" for task in tasks)


def assert_all_in(inbox: Path) -> None:
    with open_reader(chosen(inbox, "serial").location) as lake:
        assert_batches_whole(lake)
        assert number(lake, "SELECT count(*) FROM notices") == 60
        assert number(lake, "SELECT sum(yuan_low) FROM amounts") == 60 * 4 * 100


@pytest.mark.parametrize("name", _NAMES)
def test_prefects_task_runner_takes_in_everything(prefect: None, inbox: Path, name: str) -> None:
    """Six batches are six tasks of the flow run, each completed, and the tables are whole."""
    summary, batches = as_flow(inbox, name)

    assert (summary.published, summary.outcome, batches) == (60, "completed", 6)
    assert_all_in(inbox)


@pytest.mark.parametrize("name", _NAMES[1:])
def test_a_file_that_kills_its_worker_costs_one_file(prefect: None, inbox: Path, name: str) -> None:
    """Where Prefect runs, too, the batch is halved until the file is found; the others come in."""
    (inbox / "poison.txt").write_text("通报毒", "utf-8")

    summary, _ = as_flow(inbox, name, DEADLY)

    assert (summary.published, summary.rejected) == (60, 1)
    with open_reader(chosen(inbox, "serial").location) as lake:
        assert lake.execute("SELECT reason FROM rejects").fetchall() == [("worker_died",)]


@pytest.mark.parametrize("name", _NAMES[2:])
def test_clusters_without_prefect(inbox: Path, name: str) -> None:
    """The plain command sends batches to Dask and Ray itself, and finds the file that kills workers there, too."""
    (inbox / "poison.txt").write_text("通报毒", "utf-8")

    summary = ingest([str(inbox)], chosen(inbox, name), steps=DEADLY, start_runner=start)

    assert (summary.published, summary.rejected) == (60, 1)
