"""A batch as an order to a worker, what the worker delivers, and the work itself, which is the same for every runner."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

import pyarrow as pa

from flows.batch import Batch, RawFile, Run, Unread, extract_batch
from flows.steps import Steps
from warehouse.likeness import signed

# How a step is called: Prefect makes a task of it, others just call. Arguments: the step's name, function, arguments.
Call = Callable[..., Any]


@dataclass(frozen=True, slots=True)
class Order:
    """A batch to work on. ``deaths`` counts the workers that died of it."""

    number: int
    files: tuple[RawFile, ...]
    unread: tuple[Unread, ...]
    run: Run
    deaths: int = 0

    @property
    def is_suspect(self) -> bool:
        """Whether the next death would be blamed on its one file."""
        return self.deaths > 0 and len(self.files) < 2


@dataclass(frozen=True, slots=True)
class Delivery:
    """The batch with its verdicts, what the audit counted in it (``expectation_results``), and CPU seconds by stage."""

    batch: Batch
    counts: pa.Table
    spent: dict[str, float]


def plain(_name: str, function: Callable[..., Any], *arguments: Any) -> Any:
    """Just call."""
    return function(*arguments)


def work(order: Order, steps: Steps, call: Call = plain, tell: Callable[[str, int], None] | None = None) -> Delivery:
    """Extract, check and audit ``order``; ``tell`` hears the stage and how many of the files are extracted."""
    spent: dict[str, float] = {}

    def timed(name: str, function: Callable[..., Any], *arguments: Any) -> Any:
        started = time.thread_time()
        result = call(name, function, *arguments)
        spent[name] = time.thread_time() - started
        return result

    heard = (lambda done: tell("extracting", done)) if tell else None
    batch: Batch = timed("extract", extract_batch, order.files, order.unread, order.run, steps, heard)
    if batch.published:
        if tell:
            tell("checking", len(order.files))
        batch = batch.with_check_results(timed("check", steps.checks, batch.tables))
        batch = replace(batch, tables={**batch.tables, **timed("likeness", signed, batch.tables)})
    if tell:
        tell("auditing", len(order.files))
    counts: pa.Table = timed("audit", steps.audit, batch.tables, order.run.run_id)
    return Delivery(batch, counts, spent)
