"""What happened on a date, told by the words of its own clause.

Only the date that stands next to 反馈 as the act of the inspectors is the feedback; meetings, plans, study sessions and follow-up
visits stand in the same paragraphs and are told apart here (patterns of 55 real openings).
"""

from __future__ import annotations

import re

import regex

from transforms.dates.found import Found
from transforms.dates.labels import (
    bracketed_line_role,
    is_date_of_document,
    is_page_line_date,
    is_posting_label,
    is_publication_label,
    is_signing_label,
)
from transforms.layout import Layout
from transforms.records.shared import Span
from transforms.text.characters import offsets

_REACH_BEFORE, _REACH = 60, 130
_REST = re.compile(r"[^。;\n!?]*")
_CLOSING = frozenset(")】]")
_TITLE = re.compile(r"《[^《》\n]{0,80}》")
_TEAM = r"巡[察视](?:[一二三四五六七八九十\d]{1,2}|工作|指导|督导)?组"
_INSPECTION = re.compile(
    rf"{_TEAM}|(?:进行|开展|接受|实施|组织|完成)[^,。;]{{0,26}}(?:巡[察视](?!整改|反馈|问题|发现)|回头看)|巡[察视]了|进驻|对[^,。;]{{2,50}}巡[察视](?!整改|反馈)|巡[察视](?=[^,。;整改反馈]{{2,20}}(?:党组|党委|支部|总支))"
)
# these words say that it was done or begun
_CARRIED_OUT = re.compile(r"进驻|巡[察视]了|(?:进行|开展|实施)了?[^,。;]{0,26}(?:巡[察视](?!整改|反馈)|回头看)")
_A_TEAM = re.compile(_TEAM)
_INSPECTION_BEFORE = re.compile(
    rf"(?:{_TEAM}(?:在|于|自|从)?|巡[察视](?:的)?\(?(?:时间|期间|进驻时间)(?:为|是|:|于)?|进驻时间(?:为|是|:)?) ?(?:自|从|于)? ?$"
)
_NOT_INSPECTION = re.compile(r"整改|反馈|民主生活会|传达|督查|回访")
# 10月23日进所,12月1日离所: the team in and out of the unit
_ENTERED = re.compile(r"(?:正式)?(?:进驻|进[所校院厂场点馆园局行矿企])(?=[,。;、]|$)")
_LEAVE = re.compile(r"^[^,。;]{0,12}(?:结束|撤离|离驻|离[所校院厂场点馆园局行矿企](?=[,。;、]|$))")
# 2022年第二轮巡察期间 names the round and no day
_ROUND = re.compile(r"[^,。;]{0,8}第[一二三四五六七八九十0-9]{1,3}轮")
# 第四轮(2019年9月至11月,12月下旬反馈): an entry in a list of rounds
_ROUND_ENTRY = re.compile(r"第[一二三四五六七八九十0-9]{1,3}轮\(")
_ROUND_OPEN = re.compile(_ROUND_ENTRY.pattern + r"[^()\n]{0,60}\Z")

_FEEDBACK = regex.compile(
    r"(?:向|给|对)[^。;]{2,60}?反馈(?!意见?整改|问题整改|的(?!意见|问题|情况)|回访|以来|整改)"
    r"|反馈(?!意见?(?:整改|指出|的)|问题|整改|的|回访|会后|后|当[天晚日]|给?的|指出|事项|清单)"
    r"|(?:收到|接到|接受|听取)了?[^。;]{0,30}反馈(?!.{0,4}整改)|反馈问题(?:\d|底稿)"
    r"|(?:通报|宣读|送达|下达|下发)了?[^。;整改]{0,20}(?:巡[察视])(?:情况|意见|报告)"
)
_NOT_FEEDBACK = re.compile(
    r"整改|回访|督[查办导]|民主生活会|落实|传达|学习(?!院)|研究(?!所|院|中心|生|室)|制定|部署|针对|围绕|对照|按照|根据|方案|领导小组|汇报|自查|群众|公示|专题"
)
# Words of the inspectors' own side that may stand between the date and 反馈.
_INSPECTORS = re.compile(r"巡[察视]工作领导小组|(?:根据|按照|按)[^,。;]{0,30}(?:部署|安排|要求|意见|规定),")
_FEEDBACK_BEFORE = re.compile(r"反馈(?:会|会议|大会|意见|情况|问题)?(?:(?:时间|日期)(?:为|是|:)?|[^,。;整改问]{0,8}[于在]) ?$")

_ACT = regex.compile(
    r"(?P<plan>(?:制定|出台|形成|研究|拟定|印发|审定|审议通过|通过)了?[^,。;]{0,30}(?:整改(?:落实|工作|实施)?方案|方案|台账|清单))"
    r"|(?P<report>听取[^。;]{0,40}(?:汇报|报告)|(?:上报|报送|报告|汇报)了?[^,。;]{0,24}(?:整改|情况|进展|报告))"
    r"|(?P<meeting>(?:召开|召集|举行|举办|主持)[^,。;]{0,40}会|(?:会议|常委会|党组会|生活会|大会|推进会|动员会|调度会|部署会))"
)
_PROMISE_BEFORE = regex.compile(
    r"(?:将[于在]|拟[于在]|计划[于在到]|争取(?:在|于|到)?|力争(?:在|于|到)?|确保(?:在|于)?|预计(?:在|于|到)?|限期(?:于|在)?|(?:完成|整改)时[限间](?:为|是|:)?)[^,。;》)]{0,4}$"
)
_PROMISE_REACH = 12  # the longest match of the pattern; a search that is anchored at its end tries every place before
# Every match holds one of these, or opens with one: a look for them is cheaper than the search that mostly fails.
_ACT_SIGNS = ("会", "报", "案", "账", "清单")
_PROMISE_SIGN = re.compile("[将拟计争力确限时]")
_DOCUMENT_SIGNS = frozenset(" )〕】印颁发修下通出版")
_PROMISE_AFTER = re.compile(
    r" ?[之以]?前(?:全[部面])?[^,。;]{0,12}(?:完成|整改|到位|达到|实现|建成|投入|销号|解决|办结|落实|交付|启用|竣工|清零|报送)"
)
_LONGEST_EXTENSION = 24  # how far behind the days it is told that they were of an inspection of bodies below
_DOCUMENT_AFTER = re.compile(r" ?(?:[)〕】]? ?)?(?:印发|颁布|发布的|修订的|下发的|通过的|出台的|版)|[)〕] ?(?:文件|要求|规定)")


def assign_roles(matching: str, found: list[Found], layout: Layout) -> None:
    """Sets ``role`` of every date in ``found`` that the words of its clause tell; the others keep None.

    ``measure`` and ``background`` need the resolved days and are told in ``resolve``.
    """
    body_start, body_end = layout.body.start_char, layout.body.end_char
    lead_end = body_start + 2500
    signed = layout.signed_date
    if signed is None and found:
        signed = _glued_signature(matching, found[-1])
    signed_start, signed_end = (-1, -1) if signed is None else (signed.start_char, signed.end_char)
    inspected: Found | None = None
    has_feedback = False
    length = len(matching)
    has_rounds = _has_rounds(matching)
    for index, item in enumerate(found):
        start, end = item.start, item.end
        if signed_start <= start < signed_end:
            item.role = "signing"
            continue
        if not body_start <= start < body_end or not start or matching[start - 1] in ":期间 ":
            if is_publication_label(matching, start):
                item.role = "publication"
            elif is_signing_label(matching, start):
                item.role = "publication" if item.clock and is_posting_label(matching, start) else "signing"
            elif start < body_start and item.day is not None and item.range_part is None and is_page_line_date(matching, start, end):
                is_below_title = layout.title and start > layout.title[-1].start_char
                item.role = "signing" if is_below_title and is_date_of_document(matching, start, end) else "publication"
            if item.role is not None:
                continue
        if item.range_part == "end" and item.pair is not None and item.pair.role is not None:
            item.role = "inspection_end" if item.pair.role == "inspection_start" else item.pair.role
            continue
        if has_rounds and _is_one_of_rounds(matching, start):
            continue
        if end < length and matching[end] in _CLOSING and (role := bracketed_line_role(matching, start, end, body_start)) is not None:
            item.role = role
            continue
        if start < lead_end and (inspected is None or not has_feedback):
            before, after = _before(matching, found, index), _after(matching, found, index)
            is_due = inspected is None or (item.range_part == "start" and _is_narrower(item, inspected, after))
            if is_due and (not has_feedback or item.range_part == "start") and _is_inspection(before, after, item):
                if inspected is not None:
                    inspected.role = None
                item.role, inspected = "inspection_start", item
                continue
            if inspected is not None and item.range_part is None and _LEAVE.match(after):
                item.role = "inspection_end"
                continue
            if not has_feedback and _is_feedback(before, after):
                item.role, has_feedback = "feedback", True
                continue
        item.role = _other(matching, found, index)


def _has_rounds(matching: str) -> bool:
    """More than one round has a bracket of its own."""
    opened = [at for at in offsets(matching, "轮") if matching.startswith("(", at + 1)]
    return len(opened) > 1 and len(_ROUND_ENTRY.findall(matching)) > 1


def _is_narrower(item: Found, inspected: Found, after: str) -> bool:
    """The range that ``item`` opens tells the days of the stretch told before: 2023年上半年进行了巡察,其中|4月10日至21日|对…开展巡察."""
    return (
        inspected.range_part is None
        and inspected.day is None
        and item.day is not None
        and item.year in (None, inspected.year)
        and inspected.month in (None, item.month)
        and "延伸" not in after[:_LONGEST_EXTENSION]  # to bodies below; the inspection itself took longer
    )


def _is_one_of_rounds(matching: str, start: int) -> bool:
    """The date stands in the bracket of one of several rounds, each with its own; none of them is the notice's."""
    return matching.rfind("轮(", max(0, start - 64), start) >= 0 and _ROUND_OPEN.search(matching, max(0, start - 72), start) is not None


def _glued_signature(matching: str, last: Found) -> Span | None:
    """A date that ends the whole text behind a full stop or a blank: the signature's, its line break lost."""
    if (
        last.month is None
        or last.range_part is not None
        or matching[last.start - 1 : last.start] not in tuple("。 \n")
        or matching[last.end :].strip()
    ):
        return None
    return Span(last.start, last.end) if last.start > 200 else None


def _last(item: Found) -> Found:
    """The date behind which the words on ``item`` go on: itself, or the end of its range."""
    return item.pair if item.range_part == "start" and item.pair is not None else item


def _before(matching: str, found: list[Found], index: int) -> str:
    """The words before a date in its sentence."""
    start = found[index].start
    floor = start - _REACH_BEFORE if start > _REACH_BEFORE else 0
    if index and found[index - 1].end > floor:
        floor = min(found[index - 1].end, start)
    before = matching[floor:start].rpartition("。")[2].rpartition("\n")[2].rpartition(";")[2]
    # what a rule cited before is called tells nothing of the date
    return before[before.rindex("》") + 1 :] if "》" in before else before


def _after(matching: str, found: list[Found], index: int) -> str:
    """The words behind a date in its sentence; they end where the next date opens unless that is its range's end."""
    last = _last(found[index])
    following = index + 1 if last is found[index] else index + 2
    stop = last.end + _REACH
    if following < len(found) and found[following].start < stop:
        stop = found[following].start
    rest = _REST.match(matching, last.end, stop)
    after = rest.group() if rest is not None else ""
    return _TITLE.sub("《》", after) if "《" in after else after


def _is_inspection(before: str, after: str, item: Found) -> bool:
    if item.range_part not in ("start", "since", None) or (item.day is None and item.month is None and item.year is None):
        return False
    is_team_before = "巡" in before
    if (is_team_before or "进驻" in before) and _INSPECTION_BEFORE.search(before):
        return "反馈" not in after[:12] and (item.range_part is not None or "进驻" in after or "开展" in after or "对" in after[:6])
    if item.month is None and item.range_part is None and _ROUND.match(after):
        return False
    if is_team_before and item.day is not None and _ENTERED.match(after) and _A_TEAM.search(before):
        return True
    told = _INSPECTION.search(after) if "巡" in after or "进驻" in after or "回头看" in after else None
    if told is None or _NOT_INSPECTION.search(after, 0, told.start()) or _NOT_INSPECTION.search(before):
        return False
    if item.range_part is None:
        # one date tells when an inspection began only where the words say that it was done or begun then
        return _CARRIED_OUT.search(after) is not None and "反馈" not in after
    return "反馈" not in after[: told.start()]


def _is_feedback(before: str, after: str) -> bool:
    if after.startswith(("前", "之前", "以前")):
        return False  # 6月20日前完成反馈 tells a limit and no day
    told = _FEEDBACK.search(after) if "反馈" in after or "巡" in after else None
    if told is not None and not after.startswith("口头", told.start() - 2):  # the written feedback follows
        between = after[: told.end()]
        if "反馈" in between:
            between = between[: between.index("反馈")]
        if not _NOT_FEEDBACK.search(_INSPECTORS.sub("", between)):
            return True
    return "反馈" in before and _FEEDBACK_BEFORE.search(before) is not None and not _NOT_FEEDBACK.search(after[:20])


def _other(matching: str, found: list[Found], index: int) -> str | None:
    """What the words around a date tell of it that is neither the inspection nor its feedback."""
    item = found[index]
    start, end = item.start, _last(item).end
    if _PROMISE_SIGN.search(matching, start - _PROMISE_REACH if start > _PROMISE_REACH else 0, start) and _PROMISE_BEFORE.search(
        _before(matching, found, index)[-_PROMISE_REACH:]
    ):
        item.is_promise = True
        return "deadline"
    is_limit = "前" in matching[end : end + 3]
    is_dated = end < len(matching) and matching[end] in _DOCUMENT_SIGNS
    is_act = item.rule != "date.year"  # what is said of a whole year is no single act
    after = _after(matching, found, index) if is_limit or is_dated or is_act else ""
    if is_limit and _PROMISE_AFTER.match(after):
        return "deadline"
    told = None
    if is_act:
        words = after[:60]
        for sign in _ACT_SIGNS:
            if sign in words:
                told = _ACT.search(words)
                break
    if told is not None and told.lastgroup == "plan":
        return "plan"
    if "》" in matching[start - 2 if start > 1 else 0 : start] or (is_dated and _DOCUMENT_AFTER.match(after)):
        return "document"
    return told.lastgroup if told is not None else None
