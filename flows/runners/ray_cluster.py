"""Workers of a Ray cluster: of this machine, or of many through RAY_ADDRESS. Imported only when it is asked for."""

from __future__ import annotations

import os
import pickle
from typing import Any

from flows.runners.orders import Delivery, Order
from flows.runners.packing import unpack, work_packed
from flows.runners.runner import Died, Runner, RunnerError
from flows.steps import Steps

HINT = "the runner ray needs the extra: pip install 'taizhang[ray]'"


class RayRunner(Runner):
    """Sends pickled orders to Ray; workers need the same version of taizhang, and no access to the warehouse."""

    def __init__(self, steps: Steps, workers: int) -> None:
        os.environ.setdefault("RAY_USAGE_STATS_ENABLED", "0")
        try:
            import ray
        except ImportError as error:
            raise RunnerError(HINT) from error
        self._ray: Any = ray
        self.capacity = workers + 1
        self._is_mine = not ray.is_initialized()
        try:
            if self._is_mine and os.environ.get("RAY_ADDRESS"):
                ray.init(log_to_driver=False)
            elif self._is_mine:
                ray.init(num_cpus=workers, include_dashboard=False, log_to_driver=False, configure_logging=False)
        except (OSError, RuntimeError, ValueError) as error:
            raise RunnerError(f"no Ray cluster: {error}") from error
        self._steps = ray.put(pickle.dumps(steps))
        # a worker's death must be told at once: orders are blamed here, not tried again there
        self._work = ray.remote(max_retries=0, num_cpus=1)(work_packed)
        self._orders: dict[Any, Order] = {}

    def submit(self, order: Order) -> None:
        """Send the order to the cluster."""
        self._orders[self._work.remote(self._steps, self._ray.put(pickle.dumps(order)))] = order

    def next(self) -> tuple[Order, Delivery | Died]:
        """Wait for any of the orders."""
        (done, *_), _ = self._ray.wait(list(self._orders), num_returns=1)
        order = self._orders.pop(done)
        try:
            return order, unpack(self._ray.get(done))
        except (self._ray.exceptions.WorkerCrashedError, self._ray.exceptions.OutOfMemoryError, self._ray.exceptions.NodeDiedError):
            return order, Died()
        except self._ray.exceptions.RayTaskError as error:
            raise error.cause from error

    def close(self) -> None:
        """Give up what is under way; end the cluster if it was started here."""
        for reference in self._orders:
            self._ray.cancel(reference, force=True)
        if self._is_mine:
            self._ray.shutdown()
