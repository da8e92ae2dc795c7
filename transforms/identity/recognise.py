"""Is a text a notice of rectification after an inspection, and of which genre; if not, what it is instead.

Findings are weighed (``lexicons/genres.toml``): the formal parts of a notice against the marks of its look-alikes.
"""

from __future__ import annotations

import re
from functools import cache

import msgspec
import regex

from transforms.identity.genre import genre_by, is_visit
from transforms.identity.head import formal_title
from transforms.identity.opening import opening
from transforms.layout import Layout
from transforms.lexicons.load import lexicon
from transforms.reading.refusal import Refusal
from transforms.source import Source


class Recognition(msgspec.Struct, frozen=True, gc=False):
    """``genre`` is notice, report_news or summary; ``reasons`` are the names of what was found, as name=weight."""

    genre: str
    reasons: tuple[str, ...]


# Findings in the opening.
_INSPECTED = re.compile(
    r"(?:进行|开展|实施)了?[^。;]{0,30}(?:巡[视察]|回头看|大检查)|巡[视察]了|组(?:于[^,。;]{3,36})?巡[视察](?!组|反馈|整改|办|发现|工作)[^,。;]{2,20}[,。]|进驻[^。;]{1,20}[,。]"
)
_FED_BACK = regex.compile(
    r"反馈(?:了)?[^。;]{0,16}(?:意见|情况|问题|到位)|(?:意见|情况)[^。;]{0,8}反馈|收到[^。;]{0,20}反馈|(?:作|做|进行|完成)了?(?:全面|集中|现场)?反馈[,。;]|反馈(?:会|大会|会议)[,。;]|反馈的?[^。;]{0,6}\d+[个项条]"
)
# 现将…通报 is in most leads, and what begins with one character is found soonest
_ANNOUNCED = re.compile("将[^。;]{0,40}(?:公布|公开|通报|公示|报告)")
_PUBLISHED = re.compile(
    r"(?:现|予以|按|依照|根据|遵照)[^。;]{0,60}?(?:公布|公开|通报|公示|报告)(?:如下|于下|:|。|$)|公布(?:集中)?整改(?:进展)?(?:情况|如下|:)"
)
# Inspections by others than the Party's teams, which are answered in the same form.
_OTHER_INSPECTION = re.compile(r"执法检查|巡查|督察|督查|督导|考核|审计|专项检查|评估")
# 县委第一巡查组: 察 is often mistyped
_MISTYPED = regex.compile(r"(?:[省市县区州旗]委|党委|党组)(?:第?[一二三四五六七八九十\d]{1,3})?巡查")
# A notice tells of the inspection first, and in the past; news begin with the meeting and quote what was said there.
_TOLD_FIRST = re.compile(r"^[^。]{0,160}?\d[^。]{0,120}?(?:(?:进行|开展|实施)了?[^。;]{0,30}?(?:巡[视察]|回头看)|巡[视察]了)")
_QUOTED = regex.compile(
    r"(?:会上|会议|巡[视察]组(?:组长|副组长)?|反馈(?:意见|时)?|组长|同志)[^。;]{0,20}(?:指出|强调|要求|认为)|(?:主持|出席|参加|列席)(?:了)?(?:会议|反馈会)|(?:主持|出席|参加|列席)会|表态"
)
# Findings in the body.
_HEADINGS = regex.compile(r"\n\s*(?:[一二三四]、|\([一二三四]\))[^\n。]{0,40}(?:整改|组织落实|主体责任|下一步|今后|持续|长效)")
_RESPONSES = regex.compile(r"整改(?:落实|完成|进展)?情况 ?:|整改措施 ?:|整改结果 ?:|整改进展 ?:|整改成效 ?:")
_PROGRESS = regex.compile(
    r"(?:已|均|全部)?(?:完成(?:整改)?|销号|办结)[^。;,]{0,6}\d+|\d+[个项条件][^。;,]{0,8}(?:已|均|全部)?(?:完成|整改到位|办结|销号)|(?:整改)?完成率|全部(?:整改)?(?:完成|到位|办结)|整改(?:完毕|到位)|已整改|完成整改|整改(?:方案|台账|清单)"
)
_HANDLED = regex.compile(r"(?:党纪|政务)处分|诫勉|批评教育|追缴|清退|挽回|(?:修订|制定|完善|建立)[^。;]{0,20}(?:制度|办法|规定)")
_SUPERVISION = regex.compile(r"欢迎[^。;]{0,30}监督|如有意见[和]?建议")

_EARLY = (("inspected", (_INSPECTED,)), ("fed_back", (_FED_BACK,)), ("published", (_ANNOUNCED, _PUBLISHED)))
_LATER = (("headings", _HEADINGS), ("responses", _RESPONSES), ("progress", _PROGRESS), ("handled", _HANDLED))

# Look-alikes: marks in the headline and marks in the first sentences.
_MEETING = r"(?:召开|举行|组织召开|主持召开)"
_TITLES = {
    "speech": r"讲话|致辞|发言(?:材料|稿)|表态发言",
    "assessment": r"(?:评估|检查|督查|考核|报送|测评|验收|核查).{0,14}(?:通知|方案|公告)$|关于(?:做好|开展|印发|报送|组织).{0,40}(?:通知|函)$",
    "entry": r"巡[视察](?:工作)?(?:进驻)?公告$|进驻.{0,30}(?:公告|开展|巡[视察])|巡[视察].{0,30}(?<!整改)(?<!情况)(?<!整改落实情况)(?:公告|公示|预告|启事)$|撤离|(?:完成|结束).{0,16}巡[视察]",
    "mobilisation": r"动员(?:部署|暨)?.{0,10}会|见面(?:沟通)?会|动员讲话",
    "feedback_meeting": r"(?<!落实)(?:情况|意见)?反馈(?:会|会议|大会|工作会)|(?:巡[视察].{0,24}|向.{2,40})反馈(?:巡[视察])?(?:情况|意见)?$|反馈(?:情况)?会",
    "rectification_meeting": r"(?:部署|推进|动员|调度|专题|汇报|工作|促进|座谈|总结|民主生活)会|推进会|会议(?:召开)?$",
    "rules": r"(?:规程|办法|细则|规定|条例|制度|指引|流程|实施意见|手册|守则)(?:\(.{1,6}\))?$",
    "plan": r"整改(?:工作|落实|实施)?(?:总体)?方案$|工作方案$|实施方案$",
    "overview": r"综述|纪实|巡[视察]工作(?:总结|回顾|情况报告)|利剑|观察[::]|答卷|回眸",
    "publication_news": r"整改.{0,12}全部(?:公布|公开|亮相|出炉)|(?:公布|公开|晒出|亮出|集中发布).{0,20}(?:单位|地方|省|部门|高校|企业).{0,14}整改|(?:家|个)[^,。]{2,16}(?:公布|公开|晒).{0,12}整改",
    "audit": r"审计",
    "environment": r"(?:环保|环境保护|生态环境(?:保护)?)督察|督察组|督察(?:反馈|整改)",
}
_LEADS = {
    "speech": r"(?:^|\n)\s*(?:同志们|各位(?:领导|同志|代表|委员))[,::!]|我代表[^。;]{2,30}(?:向|作)|下面,?我(?:讲|就|代表)",
    "entry": r"(?:受理|接受)[^。;]{0,20}(?:来信|来电|来访|信访|反映|举报)|受理时间|(?:将|拟)(?:于)?[^。;]{0,40}(?:进驻|开展|进行)[^。;]{0,20}巡[视察]|(?:值班|举报|信访)电话|撤离|(?:已|现已)(?:结束|完成)(?:现场|驻点)?巡[视察](?!整改|反馈)|(?:停止|不再)受理|联系(?:信箱|邮箱)[^。;]{0,30}受理|从[^。;]{4,40}对[^。;]{2,40}(?:开展|进行)[^。;了]{0,20}巡[视察]",
    "mobilisation": rf"动员(?:部署)?(?:会|大会)[^。;]{{0,16}}(?:召开|举行)|{_MEETING}[^。;]{{0,60}}(?:巡[视察])[^。;]{{0,30}}动员(?:部署)?(?:会|大会)|见面(?:沟通)?会|作动员讲话|巡[视察]动员",
    "feedback_meeting": rf"反馈(?:会|会议|大会)[^。;]{{0,16}}(?:召开|举行)|{_MEETING}[^。;]{{0,60}}反馈(?:会|会议|大会|工作会)|(?:会上|会议)[^。;]{{0,40}}反馈|反馈意见指出|反馈(?:时)?指出|(?:会上|反馈会)[^。;]{{0,30}}指出|作(?:了)?表态(?:发言|讲话)|^(?![^。]{{0,160}}(?:进行|开展|实施)了?[^。]{{0,20}}巡[视察])[^。;]{{0,60}}日[^。;]{{0,4}},[^。;]{{2,50}}向[^。;]{{2,40}}(?:反馈|通报)[^。;]{{0,40}}(?:情况|意见)。",
    "rectification_meeting": rf"^[^。;]{{0,90}}{_MEETING}[^。;]{{0,80}}(?:部署|推进|动员|调度|专题|汇报|工作|促进|座谈|总结|民主生活|扩大|领导小组|交办|约谈|培训|党组|党委|常委)(?:会|会议)|^[^。;]{{0,80}}(?:部署|推进|动员|调度|专题|汇报|工作|座谈|民主生活|交办|约谈)会[^。;]{{0,10}}(?:召开|举行)|(?<![^,。;\n“”])会议(?:强调|要求|指出|听取|传达)",
    "rules": r"(?:制定|特制定)本(?:规程|办法|细则|规定|制度|方案|条例|指引)|(?:^|\n)\s*第一条|第一章 ?总则",
    "plan": r"(?:特)?制定(?:如下|以下|本)(?:整改)?(?:工作|落实|实施)?(?:方案|措施)|制订?整改方案如下",
    "assessment": r"(?:现将?|有关事项|就)[^。;]{0,40}通知如下|评估(?:对象|内容|方式|程序|时间|范围|组)[::]?|请(?:各|于|认真|按)[^。;]{0,40}(?:报送|组织|做好)|(?:^|\n)\s*各[^。;\n]{2,40}:",
    "overview": r"(?:共|累计|先后)?(?:开展|组织)[^。;]{0,12}(?<![第一二三四五六七八九十\d])(?:\d+|[一二三四五六七八九十]+)轮[^。;]{0,20}巡[视察]|发现(?:各类|突出)?问题[^。;]{0,12}\d+[个条件][^。]{0,60}移交|巡[视察]全覆盖|覆盖率|利剑作用|本届(?:党委|县委|区委|市委)[^。;]{0,20}(?:以来|任期)|立案(?:查处|审查)?[^。;]{0,10}\d+[^。;]{0,20}推动(?:完善|建立)",
    "publication_news": r"整改[^。;]{0,16}(?:已)?全部(?:公布|公开|对外|亮相|出炉)|(?:家|个)(?:单位|地方|省|部门|党组织|高校|企业|央企|中管)[^。;]{0,24}(?:公布|公开|通报)(?:了)?[^。;]{0,16}整改|(?:网站|官网|客户端)[^。;]{0,20}(?:公布|发布|公开|刊发)(?:了)?[^。;]{0,30}整改|(?:陆续|集中|相继|同日|全部)(?:对外)?(?:公布|公开|发布)",
    "audit": r"审计(?:整改|查出|发现|报告|署|厅|局|组|工作报告|问题)",
    "environment": r"(?:环保|环境保护|生态环境(?:保护)?)督察",
}
# Look-alikes that a lead with inspection, feedback and publication formula, or a formal title, rules out unless the headline says so too.
_WEAK = frozenset(
    {"mobilisation", "feedback_meeting", "rectification_meeting", "overview", "assessment", "publication_news", "entry", "plan"}
)
# Meetings that a notice tells of beside its inspection.
_MEETINGS = frozenset({"mobilisation", "feedback_meeting", "rectification_meeting"})
_HEAD_OF_LEAD = 420


@cache
def _look_alikes() -> tuple[tuple[str, re.Pattern[str], re.Pattern[str]], ...]:
    """Names with the patterns of headline and lead; the standard library's engine takes a third of the time for the longest of them."""
    return tuple((name, re.compile(_TITLES[name]), re.compile(_LEADS[name])) for name in _TITLES)


def recognise(source: Source, layout: Layout) -> Recognition | Refusal:
    """The genre of the notice, or the refusal ``not_a_notice`` whose message names what the text is instead."""
    weights = lexicon("genres")
    words = source.text.matching
    start, end = opening(source.text, layout)
    if end <= start:
        return _refusal("the page has no text that a notice could stand in")
    lead = words[start:end]
    body = (start, layout.body.end_char)
    printed = words[layout.title[0].start_char : layout.title[-1].end_char] if layout.title else ""
    named = "".join(printed.split()) or source.page.get("title", "")
    formal = formal_title(named) is not None
    found = {name: weights["evidence"][name] for name in _evidence(named, formal, lead, words, body)}
    alike = _look_alike(named, lead, found)
    if alike or sum(found.values()) < weights["accept_at"]:
        found |= {name: weights["evidence"][name] for name in _later_evidence(words, body)} if found or words.find("巡", *body) >= 0 else {}
        if alike == "publication_news":  # the one that what stands behind the lead may rule out
            alike = _look_alike(named, lead, found)
    score = sum(found.values())
    if alike:
        mark = weights["look_alikes"][alike]
        if score - mark["weight"] < weights["accept_at"]:
            return _refusal(f"this is no notice of rectification but {mark['message']}")
    if score < weights["accept_at"]:
        return _refusal("nothing in the text tells of an inspection (巡视/巡察), its feedback and what was put right")
    formal = formal if printed == named else formal_title(printed.replace("\n", "")) is not None
    return Recognition(genre_by(lead, printed, formal), tuple([f"{name}={weight}" for name, weight in found.items()]))


def _evidence(named: str, formal: bool, lead: str, words: str, body: tuple[int, int]) -> list[str]:
    """Names of the findings that speak for a notice; ``body`` is where in ``words`` it stands."""
    inspection = "巡察" in named or "巡视" in named or words.find("巡察", *body) >= 0 or words.find("巡视", *body) >= 0
    inspection = inspection or "大检查" in lead + named or "回头看" in lead
    inspection = inspection or _MISTYPED.search(lead) is not None
    found = []
    if formal and "整改" in named:
        found.append("formal_title")
    if not inspection and _OTHER_INSPECTION.search(named + lead):
        return []
    if not inspection and not found:
        return []
    if inspection and is_visit(lead) and words.find("整改", *body) >= 0:
        found.append("visit")
    return found + [name for name, patterns in _EARLY if any(pattern.search(lead) for pattern in patterns)]


def _later_evidence(words: str, body: tuple[int, int]) -> list[str]:
    """Names of the findings behind the lead, looked for only where title and lead leave a doubt."""
    start, end = body
    first, last = words[start : min(start + 3000, end)], words[max(start, end - 600) : end]
    found = [name for name, pattern in _LATER if pattern.search(first)]
    return [*found, "supervision"] if _SUPERVISION.search(last) else found


def _look_alike(named: str, lead: str, found: dict[str, int]) -> str | None:
    """The look-alike that the headline names, or else the one that the first sentences show."""
    formal = "formal_title" in found
    complete = "published" in found and "fed_back" in found
    head = lead[:_HEAD_OF_LEAD]
    inspection = "巡视" in named + head or "巡察" in named + head
    for name, in_title, in_lead in _look_alikes():
        if name in ("audit", "environment"):
            # an audit report may speak of 巡察 as a partner; a notice tells of the inspection itself
            is_headed = "inspected" not in found and "巡" not in named and in_title.search(named)
            if is_headed or (not inspection and in_lead.search(head)):
                return name
            continue
        if formal or (name == "publication_news" and {"inspected", "fed_back", "progress"} <= found.keys()):
            continue  # news that carry the results themselves are a notice
        if in_title.search(named):
            return name
    if formal or "visit" in found:
        return None
    told = "fed_back" in found and _TOLD_FIRST.match(lead) is not None and _QUOTED.search(lead) is None
    for name, _, in_lead in _look_alikes():
        if name in ("audit", "environment") or (complete and name in _WEAK) or (told and (name in _MEETINGS or name == "entry")):
            continue
        if in_lead.search(head):
            return name
    return None


def _refusal(message: str) -> Refusal:
    return Refusal("not_a_notice", "recognise", message)
