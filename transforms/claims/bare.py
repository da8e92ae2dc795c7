"""Numbers with a measure word only: a rung of a ladder (13条), a part whose subject was named before, a part by body, a sum of parts."""

from __future__ import annotations

import re

from transforms.claims.context import Context
from transforms.claims.counts import Count
from transforms.claims.draft import Draft
from transforms.claims.gates import rule_status
from transforms.claims.phrase import Phrase
from transforms.claims.scope import body_scope

# 反馈问题4个方面28条
_PROBLEMS_OF = re.compile(r"问题(?:共计|共有|共|涉及|有|:)?(?:[0-9一二三四五六七八九十]{1,3}个方面[、,]?)?\Z")
_DONE_ONE = ("完成", "整改", "办结", "销号")
# 制度方面,修订7项 or 制度新增9个: rules are spoken of, and the number has a verb only
_OF_RULES = re.compile(
    r"(?:^|[\n。])[ (]*(?:[一二三四五六七八九十0-9]{1,3}[、.)是][ ]?|第[一二三四五六七八九十],)?(?:在|从)?(?:规章)?(?:制度|规章|建章立制)(?:建设|方面|机制|供给|完善|保障|账|上)?[。,:—][^。\n]*\Z"
    r"|[,;。](?:制度|规章制度)(?:建设|方面)?(?:共|已|累计)?[\u4e00-\u9fff]{2,4}\Z"
)
_TITLES = re.compile(r"》等\Z")
_UNDONE = re.compile(r"(?:仍有|还有|尚有|尚余|还剩|仅剩|仅余|剩)\Z")
_SENTENCE_END = re.compile("[。;\n]")
_REFERRED = re.compile(r"(?:上述|前述|以上)[^,;。、\n0-9]{0,14}\Z")
_SUMMED = re.compile(r"(?:累计|合计|共计|总计)(?:有|为|达)?\Z")


def _part(context: Context, count: Count, scope: str | None, left: str) -> Draft | None:
    """A bare number that is a part of a total by body (反馈问题73个(局机关28个,直属单位45个)), or the sum of such parts (累计163个)."""
    near = [draft for draft in context.seen if draft.status == "total" and draft.unit == count.unit and draft.end >= count.start - 120]
    if not near or count.low is None or near[-1].kind not in ("problem", "task", "measure"):
        return None
    whole = next((draft for draft in reversed(near) if draft.scope is None), near[-1])
    summed = _SUMMED.search(left)
    if summed:
        parts = [draft for draft in near if draft.scope is not None and draft.subject == whole.subject]
        is_sum = len(parts) > 1 and sum(draft.low or 0 for draft in parts) == count.low
        start = count.start - len(left) + summed.start()
        return Draft.of(count, start, count.end, whole.subject, whole.kind, "total", "", "claim.sum", None) if is_sum else None
    if scope is None or not body_scope(left) or count.low > (whole.low or 0):
        return None
    return Draft.of(count, count.start, count.end, whole.subject, whole.kind, "total", "", "claim.part", scope)


def _undone(context: Context, found: Phrase, scope: str | None) -> Draft | None:
    """尚余1个(土地证未办): what is left of a total when what is done is taken off, and no state is told of it."""
    count, left = found.number, found.left
    words = _UNDONE.search(left)
    behind = context.matching[count.end : found.following.start if found.following else count.end]
    if behind and not _SENTENCE_END.search(behind):
        return None  # 还剩5个,3个正在推进、2个长期坚持: what is left is told in its parts
    near = [*context.seen, *context.run]
    done = next((draft for draft in reversed(near) if draft.status == "completed" and draft.unit == count.unit), None)
    if words is None or done is None or done.low is None or count.low is None:
        return None
    whole = [draft for draft in near if draft.status == "total" and draft.unit == count.unit and draft.scope == done.scope]
    if not any(draft.low == done.low + count.low for draft in whole):
        return None
    start = count.start - len(left) + words.start()
    return Draft.of(count, start, count.end, done.subject, done.kind, "not_completed", words.group(), "claim.rest", done.scope or scope)


def _headed_rule(context: Context, found: Phrase, is_made: bool) -> bool:
    """Whether the words before a number without a noun say that rules are counted: 制度方面,新订7项; 制度新增9个."""
    start = found.number.start
    line = max(context.matching.rfind("\n", 0, start), start - 200)
    if not is_made and not _TITLES.search(found.left):
        return False
    return _OF_RULES.search(context.matching[max(0, line) : start]) is not None


def read_bare(context: Context, found: Phrase, share: str | None, scope: str | None, before: Draft | None) -> None:
    """A number with a measure word only: a rung of a ladder (13条), or a part whose subject was named before."""
    count, state = found.number, found.before or found.behind
    if state is None and share is None:
        if before is not None and before.kind in ("level", "problem") and count.unit in ("条", "项", "点", "个"):
            # 四个方面的问题,共计16条: the rung counts what the one above says
            is_of_problems = before.kind == "level" and (
                context.matching.endswith("问题", before.start, before.end)
                or _PROBLEMS_OF.search(context.matching, max(0, before.start - 16), before.start) is not None
            )
            if count.unit == "个" and not is_of_problems:
                return
            subject, kind = ("问题", "problem") if is_of_problems else (count.unit, "level")
            context.add(Draft.of(count, count.start, count.end, subject, kind, "total", "", f"claim.{kind}", scope))
            return
        if undone := _undone(context, found, scope):
            context.add(undone)
            return
        if part := _part(context, count, scope, found.left):
            context.add(part)
            return
        is_made, status, raw = rule_status(found.clause)
        rule = next((draft for draft in reversed(context.seen) if draft.kind == "rule"), None)
        if (rule is None or found.left.endswith("等")) and _headed_rule(context, found, is_made):
            start = count.start - len(found.left) + found.left.rfind(raw) if raw else count.start
            context.add(Draft.of(count, start, count.end, "制度", "rule", status, raw, "claim.rule", scope))
        elif is_made and rule is not None and found.clause.endswith(raw):
            start = found.clause_end - len(raw)
            context.add(Draft.of(count, start, count.end, rule.subject, "rule", status, raw, "claim.rule", scope))
        return
    if _REFERRED.search(found.left):
        return  # 上述未整改到位的8个: told before
    start, end, raw = count.start, count.end, ""
    if found.before:
        if count.is_han and count.low == 1 and found.clause.endswith(_DONE_ONE):
            return  # 完成一项、销号一项
        start, raw = found.before_start, found.clause[found.before.start : found.before.end]
    elif found.behind:
        end = found.right_start + found.behind.end
        raw = context.matching[found.right_start + found.behind.start : end]
    rule_name = "claim.inherited" if state else "claim.share"
    draft = Draft.of(count, start, end, "", "", state.status if state else None, raw, rule_name, scope)
    context.place(draft, found.left)
    context.add(draft)
