"""Bodies that a notice names in a role: inspected, inspector, signer, publisher, partner."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from typing import Any

from transforms.identity.bodies import is_body
from transforms.identity.marks import Marks, marks, suffixes
from transforms.identity.page_fields import page_fields
from transforms.identity.regions import regions
from transforms.layout import Layout
from transforms.lexicons.alternation import alternation
from transforms.records.notices import PageField
from transforms.records.references import Organisation
from transforms.source import Source

_NO_PARTNER = "盟"  # the only rank of a region behind which no partner's name goes on
_LONGEST = 8  # characters of a region's name before a partner's own


@cache
def _suffix() -> re.Pattern[str]:
    return re.compile(alternation(suffixes()))


def organisations(
    source: Source, layout: Layout, named: dict[str, Any], page: Sequence[PageField] | None = None, marked: Marks | None = None
) -> tuple[Organisation, ...]:
    """One row for each body and role, at its first mention; ``named`` are the columns of the notice.

    ``page`` and ``marked`` are read from the text if they are not given.
    """
    rows: dict[tuple[str, str], Organisation] = {}
    words = source.text.folded
    inspected = named.get("inspected_org") or ""

    def add(start: int, end: int, role: str, rule: str, name: str) -> None:
        if name and end > start and (name, role) not in rows:
            rows[name, role] = Organisation(*source.evidence(start, end, rule), name=name, role=role)

    for column, role in (("inspected_org", "inspected"), ("inspector", "inspector"), ("signed_org", "signer")):
        span = named.get(f"{column}_span")
        if span is not None:
            add(span.start_char, span.end_char, role, f"organisation.{role}", named[column])
    for alias in named.get("inspected_org_aliases", ()):
        at = words.find(alias)
        if at >= 0:
            add(at, at + len(alias), "inspected", "organisation.alias", alias)
    for field in page_fields(source, layout) if page is None else page:
        value = field.value.replace(" ", "")
        if field.field in ("source", "publisher", "recorder") and value and is_body(value):
            at = words.find(field.value, field.start_char, field.end_char)
            if at >= 0:
                add(at, at + len(field.value), "publisher", f"organisation.{field.field}", value)
    known = regions()
    matching = source.text.matching
    suffix, after, body_end = _suffix(), layout.body.start_char, layout.body.end_char
    for at in (marked or marks(source.text)).partners:
        rank = at + 1
        found = suffix.match(matching, rank, body_end) if after <= at < body_end else None
        if found is None or matching[at] == _NO_PARTNER:
            continue
        start, after = at, found.end()
        for length in known.lengths.get(matching[at - 2 : rank], ()):
            if length <= _LONGEST and matching[rank - length : rank] in known.names:
                start = rank - length
                break
        name = matching[start:after]
        if (name, "partner") not in rows and (name, "inspected") not in rows and not _is_same(name, inspected):
            add(start, after, "partner", "organisation.partner", name)
    return tuple(sorted(rows.values(), key=lambda row: (row.start_char, row.role)))


def _is_same(name: str, inspected: str) -> bool:
    """``name`` is the inspected body's own, without the party body: 县水务局 of 中共某县水务局党组."""
    return len(name) > 3 and name in inspected
