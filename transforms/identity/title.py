"""Title of a notice and the body that stands in it."""

from __future__ import annotations

from dataclasses import dataclass

import regex

from transforms.identity.bodies import clean, is_body, is_several
from transforms.identity.head import formal_title
from transforms.layout import Layout
from transforms.records.shared import Span
from transforms.source import Source

_BEFORE = regex.compile(r"^(?P<org>.{2,60}?)(?:党员领导班子|领导班子)?(?:公布|公开|通报)?(?:关于|落实|对)")
_ABOUT = regex.compile(
    r"^关于(?:中央|[\u4e00-\u9fff]{0,12}(?:委|党组))?[^,]{0,16}?(?:巡[视察][一二三四五六七八九十]{0,2}组)?(?:对|巡[视察])?(?P<org>(?:中共)?[^,]{3,40}?)(?:党组织)?(?:落实|巡[视察]|接受|整改|反馈|开展|关于)"
)
_NO_ABOUT = regex.compile(
    r"^(?P<org>.{3,50}?)(?:落实|对|巡[视察]|接受|整改|[省市县区]委|中央|[一二三四五六七八九十]{1,3}届|第[一二三四五六七八九十]{1,3}轮|20\d\d)"
)
_QUOTED = regex.compile(r"^《(?P<inner>[^《》]{6,100})》$")


@dataclass(frozen=True, slots=True)
class Title:
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
    words = words.replace("（", "(").replace("）", ")")
    if words.startswith("关于"):
        found = _ABOUT.match(words)
    else:
        found = _BEFORE.match(words) if "关于" in words else _NO_ABOUT.match(words)
    if not found:
        return None
    name = clean(found.group("org"))
    return name if is_body(name) and not is_several(name) and "," not in name else None
