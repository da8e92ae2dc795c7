"""Marks that open a part of the outline: numbers and labels at the start of a line, and labels inside one."""

from __future__ import annotations

import re
from functools import cache, lru_cache

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


class Mark:
    """One mark: its place, its style, the number it states, and the name by which paths call it."""

    __slots__ = ("body_end", "end", "family", "is_inline", "key", "label_end", "ordinal", "start", "style", "words_end")

    def __init__(self, start: int, end: int, style: str, ordinal: int | None, key: str, label_end: int, is_inline: bool = False) -> None:
        self.start = start
        self.end = end  # where the words behind the mark begin
        self.style = style
        self.family = _FAMILIES.get(style, style)
        self.ordinal = ordinal
        self.key = key
        self.label_end = label_end
        self.is_inline = is_inline
        self.words_end = 0  # where the heading ends, if the mark knows
        self.body_end = 0  # where the row of a table ends


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
def _line_mark(opening: str = r"\n[ •·▪■◆●▲★◎※*#>-]{0,8}") -> re.Pattern[str]:
    """A mark behind ``opening``, the start of a line; every alternative is one named group, so that ``lastgroup`` is the style."""
    numbered = "|".join(words("outline", "numbered"))
    statement = "|".join(words("outline", "statement"))
    response = "|".join(words("outline", "response"))
    labels = (*words("outline", "numbered"), *words("outline", "statement"), *words("outline", "response"))
    firsts = "".join(sorted({label[0] for label in labels}))
    # most lines open with none of the first characters: without the lookahead all fifteen alternatives are tried at each
    return re.compile(
        rf"""{opening}(?=[{HAN}\d(〔[【㈠-㈩⒈-⒛⑴-⒇①-⑳第关针{firsts}])(?:
        (?P<han_comma>[{HAN}]{{1,3}}\ {{0,3}}[、.])
        |(?P<han_paren>[(〔[【]\ ?[{HAN}]{{1,3}}\ ?[)〕\]】][、.,:]?|[{HAN}]{{1,3}}\)|[㈠-㈩])
        |(?P<arabic_comma>\d{{1,3}}\ {{0,3}}、)
        |(?P<decimal>\d{{1,2}}\.\d{{1,2}}(?:\.\d{{1,2}})?(?:[、.:]|\ {{1,9}}|(?=关于|针对|问题|整改))(?![\d%]))
        |(?P<arabic_dot>\d{{1,3}}\ {{0,3}}\.(?:(?![\d.])|(?=(?:19|20)\d\d年|\d{{1,2}}月))|[⒈-⒛])
        |(?P<arabic_paren>\(\ ?\d{{1,3}}\ ?\)[、.,:]?|[⑴-⒇])
        |(?P<arabic_close>\d{{1,3}}\ ?\)[、.,:]?)
        |(?P<arabic_dash>\d{{1,2}}-\d{{1,2}}(?:[、.:]|\ {{1,9}})(?!\d))
        |(?P<circled>[①-⑳])
        |(?P<part>第[{HAN}]{{1,2}}部分[、:,.]?)
        |(?P<di>第[{HAN}]{{1,2}}[、,:])
        |(?P<labelled>[【[(]?(?:{numbered})\ ?(?:之[{HAN}]{{1,3}}[】\])]?[:、.]
            |\(\ ?(?:\d{{1,3}}|[{HAN}]{{1,3}})\ ?\)[】\]]?\ ?[:、.,]?|(?:\d{{1,3}}(?:-\d{{1,2}})?|[{HAN}]{{1,3}})(?:[】\])][:、.]?|\ ?[:、.]|\ {{1,9}})(?!\d)))
        |(?P<response>[【[(〔](?:{response})[】\])〕]:?|(?:{response})(?::|\ {{0,9}}(?=\n)))
        |(?P<statement>[【[](?:{statement})[】\]]:?|(?:{statement}):)
        |(?P<heading>(?:关于|针对)(?![^。;:“"\n]{{0,20}}(?:反馈|指出)的?[^。;:“"\n]{{0,8}}\d)[^。;:\n]{{2,80}}?(?:(?:问题|方面)(?:的?整改(?:落实|进展)?(?:情况)?)?(?=[。:]|\ {{0,9}}(?:\n|$))))
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
        if mark is None:
            continue
        found.append(mark)
        follower = _follower(matching, mark, end)
        if follower is not None:
            found.append(follower)
    if "整改" in matching:
        _add_inline_responses(found, matching, start, end)
    return found


def _follower(matching: str, mark: Mark, end: int) -> Mark | None:
    """A first mark that follows on the same line: 整改措施：(1)…, (一)思想建设方面。1.学习不够。"""
    at = mark.end
    if mark.style not in ("response", "statement", "labelled"):
        if mark.family not in ("han_comma", "han_paren", "arabic"):
            return None
        line = matching.find("\n", at, end)
        at = matching.find("。", at, line if line >= 0 else end) + 1
    while at < end and matching[at] == " ":
        at += 1
    if not 0 < at < end or matching[at] not in "123456789(①⑴⒈":
        return None
    match = _line_mark("").match(matching, at, end)
    if match is None:
        return None
    found = _mark(matching, at, match.end(), match.lastgroup or "")
    if found is None or found.family == mark.family or (found.ordinal != 1 and (mark.family != "han_paren" or found.family != "arabic")):
        return None
    found.is_inline = True
    return found


def _mark(matching: str, start: int, end: int, style: str) -> Mark | None:
    """The mark at ``start:end`` with its number and its name in paths; None where its number is none."""
    printed = matching[start:end]
    label_end = start + len(printed.rstrip(" :"))
    if style == "heading":
        mark = Mark(start, start, style, None, printed[:2], start)
        mark.words_end = end
        return mark
    ordinal, key = _read(style, printed)
    if not key:
        return None
    return Mark(start, end, style, ordinal, key, label_end)


@lru_cache(maxsize=4096)
def _read(style: str, printed: str) -> tuple[int | None, str]:
    """The number that a mark states and its name in paths, which is empty where the number is none."""
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
