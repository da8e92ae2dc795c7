"""What the audit found over all batches of a run: one row per expectation, added up."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import pyarrow as pa

from transforms.records.documents import ExpectationResult
from warehouse.arrow import arrow_table

_EXAMPLES = 10


@dataclass(slots=True)
class AuditTotals:
    """Expectation results of a run; ``add`` takes the counts of one batch, ``validate`` holds their sum to the suite (flows.steps)."""

    run_id: str
    validate: Callable[[pa.Table, str], pa.Table] | None = None
    _rows: dict[str, dict[str, Any]] = field(default_factory=dict)
    _validated: pa.Table | None = None

    def add(self, results: pa.Table) -> bool:
        """Add a batch's results; False when a critical expectation does not hold, so that the batch must not be published."""
        holds, self._validated = True, None
        for row in results.to_pylist():
            holds = holds and (row["is_success"] or row["severity"] != "critical")
            total = self._rows.setdefault(
                row["expectation"], {**row, "row_count": 0, "unexpected_count": 0, "examples": [], "is_success": True}
            )
            total["row_count"] += row["row_count"]
            total["unexpected_count"] += row["unexpected_count"]
            total["is_success"] = total["is_success"] and row["is_success"]
            total["examples"] = (total["examples"] + list(row["examples"] or ()))[:_EXAMPLES]
        return holds

    def broken(self) -> tuple[str, ...]:
        """The critical expectations that do not hold, in words."""
        return tuple(
            f"{row['table_name']}: {row['description']} ({row['unexpected_count']} of {row['row_count']} rows)"
            for row in self._rows.values()
            if row["severity"] == "critical" and not row["is_success"]
        )

    def table(self) -> pa.Table:
        """The rows of ``expectation_results``, validated; none where nothing was extracted."""
        totals = arrow_table(
            ExpectationResult,
            [ExpectationResult(**{**row, "run_id": self.run_id, "examples": tuple(row["examples"])}) for row in self._rows.values()],
        )
        if self.validate is None or not totals.num_rows:
            return totals
        if self._validated is None:
            self._validated = self.validate(totals, self.run_id).cast(totals.schema)
        return self._validated
