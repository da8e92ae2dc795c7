"""A claim while it is read: its subject may still be open."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from transforms.claims.counts import Count

_NEAR = 300
CATEGORIES = frozenset({"immediate", "time_limited", "long_term"})


class Draft(msgspec.Struct, gc=False):
    """Columns of a claim under their names in the table; ``subject`` is empty until the sentence has given it.

    ``named`` is the noun that stands before the status (小项整改完毕44个), which narrows down what the subject may be.
    """

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
    named: str = ""

    @classmethod
    def of(
        cls, count: Count, start: int, end: int, subject: str, kind: str, status: str | None, status_raw: str, rule: str, scope: str | None
    ) -> Draft:
        """A draft with the value of ``count``."""
        return cls(start, end, subject, kind, status, status_raw, count.low, count.high, count.modifier, count.unit, rule, 0, scope)

    def as_all(self, start: int, end: int, status: str, status_raw: str) -> Draft:
        """The row that says of all that this one counts that they have ``status``; its words are only those of the status."""
        values = (self.low, self.high, self.modifier, self.unit)
        return Draft(start, end, self.subject, self.kind, status, status_raw, *values, "claim.all_done", 0, self.scope, self.part_of)


def inherit(run: Sequence[Draft], seen: Sequence[Draft]) -> None:
    """Give the open drafts of ``run`` the subject that ``seen``, the counted nouns before them, makes likely.

    Among those with the same measure word: the one that the run adds up to; else the nearest that is large enough; else the
    nearest. Drafts stay open where nothing was counted before them.
    """
    for unit in {draft.unit for draft in run}:
        group = [draft for draft in run if draft.unit == unit]
        near = [draft for draft in seen if draft.end >= group[0].start - _NEAR]
        named = group[0].named
        known = [draft for draft in near if draft.subject == named] if named else []
        known = known or [draft for draft in near if draft.kind not in ("level", "rule", "body")]
        same = [draft for draft in known if draft.unit == unit] or known
        if not same:
            continue
        parts = sum(draft.low or 0 for draft in group if draft.part_of is None)
        largest = max(draft.low or 0 for draft in group)
        wholes = [draft for draft in reversed(same) if draft.low is not None]
        chosen = (
            next((draft for draft in wholes if draft.low == parts), None)
            or next((draft for draft in wholes if (draft.low or 0) >= largest), None)
            or same[-1]
        )
        for draft in group:
            draft.subject, draft.kind = chosen.subject, chosen.kind
            if (draft.low or 0) <= (chosen.low or 0):
                draft.scope = draft.scope or chosen.scope
