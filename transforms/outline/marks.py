"""Marks that open a part of the outline: numbers and labels at the start of a line, and labels inside one."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from operator import attrgetter

import msgspec

from transforms.lexicons.load import words

HAN = "一二三四五六七八九十"
# Families of marks from the outermost to the innermost (GB/T 9704 7.3.3, with the labels that notices put between them).
RANKS = {
    "part": 0,
    "han_comma": 1,
    "di": 2,
    "han_paren": 3,
    "arabic": 4,
    "heading": 6,
    "labelled": 7,
    "statement": 7,
    "table": 7,
    "arabic_dash": 8,
    "decimal": 8,
    "arabic_paren": 8,
    "arabic_close": 8,
    "circled": 9,
    "response": 10,
    "yishi": 11,
}
_FAMILIES = {"arabic_dot": "arabic", "arabic_comma": "arabic", "yiyao": "yishi"}
_DIGIT = {character: value for value, character in enumerate(HAN, 1)}
_BEFORE_LABEL = '。;!?.”")】] \n'


class Mark(msgspec.Struct, gc=False):
    """One mark: its place, its style, the number it states, and the name by which paths call it.

    The words behind it begin at ``end``; ``words_end`` is where the heading ends and ``body_end`` where the row of a table ends,
    both 0 unless the mark itself tells. Marks of one ``family`` number one level: 1. and 1、.
    """

    start: int
    end: int
    style: str
    family: str
    ordinal: int | None
    key: str
    label_end: int
    is_inline: bool = False
    words_end: int = 0
    body_end: int = 0


def han_value(text: str) -> int | None:
    """The value of a Han numeral below 100 such as 十二, or None.

    >>> han_value("十"), han_value("二十三"), han_value("三二")
    (10, 23, None)
    """
    tens, ten, ones = text.rpartition("十")
    if not ten:
        return _DIGIT.get(ones)
    high = 1 if not tens else _DIGIT.get(tens)
    low = 0 if not ones else _DIGIT.get(ones)
    return None if high is None or low is None else high * 10 + low


def han_numeral(value: int) -> str:
    """The Han numeral of a number from 1 to 99."""
    tens, ones = divmod(value, 10)
    return (("" if tens == 1 else HAN[tens - 1]) + "十" if tens else "") + (HAN[ones - 1] if ones else "")


# 反馈问题:22项;已落实:20项 opens no problem, and 整改措施:71条 no response
_UNCOUNTED = r"(?!\ ?\d{1,4}\ ?[个项条件类](?:[,;。、(\n]|\Z))"


@cache
def _line_mark(opening: str = r"\n[ •·▪■◆●▲★◎※*#>-]{0,8}") -> re.Pattern[str]:
    """A mark behind ``opening``, the start of a line; behind every alternative a group names its form, and ``at`` is its start."""
    numbered = "|".join(words("outline", "numbered"))
    statement = "|".join(words("outline", "statement"))
    response = "|".join(words("outline", "response"))
    labels = (*words("outline", "numbered"), *words("outline", "statement"), *words("outline", "response"))
    firsts = "".join(sorted({label[0] for label in labels}))
    # most lines open with none of the first characters: without the lookahead all alternatives are tried at each; those that begin with a
    # class of characters or with a word are passed over at once where that does not fit, which a group at their start would prevent. What
    # opens with a number in Han or Arabic numerals, as steps do, is tried for these alone: no label begins with one
    return re.compile(
        rf"""{opening}(?=[{HAN}\d(〔[【㈠-㈩⒈-⒛⑴-⒇①-⑳第关针{firsts}])(?P<at>)(?:
        [(〔[【]\ ?[{HAN}]{{1,3}}\ ?[)〕\]】][、.,:]?(?P<han_paren>)|[㈠-㈩](?P<han_single>)
        |[{HAN}]{{1,3}}(?:\ {{0,3}}[、.](?P<han_comma>)|\)(?P<han_close>))
        |(?=\d)(?:
            \d{{1,3}}\ {{0,3}}、(?P<arabic_comma>)
            |\d\d?\.\d{{1,2}}(?:\.\d{{1,2}})?(?:[、.:]|\ {{1,9}}|(?=关于|针对|问题|整改))(?![\d%])(?P<decimal>)
            |\d{{1,3}}\ {{0,3}}\.(?:(?![\d.])|(?=(?:19|20)\d\d年|\d{{1,2}}月))(?P<arabic_dot>)
            |\d{{1,3}}\ ?\)[、.,:]?(?P<arabic_close>)
            |\d\d?-\d{{1,2}}(?:[、.:]|\ {{1,9}})(?!\d)(?P<arabic_dash>))
        |\(\ ?\d{{1,3}}\ ?\)[、.,:]?(?P<arabic_paren>)|[⑴-⒇](?P<paren_single>)|[①-⑳](?P<circled>)|[⒈-⒛](?P<arabic_single>)
        |(?![{HAN}\d])(?:
        第[{HAN}]{{1,2}}部分[、:,.]?(?P<part>)
        |第[{HAN}]{{1,2}}[、,:](?P<di>)
        |[【[(]?(?:{numbered})\ ?(?:之[{HAN}]{{1,3}}[】\])]?[:、.]
            |\(\ ?(?:\d{{1,3}}|[{HAN}]{{1,3}})\ ?\)[】\]]?\ ?[:、.,]?|(?:\d{{1,3}}(?:-\d{{1,2}})?|[{HAN}]{{1,3}})(?:[】\])][:、.]?|\ ?[:、.]|\ {{1,9}})(?!\d))(?P<labelled>)
        |[【[(〔](?:{response})[】\])〕]:?(?P<bracketed>)|(?:{response})(?::{_UNCOUNTED}|\ {{0,9}}(?=\n))(?P<response>)
        |[【[](?:{statement})[】\]]:?(?P<stated>)|(?:{statement}):{_UNCOUNTED}(?P<statement>)
        |(?:关于|针对)(?![^。;:“"\n]{{0,20}}(?:反馈|指出)的?[^。;:“"\n]{{0,8}}\d)[^。;:\n]{{2,80}}?(?:(?:问题|方面)(?:的?整改(?:落实|进展)?(?:情况)?)?(?=[。:]|\ {{0,9}}(?:\n|$)))(?P<heading>)
        ))""",
        re.VERBOSE,
    )


# A style that is printed in several forms.
_STYLES = {
    "han_close": "han_paren",
    "han_single": "han_paren",
    "arabic_single": "arabic_dot",
    "paren_single": "arabic_paren",
    "bracketed": "response",
    "stated": "statement",
}


@cache
def _before_colon() -> str:
    """The characters of which one stands before the colon of every response label."""
    return "".join({word[-1] for word in words("outline", "response")}) + "】])"


def _may_respond(matching: str, start: int, end: int) -> bool:
    """A colon stands where a response label may end: most notices have few colons, and many have no response label inside a line."""
    before, find = _before_colon(), matching.find
    at = find(":", start + 1, end)
    while at >= 0:
        if matching[at - 1] in before:
            return True
        at = find(":", at + 1, end)
    return False


@cache
def _inline_response() -> re.Pattern[str]:
    labels = "|".join(word[2:] for word in words("outline", "response") if word.startswith("整改") and len(word) > 2)
    return re.compile(rf"整改(?:{labels})[】\])]?:{_UNCOUNTED}")


_NUMBER = re.compile(rf"\d{{1,3}}|[{HAN}]{{1,3}}")
_FOLLOWED = frozenset(("han_comma", "han_paren", "arabic"))
_FOLLOWED_AT_ONCE = frozenset(("response", "statement", "labelled"))
_FIRSTS = frozenset(" 123456789(①⑴⒈")  # with which a first mark inside a line opens


def line_marks(matching: str, start: int, end: int) -> list[Mark]:
    """The marks of ``matching[start:end]`` that open a line, and response labels that stand inside one, in text order."""
    found: list[Mark] = []
    shift = 0
    text = matching
    if start == 0 or matching[start - 1] != "\n":
        text, shift = "\n" + matching[start:end], start - 1
    stop = start  # behind the nearest full stop: a first mark may follow there
    for match in _line_mark().finditer(text, start - 1 - shift, end - shift):
        mark = _mark(matching, match.end(1) + shift, match.end() + shift, match.lastgroup)
        if mark is None:
            continue
        found.append(mark)
        at = mark.end
        if mark.family in _FOLLOWED:
            if stop <= at:
                stop = matching.find("。", at, end) + 1 or end
            if stop == end or matching[stop] not in _FIRSTS or matching.find("\n", at, stop) >= 0:
                continue
            at = stop
        elif mark.style not in _FOLLOWED_AT_ONCE or at == end or matching[at] not in _FIRSTS:
            continue
        follower = _follower(matching, mark, at, end)
        if follower is not None:
            found.append(follower)
    return _with_inline_responses(found, matching, start, end)


def _follower(matching: str, mark: Mark, at: int, end: int) -> Mark | None:
    """A first mark that follows on the same line: 整改措施：(1)…, (一)思想建设方面。1.学习不够。"""
    while at < end and matching[at] == " ":
        at += 1
    match = _line_mark("").match(matching, at, end) if at < end and matching[at] in _FIRSTS else None
    if match is None:
        return None
    found = _mark(matching, at, match.end(), match.lastgroup)
    if found is None or found.family == mark.family or (found.ordinal != 1 and (mark.family != "han_paren" or found.family != "arabic")):
        return None
    found.is_inline = True
    return found


def _mark(matching: str, start: int, end: int, form: str | None) -> Mark | None:
    """The mark at ``start:end``, which ``_line_mark`` found in ``form``, with its number and its name in paths; None where its number is none."""
    if form == "heading":
        return Mark(start, start, form, form, None, matching[start : start + 2], start, False, end)
    style, family, ordinal, key, length = _read(form or "", matching[start:end])
    return Mark(start, end, style, family, ordinal, key, start + length) if key else None


@lru_cache(maxsize=4096)
def _read(form: str, printed: str) -> tuple[str, str, int | None, str, int]:
    """Style and family of a mark, the number that it states, its name in paths, which is empty where the number is none, and the length of its label."""
    style = _STYLES.get(form, form)
    ordinal, key = _number(style, printed)
    return style, _FAMILIES.get(style, style), ordinal, key, len(printed.rstrip(" :"))


def _number(style: str, printed: str) -> tuple[int | None, str]:
    if style in ("response", "statement"):
        return None, printed.strip(" :【】[]()〔〕")
    single = printed[0]
    value: int | None
    if "①" <= single <= "⑳":
        return ord(single) - 0x245F, single
    if "㈠" <= single <= "㈩":
        value = ord(single) - 0x321F
    elif "⑴" <= single <= "⒇":
        value = ord(single) - 0x2473
    elif "⒈" <= single <= "⒛":
        value = ord(single) - 0x2487
    else:
        number = _NUMBER.search(printed)
        if number is None:
            return None, ""
        digits = number.group()
        if style in ("arabic_dash", "decimal"):
            digits = re.split("[-.]", printed.strip(" :、."))[-1]  # 2-1 is the first below 2
        value = int(digits) if digits.isascii() else han_value(digits)
    if not value:
        return None, ""
    return value, _key(style, printed, value)


def _key(style: str, printed: str, value: int) -> str:
    if style == "han_paren":
        return f"（{han_numeral(value)}）"
    if style == "han_comma":
        return han_numeral(value)
    if style == "arabic_paren":
        return f"（{value}）"
    if style == "arabic_close":
        return f"{value}）"
    if style in ("arabic_dot", "arabic_comma"):
        return str(value)
    return printed.strip(" :、.,【】[]").replace("(", "（").replace(")", "）").replace(" ", "")


def _with_inline_responses(found: list[Mark], matching: str, start: int, end: int) -> list[Mark]:
    """``found`` with the response labels inside a line, such as 1.学习不够。整改情况：…; they must follow the end of a sentence."""
    if not _may_respond(matching, start, end):
        return found
    taken = {mark.start for mark in found if mark.family == "response"}
    inline = []
    for match in _inline_response().finditer(matching, start, end):
        at, behind = match.span()
        if at > start and matching[at - 1] in "【[(":
            at -= 1
        if at not in taken and (at == start or matching[at - 1] in _BEFORE_LABEL):
            inline.append(Mark(at, behind, "response", "response", None, match.group().strip(" :】])"), behind - 1, True))
    if not inline:
        return found
    return in_order(found + inline)


def in_order(marks: list[Mark]) -> list[Mark]:
    """``marks`` as they stand in the text; of two that open at one place the first comes first."""
    return sorted(marks, key=_START)


_START = attrgetter("start")
