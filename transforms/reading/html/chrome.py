"""Lines of a page that are furniture: toolbars, link lists, breadcrumbs, counters, footers."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

import regex

from transforms.lexicons.load import lexicon
from transforms.reading.html.blocks import Block

_SHORT = 90
# Behind this share of an article a line such as 相关阅读 leads to other pages, whatever they tell.
_MOSTLY = 0.6
_BRACKETS = "【[〖(<>|·•-—* 　"
_FILE_NAME = regex.compile(r"\.(?:docx?|wps|pdf|xlsx?|et|zip|rar|ofd|jpe?g|png)\)?$", regex.I)
_SQUEEZE = str.maketrans({"：": ":", "［": "[", "］": "]", "（": "(", "）": ")", " ": None, "\u3000": None, "\xa0": None})
_PAGER = regex.compile(r"(?:共?\d+页|第?\d+页|[\d\s]+|[<>«»\s\d]*下一页.*|#PAGE_BREAK#)")


def squeezed(text: str) -> str:
    """``text`` without spaces and with half-width colons and brackets, as the lexicon is written."""
    return text.translate(_SQUEEZE)


def is_chrome(block: Block) -> bool:
    """``block`` is furniture wherever it stands."""
    if block.kind == "row":
        return block.link_share > 0.8
    text = block.text
    if len(text) > _SHORT:
        return block.link_share > 0.7
    short = squeezed(text)
    if not short or short in _whole():
        return True
    if block.link_share > 0.75 or (block.linked and _FILE_NAME.search(short)):
        return True
    if _PAGER.fullmatch(short):
        return True
    if _legal().match(short):
        return True
    if short.endswith("。") and block.marks > 1:
        return False
    return bool(_starts().match(short) or _contains().search(short))


def article_lines(blocks: Sequence[Block]) -> list[int]:
    """Indexes of ``blocks`` that are no furniture and do not stand behind the start of a list of further pages."""
    kept: list[int] = []
    chrome = [is_chrome(block) for block in blocks]
    prose = [index for index, block in enumerate(blocks) if block.marks >= 2 and block.link_share < 0.3 and not chrome[index]]
    last = prose[-1] if prose else len(blocks)
    total = sum(blocks[index].marks for index in prose)
    before = 0
    for index, block in enumerate(blocks):
        ends = _ends().match(squeezed(block.text).strip(_BRACKETS + ":")) if len(block.text) < _SHORT else None
        if ends and (index > last or (ends.end() == ends.endpos and before > _MOSTLY * total)):
            break
        before += block.marks if not chrome[index] else 0
        if not chrome[index]:
            kept.append(index)
    return kept


@cache
def _whole() -> frozenset[str]:
    return frozenset(squeezed(word) for word in lexicon("reading_chrome")["whole"])


@cache
def _starts() -> regex.Pattern[str]:
    words = "|".join(regex.escape(squeezed(word)) for word in lexicon("reading_chrome")["starts"])
    return regex.compile(rf"[{regex.escape(_BRACKETS)}]{{0,3}}(?:{words})")


@cache
def _contains() -> regex.Pattern[str]:
    return regex.compile("|".join(regex.escape(squeezed(word)) for word in lexicon("reading_chrome")["contains"]))


@cache
def _legal() -> regex.Pattern[str]:
    return regex.compile("|".join(regex.escape(squeezed(word)) for word in lexicon("reading_chrome")["legal"]), regex.I)


@cache
def _ends() -> regex.Pattern[str]:
    return regex.compile("|".join(regex.escape(squeezed(word)) for word in lexicon("reading_chrome")["ends"]))
