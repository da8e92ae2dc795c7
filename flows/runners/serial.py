"""Work in this process, one batch after the other: nothing to start, nothing to copy."""

from __future__ import annotations

from collections.abc import Callable

from flows.runners.orders import Call, Delivery, Order, plain, work
from flows.runners.runner import Died, Runner
from flows.steps import Steps


class SerialRunner(Runner):
    """Works when it is asked for the next delivery; ``call`` makes Prefect tasks of the steps."""

    capacity = 1

    def __init__(self, steps: Steps, call: Call = plain, tell: Callable[[str, int], None] | None = None) -> None:
        self._steps, self._call, self._tell = steps, call, tell
        self._orders: list[Order] = []

    def submit(self, order: Order) -> None:
        """Keep the order."""
        self._orders.append(order)

    def next(self) -> tuple[Order, Delivery | Died]:
        """Work on the oldest order."""
        order = self._orders.pop(0)
        return order, work(order, self._steps, self._call, self._tell)

    def close(self) -> None:
        """There is nothing to end."""
