"""The Great Expectations suite: every invariant (critical) and every check (warning) as an expectation with a readable name.

One of the two modules that import Great Expectations; import it only when a run is about to be validated (it takes seconds to load).
The expectation here asks the finder that is open for the run (``auditing``), since an expectation itself can only hold plain values.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any, ClassVar

import great_expectations as gx
from great_expectations.expectations.expectation import BatchExpectation

from expectations.audit import EXAMPLES, Found
from expectations.check_files import Check
from expectations.expected import Expected, Finder, expected
from expectations.invariants import Invariant, invariants

_FINDER: ContextVar[Finder] = ContextVar("finder")
_BY_NAME = {invariant.name: invariant for invariant in invariants()}


@contextmanager
def auditing(finder: Finder) -> Iterator[None]:
    """Let expectations ask ``finder`` while they are validated."""
    token = _FINDER.set(finder)
    try:
        yield
    finally:
        _FINDER.reset(token)


class _ExpectNone(BatchExpectation):  # type: ignore[misc]
    """No row of a run's tables breaks a rule; a subclass says how such rows are found."""

    name: str
    table: str
    args_keys: ClassVar[tuple[str, ...]] = ("name", "table")
    domain_keys: ClassVar[tuple[str, ...]] = ("batch_id",)

    def _find(self, finder: Finder) -> Found:
        raise NotImplementedError

    def _validate(self, metrics: Any, runtime_configuration: Any = None, execution_engine: Any = None) -> dict[str, Any]:
        found = self._find(_FINDER.get())
        share = 100.0 * found.unexpected_count / found.row_count if found.row_count else 0.0
        return {
            "success": found.unexpected_count == 0,
            "result": {
                "element_count": found.row_count,
                "unexpected_count": found.unexpected_count,
                "unexpected_percent": share,  # Data Docs ask for it
                "partial_unexpected_list": list(found.examples[:EXAMPLES]),
            },
        }


class ExpectNoBadRows(_ExpectNone):
    """No row breaks the invariant of that name."""

    def _find(self, finder: Finder) -> Found:
        return finder.find(_BY_NAME[self.name])


class ExpectNoFailedNotice(_ExpectNone):
    """The check of that id fails on no notice: a statement about the notices, not about our tables."""

    def _find(self, finder: Finder) -> Found:
        return finder.failed_checks(self.name.removeprefix("check."))


def suite(checks: Iterable[Check]) -> gx.ExpectationSuite:
    """All expectations of a run."""
    return gx.ExpectationSuite(name="taizhang", expectations=[_expectation(each) for each in expected(checks)])


def _expectation(asked: Expected) -> Any:
    meta = {"name": asked.name, "table": asked.table}
    kind: Any = ExpectNoBadRows
    if not isinstance(asked.subject, Invariant):
        kind, meta["since"] = ExpectNoFailedNotice, asked.subject.since
    return kind(
        name=asked.name,
        table=asked.table,
        description=asked.description,
        severity=asked.severity,
        notes=asked.notes or None,
        meta=meta,
    )
