"""Genre of a notice: of one body, a news report about one, or a summary over many."""

from __future__ import annotations

import re

import regex

from transforms.identity.head import formal_title
from transforms.identity.opening import opening
from transforms.identity.title import title_body
from transforms.layout import Layout
from transforms.text.text import Text

_UNITS = r"(?:被巡[视察])?(?:单位|党组织|党委|党组|党支部|部门|地方|县区|区县|市县|县市区|乡镇|镇街|镇|乡|街道|村|社区|学校|中小学|小学|中学|幼儿园|企业|院系|学院|二级单位|机关|事业单位|国企|高校|医院)"
_COUNTED = re.compile(
    rf"对(?:[^。;,及题]{{0,12}}?|[^。;及]{{0,80}}?等)[\d一二三四五六七八九十两]{{1,4}}(?:家|个|所){_UNITS}|[\d一二三四五六七八九十两]{{1,4}}个巡[视察]组|向[^。;]{{0,30}}?[\d一二三四五六七八九十两]{{1,4}}(?:家|个|所){_UNITS}|[\d一二三四五六七八九十两]{{1,4}}(?:家|个|所)被巡[视察]"
    r"|被巡[视察](?!整改|反馈)[\u4e00-\u9fff]{1,8}[\d一二三四五六七八九十两]{1,4}(?:家|个|所)"
)
_SEVERAL = re.compile(
    r"各被巡[视察](?:单位|党组织)|第[一二三四五六七八九十]{1,3}[、至]第?[一二三四五六七八九十]{1,3}(?:[、和]第?[一二三四五六七八九十]{1,3})*巡[视察]组"
)
_VISIT = regex.compile(
    r"(?:组|纪委监委|纪委|巡[视察]办|工作专班|专班|一行|调研组|领导小组办公室|书记|部长|主任)[^。;]{0,40}?(?:莅临|深入|到|赴|前往|走进|来到|对|在)[^。;]{2,80}?(?:督查|督导|督促|检查|回访|调研|验收|指导|评估|回头看|核查|跟踪|走访)"
    r"|(?:接受|迎来)[“\"]?(?:回访|督查|督导|验收|评估|核查|检查)"
)
_ABOUT = re.compile(r"巡[视察][^。;]{0,20}整改|整改[^。;]{0,20}巡[视察]|反馈(?:问题|意见)[^。;]{0,12}整改")
# 第四轮、第五轮巡察整改情况: a headline over several rounds
_ROUNDS = re.compile(r"第[一二三四五六七八九十]{1,3}(?:轮)?[、和至]第?[一二三四五六七八九十]{1,3}轮[^。;]{0,8}巡[视察]")
# 市教育局所属学校: bodies told by what they belong to
_BELONGING = re.compile(r"(?:所属|下属|直属|下辖|所辖|辖区)[^。;]{1,6}$")
# bodies that inspect others or follow up what was found there
_INSPECTING = ("县委", "区委", "市委", "省委", "州委", "旗委", "巡察办", "领导小组办公室", "领导小组")
_COLLECTED = re.compile(r"综合通报|情况综述|总体情况|汇总|第[一二三四五六七八九十]{1,3}轮巡[视察](?:整改|集中整改)")
_DATELINE = regex.compile(
    r"^(?:[^,。;]{0,30}(?:讯|电|消息)[\s(::)]{0,3})?(?:近日|日前|近期|连日来|今年以来|近段时间|\(?(?:20\d\d年)?\d{1,2}月\d{1,2}日(?:上午|下午|晚)?|\d{1,2}日(?:上午|下午)?)"
)
_THIRD_PERSON = regex.compile(r"该(?:镇|乡|街道|局|校|院|县|区|市|公司|单位|学院|中心|企业|集团|厅|州|党委|党组)")
_REPORTER = regex.compile(r"(?:本报讯|记者|通讯员|据悉|据了解|笔者)")
# 云溪县水利局党组紧盯县委巡察反馈的25个问题: a body does its work, and neither inspection nor feedback is told
_NEWS_ABOUT_ITSELF = re.compile(
    r"^[^,。;]{0,30}(?:以来,)?[^,。;]{2,30}?(?:局|委|党组|党委|党支部|党总支|支部|镇|乡|街道|校|学|院|公司|集团|中心|办|县|区|市|社|行|会)"
    r"(?:坚持|把|以|将|扎实|围绕|聚焦|紧盯|认真|严格|高度|立足|切实|狠抓|推进|针对|结合|对照|迅速|积极|通过)"
)
_TOLD = regex.compile(
    r"巡[视察]了|(?:进行|开展|实施)了?[^。;]{0,16}巡[视察]|反馈了|反馈(?:巡[视察])?(?:情况|意见)[,。]|收到[^。;]{0,20}反馈|[我本][县区市州省镇乡校院局厅委单]"
)
_FORMULA = re.compile(
    r"(?:将|予以|按|依照|根据)[^。;]{0,50}(?:公布|公开|通报|公示|报告)(?:如下|于下|:|。)|公布(?:整改)?(?:情况|如下|进展)|现[予将][^。;]{0,40}公布"
)


def genre_of(text: Text, layout: Layout) -> str:
    """``notice``, ``report_news`` or ``summary``; the text is taken for one of them."""
    words = text.matching
    start, end = opening(text, layout)
    named = words[layout.title[0].start_char : layout.title[-1].end_char] if layout.title else ""
    return genre_by(words[start:end], named, formal_title(named.replace("\n", "")) is not None)


def genre_by(lead: str, named: str, formal: bool) -> str:
    """The genre by the opening and the printed title; ``formal``: that is the title of a notice."""
    if not formal and is_visit(lead):
        return "report_news"
    if _ROUNDS.search(named):
        return "summary"
    if _tells_of_several(lead):
        if formal and _COLLECTED.search(named):
            return "summary"
        body = title_body("".join(named.split())) if formal else None
        if (body is None or _BELONGING.search(body) or body.endswith(_INSPECTING)) and not _single(lead):
            return "summary"
    if not formal and _NEWS_ABOUT_ITSELF.match(lead) and not _FORMULA.search(lead) and not _TOLD.search(lead):
        return "report_news"
    if (
        not formal
        and not _FORMULA.search(lead)
        and (_REPORTER.search(lead[:80]) or _DATELINE.match(lead) or _THIRD_PERSON.search(lead))
        and not _performed(lead)
    ):
        return "report_news"
    return "notice"


def _tells_of_several(lead: str) -> bool:
    """The opening speaks of several bodies or teams."""
    is_counted = "家" in lead or "个" in lead or "所" in lead
    return (is_counted and _COUNTED.search(lead) is not None) or _SEVERAL.search(lead) is not None


def is_visit(lead: str) -> bool:
    """The first sentence tells of a visit to look at rectification."""
    first = lead[: lead.find("。") + 1 or len(lead)][:200]
    return _ABOUT.search(first) is not None and _VISIT.search(first) is not None and _FORMULA.search(lead) is None


def _single(lead: str) -> bool:
    """The lead speaks to one body in the first person."""
    return (
        regex.search(
            r"对我(?:[县区市州旗省镇乡校院局厅委办]|单位|公司|集团|街道|中心)|向我(?:[县区市州旗省镇乡校院局厅委办]|单位|公司|集团|街道|中心)",
            lead,
        )
        is not None
    )


def _performed(lead: str) -> bool:
    return regex.search(r"巡[视察][一二三四五六七八九十]?组[^。;]{0,60}(?:进行|开展|实施)了?[^。;]{0,16}巡[视察]", lead) is not None
