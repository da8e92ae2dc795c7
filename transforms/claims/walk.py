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
from transforms.claims.phrase import LADDER_GAP, RIGHT, SENTENCE_MARKS, Phrase, is_counted_on, is_remainder, phrase
from transforms.claims.rates import Rate, rates
from transforms.claims.rows import HANDED_TASK, finish, row_of
from transforms.claims.scope import ONE_PROBLEM, body_scope, share_scope
from transforms.claims.status import state_inside
from transforms.claims.subjects import OTHER_UNITS, Noun, noun_behind
from transforms.claims.summary import sums_up
from transforms.claims.zones import Zones
from transforms.source import Closed

_MAY_BE_LOCAL = re.compile(r"巡[察视]|反馈|移交立行立改|制度|机制|立案|建章立制|线索")
_TIED = re.compile(r"(?:巡[察视]|反馈)[^,。;\n]{0,14}\Z")
_HANDED_OVER = re.compile("移交|移送|转交|转送|转办|处置|核查|办理|受理|初核")
_CLOSE = 6  # characters between a number and one that goes on from it
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
    draft = row_of(context, found, noun, scope, before, is_share)
    finish(context, draft, None if is_share else found, left)


def _is_told_of_one(found: Phrase, last: Draft | None) -> bool:
    """Rules made, cases filed (and closed: 立案6件、结案6件) and clues handed over are told inside one problem's text as well."""
    noun = found.noun
    if noun is None:
        return last is not None and last.kind in ("case", "petition") and found.before is not None and len(found.left) <= _CLOSE
    if noun.subject in ("问题线索", "线索"):
        return _HANDED_OVER.search(found.full_clause) is not None or _HANDED_OVER.match(found.right.lstrip("已均全部")) is not None
    if noun.kind == "petition":
        return _TIED.search(found.full_clause) is not None and _HANDED_OVER.search(found.full_clause) is not None
    return noun.kind in ("rule", "case") or (noun.kind == "task" and HANDED_TASK.search(found.clause) is not None)


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
