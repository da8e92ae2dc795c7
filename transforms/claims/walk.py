"""Reads a text's counts and rates in order, with what the sentence has said before each: see transforms/claims/claims.py."""

from __future__ import annotations

import re
from collections.abc import Sequence
from operator import attrgetter

from transforms.claims.bare import read_bare
from transforms.claims.context import Context
from transforms.claims.counts import Count
from transforms.claims.draft import CATEGORIES, Draft
from transforms.claims.endings import after_last
from transforms.claims.gates import is_foreign, is_listed_rule, is_plan, is_quoted, rule_status
from transforms.claims.phrase import LADDER_GAP, RIGHT, SENTENCE_MARKS, Phrase, clause_behind, is_counted_on, is_remainder, phrase
from transforms.claims.rates import Rate, rates
from transforms.claims.scope import ONE_PROBLEM, body_scope, class_scope, field_scope, share_scope
from transforms.claims.status import is_all, state_behind, state_inside
from transforms.claims.subjects import OTHER_UNITS, Noun, noun_behind
from transforms.claims.summary import sums_up
from transforms.claims.zones import Zones
from transforms.source import Closed

_MARK = re.compile(r"(?:(?:巡[察视]组?)?反馈(?:的|了|指出的)?|(?:移交|转交|交办|指出|发现|提出|涉及)(?:的|了)?)(?:共计|共)?\Z")
_MAY_BE_LOCAL = re.compile(r"巡[察视]|反馈|移交立行立改|制度|机制|立案|建章立制|线索")
_TOTAL_MARK = re.compile(r"反馈|指出|移交|转交|交办")
# 需本年度完成的措施26项: what is to be done says nothing of what is
_DUE = re.compile(r"(?P<due>(?:需要|需|须|应当|应|拟|计划)[^,;。、\n0-9]{0,12}(?:完成|实施|落实|推进|办结))的?\Z")
_REST = re.compile(r"(?:其余|其他|其它|还有|仍有|尚有|有)\Z")
_STILL = re.compile(r"(?:仍有|还有|尚有|尚余|剩余|还剩)\Z")
_TIED = re.compile(r"(?:巡[察视]|反馈)[^,。;\n]{0,14}\Z")
_ALL_BEHIND = re.compile(
    r"[,:](?:截至目前|截止目前|目前|现在|现|至今|(?:截[至止]|到|至)[0-9年月日底末上中下旬]{2,12})?,?(?=(?:已|均|都|现|也){0,2}(?:全部|全面|均|都|悉数))"
)
_HANDED_OVER = re.compile("移交|移送|转交|转送|转办|处置|核查|办理|受理|初核")
# 移交立行立改事项3项: things of that name, and no state of them
_HANDED_TASK = re.compile(r"(?:移交|交办|转办)的?立行立改\Z")
_CLOSE = 6  # characters between a number and one that goes on from it
_OWN_RATE = re.compile(r"[^。;\n]{0,6}率(?:均|已)?(?:达到|达|为|是)?100 ?%")
_COUNTED_BODIES = re.compile(r"[0-9一二两三四五六七八九十百]+[个家]\Z")
_TIMES = ("月", "工作日", "自然日", "小时", "星期", "季度", "学期", "年度")
_TIME_SIGNS = frozenset(word[0] for word in _TIMES)


def drafts(matching: str, counted: Sequence[Count], closed: Closed, zones: Zones) -> list[Draft]:
    """The claims of ``matching``, whose counts are ``counted``, in text order."""
    found = [
        count
        for count in counted
        if not (count.is_han and count.low == 1 and _is_article(matching, count)) and not _is_time(matching, count.end)
    ]
    told = rates(matching)
    events: list[Count | Rate] = sorted([*found, *told], key=attrgetter("start")) if told else [*found]
    if not events:
        return []
    has_cases = "立案" in matching
    context = Context(matching)
    for index, event in enumerate(events):
        start = event.start if isinstance(event, Count) else max(event.start, min(context.end, event.word_start))
        if start < context.end:
            continue
        context.turn(start)
        if isinstance(event, Rate):
            _read_rate(context, zones, event, start)
        elif (has_cases or event.unit not in OTHER_UNITS) and closed.is_free(event.start, event.end):
            _read_count(context, zones, event, _following(events, index))
        else:
            context.last = None
        context.end = max(context.end, event.end)
    context.end_run()
    return [draft for draft in context.drafts if draft.subject]


def _is_article(matching: str, one: Count) -> bool:
    """一个时期, 一件一件: an article and no count, unless a counted noun follows."""
    return not is_remainder(matching[max(0, one.start - 6) : one.start]) and noun_behind(matching, one.end, one.end + RIGHT) is None


def _is_time(matching: str, end: int) -> bool:
    """3个月内."""
    return end < len(matching) and matching[end] in _TIME_SIGNS and matching.startswith(_TIMES, end)


def _following(events: Sequence[Count | Rate], index: int) -> Count | Rate | None:
    return events[index + 1] if index + 1 < len(events) else None


def _read_rate(context: Context, zones: Zones, rate: Rate, start: int) -> None:
    """Add ``rate``, whose words begin at ``start``: the noun before it may be that of a count (135条措施完成率97.8%)."""
    is_local, aspect = zones.at(rate.start)
    if context.is_summary:
        is_local, aspect = False, None
    if is_local and not context.is_tied:
        return
    context.end_run()
    subject = rate.subject
    if subject is None:
        owner = next((draft.subject for draft in reversed(context.seen) if draft.kind in ("petition", "case", "opinion")), "")
        subject = owner + rate.word
    low = None if rate.modifier == "at_most" else rate.value
    high = None if rate.modifier == "at_least" else rate.value
    values = (low, high, rate.modifier, "%")
    scope = context.round or aspect
    context.drafts.append(Draft(start, rate.end, subject, "rate", rate.status, "", *values, "claim.rate", rate.decimals, scope))
    context.last = None


def _read_count(context: Context, zones: Zones, count: Count, following: Count | Rate | None) -> None:
    matching = context.matching
    last, context.last = context.last, None
    is_local, aspect = zones.at(count.start)
    if is_local and (context.is_summary or sums_up(matching, count, context.totals, zones)):
        context.is_summary, is_local, aspect = True, False, None
    if (
        is_local
        and not context.is_tied
        and not _MAY_BE_LOCAL.search(matching, max(0, count.start - 20), min(count.end + 12, len(matching)))
    ):
        return
    if is_quoted(matching, count.start):
        return
    limit = len(matching)
    if following:
        limit = following.start if isinstance(following, Count) or following.start > count.end else following.word_start
    found = phrase(matching, context.left(count.start), count, following if isinstance(following, Count) else None, limit)
    if found is None:
        return
    noun, left = found.noun, found.left
    before = last if last is not None and last.end == context.end and LADDER_GAP.match(left) else None
    is_of_one = is_local and not _is_tied(context, noun, left)
    if is_of_one and not _is_told_of_one(found, last):
        return
    share = share_scope(found.full_clause)
    if noun and noun.subject == "方面" and _TIED.search(left):
        context.is_whole = True
    if context.is_whole:
        aspect = None
    scope = share or (before.scope if before else None) or _other_body(context, left) or context.round or aspect
    if is_of_one:
        scope = scope or ONE_PROBLEM
    if noun is None:
        if not context.is_foreign:
            read_bare(context, found, share, scope, before)
        return
    if noun.kind == "level" and count.is_han and (_sums_kinds(found) or (last and last.end == count.start and last.kind != "level")):
        return  # 立行立改15个、长期坚持7个三类
    is_done = found.before is not None and noun.subject in context.totals and found.before.status in ("completed", "in_progress")
    is_stated = is_done or found.before or found.behind or noun.end > count.end + 1  # 已完成4个方面, 12类问题
    if (
        noun.kind == "level"
        and before is None
        and not (is_stated and (is_done or count.unit != "个"))
        and is_plan(left, matching[noun.end : noun.end + 12], is_counted_on(matching, found))
    ):
        return
    if is_foreign(
        noun.kind, noun.subject, left, context.gap, after_last(SENTENCE_MARKS, matching[max(0, count.start - 100) : count.start])
    ):
        context.is_foreign = True
        return
    if count.is_han and count.low == 1 and not is_remainder(left) and (noun.is_before or not (found.before or found.behind)):
        return  # 一个问题一套方案
    if noun.kind == "rule":
        _read_rule(context, found, noun, scope)
        return
    is_share = share is not None or (before is not None and before.status is None and before.kind != "rule")
    draft = _draft(context, found, noun, scope, before, is_share)
    _finish(context, draft, None if is_share else found, left)


def _is_told_of_one(found: Phrase, last: Draft | None) -> bool:
    """Rules made, cases filed (and closed: 立案6件、结案6件) and clues handed over are told inside one problem's text as well."""
    noun = found.noun
    if noun is None:
        return last is not None and last.kind in ("case", "petition") and found.before is not None and len(found.left) <= _CLOSE
    if noun.subject in ("问题线索", "线索"):
        return _HANDED_OVER.search(found.full_clause) is not None or _HANDED_OVER.match(found.right.lstrip("已均全部")) is not None
    if noun.kind == "petition":
        return _TIED.search(found.full_clause) is not None and _HANDED_OVER.search(found.full_clause) is not None
    return noun.kind in ("rule", "case") or (noun.kind == "task" and _HANDED_TASK.search(found.clause) is not None)


def _sums_kinds(found: Phrase) -> bool:
    """A number of kinds behind their names: “即知即改、限期整改、长期坚持”三类."""
    if found.before is None or found.before.status not in CATEGORIES:
        return False
    other = state_inside(found.clause[: found.before.start])
    return other is not None and other.status in CATEGORIES


def _is_tied(context: Context, noun: Noun | None, left: str) -> bool:
    """Inside one problem's text: whether the sentence speaks of the feedback as a whole."""
    if noun and noun.kind in ("problem", "level") and _TIED.search(left):
        context.is_tied = True
    return context.is_tied and (noun is None or noun.kind in ("problem", "level", "task"))


def _other_body(context: Context, left: str) -> str | None:
    """The other body named before a number, with its own number where that stands right before it: 30个村级党组织."""
    body = body_scope(left)
    if body is None or body != left or body != context.gap:
        return body
    counted = _COUNTED_BODIES.search(context.matching, max(0, context.end - 12), context.end)
    return counted.group() + body if counted else body


def _read_rule(context: Context, found: Phrase, noun: Noun, scope: str | None) -> None:
    is_made, status, raw = rule_status(found.clause)
    if not is_made and not is_listed_rule(found.left, found.number.is_han):
        return
    start = noun.start if noun.is_before else found.number.start
    if raw:
        start = found.clause_end - len(found.clause) + found.clause.rfind(raw)
    end = found.number.end if noun.is_before else noun.end
    draft = Draft.of(found.number, start, end, noun.subject, "rule", status, raw, "claim.rule", scope)
    context.end_run()
    context.add(draft)


def _draft(context: Context, found: Phrase, noun: Noun, scope: str | None, before: Draft | None, is_share: bool) -> Draft:
    """The row of a counted noun, without what follows it."""
    count = found.number
    start, end = (noun.start, count.end) if noun.is_before else (count.start, noun.end)
    status: str | None = "total"
    raw = ""
    due = _DUE.search(found.clause)
    if due and (count.low or 0) < (context.totals.get(noun.subject) or 0) and (not found.before or found.before.status == "completed"):
        scope = due["due"]
    elif noun.kind in ("body", "case"):
        pass
    elif found.behind and found.is_overcome:
        status, end = found.behind.status, found.right_start + found.behind.end
        raw = found.right[found.behind.start : found.behind.end]
        start = found.before_start
    elif found.before and noun.kind == "task" and (handed_over := _HANDED_TASK.search(found.clause)):
        scope = handed_over.group()
    elif found.before:
        status, raw, start = found.before.status, found.clause[found.before.start : found.before.end], found.before_start
    elif is_share:
        status = None
    elif _is_done_too(context, noun, found):
        status, raw = "completed", "整改"
    elif found.inside:
        status, raw = found.inside.status, context.matching[noun.start + found.inside.start : noun.start + found.inside.end]
    elif before and before.kind == "level" and "," not in found.left and before.status not in (None, "total"):
        status, raw = before.status, before.status_raw  # 已完成4个方面19个问题
    elif _STILL.search(found.left) and not found.behind:
        status = "not_completed"
    if status == "total":
        mark = _MARK.search(context.matching, max(context.end, start - 12), start)
        start = mark.start() if mark else start
        if scope is None and noun.kind in ("problem", "task"):
            scope = field_scope(found.clause) or class_scope(context.matching, start) or _part_scope(context, noun, found)
    subject = "问题" if is_share and noun.kind == "problem" else noun.subject
    return Draft.of(count, start, end, subject, noun.kind, status, raw, f"claim.{noun.kind}", scope)


def _is_done_too(context: Context, noun: Noun, found: Phrase) -> bool:
    """累计完成措施91条、整改问题26个: the verb before the noun goes on with what is done."""
    before = context.drafts[-1] if context.drafts else None
    return (
        noun.is_before
        and noun.kind == "problem"
        and context.matching.startswith("整改", noun.start)
        and noun.core - noun.start == 2
        and context.gap in ("、整改问题", "、整改具体问题")
        and before is not None
        and before.status == "completed"
    )


def _part_scope(context: Context, noun: Noun, found: Phrase) -> str | None:
    """What a total behind 其中 is limited to: 其中涉及县委班子的问题12个."""
    if "其中" not in found.left:
        return None
    words = found.clause.rpartition("其中")[2].strip("的有,: ")
    # 其中14个问题已完成整改: the state behind says what part it is
    return words or ("其中" if noun.subject in context.totals and not found.behind else None)


def _finish(context: Context, draft: Draft, found: Phrase | None, left: str) -> None:
    """Add ``draft``; a status behind it (9个问题已全部整改完毕) is its own, or a second row if the number is a total as well."""
    context.place(draft, left)
    second: Draft | None = None
    behind = found.behind if found else None
    if found is not None and behind is not None:
        words = found.right[: behind.end]
        start, end = found.right_start + behind.start, found.right_start + behind.end
        start -= len(words[: behind.start]) - len(words[: behind.start].rstrip("已均都全部面"))
        raw = context.matching[start:end]
        # long-term work is under way by its nature, so 正在推进 adds nothing to it
        if draft.status in CATEGORIES and behind.status != draft.status and (draft.status, behind.status) != ("long_term", "in_progress"):
            second = draft.as_all(start, end, behind.status, raw)
            second.part_of = draft.status
        elif draft.status == "total":
            known = context.totals.get(draft.subject)
            is_total = is_all(words) or _TOTAL_MARK.search(found.clause) is not None
            is_total = is_total and draft.part_of is None and not _REST.search(left)
            # 反馈问题25个 … 19个问题已完成: a number below a total that is known is no other total
            if is_total and (known is None or draft.low is None or draft.low >= known):
                second = draft.as_all(start, end, behind.status, raw)
            else:
                draft.status, draft.status_raw, draft.end = behind.status, raw, end
    elif (
        draft.status == "total"
        and (
            draft.scope in (None, context.round)
            or draft.kind == "petition"
            or _HANDED_TASK.match(draft.scope or "")
            or context.matching.startswith(":", draft.end)
        )
        and draft.kind not in ("level", "body")
    ):
        second = _all_done(context.matching, draft)
    context.end_run(draft)
    context.add(draft)
    if second is not None:
        context.drafts.append(second)
        context.end = max(context.end, second.end)


def _all_done(matching: str, draft: Draft) -> Draft | None:
    """The second row of 反馈问题25个,已全部整改到位; None where a number or its own rate of 100% tells it."""
    lead = _ALL_BEHIND.match(matching, draft.end, draft.end + 40)
    if lead is None:
        return None
    rest = clause_behind(matching, lead.end(), lead.end() + RIGHT)
    state = state_behind(rest)
    if state is None or state.status not in ("completed", "basically_completed") or any(character.isdigit() for character in rest):
        return None
    end = lead.end() + state.end
    if _OWN_RATE.match(matching, end, end + 24):
        return None
    return draft.as_all(lead.end(), end, state.status, rest[: state.end])
