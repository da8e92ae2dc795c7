"""The row of a counted noun, and what the words behind it add: its state, or a second row for what of it is done."""

from __future__ import annotations

import re

from transforms.claims.context import Context
from transforms.claims.draft import CATEGORIES, Draft
from transforms.claims.phrase import RIGHT, Phrase, clause_behind
from transforms.claims.scope import class_scope, field_scope
from transforms.claims.status import is_all, state_behind
from transforms.claims.subjects import Noun

_MARK = re.compile(r"(?:(?:巡[察视]组?)?反馈(?:的|了|指出的)?|(?:移交|转交|交办|指出|发现|提出|涉及)(?:的|了)?)(?:共计|共)?\Z")
_TOTAL_MARK = re.compile(r"反馈|指出|移交|转交|交办")
# 需本年度完成的措施26项: what is to be done says nothing of what is
_DUE = re.compile(r"(?P<due>(?:需要|需|须|应当|应|拟|计划)[^,;。、\n0-9]{0,12}(?:完成|实施|落实|推进|办结))的?\Z")
_REST = re.compile(r"(?:其余|其他|其它|还有|仍有|尚有|有)\Z")
_STILL = re.compile(r"(?:仍有|还有|尚有|尚余|剩余|还剩)\Z")
_ALL_BEHIND = re.compile(
    r"[,:](?:截至目前|截止目前|目前|现在|现|至今|(?:截[至止]|到|至)[0-9年月日底末上中下旬]{2,12})?,?(?=(?:已|均|都|现|也){0,2}(?:全部|全面|均|都|悉数))"
)
_OWN_RATE = re.compile(r"[^。;\n]{0,6}率(?:均|已)?(?:达到|达|为|是)?100 ?%")
# 移交立行立改事项3项: things of that name, and no state of them
HANDED_TASK = re.compile(r"(?:移交|交办|转办)的?立行立改\Z")


def row_of(context: Context, found: Phrase, noun: Noun, scope: str | None, before: Draft | None, is_share: bool) -> Draft:
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
    elif found.before and noun.kind == "task" and (handed_over := HANDED_TASK.search(found.clause)):
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


def finish(context: Context, draft: Draft, found: Phrase | None, left: str) -> None:
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
            or HANDED_TASK.match(draft.scope or "")
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
