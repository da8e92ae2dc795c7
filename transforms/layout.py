"""The parts of a notice's page: page header, title, body, signature, page footer, told by the form of their lines."""

from __future__ import annotations

from dataclasses import dataclass

import regex

from transforms.records.shared import Span
from transforms.text.text import Text

_LINE = regex.compile(r"[^\s][^\n]*")
_TITLE_END = regex.compile(r"(?:整改|整改[^,。;]{0,20}(?:情况|进展))[^,。;]{0,8}的?(?:通报|报告|公告|公示|通告)\s*(?:\([\d年月日./-]+\))?$")
_TITLE_START = regex.compile(r"^(?:中共|关于|[^,。;:]{2,40}(?:关于|党委|党组|总支|支部))")
_FIELD = regex.compile(
    r"^[-•·*\s]*(?:发布日期|发布时间|信息时间|日期|时间|来源|信息来源|作者|编辑|责任编辑|录入人|浏览次数|浏览量|浏览|点击数|阅读次数|访问量|信息索引号|索引号|文件名称|发布机构|成文日期|公开方式|生成日期|本文链接|本文为)\s*[::]?"
)
_DATE_LINE = regex.compile(r"^[\d〇零○一二三四五六七八九十X×*]{2,4}年[\d一二三四五六七八九十X×*]{1,3}月(?:[\d一二三四五六七八九十X×*]{1,3}日)?$")


@dataclass(frozen=True, slots=True)
class Layout:
    """Spans of the parts; lines are trimmed and never empty. ``body`` runs from behind the title to before the signature."""

    lines: tuple[Span, ...]
    header: tuple[Span, ...]
    title: tuple[Span, ...]
    body: Span
    signature: tuple[Span, ...]
    signed_date: Span | None
    footer: tuple[Span, ...]


def layout(text: Text) -> Layout:
    """The parts of ``text``."""
    matching = text.matching
    lines = tuple(Span(m.start(), m.start() + len(m.group().rstrip())) for m in _LINE.finditer(matching))
    words = [matching[line.start_char : line.end_char] for line in lines]
    header: list[Span] = []
    title: list[Span] = []
    index = 0
    while index < len(lines) and index < 30:
        word = words[index]
        if not title and len(word) < 80 and _TITLE_END.search(word):
            title = [lines[index]]
            if word.startswith("关于") and index and not _FIELD.match(words[index - 1]) and len(words[index - 1]) < 40:
                title.insert(0, lines[index - 1])
                header = [line for line in header if line != lines[index - 1]]
        elif len(word) > 40 or word.endswith("。"):
            break
        elif _FIELD.match(word) or not title:
            header.append(lines[index])
        elif title:
            break
        index += 1
    stop = len(lines)
    signed_date: Span | None = None
    for at in range(len(lines) - 1, max(index, len(lines) - 12), -1):
        if _DATE_LINE.match(words[at].replace(" ", "")):
            signed_date, stop = lines[at], at
            break
    footer = lines[stop + 1 :] if signed_date else ()
    signature: list[Span] = []
    while signed_date and stop > index and len(words[stop - 1]) < 40 and not regex.search(r"[。:;]", words[stop - 1]):
        stop -= 1
        signature.insert(0, lines[stop])
    body_lines = lines[index:stop]
    body = Span(body_lines[0].start_char, body_lines[-1].end_char) if body_lines else Span(0, 0)
    return Layout(lines, tuple(header), tuple(title), body, tuple(signature), signed_date, tuple(footer))
