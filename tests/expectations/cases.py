"""One case of a check: what the notice says in rows, and which verdict that must give."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple


class Case(NamedTuple):
    """``rows`` are records for one notice; ``equation`` is compared where it is given."""

    check: str
    verdict: str
    reason: str | None
    rows: Sequence[Any]
    why: str
    equation: str | None = None

    @property
    def name(self) -> str:
        """The name that pytest shows."""
        return f"{self.check}-{self.verdict}-{self.reason or 'plain'}-{self.why.replace(' ', '_')[:40]}"
