"""Every runner gives the tables of a serial run; a worker that dies costs one retry, and then the file that kills it."""

from __future__ import annotations

import dataclasses
import datetime
import io
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest

from flows.batch import Batch, Run
from flows.run import RunSummary, ingest
from flows.runners import dispatch, worker_process
from flows.runners.orders import Delivery, Order, work
from flows.runners.packing import pack, unpack
from flows.runners.runner import Died, Runner, RunnerError, start
from flows.runners.slots import processes
from flows.steps import Steps
from tests.flows.stand_in import STEPS, extract, settings, without
from transforms.notice import Extraction
from transforms.reading.reading import Reading
from transforms.reading.refusal import Refusal
from warehouse.arrow import arrow_table
from warehouse.lake import open_reader

ROOT = Path(__file__).parents[2]
_NOTICES = 12


def deadly_extract(reading: Reading, notice_id: str, document_id: str) -> Extraction | Refusal:
    """Kills its process for a text with 毒; for one with 偶 only the first time, which a file beside it remembers."""
    if "毒" in reading.text:
        os.kill(os.getpid(), signal.SIGKILL)
    if "偶" in reading.text:
        mark = Path(reading.text.splitlines()[1])
        if not mark.exists():
            mark.touch()
            os.kill(os.getpid(), signal.SIGKILL)
    return extract(reading, notice_id, document_id)


DEADLY = without("extract", deadly_extract)


@pytest.fixture
def inbox(tmp_path: Path, warehouse: Path) -> Path:
    """Notices, copies of two of them far apart, and a file that is no notice."""
    folder = tmp_path / "inbox"
    folder.mkdir()
    for number in range(_NOTICES):
        (folder / f"{number:02}.txt").write_text(f"通报{number}\n{number + 20}", "utf-8")
    (folder / "copy of 00.txt").write_text("通报0\n20", "utf-8")
    (folder / "z copy of 11.txt").write_text("通报11\n31", "utf-8")
    (folder / "other.txt").write_text("菜单", "utf-8")
    return folder


def run(inbox: Path, runner: str = "process", steps: Steps = STEPS, **values: object) -> RunSummary:
    given = {"batch_size": 5, "runner": runner, "workers": 2} | values
    return ingest([str(inbox)], settings(inbox.parent / "warehouse", **given), steps=steps)


def rows(inbox: Path, sql: str) -> list[tuple[Any, ...]]:
    with open_reader(settings(inbox.parent / "warehouse").location) as lake:
        return lake.execute(sql).fetchall()


def has(*modules: str) -> bool:
    return all(find_spec(module) for module in modules)


_CLUSTERS = [
    pytest.param(
        name,
        marks=[pytest.mark.cluster, pytest.mark.skipif(not has(*needed), reason=f"the extra taizhang[{name}] is not installed")],
    )
    for name, needed in {"dask": ("dask", "distributed"), "ray": ("ray",)}.items()
]


@pytest.mark.parametrize("runner", ["serial", "thread", "process", *_CLUSTERS])
def test_every_runner_gives_the_same_tables(inbox: Path, runner: str) -> None:
    """Two workers on small batches give what one process gives, copies of files in other batches included."""
    summary = run(inbox, runner)

    assert (summary.documents_in, summary.published, summary.duplicate, summary.rejected) == (15, 12, 2, 1)
    assert set(summary.spent) == {"survey", "extract", "check", "likeness", "audit", "publish", "validate"}
    copies = rows(
        inbox,
        "SELECT regexp_extract(c.uri, '[^/]*$'), regexp_extract(d.uri, '[^/]*$') FROM documents c"
        " JOIN documents d ON d.document_id = c.duplicate_of AND c.notice_id = d.notice_id ORDER BY c.uri",
    )
    assert copies == [("copy of 00.txt", "00.txt"), ("z copy of 11.txt", "11.txt")]
    assert rows(inbox, "SELECT sum(yuan_low) FROM amounts") == [(sum(range(20, 32)),)]
    assert rows(inbox, "SELECT row_count, is_success FROM expectation_results") == [(12, True)]
    assert run(inbox, runner).unchanged == 15


def test_replaced_notices_and_copies_of_what_they_were(inbox: Path) -> None:
    """A file that gets the old bytes of a place whose new bytes are under way waits for it, and is then no copy."""
    run(inbox, "serial", batch_size=50)
    (inbox / "00.txt").write_text("通报新\n1", "utf-8")
    (inbox / "copy of 00.txt").unlink()
    (inbox / "01.txt").write_text("通报新\n2", "utf-8")
    (inbox / "zz.txt").write_text("通报0\n20", "utf-8")

    run(inbox, batch_size=1)

    assert rows(inbox, "SELECT d.outcome FROM documents d JOIN notices n USING (document_id) WHERE d.uri LIKE '%zz.txt'") == [
        ("published",)
    ]


@pytest.mark.parametrize("runner", ["process", *_CLUSTERS])
def test_a_poisonous_file_is_found_and_refused(inbox: Path, runner: str) -> None:
    """A file that kills each worker that takes it ends in rejects, its batch is published, and so is every other."""
    (inbox / "05.txt").write_text("通报毒\n1", "utf-8")
    (inbox / "zz copy.txt").write_text("通报毒\n1", "utf-8")

    summary = run(inbox, runner, DEADLY, batch_size=4)

    assert (summary.documents_in, summary.published, summary.outcome) == (16, 11, "completed_with_rejects")
    refused = rows(inbox, "SELECT uri, stage FROM rejects WHERE reason = 'worker_died' ORDER BY uri")
    assert [(uri.rpartition("/")[2], stage) for uri, stage in refused] == [("05.txt", "extract"), ("zz copy.txt", "extract")]
    assert rows(inbox, "SELECT count(*) FROM amounts") == [(11,)]


@pytest.mark.faults
def test_a_worker_that_dies_once_costs_a_retry_only(inbox: Path, tmp_path: Path) -> None:
    """Where the second try succeeds, nothing is refused."""
    (inbox / "05.txt").write_text(f"通报偶\n{tmp_path / 'died'}\n7", "utf-8")

    summary = run(inbox, "process", DEADLY, batch_size=5)

    assert (tmp_path / "died").exists()
    assert (summary.published, summary.rejected) == (12, 1)


@pytest.mark.faults
def test_workers_that_always_die_fail_the_run(inbox: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """When more files than can be believed kill workers, the machine is to blame, and files are not refused by the hundred."""
    monkeypatch.setattr(dispatch, "_MOST_POISONOUS", 0)
    for number in range(_NOTICES):
        (inbox / f"{number:02}.txt").write_text(f"通报毒{number}", "utf-8")

    with pytest.raises(RunnerError, match="keep dying"):
        run(inbox, "process", DEADLY, batch_size=1)


def test_what_the_work_raises_fails_the_run(inbox: Path) -> None:
    """An error of a step is raised with its own type here, not hidden in the worker."""
    with pytest.raises(LookupError, match="no such rule"):
        run(inbox, "process", without("checks", broken_checks))


def broken_checks(_tables: Any) -> Any:
    """A defect of a check."""
    raise LookupError("no such rule")


def test_steps_that_cannot_travel_are_told(inbox: Path) -> None:
    """Steps that no other process can load end in words that name another runner."""
    with pytest.raises(RunnerError, match="serial"):
        run(inbox, "process", without("extract", lambda *_: Refusal("empty", "read", "")))


@pytest.mark.parametrize("name", ["dask", "ray"])
def test_a_runner_that_is_not_installed_says_how_to_get_it(inbox: Path, name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without the extra the message names it."""
    monkeypatch.setitem(sys.modules, name, None)
    with pytest.raises(RunnerError, match=rf"pip install 'taizhang\[{name}\]'"):
        start(name, STEPS, 2)


def test_a_broken_invariant_stops_a_parallel_run(inbox: Path) -> None:
    """The gate holds whoever extracts: nothing of the broken batch is published."""
    (inbox / "05.txt").write_text("通报坏\n13", "utf-8")

    summary = run(inbox, "process")

    assert summary.outcome == "quality_gate_failed"
    assert rows(inbox, "SELECT count(*) FROM amounts WHERE yuan_low = 13") == [(0,)]


@pytest.mark.parametrize("sent", [b"", b"\xff" * 5, (9).to_bytes(8, "big") + b"half"], ids=["nothing", "half a length", "half a frame"])
def test_a_stream_that_ends_early_is_a_worker_that_ended(sent: bytes) -> None:
    """A pipe that breaks within a frame, or within its length, is told as its end."""
    with pytest.raises(EOFError):
        worker_process._receive(io.BytesIO(sent))


def test_deliveries_travel_unchanged() -> None:
    """A delivery that was packed and unpacked has the same tables, types and counts."""
    from transforms.records.catalogue import TABLES
    from transforms.records.statements import Figure

    batch = Batch({record.TABLE.name: arrow_table(record, ()) for record in TABLES}, 3, 2, 1)
    counts = STEPS.audit({"amounts": batch.tables["amounts"]}, "run")
    delivery = Delivery(batch, counts, {"extract": 1.5})

    again = unpack(list(pack(delivery)[1]))

    assert again == delivery
    assert again.batch.tables[Figure.TABLE.name].schema.equals(batch.tables[Figure.TABLE.name].schema, check_metadata=True)


class Recorder(Runner):
    """A runner that works here and records how many orders were under way and how many files they held."""

    capacity = 3

    def __init__(self, steps: Steps) -> None:
        self.steps, self.orders, self.most = steps, [], 0

    def submit(self, order: Order) -> None:
        """Keep it."""
        self.orders.append(order)
        self.most = max(self.most, len(self.orders))

    def next(self) -> tuple[Order, Delivery | Died]:
        """Newest first, which no one may rely on."""
        order = self.orders.pop()
        return order, work(order, self.steps)

    def close(self) -> None:
        """Nothing."""


def test_no_more_is_under_way_than_the_runner_takes(inbox: Path) -> None:
    """Files are read only when there is a place for them, and batches may come back in any order."""
    made: list[Recorder] = []

    def make(_name: str, steps: Steps, _workers: int) -> Runner:
        made.append(Recorder(steps))
        return made[0]

    summary = ingest([str(inbox)], settings(inbox.parent / "warehouse", batch_size=1, runner="process"), steps=STEPS, start_runner=make)

    assert (summary.documents_in, made[0].most) == (15, 3)


class Contagious(Recorder):
    """As in a cluster: where the newest order's worker dies, the orders that wait on that worker die with it."""

    def __init__(self, steps: Steps) -> None:
        super().__init__(steps)
        self.dying: list[Order] = []

    def next(self) -> tuple[Order, Delivery | Died]:
        """The dead first, one after the other, so that those who died together are tried again together."""
        if any("毒".encode() in file.raw for order in self.orders for file in order.files if not file.refusal):
            self.dying, self.orders = self.dying + self.orders, []
        return (self.dying.pop(0), Died()) if self.dying else super().next()


def test_only_the_file_that_kills_is_refused(inbox: Path) -> None:
    """Files that wait on a worker that dies, however often, are published; the one that kills it when alone is refused."""
    (inbox / "05.txt").write_text("通报毒\n1", "utf-8")

    def make(_name: str, steps: Steps, _workers: int) -> Runner:
        return Contagious(steps)

    chosen = settings(inbox.parent / "warehouse", batch_size=1, runner="process")
    summary = ingest([str(inbox)], chosen, steps=STEPS, start_runner=make)

    assert (summary.documents_in, summary.published, summary.duplicate, summary.rejected) == (15, 11, 2, 2)
    refused = rows(inbox, "SELECT uri FROM rejects WHERE reason = 'worker_died'")
    assert [uri.rpartition("/")[2] for (uri,) in refused] == ["05.txt"]


def test_what_threads_use_is_told_apart() -> None:
    """The CPU time of threads that take in deliveries is known while they live and after they ended."""
    runner = processes(STEPS, 1)
    runner.submit(Order(0, (), (), Run("r", datetime.datetime(2024, 1, 1))))
    runner.next()
    used = runner.beside()
    runner.close()

    assert 0 < used <= runner.beside() < 10


def test_close_ends_workers_in_the_middle() -> None:
    """Closing does not wait for work that takes long, and leaves no process."""
    slow = dataclasses.replace(STEPS, checks=forever)
    runner = processes(slow, 2)
    order = Order(0, (), (), Run("r", datetime.datetime(2024, 1, 1)))
    runner.submit(order)
    begun = time.monotonic()
    closing = threading.Timer(0.5, runner.close)
    closing.start()
    closing.join(timeout=15)

    assert time.monotonic() - begun < 15


def forever(_tables: Any) -> Any:
    """A check that does not end."""
    time.sleep(600)


@pytest.mark.slow
def test_workers_end_with_the_process_that_started_them(inbox: Path) -> None:
    """After kill -9 of a run its worker processes are gone within seconds."""
    for number in range(200):
        (inbox / f"slow{number}.txt").write_text(f"通报慢{number}\n1", "utf-8")
    script = (
        "import sys\nfrom pathlib import Path\nfrom flows.run import ingest\nfrom tests.flows.stand_in import STEPS, settings\n"
        "ingest([sys.argv[1]], settings(Path(sys.argv[2]), batch_size=20, runner='process', workers=2), steps=STEPS)"
    )
    parent = subprocess.Popen([sys.executable, "-c", script, str(inbox), str(inbox.parent / "warehouse")], cwd=ROOT)

    def children() -> list[int]:
        told = subprocess.run(["pgrep", "-P", str(parent.pid)], capture_output=True, text=True, check=False).stdout
        return [int(pid) for pid in told.split()]

    until(lambda: len(children()) == 2)
    workers = children()
    parent.kill()
    parent.wait()

    until(lambda: not any(Path(f"/proc/{pid}").exists() for pid in workers))


def until(is_so: Callable[[], bool], seconds: float = 20) -> None:
    """Wait for something to become so."""
    deadline = time.monotonic() + seconds
    while not is_so():
        assert time.monotonic() < deadline
        time.sleep(0.05)
