"""How often a host is asked: never more than once in its delay, and not before it said that it may be asked again."""

from __future__ import annotations

import time
from collections.abc import Callable


class Pace:
    """The next moment at which each host may be asked. ``clock`` is monotonic, in seconds."""

    def __init__(self, clock: Callable[[], float] = time.monotonic, sleep: Callable[[float], None] = time.sleep) -> None:
        self._clock, self._sleep = clock, sleep
        self._next: dict[str, float] = {}

    def ready_in(self, host: str) -> float:
        """Seconds until ``host`` may be asked."""
        return max(0.0, self._next.get(host, 0.0) - self._clock())

    def take(self, host: str, delay: float) -> None:
        """Wait until ``host`` may be asked; it may be asked again after ``delay`` seconds."""
        left = self.ready_in(host)
        if left:
            self._sleep(left)
        self.postpone(host, delay)

    def postpone(self, host: str, seconds: float) -> None:
        """Leave ``host`` alone for ``seconds``."""
        self._next[host] = max(self._next.get(host, 0.0), self._clock() + seconds)
