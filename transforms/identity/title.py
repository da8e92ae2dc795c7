"""Title of a notice and the body that stands in it."""

from __future__ import annotations

import re

import msgspec

from transforms.identity.bodies import clean, is_body, is_generic
from transforms.identity.head import formal_title
from transforms.layout import Layout
from transforms.records.shared import Span
from transforms.source import Source

_BEFORE = re.compile(r"^(?P<org>.{2,60}?)(?:党员领导班子|领导班子)?(?:公布|公开|通报)?(?:关于|落实|对)")
# 关于县委第三巡察组巡察某局党组反馈意见…, 关于某局党组巡察整改…
_ABOUT_TEAM = re.compile(
    r"^关于(?:落实)?.{2,24}?巡[视察](?:第?[一二三四五六七八九十]{1,3})?组(?:对|巡[视察])?(?P<org>[^,]{3,40}?)(?:党组织)?(?:反馈|巡[视察]|开展|的|整改)"
)
_ABOUT_BODY = re.compile(r"^关于(?:公布|公开|通报|对)?(?P<org>[^,]{3,40}?)(?:党组织)?(?P<what>落实|巡[视察]|接受|整改|贯彻|对)")
_NO_ABOUT = re.compile(
    r"^(?P<org>.{3,50}?)(?:党组织)?(?P<what>落实|对|巡[视察]|接受|整改|贯彻|公布|(?:省|市|县|区|州|旗|自治区党|校党|中央)委?第?[一二三四五六七八九十]{0,3}巡[视察]|[一二三四五六七八九十]{1,3}届|第[一二三四五六七八九十]{1,3}轮|20\d\d)"
)
_COMMITTEE = re.compile(r"[省市县区州旗盟]委$|校党委$|学校党委$|集团党委$|公司党委$")
_REGION_COMMITTEE = re.compile("[省市县区州旗]委巡")
_QUOTED = re.compile(r"^《(?P<inner>[^《》]{6,100})》$")


class Title(msgspec.Struct, frozen=True, gc=False):
    """``text`` without blanks, ``lines`` as printed (0 where only the page's own metadata gives it), ``span`` from first to last line."""

    text: str
    lines: int
    span: Span | None


def title(source: Source, layout: Layout) -> Title | None:
    """The title, from the text or, where it prints none, from the page's metadata."""
    if layout.title:
        first, last = layout.title[0].start_char, layout.title[-1].end_char
        words = "".join(source.text.folded[line.start_char : line.end_char] for line in layout.title)
        return Title(_bare(words), len(layout.title), Span(first, last))
    named = formal_title(source.page.get("title", ""))
    return Title(_bare(named), 0, None) if named else None


def _bare(words: str) -> str:
    words = "".join(words.split())
    quoted = _QUOTED.match(words)
    return quoted.group("inner") if quoted else words


def title_body(words: str) -> str | None:
    """The body whose notice the title announces: 中共某县水务局党组 of 中共某县水务局党组关于巡察整改情况的通报."""
    # 处罚12人!某市委公布整改情况: a headline put before by whoever posted it again
    words = words.replace("（", "(").replace("）", ")").replace("！", "!").rpartition("!")[2]
    if words.startswith("关于"):
        candidates = [_ABOUT_TEAM.match(words), _ABOUT_BODY.match(words)]
    elif "关于" in words:
        candidates = [_BEFORE.match(words)]
    else:
        candidates = [_NO_ABOUT.match(words)]
    for found in candidates:
        if not found:
            continue
        name = found.group("org") if found.re is _BEFORE else clean(found.group("org"))
        what = found.groupdict().get("what") or ""
        if _REGION_COMMITTEE.match(what) and name.startswith("中共") and not is_body(name):
            name += what[:2]  # 中共云溪|县委巡视整改情况通报
        if "," in name or not is_body(name) or is_generic(name):
            continue
        if what == "巡察" and _COMMITTEE.search(name) and not name.startswith("中共"):
            continue  # 关于云溪县委巡察整改情况的通报: the county's committee inspected
        return name
    return None
