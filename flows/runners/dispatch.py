"""Batches to a runner and back: bounded in memory, copies of files under way held back, workers that die blamed on the right file."""

from __future__ import annotations

import itertools
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from flows.batch import RawFile, Run, Unread
from flows.runners.orders import Delivery, Order
from flows.runners.runner import Died, Runner, RunnerError
from flows.survey import Survey, Waiting
from transforms.reading.refusal import Refusal

# More files than this that each killed a worker by itself: something is wrong with the machine, not with the files.
_MOST_POISONOUS = 20
_POISONOUS = Refusal(
    "worker_died",
    "extract",
    "the worker process died of this file twice (killed, crashed or out of memory); the run went on without it. Run it by itself with "
    "--runner serial on a machine with more memory, and report it",
)


@dataclass(frozen=True, slots=True)
class _UnderWay:
    """What an order that is not published yet will give: notices of these places, made of these bytes."""

    notices: frozenset[str]
    contents: frozenset[str]


class Dispatch:
    """Hands batches to ``runner`` and gives back what they become. ``settle`` publishes what was given back and calls ``settled``."""

    def __init__(self, runner: Runner, survey: Survey, run: Run, settle: Callable[[], None]) -> None:
        self._runner, self._survey, self._run, self._settle = runner, survey, run, settle
        self._numbers = itertools.count()
        self._flying: dict[int, Order] = {}
        self._unsettled: dict[int, _UnderWay] = {}
        self._again: deque[Order] = deque()
        self._late: list[RawFile] = []
        self._poisonous = 0

    def deliveries(self, batches: Iterator[Waiting]) -> Iterator[tuple[Order, Delivery]]:
        """Every batch, as workers get them done; more are only looked for when one was taken."""
        while True:
            while len(self._flying) < self._runner.capacity and (order := self._next(batches)):
                self._flying[order.number] = order
                self._runner.submit(order)
            if not self._flying:
                return
            if self._runner.capacity > 1:
                self._settle()  # while the workers work
            order, result = self._runner.next()
            del self._flying[order.number]
            if isinstance(result, Died):
                self._blame(order)
            else:
                yield order, result
            del order, result  # it is published now, and must not lie here until the next one comes

    def settled(self, order: Order) -> None:
        """``order`` is published: its notices are in the warehouse."""
        self._unsettled.pop(order.number, None)

    def _next(self, batches: Iterator[Waiting]) -> Order | None:
        # a cluster's worker takes along the orders that wait on it, so a file is only refused for what it did while alone
        if any(order.is_suspect for order in self._flying.values()) or (self._flying and self._again and self._again[0].is_suspect):
            return None
        if self._again:
            return self._again.popleft()
        if not self._flying:
            self._settle()
        for batch in batches if len(self._late) < self._runner.capacity * 1000 else ():
            if order := self._order(batch.files, batch.unread):
                return order
            if len(self._late) >= self._runner.capacity * 1000:
                break
        late, self._late = self._late, []
        return self._order(late, ())

    def _order(self, files: Sequence[RawFile], unread: Sequence[Unread]) -> Order | None:
        """An order of what needs not wait for another one; None if everything must."""
        now = self._survey.with_copies(self._ready(files))
        replaced = frozenset().union(*(each.notices for each in self._unsettled.values()))
        # the document that a file repeats may be about to go
        self._late += [replace(file, copy_of=None) for file in now if file.copy_of and file.copy_of.notice_id in replaced]
        now = [file for file in now if not (file.copy_of and file.copy_of.notice_id in replaced)]
        return self._made(now, unread) if now or unread else None

    def _ready(self, files: Sequence[RawFile]) -> Sequence[RawFile]:
        """``files`` without those whose bytes an order under way may make a notice of; they wait for it."""
        contents = frozenset().union(*(each.contents for each in self._unsettled.values()))
        if contents.isdisjoint(file.key.sha256 for file in files):
            return files
        own = self._survey.with_own_notice(files)
        self._late += [file for file in files if file.key.sha256 in contents and file.key.notice_id not in own]
        return [file for file in files if file.key.sha256 not in contents or file.key.notice_id in own]

    def _made(self, files: Sequence[RawFile], unread: Sequence[Unread], deaths: int = 0) -> Order:
        order = Order(next(self._numbers), tuple(files), tuple(unread), self._run, deaths)
        self._unsettled[order.number] = _UnderWay(
            frozenset(file.key.notice_id for file in files), frozenset(file.key.sha256 for file in files if not file.copy_of)
        )
        return order

    def _blame(self, order: Order) -> None:
        """Try once more; a batch that kills a second worker is halved until one file is left, which is then refused."""
        del self._unsettled[order.number]
        if order.deaths == 0:
            self._again.append(self._made(order.files, order.unread, 1))
        elif len(order.files) > 1:
            mine = {file.key.document_id for file in order.files}
            # a copy of a file in the other half must hear first what becomes of it
            apart = [file for file in order.files if file.copy_of and file.copy_of.document_id in mine]
            self._late += [replace(file, copy_of=None) for file in apart]
            rest = [file for file in order.files if file not in apart]
            half = len(rest) // 2 or 1
            self._again.append(self._made(rest[:half], order.unread, 1))
            if rest[half:]:
                self._again.append(self._made(rest[half:], (), 1))
        else:
            self._poisonous += 1
            if not order.files or order.files[0].refusal or self._poisonous > _MOST_POISONOUS:
                raise RunnerError("worker processes keep dying, whatever they work on; look for memory limits, or try --runner serial")
            self._again.append(self._made([replace(order.files[0], refusal=_POISONOUS)], order.unread, 1))
