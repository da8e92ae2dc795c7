"""Marks that open a part of the outline: numbers and labels at the start of a line, and labels inside one."""

from __future__ import annotations

import re
from functools import cache

from transforms.lexicons.load import words

HAN = "一二三四五六七八九十"
# Families of marks from the outermost to the innermost (GB/T 9704 7.3.3, with the labels that notices put between them).
RANKS = {
    "part": 0, "han_comma": 1, "di": 2, "han_paren": 3, "arabic": 4, "arabic_dash": 5, "decimal": 5, "heading": 6, "labelled": 7, "statement": 7, "table": 7,
    "arabic_paren": 8, "arabic_close": 8, "circled": 9, "response": 10, "yishi": 11,
}
_FAMILIES = {"arabic_dot": "arabic", "arabic_comma": "arabic", "yiyao": "yishi"}
_DIGIT = {character: value for value, character in enumerate(HAN, 1)}
_BEFORE_LABEL = "。;!?.”\")】] \n"


class Mark:
    """One mark: its place, its style, the number it states, and the name by which paths call it."""

    __slots__ = ("end", "family", "is_inline", "key", "label_end", "ordinal", "start", "style", "words_end")

    def __init__(self, start: int, end: int, style: str, ordinal: int | None, key: str, label_end: int, is_inline: bool = False) -> None:
        self.start = start
        self.end = end  # where the words behind the mark begin
        self.style = style
        self.family = _FAMILIES.get(style, style)
        self.ordinal = ordinal
        self.key = key
        self.label_end = label_end
        self.is_inline = is_inline
        self.words_end = 0  # of an unnumbered heading, whose words are its mark


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


@cache
def _line_mark() -> re.Pattern[str]:
    """A mark at the start of a line; every alternative is one named group, so that ``lastgroup`` is the style."""
    numbered = "|".join(words("outline", "numbered"))
    statement = "|".join(words("outline", "statement"))
    response = "|".join(words("outline", "response"))
    return re.compile(
        rf"""\n[ •·▪■◆●▲★◎※*#>-]{{0,8}}(?:
        (?P<han_comma>[{HAN}]{{1,3}}\ {{0,3}}[、.])
        |(?P<han_paren>[(〔[【]\ ?[{HAN}]{{1,3}}\ ?[)〕\]】][、.,:]?|[{HAN}]{{1,3}}\)|[㈠-㈩])
        |(?P<arabic_comma>\d{{1,3}}\ {{0,3}}、)
        |(?P<decimal>\d{{1,2}}\.\d{{1,2}}(?:\.\d{{1,2}})?(?:[、.:]|\ +|(?=关于|针对|问题|整改))(?![\d%]))
        |(?P<arabic_dot>\d{{1,3}}\ {{0,3}}\.(?:(?![\d.])|(?=(?:19|20)\d\d年|\d{{1,2}}月))|[⒈-⒛])
        |(?P<arabic_paren>\(\ ?\d{{1,3}}\ ?\)[、.,:]?|[⑴-⒇])
        |(?P<arabic_close>\d{{1,3}}\ ?\)[、.,:]?)
        |(?P<arabic_dash>\d{{1,2}}-\d{{1,2}}(?:[、.:]|\ +)(?!\d))
        |(?P<circled>[①-⑳])
        |(?P<part>第[{HAN}]{{1,2}}部分[、:,.]?)
        |(?P<di>第[{HAN}]{{1,2}}[、,:])
        |(?P<labelled>[【[(]?(?:{numbered})\ ?(?:之[{HAN}]{{1,3}}[】\])]?[:、.]
            |\(\ ?(?:\d{{1,3}}|[{HAN}]{{1,3}})\ ?\)[】\]]?\ ?[:、.,]?|(?:\d{{1,3}}(?:-\d{{1,2}})?|[{HAN}]{{1,3}})(?:[】\])][:、.]?|\ ?[:、.]|\ +)(?!\d)))
        |(?P<response>[【[(〔](?:{response})[】\])〕]:?|(?:{response})(?::|\ *(?=\n)))
        |(?P<statement>[【[](?:{statement})[】\]]:?|(?:{statement}):)
        |(?P<heading>(?:关于|针对)[^。;:\n]{{2,80}}?(?:(?:问题|方面)(?:的?整改(?:落实|进展)?(?:情况)?)?(?=[。:]|\ *(?:\n|$))))
        )""",
        re.VERBOSE,
    )


@cache
def _inline_response() -> re.Pattern[str]:
    labels = "|".join(word[2:] for word in words("outline", "response") if word.startswith("整改") and len(word) > 2)
    return re.compile(rf"整改(?:{labels})[】\])]?:")


_NUMBER = re.compile(rf"\d{{1,3}}|[{HAN}]{{1,3}}")


def line_marks(matching: str, start: int, end: int) -> list[Mark]:
    """The marks of ``matching[start:end]`` that open a line, and response labels that stand inside one, in text order."""
    found: list[Mark] = []
    shift = 0
    text = matching
    if start == 0 or matching[start - 1] != "\n":
        text, shift = "\n" + matching[start:end], start - 1
    first = start - 1 - shift
    for match in _line_mark().finditer(text, first, end - shift):
        style = match.lastgroup or ""
        at = match.start(style) + shift
        stop = match.end() + shift
        mark = _mark(matching, at, stop, style)
        if mark is not None:
            found.append(mark)
    if "整改" in matching:
        _add_inline_responses(found, matching, start, end)
    return found


def _mark(matching: str, start: int, end: int, style: str) -> Mark | None:
    """The mark at ``start:end`` with its number and its name in paths; None where its number is none."""
    printed = matching[start:end]
    label_end = start + len(printed.rstrip(" :"))
    if style in ("response", "statement"):
        return Mark(start, end, style, None, printed.strip(" :【】[]()〔〕"), label_end)
    if style == "heading":
        mark = Mark(start, start, style, None, printed[:2], start)
        mark.words_end = end
        return mark
    single = printed[0]
    if single in "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳":
        return Mark(start, end, style, ord(single) - 0x245F, single, end)
    value: int | None
    if "㈠" <= single <= "㈩":
        value = ord(single) - 0x321F
    elif "⑴" <= single <= "⒇":
        value = ord(single) - 0x2473
    elif "⒈" <= single <= "⒛":
        value = ord(single) - 0x2487
    else:
        number = _NUMBER.search(printed)
        if number is None:
            return None
        digits = number.group()
        value = int(digits) if digits.isascii() else han_value(digits)
    if value is None or value == 0:
        return None
    return Mark(start, end, style, value, _key(style, printed, value), label_end)


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


def _add_inline_responses(found: list[Mark], matching: str, start: int, end: int) -> None:
    """Response labels inside a line, such as 1.学习不够。整改情况：…; they must follow the end of a sentence."""
    taken = {mark.start for mark in found if mark.family == "response"}
    added = False
    for match in _inline_response().finditer(matching, start, end):
        at = match.start()
        if at > start and matching[at - 1] in "【[(":
            at -= 1
        before = matching[at - 1] if at > start else "\n"
        if at in taken or before not in _BEFORE_LABEL:
            continue
        found.append(Mark(at, match.end(), "response", None, match.group().strip(" :】])"), match.end() - 1, is_inline=True))
        added = True
    if added:
        found.sort(key=lambda mark: mark.start)
