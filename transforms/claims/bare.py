"""Numbers with a measure word only: a rung of a ladder (13条), a part whose subject was named before, a part by body, a sum of parts."""

from __future__ import annotations

import re

from transforms.claims.context import Context
from transforms.claims.counts import Count
from transforms.claims.draft import CATEGORIES, Draft
from transforms.claims.gates import rule_status
from transforms.claims.phrase import Phrase
from transforms.claims.scope import body_scope
from transforms.claims.status import is_all, state_before
from transforms.claims.subjects import subject_named

# 反馈问题4个方面28条
_PROBLEMS_OF = re.compile(r"问题(?:共计|共有|共|涉及|有|:)?(?:[0-9一二三四五六七八九十]{1,3}个方面[、,]?)?\Z")
_DONE_ONE = ("完成", "整改", "办结", "销号")
# 制度方面,修订7项 or 制度新增9个: rules are spoken of, and the number has a verb only
_OF_RULES = re.compile(
    r"(?:^|[\n。])[ (]*(?:[一二三四五六七八九十0-9]{1,3}[、.)是][ ]?|第[一二三四五六七八九十],)?(?:在|从)?(?:规章)?(?:制度|规章|建章立制)(?:建设|方面|机制|供给|完善|保障|账|上)?[。,:—][^。\n]*\Z"
    r"|[,;。](?:制度|规章制度)(?:建设|方面)?(?:共|已|累计)?[\u4e00-\u9fff]{2,4}\Z"
)
# 制度,共立23项、改9项、废2项: verbs of one character
_SHORT_VERB = re.compile(r"(?:(?P<head>制度(?:建设|方面|机制|体系)?[,:])|\A[、,])(?:共计|共|累计|其中|新)?(?P<verb>[立建订改修废])\Z")
_SHORT_STATUS = {"立": "created", "建": "created", "订": "created", "改": "revised", "修": "revised"}
# 制度方面:镇级11项: rules by the part of the body that made them
_RULES_BY_PART = re.compile(
    r"(?:(?P<head>(?:制度(?:建设|方面){1,2}|建章立制(?:方面)?)[:,—])|\A[、,]?)"
    r"(?P<part>[\u4e00-\u9fff]{1,3}级|[\u4e00-\u9fff]{1,6}层面|[\u4e00-\u9fff]{0,2}(?:机关|部门|单位|社区|村|镇)(?:\([\u4e00-\u9fff]{1,3}\))?)\Z"
)
# 需整改的问题有: the line that heads a list and says what its rows count
_HEAD = re.compile(r"(?P<noun>(?:具体|子项)?问题|任务)(?:的?(?:分布|构成|情况))?(?:共?有|如下|包括|分别为|分别是|分别有|为|是)?:\s*\n\Z")
_ROW = re.compile(
    r"(?:[(]?[0-9一二三四五六七八九十①-⑩]{1,2}[、.)]{1,2})?(?P<field>[\u4e00-\u9fff、“”]{2,20}(?:方面|领域))(?:的|共|有|存在|反馈|问题){0,2}\Z"
)
# 反馈问题18个,其中政治建设方面6个、作风建设类12个: parts by field or class
_FIELD_PART = re.compile(
    r"(?:\A|[、,:( ]|其中)(?P<field>[\u4e00-\u9fff“”]{2,16}(?:方面|领域)|[\u4e00-\u9fff]{2,10}类|[A-H甲乙丙丁]类)(?:的|共|有|存在){0,2}\Z"
)
_LEAD = re.compile(r"\A(?:截至目前|目前|现|其中|[ 、])+")  # before the noun of 目前小项整改完毕44个
_HEAD_REACH = 300
_TITLES = re.compile(r"》等\Z")
_UNDONE = re.compile(r"(?:仍有|还有|尚有|尚余|还剩|仅剩|仅余|剩)\Z")
_SENTENCE_END = re.compile("[。;\n]")
# 需长期坚持的2个包含在已完成之内
_WITHIN_DONE = re.compile(r"(?:也|均|都|已){0,2}(?:包含|包括|计|列|算|含)[入在](?:上述|以上|前述)?(?:已完成|完成整改)")
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
    field = _FIELD_PART.search(left, max(0, len(left) - 24)) if near[-1].subject == whole.subject else None
    if field and "。" not in context.matching[whole.end : count.start]:
        scope = field["field"].removeprefix("其中")
    elif scope is None or not body_scope(left):
        return None
    if count.low > (whole.low or 0):
        return None
    return Draft.of(count, count.start, count.end, whole.subject, whole.kind, "total", "", "claim.part", scope)


def _listed(context: Context, count: Count, left: str) -> Draft | None:
    """A row of a list whose head names what is counted: 需整改的问题有:政治建设方面6个; 机关管理方面7个."""
    row = _ROW.match(left.lstrip())
    line = count.start - len(left)
    if row is None or context.matching[line - 1 : line] != "\n":
        return None
    head = context.matching.rfind(":\n", max(0, line - _HEAD_REACH), line)
    if head < 0 or "。" in context.matching[head:line]:
        return None
    named = _HEAD.search(context.matching, max(0, head - 16), head + 2)
    if named is None:
        return None
    kind = "task" if named["noun"] == "任务" else "problem"
    start = count.start - len(left.lstrip())
    return Draft.of(count, start, count.end, named["noun"], kind, "total", "", "claim.part", row["field"])


def _rules_by_part(context: Context, count: Count, left: str) -> Draft | None:
    """Rules counted by the part of the body that made them, behind the word for rules or in a row: 制度方面:镇级11项、村级26项."""
    match = _RULES_BY_PART.search(left)
    last = context.drafts[-1] if context.drafts else None
    follows = last is not None and last.rule == "claim.rule_part" and last.end == context.end and last.unit == count.unit
    if match is None or not (match["head"] or follows):
        return None
    start = count.start - len(match["part"])
    return Draft.of(count, start, count.end, "制度", "rule", None, "", "claim.rule_part", match["part"].removesuffix("层面"))


def _short_rule(context: Context, found: Phrase) -> Draft | None:
    """Rules counted with a verb of one character, behind the word itself or in a row of such numbers: 共立23项、改9项."""
    left = found.left
    match = _SHORT_VERB.search(left)
    if match is None:
        return None
    last = context.drafts[-1] if context.drafts else None
    if not match["head"] and not (last and last.kind == "rule" and last.end == context.end):
        return None
    count, verb = found.number, match["verb"]
    start = count.start - 1
    scope = last.scope if last and not match["head"] else None
    return Draft.of(count, start, count.end, "制度", "rule", _SHORT_STATUS.get(verb), verb, "claim.rule", scope)


def _named(context: Context, found: Phrase) -> str:
    """The noun, counted before, that stands before a number's status: 小项整改完毕44个, 措施落实20条."""
    before = found.before
    words = _LEAD.sub("", found.clause[: before.start]) if before else ""
    named = subject_named(words.rstrip()) if words else None
    return named if named and any(draft.subject == named for draft in context.seen) else ""


def _all_of_categories(context: Context, found: Phrase, draft: Draft) -> Draft | None:
    """What all of a category are behind its number: 限期整改6个均已完成, a second row; of two categories together (立行立改和限期整改
    的15个已全部完成) only that is told, and ``draft`` takes it."""
    before, behind = found.before, found.behind
    if before is None or behind is None or before.status not in CATEGORIES or not is_all(found.right[: behind.end]):
        return None
    start, end = found.right_start + behind.start, found.right_start + behind.end
    raw = context.matching[start:end]
    lead = found.clause[: before.start]
    other = state_before(lead[:-1], needs_no_adverb=False) if lead.endswith(("和", "与", "及", "、")) else None
    if other and other.status in CATEGORIES:
        draft.status, draft.status_raw, draft.end = behind.status, raw, end
        return None
    second = draft.as_all(start, end, behind.status, raw)
    second.part_of = draft.status
    return second


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
        other = (
            _undone(context, found, scope)
            or _part(context, count, scope, found.left)
            or _listed(context, count, found.left)
            or _short_rule(context, found)
            or _rules_by_part(context, count, found.left)
        )
        if other:
            if other.rule == "claim.part":
                context.end_run()  # what was done before is of the part before
            context.add(other)
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
    if found.behind and (found.is_overcome or not found.before):
        state = found.behind
        end = found.right_start + found.behind.end
        raw = context.matching[found.right_start + found.behind.start : end]
    rule_name = "claim.inherited" if state else "claim.share"
    draft = Draft.of(count, start, end, "", "", state.status if state else None, raw, rule_name, scope)
    if named := _named(context, found):
        context.end_run()
        draft.named = named
    context.place(draft, found.left)
    if _WITHIN_DONE.match(found.right):
        draft.part_of = "completed"
    all_done = _all_of_categories(context, found, draft)
    context.add(draft)
    if all_done:
        context.add(all_done)
