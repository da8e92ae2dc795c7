"""What an export is given beside the tables: the titles of checks, the meaning of reasons, and versions."""

from __future__ import annotations

from collections.abc import Sequence

import pyarrow as pa

from expectations.check_files import Check, packaged_checks
from expectations.reasons import REASONS
from flows.versions import code_version
from transforms.version import rules_version
from warehouse.export.stage import Choice
from warehouse.lake import Lake


def choice(lake: Lake, is_public: bool, notice_id: str | None, checks: Sequence[Check] | None = None) -> Choice:
    """The choice of rows, with the words of checks and reasons that the warehouse's package does not know."""
    used = sorted({row[0] for row in lake.execute("SELECT DISTINCT rules_version FROM runs").fetchall()} or {rules_version()})
    return Choice(
        notice_id=notice_id,
        is_public=is_public,
        words={"checks": _checks(packaged_checks() if checks is None else checks), "reasons": _reasons()},
        info={"code_version": code_version(), "rules_version": "、".join(used)},
    )


def _checks(checks: Sequence[Check]) -> pa.Table:
    columns = ("title_zh", "title_en", "rule", "severity", "since")
    return pa.table({"check_id": [check.id for check in checks], **{name: [getattr(check, name) for check in checks] for name in columns}})


def _reasons() -> pa.Table:
    words = list(REASONS.values())
    return pa.table({"reason": list(REASONS), "words": [zh for zh, _ in words], "meaning": [en for _, en in words]})
