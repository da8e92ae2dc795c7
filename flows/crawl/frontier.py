"""What is still to be fetched, host by host, so that no host keeps the others waiting."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass

from flows.crawl.pace import Pace
from flows.crawl.sources import Source
from flows.crawl.urls import host_of


@dataclass(frozen=True, slots=True)
class Task:
    """A page to be had: ``kind`` is page, index or attachment; ``attempt`` counts from 1; ``number`` is the place of an index page."""

    url: str
    kind: str = "page"
    source: Source | None = None
    found_on: str | None = None
    attempt: int = 1
    number: int = 1


class Frontier:
    """Tasks in the order in which they came, each host's apart. A URL is taken in once."""

    def __init__(self, pace: Pace) -> None:
        self._pace = pace
        self._waiting: dict[str, deque[Task]] = {}
        self._taken: set[str] = set()

    def add(self, task: Task) -> bool:
        """Take ``task`` in unless its URL has been; True if it was new."""
        if task.url in self._taken:
            return False
        self._taken.add(task.url)
        self._waiting.setdefault(host_of(task.url), deque()).append(task)
        return True

    def again(self, task: Task) -> None:
        """Take back a task that is to be tried again, before the others of its host."""
        self._waiting.setdefault(host_of(task.url), deque()).appendleft(task)

    def pop(self) -> Task | None:
        """The next task of the host that may be asked soonest; None if there is none."""
        if not self._waiting:
            return None
        host = min(self._waiting, key=self._pace.ready_in)
        tasks = self._waiting[host]
        task = tasks.popleft()
        if not tasks:
            del self._waiting[host]
        return task
