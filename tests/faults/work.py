"""What the processes do that these tests kill, and how they are started.

They are forked from a process that has imported everything and done nothing, so that sixty of them start in a second each and no
library's threads are copied.
"""

from __future__ import annotations

import dataclasses
import multiprocessing
import multiprocessing.connection
import os
import sys
from collections.abc import Callable
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import Any

import flows.batch
import flows.cli
import flows.commands.doctor
import flows.commands.maintain
import flows.commands.rebuild
import flows.commands.run
import flows.rebuild
import flows.repair
import flows.run
import warehouse.publish
import warehouse.stored
from flows.maintenance import maintain_warehouse
from tests.flows.stand_in import STEPS, extract, settings
from transforms.notice import Extraction
from transforms.records.notices import Notice

_CONTEXT = multiprocessing.get_context("forkserver")
_CONTEXT.set_forkserver_preload(["tests.faults.work"])
BATCH = 10
# ends that a test does not listen to: closed, they would make the process fail where it tells
_OPEN: list[multiprocessing.connection.Connection] = []


def start(target: Callable[..., None], *arguments: Any) -> tuple[BaseProcess, multiprocessing.connection.Connection]:
    """Start ``target(tell, *arguments)``; the connection is readable when it calls ``tell``."""
    receiver, sender = _CONTEXT.Pipe(duplex=False)
    process = _CONTEXT.Process(target=target, args=(sender, *arguments), daemon=True)
    process.start()
    sender.close()
    _OPEN.append(receiver)
    return process, receiver


def ingest(tell: multiprocessing.connection.Connection, inbox: Path, folder: Path, wait: float = 0) -> None:
    """A run; tells when it begins."""
    tell.send("begins")
    flows.run.ingest([str(inbox)], settings(folder, batch_size=BATCH, lock_wait_seconds=wait), steps=STEPS)


def noted(tell: multiprocessing.connection.Connection, inbox: Path, folder: Path, notes: Path) -> None:
    """A run that writes a line to ``notes`` for each document that it extracts."""
    descriptor = os.open(notes, os.O_WRONLY | os.O_CREAT | os.O_APPEND)

    def extracted(reading: Any, *arguments: Any) -> Any:
        os.write(descriptor, f"{reading.text.splitlines()[0]}\n".encode())
        return extract(reading, *arguments)

    tell.send("begins")
    flows.run.ingest([str(inbox)], settings(folder, batch_size=BATCH, runner="serial"), steps=dataclasses.replace(STEPS, extract=extracted))


def publish(tell: multiprocessing.connection.Connection, inbox: Path, folder: Path, which: int) -> None:
    """A run that tells when its publish number ``which`` begins."""
    original, count = warehouse.publish._write, 0

    def told(*arguments: Any) -> None:
        nonlocal count
        count += 1
        if count == which:
            tell.send("publishes")
        original(*arguments)

    warehouse.publish._write = told
    flows.run.ingest([str(inbox)], settings(folder, batch_size=BATCH), steps=STEPS)


def maintain(tell: multiprocessing.connection.Connection, folder: Path, keep_days: float) -> None:
    """A maintenance."""
    tell.send("begins")
    maintain_warehouse(settings(folder), keep_days)


def rebuild(tell: multiprocessing.connection.Connection, folder: Path, version: str) -> None:
    """A rebuild with rules that write their ``version`` into every title."""
    with_rules(version)
    tell.send("begins")
    flows.rebuild.rebuild(settings(folder, batch_size=BATCH), steps=steps_of(version))


def repair(tell: multiprocessing.connection.Connection, folder: Path) -> None:
    """A repair."""
    tell.send("begins")
    flows.repair.repair(settings(folder, batch_size=BATCH), steps=STEPS)


def command(tell: multiprocessing.connection.Connection, arguments: list[str], errors: Path, environment: dict[str, str]) -> None:
    """The command line with the rules of the stand-in; what it prints goes to the file ``errors``."""
    descriptor = os.open(errors, os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
    os.dup2(descriptor, 1)
    os.dup2(descriptor, 2)
    os.environ.update(environment)
    use_stand_in()
    sys.argv = ["taizhang", *arguments]
    tell.send("begins")
    flows.cli.main()


def use_stand_in() -> None:
    """Every command of this process extracts with the stand-in."""
    for module in (flows.run, flows.rebuild, flows.repair):
        module.real_steps = lambda _settings=None: STEPS  # type: ignore[attr-defined]


def with_rules(version: str) -> None:
    """This process has rules of another version."""
    for module in (flows.batch, flows.rebuild, flows.run, warehouse.stored):
        module.rules_version = lambda: version  # type: ignore[attr-defined]


def steps_of(version: str) -> Any:
    """The stand-in's steps with ``version`` in every title."""

    def titled(*arguments: Any) -> Any:
        found = extract(*arguments)
        if isinstance(found, Extraction):
            notice = found.tables[Notice][0]
            changed = type(notice)(
                **{name: getattr(notice, name) for name in notice.__struct_fields__} | {"title": f"{notice.title} {version}"}
            )
            return Extraction({**found.tables, Notice: (changed,)})
        return found

    return dataclasses.replace(STEPS, extract=titled)
