"""Reads a text's counts and rates in order, with what the sentence has said before each: see transforms/claims/claims.py."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from transforms.claims.counts import Count, counts
from transforms.claims.draft import Draft, inherit
from transforms.claims.gates import is_foreign, is_listed_rule, is_plan, is_quoted, rule_status
from transforms.claims.rates import Rate, rates
from transforms.claims.scope import body_scope, round_scope, share_scope
from transforms.claims.status import State, is_all, state_before, state_behind, state_inside
from transforms.claims.subjects import Noun, noun_before, noun_behind, without_connectors
from transforms.claims.zones import Zones
from transforms.source import Closed

_LEFT, _RIGHT = 60, 36
_SENTENCE_END = re.compile(r"[。!?\n]")
_LEFT_CUT = re.compile(r".*[。!?;\n]", re.S)
_CLAUSE_CUT = re.compile(r".*[,(]", re.S)
_CLAUSE_STOP = re.compile(r"[,;。、()\n!?]")
_LEVEL_UNITS = {"方面": "方面", "大方面": "方面", "类": "类", "大类": "类", "小类": "小类", "大项": "大项", "小项": "小项"}
_CASE_BEFORE = re.compile(r"立案(?:审查调查|审查|调查|查处|查办|侦查|审理)?[的了]?(?:违纪违法案件|案件|党员干部|党员|干部)?(?:共计|共|:|有)?\Z")
_CASE_BEHIND = re.compile(r"(?:党员干部|违纪违法人员|责任人|人员)?(?:进行了|进行|予以|被|已)?立案")
_CASE_UNITS = frozenset("件 起 宗 人 名 个".split())
_BODY_UNITS = frozenset("家 个".split())
_OTHER_UNITS = frozenset("人 人次 人(次) 人(件) 名 位 起 宗".split())
_LADDER_GAP = re.compile(r"[、,和及以与共计总合的 ]{0,4}\Z")
_JOINED = re.compile(r"[、和及与]\s?")
_MARK = re.compile(r"(?:(?:[巡][察视]组?)?反馈(?:的|了|指出的)?|(?:移交|转交|交办|指出|发现|提出|涉及)(?:的|了)?)(?:共计|共)?\Z")
_TOTAL_MARK = re.compile(r"反馈|指出|移交|转交|交办")
_REST = re.compile(r"(?:其余|其他|其它|还有|仍有|尚有|有)\Z")
_STILL = re.compile(r"(?:仍有|还有|尚有|尚余|剩余|还剩)\Z")
_GOAL = re.compile(r"推动|确保|促进|力争|督促|狠抓|努力")
_FIELD_END = re.compile(r"(?:其中)?(?P<field>[\u4e00-\u9fff、“”]{2,20}(?:方面|领域))(?:的|共|有|存在){0,2}\Z")
_TIED = re.compile(r"(?:巡[察视]|反馈)[^,。;\n]{0,14}\Z")
_PROBLEM_WORD = re.compile(r"(?:具体|子项)?问题|任务")
_ALL_BEHIND = re.compile(r",(?:截至目前|截止目前|目前|现在|现|至今)?,?(?=(?:已|均|都|现|也){0,2}(?:全部|全面|均|都|悉数))")
_OWN_RATE = re.compile(r"[^。;\n]{0,6}率(?:均|已)?(?:达到|达|为|是)?100 ?%")


def drafts(matching: str, closed: Closed, zones: Zones) -> list[Draft]:
    """The claims of ``matching`` in text order."""
    # 一个时期, 一件一件: an article and no count, unless a counted noun follows
    found = [count for count in counts(matching) if not (count.is_han and count.low == 1) or noun_behind(matching, count.end, count.end + _RIGHT)]
    events: list[Count | Rate] = sorted([*found, *rates(matching)], key=lambda event: event.start)
    if not events:
        return []
    walk = _Walk(matching, closed, zones, events)
    for index in range(len(events)):
        walk.step(index)
    walk.end_run()
    return [draft for draft in walk.drafts if draft.subject]


@dataclass(slots=True)
class _Walk:
    matching: str
    closed: Closed
    zones: Zones
    events: Sequence[Count | Rate]
    drafts: list[Draft] = field(default_factory=list)
    seen: list[Draft] = field(default_factory=list)  # counted nouns of the paragraph
    run: list[Draft] = field(default_factory=list)  # open drafts of the sentence
    totals: dict[str, float | None] = field(default_factory=dict)
    end: int = 0  # behind the last event or row
    gap: str = ""
    is_tied: bool = False  # the sentence names the feedback, inside the results part too
    round: str | None = None
    whole: Draft | None = None  # what 其中 would speak of
    part: Draft | None = None  # the last row that 其中 governs
    bracket: Draft | None = None  # whole of an open bracket
    last: Draft | None = None

    def step(self, index: int) -> None:
        event = self.events[index]
        self.gap = self.matching[self.end : event.start] if event.start - self.end <= 400 else "\n"
        self._turn()
        if isinstance(event, Rate):
            self._rate(event)
        elif self.closed.is_free(event.start, event.end):
            stop = min(self.events[index + 1].start if index + 1 < len(self.events) else len(self.matching), event.end + _RIGHT)
            self._count(event, max(stop, event.end), self.events[index + 1] if index + 1 < len(self.events) else None)
        else:
            self.last = None
        self.end = max(self.end, event.end)

    def _turn(self) -> None:
        """Forget what a sentence, a paragraph or a bracket that has ended said."""
        gap = self.gap
        if _SENTENCE_END.search(gap):
            self.end_run()
            self.is_tied, self.round, self.last, self.part, self.bracket = False, None, None, None, None
            if "\n" in gap:
                self.seen, self.whole = [], None
            gap = _SENTENCE_END.split(gap)[-1]
        if ")" in gap:
            self.bracket = None
        turned, scope = round_scope(gap)
        if turned:
            self.round = scope

    def end_run(self) -> None:
        """Settle the subjects of the numbers that stood without a noun."""
        if not self.run:
            return
        inherit(self.run, self.seen)
        for draft in self.run:
            if not draft.subject:
                context = self.matching[max(0, draft.start - 80) : draft.start]
                nouns = _PROBLEM_WORD.findall(context.rpartition("\n")[2])
                if nouns and draft.status:
                    draft.subject, draft.kind = nouns[-1], "problem"
        self.run = []

    def _rate(self, rate: Rate) -> None:
        is_local, aspect = self.zones.at(rate.start)
        if is_local and not self.is_tied:
            return
        subject = rate.subject
        if subject is None:
            self.end_run()
            owner = next((draft.subject for draft in reversed(self.seen) if draft.kind in ("petition", "case", "opinion")), "")
            subject = owner + rate.word
        low = None if rate.modifier == "at_most" else rate.value
        high = None if rate.modifier == "at_least" else rate.value
        draft = Draft(rate.start, rate.end, subject, "rate", rate.status, rate.word, low, high, rate.modifier, "%", "claim.rate", rate.decimals)
        draft.scope = self.round or aspect
        self.drafts.append(draft)
        self.last = None

    def _count(self, count: Count, stop: int, following: Count | Rate | None) -> None:
        matching = self.matching
        left = _LEFT_CUT.sub("", matching[max(self.end, count.start - _LEFT) : count.start])
        is_ladder = self.last is not None and self.last.end == self.end and _LADDER_GAP.match(left) is not None
        noun, is_before = self._noun(count, stop, left)
        last = self.last
        self.last = None
        if is_quoted(matching, count.start):
            return
        right = matching[noun.end if noun and not is_before else count.end : stop]
        right = _CLAUSE_STOP.split(right, maxsplit=1)[0] if right else ""
        head = left[: noun.core] if noun and is_before else without_connectors(left)
        clause = _CLAUSE_CUT.sub("", head)
        before = state_before(clause, needs_no_adverb=noun is None)
        behind = state_behind(right) if not (noun and noun.kind == "rule") else None
        if behind and _GOAL.search(clause):
            behind = None
        if behind and isinstance(following, Count) and count.end + _RIGHT > stop and following.start == stop and len(right) == stop - (noun.end if noun and not is_before else count.end):
            # 25个问题已完成19个: the words belong to the next number
            behind = None
        if noun is None or is_before:
            if not self._may_stand_alone(right, behind, count, stop, following):
                return
        is_local, aspect = self.zones.at(count.start)
        share = share_scope(_CLAUSE_CUT.sub("", left))
        scope = share or (last.scope if is_ladder and last else None) or body_scope(left) or self.round or aspect
        if scope and not share and not is_ladder and left and self.end and matching[self.end - 1] != "。" and left == scope and self._previous_count_end() == self.end:
            scope = self._previous_count() + scope
        if is_local:
            if noun and noun.kind == "problem" and _TIED.search(left):
                self.is_tied = True
            if not self.is_tied or (noun and noun.kind not in ("problem", "level", "task")):
                return
        start = count.start
        end = count.end
        if noun is None:
            self._bare(count, left, clause, before, behind, share, scope, is_ladder, last)
            return
        if noun.kind == "level" and not is_ladder and is_plan(left, matching[noun.end : noun.end + 12], self._next_is_counted(following, noun.end)):
            return
        if is_foreign(noun.kind, noun.subject, left, self.gap):
            return
        if count.is_han and count.low == 1 and not ((before or behind) and not is_before):
            return
        status: str | None
        raw = ""
        offset = count.start - len(left)
        if is_before:
            start = offset + noun.start
        else:
            end = noun.end
        if noun.kind == "rule":
            made, status, raw = rule_status(clause)
            if not made and not is_listed_rule(left, count.is_han):
                return
            if raw:
                start = min(start, offset + left.rfind(raw)) if raw in left else start
            behind = None
        elif noun.kind in ("body", "case"):
            status = "total"
            behind = None
        else:
            inside = state_inside(matching[noun.start : noun.end]) if not is_before else None
            state = before or inside
            status = state.status if state else "total"
            if before:
                raw = clause[before.start : before.end]
                start = min(start, offset + len(head) - len(clause) + before.start)
            elif inside:
                raw = matching[noun.start : noun.end][inside.start : inside.end]
            elif noun.kind == "level" and is_ladder is False and _STILL.search(left) and not behind:
                status = "not_completed"
            elif is_ladder and last and last.kind == "level" and "," not in left and last.status not in (None, "total"):
                status, raw = last.status, last.status_raw
            elif _STILL.search(left) and not behind:
                status = "not_completed"
        if status == "total" and start == count.start or is_before and status == "total":
            mark = _MARK.search(matching, max(self.end, start - 12), start)
            if mark:
                start = mark.start()
        if share and not before:
            status, behind = None, None
        subject = "问题" if share and noun.kind == "problem" else noun.subject
        draft = Draft(start, end, subject, noun.kind, status, raw, count.low, count.high, count.modifier, count.unit, f"claim.{noun.kind}")
        draft.scope = scope
        field_match = _FIELD_END.search(clause) if noun.kind in ("problem", "task") and status == "total" else None
        self._place_part(draft, left)
        if field_match and not _TOTAL_MARK.search(field_match["field"]):
            draft.scope = draft.scope or field_match["field"].removeprefix("其中")
        self._finish(draft, behind, clause, right, noun.end if not is_before else count.end, left)

    def _finish(self, draft: Draft, behind: State | None, clause: str, right: str, right_start: int, left: str) -> None:
        """Add ``draft``; where a status follows it (9个问题已全部整改完毕), that is the draft's own or a second row."""
        second: Draft | None = None
        if behind is not None and draft.status == "total" or behind is not None and draft.status in ("immediate", "time_limited") and is_all(right[: behind.end]):
            start, end = right_start + behind.start, right_start + behind.end
            raw = right[behind.start : behind.end]
            is_both = (is_all(right[: behind.end]) or bool(_TOTAL_MARK.search(clause))) and not draft.is_part and not _REST.search(left)
            known = self.totals.get(draft.subject, draft.low)
            if draft.status != "total" or is_both and known == draft.low:
                lead = len(right[: behind.start]) - len(right[: behind.start].rstrip("已均都全部面"))
                second = self._copy(draft, start - lead, end, behind.status, raw)
                if draft.status != "total":
                    second.part_of, second.is_part = draft.status, True
            else:
                draft.status, draft.status_raw, draft.end = behind.status, raw, end
        elif draft.status == "total" and draft.kind in ("problem", "task", "measure", "opinion", "petition", "case"):
            second = self._all_done(draft)
        self._end_run_for(draft)
        self._add(draft)
        if second is not None:
            self.drafts.append(second)
            self.end = max(self.end, second.end)

    def _all_done(self, draft: Draft) -> Draft | None:
        """The second row of 反馈问题25个,已全部整改到位; None where a number or its own rate of 100% tells it."""
        ahead = _SENTENCE_END.split(self.matching[draft.end : draft.end + 40], maxsplit=1)[0]
        lead = _ALL_BEHIND.match(ahead)
        if lead is None:
            return None
        rest = _CLAUSE_STOP.split(ahead[lead.end() :], maxsplit=1)[0]
        state = state_behind(rest)
        if state is None or state.status not in ("completed", "basically_completed") or any(character.isdigit() for character in rest):
            return None
        end = draft.end + lead.end() + state.end
        if _OWN_RATE.match(self.matching, end, end + 24):
            return None
        return self._copy(draft, draft.end + lead.end(), end, state.status, rest[: state.end])

    def _bare(
        self, count: Count, left: str, clause: str, before: State | None, behind: State | None, share: str | None, scope: str | None, is_ladder: bool, last: Draft | None
    ) -> None:
        """A number with a measure word only: a rung of a ladder (13条), or a part whose subject was named before."""
        state = before or behind
        offset = count.start - len(clause) - (len(left) - len(without_connectors(left)))
        values = (count.low, count.high, count.modifier, count.unit)
        if count.unit in _OTHER_UNITS or count.unit == "家":
            return
        if state is None and is_ladder and last is not None and last.kind in ("level", "problem") and count.unit in ("条", "项", "点"):
            draft = Draft(count.start, count.end, count.unit, "level", "total", "", *values, "claim.level")
            draft.scope = scope
            self._add(draft)
            return
        if state is None and share is None:
            made, status, raw = rule_status(clause)
            rules = [draft for draft in self.seen if draft.kind == "rule"]
            if made and clause.endswith(raw) and rules:
                draft = Draft(offset + clause.rfind(raw), count.end, rules[-1].subject, "rule", status, raw, *values, "claim.rule")
                draft.scope = scope
                self._add(draft)
            return
        if count.is_han and count.low == 1 and before and clause.endswith(("完成", "整改", "办结", "销号")):
            return  # 完成一项、销号一项
        if state is None:
            draft = Draft(count.start, count.end, "", "", None, "", *values, "claim.share")
        elif before:
            draft = Draft(offset + before.start, count.end, "", "", before.status, clause[before.start : before.end], *values, "claim.inherited")
        else:
            assert behind is not None
            end = count.end + behind.end
            draft = Draft(count.start, end, "", "", behind.status, self.matching[count.end + behind.start : end], *values, "claim.inherited")
        draft.scope = scope
        self._place_part(draft, left)
        self.run.append(draft)
        self._add(draft)

    def _noun(self, count: Count, stop: int, left: str) -> tuple[Noun | None, bool]:
        """The counted noun, and whether it stands before the number."""
        if count.unit in _CASE_UNITS:
            case = _CASE_BEFORE.search(left)
            if case:
                return Noun("立案", "case", case.start(), case.end(), case.start()), True
            if count.unit in "人名":
                ahead = _CASE_BEHIND.match(self.matching, count.end, stop)
                return (Noun("立案", "case", count.end, ahead.end(), count.end), False) if ahead else (None, False)
        if count.unit in _OTHER_UNITS:
            return None, False
        behind = noun_behind(self.matching, count.end, stop)
        if count.unit in _LEVEL_UNITS:
            end = behind.end if behind and behind.kind == "problem" else count.end
            return Noun(_LEVEL_UNITS[count.unit], "level", count.end, end, count.end), False
        if behind is not None:
            if behind.kind != "body" and count.unit == "家":
                return None, False
            return behind, False
        if count.unit == "家":
            return None, False
        before = noun_before(left)
        return before, before is not None

    def _may_stand_alone(self, right: str, behind: State | None, count: Count, stop: int, following: Count | Rate | None) -> bool:
        """Nothing but punctuation, a status or the next count follows a number without a noun behind it."""
        ahead = self.matching[count.end : count.end + 1]
        if not ahead or ahead in ",;。、:()!?\n ”\"" or behind is not None:
            return True
        if ahead in "的中和及并已均以":
            return self.matching[count.end : count.end + 2] not in ("的单", "的人", "的学", "的班", "以上")
        return following is not None and following.start - count.end <= 2

    def _next_is_counted(self, following: Count | Rate | None, end: int) -> bool:
        """The next rung of a ladder stands right behind ``end``."""
        if not isinstance(following, Count) or following.start - end > 6 or not _LADDER_GAP.fullmatch(self.matching[end : following.start]):
            return False
        if following.unit in _LEVEL_UNITS or following.unit in ("条", "项"):
            return True
        return noun_behind(self.matching, following.end, following.end + _RIGHT) is not None

    def _place_part(self, draft: Draft, left: str) -> None:
        """Whether 其中 or a bracket makes ``draft`` a part, and of what."""
        if "(" in left:
            self.bracket = self.whole
        has_word = "其中" in left
        follows = self.part is not None and (
            _JOINED.match(left) is not None
            or draft.status in ("immediate", "time_limited", "long_term")
            and self.part.status in ("immediate", "time_limited", "long_term")
        )
        if has_word or self.bracket is not None or follows:
            whole = self.bracket or self.whole
            if follows and not has_word and self.part is not None:
                draft.part_of = self.part.part_of
            elif whole is not None and whole.status not in (None, "total", draft.status):
                draft.part_of = whole.status
            draft.is_part = draft.part_of is not None
            self.part = draft
        else:
            self.part = None

    def _end_run_for(self, draft: Draft) -> None:
        """A noun ends the run before it, or gives it its subject: 已完成19个、正在整改6个问题."""
        if not self.run:
            return
        self.end_run()

    def _add(self, draft: Draft) -> None:
        self.drafts.append(draft)
        if draft.subject:
            if not (draft.status == "total" and draft.subject in self.totals):
                self.seen.append(draft)
            else:
                self.seen.append(draft)
            if draft.status == "total" and draft.scope is None:
                self.totals.setdefault(draft.subject, draft.low)
        if not draft.is_part:
            self.whole = draft
        self.last = draft
        self.end = max(self.end, draft.end)

    def _copy(self, draft: Draft, start: int, end: int, status: str, raw: str) -> Draft:
        return Draft(
            start, end, draft.subject, draft.kind, status, raw, draft.low, draft.high, draft.modifier, draft.unit, "claim.all_done", 0, draft.scope, draft.part_of
        )

    def _previous_count(self) -> str:
        before = self.matching[max(0, self.end - 12) : self.end]
        match = re.search(r"[0-9一二两三四五六七八九十百]+[个家]\Z", before)
        return match.group() if match else ""

    def _previous_count_end(self) -> int:
        return self.end if self._previous_count() else -1
