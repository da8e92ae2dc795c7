"""A claim while it is read: its subject may still be open."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

_NEAR = 300


@dataclass(slots=True)
class Draft:
    """Columns of a claim under their names in the table; ``subject`` is empty until the sentence has given it."""

    start: int
    end: int
    subject: str
    kind: str
    status: str | None
    status_raw: str
    low: float | None
    high: float | None
    modifier: str
    unit: str
    rule: str
    decimals: int = 0
    scope: str | None = None
    part_of: str | None = None
    is_part: bool = False


def inherit(run: Sequence[Draft], seen: Sequence[Draft]) -> None:
    """Give the open drafts of ``run`` the subject that ``seen``, the counted nouns before them, makes likely.

    Among those with the same measure word: the one that the run adds up to; else the nearest that is large enough; else the
    nearest. Drafts stay open where nothing was counted before them.
    """
    for unit in {draft.unit for draft in run}:
        group = [draft for draft in run if draft.unit == unit]
        known = [draft for draft in seen if draft.end >= group[0].start - _NEAR and draft.kind not in ("level", "rule", "body")]
        same = [draft for draft in known if draft.unit == unit] or known
        if not same:
            continue
        parts = sum(draft.low or 0 for draft in group if not draft.is_part)
        largest = max(draft.low or 0 for draft in group)
        wholes = [draft for draft in reversed(same) if draft.low is not None]
        chosen = (
            next((draft for draft in wholes if draft.low == parts), None)
            or next((draft for draft in wholes if (draft.low or 0) >= largest), None)
            or same[-1]
        )
        for draft in group:
            draft.subject, draft.kind = chosen.subject, chosen.kind
            draft.scope = draft.scope or chosen.scope
