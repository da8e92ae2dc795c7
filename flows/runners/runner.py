"""What every runner offers, and the one that is chosen by name."""

from __future__ import annotations

import os
from typing import Protocol

from flows.runners.orders import Delivery, Order
from flows.steps import Steps

NAMES = ("auto", "serial", "thread", "process", "dask", "ray")


class RunnerError(Exception):
    """A runner cannot be had or cannot start its workers; the message names the way out."""


class Died:
    """In place of a delivery: the worker ended without one (killed, crashed, out of memory)."""


class Runner(Protocol):
    """Takes orders and gives deliveries, in whatever order they get ready."""

    capacity: int
    """Orders that may be under way; more would only fill memory."""

    def submit(self, order: Order) -> None:
        """Take an order. What the work raises is raised by ``next``."""

    def next(self) -> tuple[Order, Delivery | Died]:
        """Wait for any order that was submitted and is not returned yet."""

    def close(self) -> None:
        """End the workers, also in the middle of their work."""

    def beside(self) -> float:
        """CPU seconds that threads of this process have used for the runner so far, where it knows them; not a stage's own work."""
        return 0.0


def worker_count(wanted: int) -> int:
    """``wanted`` workers, or one for each processor that this process may use if it is 0."""
    return wanted or len(os.sched_getaffinity(0))


def start(name: str, steps: Steps, workers: int) -> Runner:
    """The parallel runner of that name. Raises ``RunnerError`` where it is not installed or cannot start."""
    if name == "thread":
        from flows.runners.slots import threads

        return threads(steps, workers)
    if name == "process":
        from flows.runners.slots import processes

        return processes(steps, workers)
    if name == "dask":
        from flows.runners.dask_cluster import DaskRunner

        return DaskRunner(steps, workers)
    if name == "ray":
        from flows.runners.ray_cluster import RayRunner

        return RayRunner(steps, workers)
    raise RunnerError(f"there is no runner {name}; there are {', '.join(NAMES)}")
