"""Claims: what a notice counts of its own work as a whole.

What is a claim: the number of problems fed back and its breakdown (方面, 类, 条, 具体问题), of tasks, measures and rules made,
of inspection opinions, petitions and clues handed over and cases filed; how many of them are done, under way, long-term; rates
of completion. Numbers of meetings, pupils, classes, prizes, documents and of working groups are none; numbers of persons held
to account are rows of accountability.

Where a claim can stand: anywhere outside the results part; in the results part only before its first group or item, or in a
sentence that names the feedback itself (巡察反馈的25个问题), or in a line that sums up (综上:8条问题已完成7条) or tells of what was handed
over. Counts inside a single problem's response are local and no claims, but for rules made, cases filed and clues handed over there,
which carry the scope 单项.
Text of an aspect's own introduction is claimed with the aspect as scope. Slogans, plans (从5个方面着力), problems that somebody
else found (自查发现问题12个) and other people's troubles (解决群众问题35个) are none.

A number without a noun takes its subject from the counts before it in the paragraph: among those with its measure word, the
one that the run of such numbers adds up to, else the nearest that is large enough.
"""

from __future__ import annotations

from collections.abc import Sequence

from transforms.claims.bind import bind, level_counts
from transforms.claims.counts import Count, counts
from transforms.claims.draft import Draft
from transforms.claims.walk import drafts
from transforms.claims.zones import Zones
from transforms.outline.tree import Outline
from transforms.records.outline import Problem
from transforms.records.statements import Claim
from transforms.source import Closed, Source


def claims(
    source: Source, closed: Closed, outline: Outline, problems: Sequence[Problem], counted: Sequence[Count] | None = None
) -> tuple[Claim, ...]:
    """The claims of ``source`` in text order; spans do not overlap. Words that ``closed`` holds are left alone.

    ``counted`` are the counts of the text, where they are known already.
    """
    matching = source.text.matching
    found = drafts(matching, counts(source.text) if counted is None else counted, closed, Zones(outline))
    if not found:
        return ()
    levels = level_counts(outline, problems)
    return tuple(_row(source, outline, levels, draft) for draft in found)


def _row(source: Source, outline: Outline, levels: dict[str, int], draft: Draft) -> Claim:
    is_headline = draft.scope is None
    binding = None
    if is_headline and draft.status == "total" and draft.modifier == "exact" and draft.low is not None:
        binding = bind(draft.subject, draft.low, levels)
    return Claim(
        *source.evidence(draft.start, draft.end, draft.rule),
        path=outline.path_at(draft.start),
        subject=draft.subject,
        status=draft.status,
        status_raw=draft.status_raw or None,
        value_low=draft.low,
        value_high=draft.high,
        decimals=draft.decimals,
        unit=draft.unit,
        modifier=draft.modifier,
        scope=draft.scope,
        is_headline=is_headline,
        part_of=draft.part_of,
        bound_level=binding.level if binding else None,
        bound_count=binding.nodes if binding else None,
        alternatives=binding.alternatives if binding else (),
    )
