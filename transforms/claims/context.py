"""What the text has said before a number: counted nouns, open brackets, 其中, the round spoken of."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from transforms.claims.draft import CATEGORIES, Draft, inherit
from transforms.claims.endings import after_last
from transforms.claims.scope import layer_scope, round_scope

_SENTENCE_MARKS = "。!?\n"
_JOINED = re.compile(r"[、和及与]\s?")
_PROBLEM_WORD = re.compile(r"(?:具体|子项)?问题|任务")
_PROBLEM_UNITS = frozenset(("个", "项", "条"))
_PUT_RIGHT = re.compile("整改|销号")
_TOGETHER = re.compile("合计|总计|合并计算")  # 镇级…,村级…,合计: the layers are over
# every match of the patterns for rounds and layers, and 合计 as well, holds one
_TURNS = re.compile("[轮次届往历以层级计]")
_FORGET, _LEFT = 400, 60
_KEPT = 24  # counted nouns that a later number may still take its subject from


def _nest(run: Sequence[Draft]) -> None:
    """分阶段整改12项已完成10项、推进2项: numbers that add up to the category before them are its parts, and not the whole's."""
    for index, category in enumerate(run):
        if category.status not in CATEGORIES or category.low is None:
            continue
        parts: list[Draft] = []
        for draft in run[index + 1 :]:
            if draft.status in CATEGORIES or draft.part_of or draft.unit != category.unit:
                break
            parts.append(draft)
            if sum(part.low or 0 for part in parts) == category.low:
                for part in parts:
                    part.part_of = category.status
                break


def _as_state(run: Sequence[Draft]) -> None:
    """完成整改22个、限期整改3个、长期坚持1个: beside what is done, 限期整改 is what is not yet; beside 立行立改 it is a category."""
    statuses = {draft.status for draft in run if draft.part_of is None}
    if "completed" in statuses and "immediate" not in statuses:
        for draft in run:
            if draft.status == "time_limited" and draft.part_of is None:
                draft.status = "in_progress"


@dataclass(slots=True)
class Context:
    """``end`` is behind the last count or claim, ``gap`` the text from there to the count that is being read."""

    matching: str
    drafts: list[Draft] = field(default_factory=list)
    seen: list[Draft] = field(default_factory=list)  # those with a subject
    run: list[Draft] = field(default_factory=list)  # those of the sentence without one
    totals: dict[str, float | None] = field(default_factory=dict)
    end: int = 0
    gap: str = ""
    rest: str = ""  # of ``gap``, what belongs to the sentence of that count
    last: Draft | None = None  # the draft just before, if nothing else was counted since
    is_foreign: bool = False  # the noun that a bare number would take is not the inspection's
    is_tied: bool = False  # the sentence names the feedback
    is_summary: bool = False  # the line tells of the whole, though it stands in one problem's text
    is_whole: bool = False  # and counts its 方面, so it speaks of all of it
    round: str | None = None
    whole: Draft | None = None  # what 其中 would speak of
    part: Draft | None = None  # the last draft that 其中 governs
    bracket: Draft | None = None  # the whole of an open bracket

    def turn(self, start: int) -> None:
        """Move on to ``start``, and forget what a sentence, a paragraph or a bracket that has ended said."""
        self.gap = gap = self.matching[self.end : start] if start - self.end <= _FORGET else "\n"
        self.rest = rest = after_last(_SENTENCE_MARKS, gap)
        if len(rest) < len(gap):
            self.end_run()
            self.is_tied = self.is_whole = self.is_foreign = False
            self.round = self.last = self.part = self.bracket = None
            if "\n" in gap:
                self.whole = None
                self.is_summary = False
            gap = rest
        if ")" in gap:
            self.bracket = self.round = None
        if len(gap) > 1 and _TURNS.search(gap):
            turned, scope = round_scope(gap)
            if turned:
                self.round = scope
            self.round = layer_scope(gap) or (None if "计" in gap and _TOGETHER.search(gap) else self.round)

    def left(self, start: int) -> str:
        """What may belong to the number at ``start``, the one that was moved on to: the words before it in its part of the sentence."""
        rest = self.rest if start - self.end <= _FORGET else after_last(_SENTENCE_MARKS, self.matching[start - _LEFT : start])
        return after_last(";", rest[-_LEFT:])

    def add(self, draft: Draft) -> None:
        """Keep ``draft``, as what the numbers behind it may refer to."""
        self.drafts.append(draft)
        if draft.subject:
            self.is_foreign = False
            self.seen.append(draft)
            del self.seen[:-_KEPT]
            if draft.status == "total" and draft.scope is None:
                self.totals.setdefault(draft.subject, draft.low)
        else:
            self.run.append(draft)
        if draft.part_of is None:
            self.whole = draft
        self.last = draft
        self.end = max(self.end, draft.end)

    def end_run(self, following: Draft | None = None) -> None:
        """Settle the subjects of the numbers without a noun; ``following`` may give theirs: 已完成19个、正在整改6个问题."""
        if not self.run:
            return
        _nest(self.run)
        _as_state(self.run)
        inherit(self.run, self.seen)
        for draft in self.run:
            if (
                not draft.subject
                and following is not None
                and following.kind not in ("level", "rule", "body")
                and draft.unit == following.unit
            ):
                draft.subject, draft.kind = following.subject, following.kind
            elif not draft.subject and draft.status:
                line = self.matching[max(0, draft.start - 80) : draft.start].rpartition("\n")[2]
                nouns = _PROBLEM_WORD.findall(line)
                if nouns:
                    draft.subject, draft.kind = nouns[-1], "problem"
                elif draft.unit in _PROBLEM_UNITS and _PUT_RIGHT.search(draft.status_raw):
                    draft.subject, draft.kind = "问题", "problem"  # 已完成整改31个: what else is put right
        self.run = []

    def place(self, draft: Draft, left: str) -> None:
        """Make ``draft`` a part of another where 其中 or a bracket in ``left``, the text before it, says so.

        A part of a total stays without ``part_of``: that a status is a part of the total goes without saying.
        """
        if left.rfind("(") > left.rfind(")"):
            self.bracket = self.whole
        has_word = "其中" in left
        follows = self.part is not None and (
            _JOINED.match(left) is not None or (draft.status in CATEGORIES and self.part.status in CATEGORIES)
        )
        if not (has_word or follows or self.bracket is not None):
            self.part = None
            return
        whole = self.bracket or self.whole
        if has_word and whole is not None and whole is self.whole and (whole.low or 0) < (draft.low or 0):
            # 已完成34个、正在整改3个,其中即知即改9个: of the part that is large enough
            whole = next((part for part in reversed(self.run) if part.unit == draft.unit and (part.low or 0) >= (draft.low or 0)), whole)
        if follows and not has_word and self.part is not None:
            draft.part_of = self.part.part_of
        elif whole is not None and whole.status not in (None, "total", draft.status):
            draft.part_of = whole.status
        self.part = draft
