"""Workers of a Dask cluster: of this machine, or of many through DASK_SCHEDULER_ADDRESS. Imported only when it is asked for."""

from __future__ import annotations

import os
import pickle
import queue
from typing import Any

from flows.runners.orders import Delivery, Order
from flows.runners.packing import unpack, work_packed
from flows.runners.runner import Died, Runner, RunnerError
from flows.steps import Steps

ADDRESS = "DASK_SCHEDULER_ADDRESS"
HINT = "the runner dask needs the extra: pip install 'taizhang[dask]'"


class DaskRunner(Runner):
    """Sends pickled orders to Dask; workers need the same version of taizhang, and no access to the warehouse."""

    def __init__(self, steps: Steps, workers: int) -> None:
        try:
            import dask
            from distributed import Client, KilledWorker, LocalCluster
        except ImportError as error:
            raise RunnerError(HINT) from error
        self.capacity = workers + 1
        self._killed: type[BaseException] = KilledWorker
        self._steps = pickle.dumps(steps)
        self._cluster: Any = None
        # a worker's death must be told at once: orders are blamed here, not tried three times there
        dask.config.set({"distributed.scheduler.allowed-failures": 0, "distributed.admin.large-graph-warning-threshold": "1GB"})
        try:
            if address := os.environ.get(ADDRESS):
                self._client = Client(address, timeout="30s")
            else:
                self._cluster = LocalCluster(
                    n_workers=workers, threads_per_worker=1, processes=True, host="127.0.0.1", dashboard_address=None, silence_logs=50
                )
                self._client = Client(self._cluster)
        except OSError as error:
            raise RunnerError(f"no Dask scheduler at {os.environ.get(ADDRESS, 'this machine')}: {error}") from error
        self._orders: dict[Any, Order] = {}
        self._done: queue.SimpleQueue[Any] = queue.SimpleQueue()

    def submit(self, order: Order) -> None:
        """Send the order to the cluster."""
        # not scattered: a worker that dies would take orders along that others work on
        future = self._client.submit(work_packed, self._steps, pickle.dumps(order), pure=False, retries=0)
        self._orders[future] = order
        future.add_done_callback(self._done.put)

    def next(self) -> tuple[Order, Delivery | Died]:
        """Wait for any of the orders."""
        future = self._done.get()
        order = self._orders.pop(future)
        try:
            return order, unpack(future.result())
        except self._killed:
            return order, Died()
        except Exception as error:
            # the order itself was lost with the worker that held it
            if future.status in ("cancelled", "lost") or type(error).__name__ == "FutureCancelledError":
                return order, Died()
            raise

    def close(self) -> None:
        """Give up what is under way; end the workers that were started here."""
        self._client.cancel(list(self._orders))
        self._client.close(timeout=5)
        if self._cluster is not None:
            self._cluster.close(timeout=5)
