"""What is expected of a run, as plain values: every invariant (critical) and every check (warning or info), with its words.

The suite of Great Expectations (``suites.py``) and the count of a batch (``measure.py``) are made of the same list.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Protocol

from expectations.audit import Found
from expectations.check_files import Check
from expectations.invariants import Invariant, invariants


class Finder(Protocol):
    """Who can say what breaks an expectation: the tables of a batch, or what was found in all batches of a run."""

    def find(self, invariant: Invariant) -> Found:
        """What breaks ``invariant``."""

    def failed_checks(self, check_id: str) -> Found:
        """The notices on which a check gave ``fail``."""


@dataclass(frozen=True, slots=True)
class Expected:
    """One expectation; ``subject`` is the invariant or the check that it holds the tables to."""

    name: str
    table: str
    description: str
    severity: str
    notes: str
    subject: Invariant | Check

    def found(self, finder: Finder) -> Found:
        """What breaks it."""
        return finder.find(self.subject) if isinstance(self.subject, Invariant) else finder.failed_checks(self.subject.id)


def expected(checks: Iterable[Check]) -> Iterator[Expected]:
    """All expectations of a run: invariants in the order of the tables, then ``checks``."""
    for invariant in invariants():
        yield Expected(invariant.name, invariant.table, invariant.description, invariant.severity, invariant.notes, invariant)
    for check in checks:
        description = f"{check.id} {check.title_zh}（{check.title_en}）"
        yield Expected(f"check.{check.id}", "check_results", description, check.severity, check.rule, check)
