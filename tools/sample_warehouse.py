"""A warehouse of a few notices, made at a fixed moment, for generated docs and for tests of what reads a warehouse."""

from __future__ import annotations

import dataclasses
import datetime
from collections.abc import Sequence
from pathlib import Path

from flows.run import ingest
from flows.settings import load
from flows.steps import real_steps
from transforms.records.documents import ExpectationResult
from warehouse.arrow import arrow_table
from warehouse.lake import Location

SAMPLES = Path(__file__).resolve().parents[1] / "samples" / "notices"
MOMENT = datetime.datetime(2025, 1, 1, 12, tzinfo=datetime.UTC)
"""When the notices count as read: checks of promised dates judge by it."""


def build(folder: Path, paths: Sequence[Path] = (SAMPLES,), moment: datetime.datetime = MOMENT) -> Location:
    """Ingest ``paths`` into a warehouse at ``folder`` as if at ``moment``, without the audit, whose Great Expectations take longer than all the rest."""
    settings = load({"warehouse": str(folder)}, environment={}, folder=folder.parent)
    steps = dataclasses.replace(real_steps(), audit=lambda _tables, _run: arrow_table(ExpectationResult, ()))
    ingest([str(path) for path in paths], settings, steps=steps, now=lambda: moment)
    return settings.location
