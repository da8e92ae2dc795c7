"""Batches as tasks of Prefect's own task runners: threads, processes, Dask or Ray. Used inside a flow, which times and shows them.

Orders travel pickled and deliveries as Arrow streams, as with the runners of the plain command; publishing stays in the flow's process.
Prefect takes tenths of a second for a task, so a batch is one task, never a notice.
"""

from __future__ import annotations

import os
import pickle
import queue
import threading
from typing import Any

from prefect import task
from prefect.cache_policies import NO_CACHE
from prefect.task_runners import ProcessPoolTaskRunner, TaskRunner, ThreadPoolTaskRunner

from flows.runners import dask_cluster, ray_cluster
from flows.runners.orders import Delivery, Order
from flows.runners.packing import unpack, work_packed
from flows.runners.runner import Died, Runner, RunnerError
from flows.steps import Steps

# What the libraries call a worker that ended without an answer. By name, since they need not be installed.
_DEATHS = frozenset(
    {
        "BrokenProcessPool",
        "KilledWorker",
        "CancelledError",
        "FutureCancelledError",
        "WorkerCrashedError",
        "OutOfMemoryError",
        "NodeDiedError",
        "CrashedRun",
    }
)


class PrefectRunner(Runner):
    """Submits each order as a task. To be made and closed within a flow run."""

    def __init__(self, name: str, steps: Steps, workers: int) -> None:
        try:
            self._steps = pickle.dumps(steps)
        except (pickle.PicklingError, AttributeError, TypeError) as error:
            raise RunnerError(f"these steps cannot be sent to another process ({error}); use the runner serial") from error
        self._name, self._workers = name, workers
        self._full = self.capacity = workers + 1
        self._task = task(name="batch", cache_policy=NO_CACHE, persist_result=False, retries=0)(work_packed)
        self._done: queue.SimpleQueue[tuple[Order, int, Any]] = queue.SimpleQueue()
        self._runner = _started(name, workers)
        self._era = 0

    def submit(self, order: Order) -> None:
        """Submit the order. One that a worker died of goes alone: a broken pool takes all of its orders with it."""
        self.capacity = 1 if order.deaths else self._full
        future = self._runner.submit(self._task, {"steps": self._steps, "order": pickle.dumps(order)})
        waiting = threading.Thread(target=self._wait, args=(order, self._era, future), name=f"batch {order.number}", daemon=True)
        waiting.start()

    def next(self) -> tuple[Order, Delivery | Died]:
        """Wait for any of the orders; raises what the work of an order raised."""
        order, era, result = self._done.get()
        if not isinstance(result, BaseException):
            return order, unpack(result)
        if type(result).__name__ not in _DEATHS:
            raise result
        if self._name == "process" and era == self._era:  # the pool is broken for good
            self.close()
            self._runner = _started(self._name, self._workers)
            self._era += 1
        return order, Died()

    def close(self) -> None:
        """Leave the task runner, which ends its workers."""
        self._runner.__exit__(None, None, None)

    def _wait(self, order: Order, era: int, future: Any) -> None:
        try:
            self._done.put((order, era, future.result()))
        except BaseException as error:  # raised again in the thread that asks for the delivery
            self._done.put((order, era, error))


def start(name: str, steps: Steps, workers: int) -> PrefectRunner:
    """The task runner of that name, in the flow run at hand. Raises ``RunnerError`` where it is not installed or cannot start."""
    return PrefectRunner(name, steps, workers)


def _started(name: str, workers: int) -> TaskRunner[Any]:
    made: TaskRunner[Any] = _MAKERS[name](workers)
    made.__enter__()
    return made


def _dask(workers: int) -> TaskRunner[Any]:
    try:
        import dask
        from prefect_dask import DaskTaskRunner
    except ImportError as error:
        raise RunnerError(dask_cluster.HINT) from error
    # a worker's death must be told at once: orders are blamed here, not tried three times there
    dask.config.set({"distributed.scheduler.allowed-failures": 0})
    address = os.environ.get(dask_cluster.ADDRESS)
    own = {"n_workers": workers, "threads_per_worker": 1, "dashboard_address": None, "silence_logs": 50}
    made: TaskRunner[Any] = DaskTaskRunner(address=address) if address else DaskTaskRunner(cluster_kwargs=own)
    return made


def _ray(workers: int) -> TaskRunner[Any]:
    os.environ.setdefault("RAY_USAGE_STATS_ENABLED", "0")
    try:
        from prefect_ray import RayTaskRunner
    except ImportError as error:
        raise RunnerError(ray_cluster.HINT) from error
    address = os.environ.get("RAY_ADDRESS")
    own = {"log_to_driver": False} if address else {"log_to_driver": False, "num_cpus": workers, "include_dashboard": False}
    made: TaskRunner[Any] = RayTaskRunner(address=address, init_kwargs=own)
    return made


_MAKERS = {
    "thread": lambda workers: ThreadPoolTaskRunner(max_workers=workers),
    "process": lambda workers: ProcessPoolTaskRunner(max_workers=workers),
    "dask": _dask,
    "ray": _ray,
}
