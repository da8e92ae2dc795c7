"""Which documents of a warehouse are to be read again: what its tables hold of them, by the rules that read them last."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from transforms.version import rules_version
from warehouse.lake import NAME, Lake

# The document that each notice was made of; where the notice is lost, the newest that had one. Then the refused ones, unless an
# older content of their place is a notice: that comes first, so that the newer content has the last word.
_CURRENT = f"""
WITH made AS (
    SELECT coalesce(any_value(n.document_id), arg_max(d.document_id, d.seen_at)) AS document_id
    FROM {NAME}.documents d LEFT JOIN {NAME}.notices n USING (notice_id)
    WHERE d.outcome = 'published' GROUP BY d.notice_id
), refused AS (
    SELECT arg_max(document_id, seen_at) AS document_id FROM {NAME}.documents GROUP BY uri HAVING arg_max(outcome, seen_at) = 'rejected'
)
SELECT d.document_id, d.uri, d.sha256, d.notice_id, {{declared}}, d.run_id, d.seen_at, {{rules}}, d.outcome, r.reason, r.message
FROM {NAME}.documents d LEFT JOIN {NAME}.rejects r USING (document_id)
WHERE {{choice}} AND d.document_id IN (FROM {{which}}) ORDER BY d.seen_at, d.document_id
"""
_ORDER = f"SELECT rules_version FROM {NAME}.runs WHERE rules_version IS NOT NULL GROUP BY 1 ORDER BY min(started_at)"
LOST = "lost"
"""What a repair writes for the rules of documents whose rows may be lost, until they are made again."""
# refusals that hung on the machine or on settings rather than on the bytes
_UNLUCKY = "(d.outcome = 'rejected' AND (r.reason = 'reader_crashed' OR starts_with(r.reason, 'limit_')))"


class UnknownRules(Exception):
    """No run of this warehouse used the version of the rules that was named."""


@dataclass(frozen=True, slots=True)
class Stored:
    """A document's row, as far as it is needed to read the document again."""

    document_id: str
    uri: str
    sha256: str
    notice_id: str | None
    declared: str | None
    run_id: str
    seen_at: datetime.datetime
    rules_version: str | None
    outcome: str
    reason: str | None
    message: str | None


def choice(lake: Lake, since: str | None, is_all: bool) -> str:
    """SQL over ``d``: which documents are to be read again."""
    if is_all or "rules_version" not in _columns(lake):
        return "true"
    stale = f"(d.rules_version IS DISTINCT FROM '{rules_version()}' AND d.rules_version IS DISTINCT FROM '{LOST}')"
    if since is None:
        return f"({stale} OR {_UNLUCKY})"
    order = [row[0] for row in lake.execute(_ORDER).fetchall()]
    if since not in order:
        raise UnknownRules(f"no run of this warehouse used rules {since}; it knows {', '.join(order) or 'none'}")
    older = ", ".join(f"'{each}'" for each in order[: order.index(since) + 1])
    return f"{stale} AND (d.rules_version IS NULL OR d.rules_version IN ({older}))"


def _columns(lake: Lake) -> set[str]:
    """Columns of documents; a warehouse that an older version made and nobody wrote to since lacks some."""
    return {row[0] for row in lake.execute(f"SELECT column_name FROM (DESCRIBE {NAME}.documents)").fetchall()}


def stored_documents(lake: Lake, condition: str, which: str) -> list[Stored]:
    """Documents that ``condition``, as ``choice`` gives it, takes: those that notices were ``made`` of, or those that were ``refused``, as they were seen."""
    there = _columns(lake)
    declared = "d.declared_encoding" if "declared_encoding" in there else "NULL"
    rules = "d.rules_version" if "rules_version" in there else "NULL"
    rows = lake.execute(_CURRENT.format(choice=condition, which=which, declared=declared, rules=rules)).fetchall()
    return [Stored(*row) for row in rows]
