"""The Great Expectations suite: every invariant (critical) and every check (warning) as an expectation with a readable name.

One of the two modules that import Great Expectations; import it only when a run is about to be validated (it takes seconds to load).
The expectation here asks the audit that is open for the run (``auditing``), since an expectation itself can only hold plain values.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any, ClassVar

import great_expectations as gx
from great_expectations.expectations.expectation import BatchExpectation

from expectations.audit import EXAMPLES, Audit, Found
from expectations.check_files import Check
from expectations.invariants import Invariant, invariants

_AUDIT: ContextVar[Audit] = ContextVar("audit")
_BY_NAME = {invariant.name: invariant for invariant in invariants()}


@contextmanager
def auditing(audit: Audit) -> Iterator[None]:
    """Let expectations ask ``audit`` while they are validated."""
    token = _AUDIT.set(audit)
    try:
        yield
    finally:
        _AUDIT.reset(token)


class _ExpectNone(BatchExpectation):  # type: ignore[misc]
    """No row of the batch's tables breaks a rule; a subclass says how such rows are found."""

    name: str
    table: str
    args_keys: ClassVar[tuple[str, ...]] = ("name", "table")
    domain_keys: ClassVar[tuple[str, ...]] = ("batch_id",)

    def _find(self, audit: Audit) -> Found:
        raise NotImplementedError

    def _validate(self, metrics: Any, runtime_configuration: Any = None, execution_engine: Any = None) -> dict[str, Any]:
        found = self._find(_AUDIT.get())
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

    def _find(self, audit: Audit) -> Found:
        return audit.find(_BY_NAME[self.name])


class ExpectNoFailedNotice(_ExpectNone):
    """The check of that id fails on no notice: a statement about the notices, not about our tables."""

    def _find(self, audit: Audit) -> Found:
        return audit.failed_checks(self.name.removeprefix("check."))


def suite(checks: Iterable[Check]) -> gx.ExpectationSuite:
    """All expectations of a run: invariants in the order of the tables, then ``checks``."""
    expectations: list[Any] = [_invariant(invariant) for invariant in invariants()]
    expectations += [_check(check) for check in checks]
    return gx.ExpectationSuite(name="taizhang", expectations=expectations)


def _invariant(invariant: Invariant) -> Any:
    meta = {"name": invariant.name, "table": invariant.table}
    return ExpectNoBadRows(
        name=invariant.name,
        table=invariant.table,
        description=invariant.description,
        severity=invariant.severity,
        notes=invariant.notes or None,
        meta=meta,
    )


def _check(check: Check) -> Any:
    name = f"check.{check.id}"
    meta = {"name": name, "table": "check_results", "since": check.since}
    description = f"{check.id} {check.title_zh}（{check.title_en}）"
    return ExpectNoFailedNotice(
        name=name, table="check_results", description=description, severity=check.severity, notes=check.rule, meta=meta
    )
