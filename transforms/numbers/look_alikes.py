"""Words that only look like numbers: set phrases, names, item numbers, formulas of slogans. Each is refused with its reason."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

import msgspec
import regex

from transforms.lexicons.load import lexicon
from transforms.numbers.numerals import HAN_NUMERAL

_ITEM = regex.compile(
    r"(?m)^[ \t]*(?:[(\[]?[0-9]{1,3}(?:[.、)\]]|\.(?![0-9]))|[({]?[一二三四五六七八九十]{1,3}[、)}])(?![0-9])"
    r"|(?<![0-9一二三四五六七八九十第])[一二三四五六七八九十]{1,2}(?:是(?!否)|要(?!求|点|素)|则)"
    r"|[(][0-9一二三四五六七八九十]{1,3}[)]|[①-⑳⑴-⒇]"
)
_FORMULA = regex.compile(r"[0-9一二三四五六七八九十NnX]{1,3}(?:[+＋][0-9一二三四五六七八九十NnX]{1,3}){1,6}")
# “四张清单”, “三审三校”, “1530”: short quoted words around a numeral name something
_QUOTED = regex.compile(rf"[“\"‘](?=[^”\"’\n]{{0,9}}[0-9{HAN_NUMERAL}])[^“”\"’‘\n]{{2,10}}[”\"’]")
_NAMED_BY_NUMBER = regex.compile(
    r"[0-9]{1,5}号(?:教学楼|楼|线|院|路|文|仓|桥|地块|库|机|房|公馆|令|公告|文件)?|[A-Za-z]{1,4}-?[0-9]{1,5}|(?:19|20)[0-9]{2}[级届]|[0-9]{1,4}(?:[级届]班?|班)(?=的|学生|同学)"
)
_SECONDARY = regex.compile(
    r"(?:第[0-9一二三四五六七八九十百]{1,5}届(?:[\p{Han}]{0,8}?第?[0-9一二三四五六七八九十]{1,3}次(?:会议|全会|全体会议))?)"
)


class Refused(msgspec.Struct, frozen=True, gc=False):
    """Words at ``start:end`` that are no value, the rule that refused them and the reason in words."""

    start: int
    end: int
    rule: str
    why: str


def look_alikes(matching: str) -> Iterator[Refused]:
    """What only looks like a number in ``matching``; the spans may overlap."""
    for match in _FORMULA.finditer(matching):
        yield Refused(match.start(), match.end(), "number.refused.formula", "a formula-like name, not a sum to be computed")
    for match in _ITEM.finditer(matching):
        yield Refused(match.start(), match.end(), "number.refused.item", "an item number or a word that counts off")
    for match in _phrases().finditer(matching):
        name = match.lastgroup or ""
        yield Refused(match.start(), match.end(), f"number.refused.{name}", str(lexicon("numbers")["refused"][name]["why"]))
    for match in _SECONDARY.finditer(matching):
        yield Refused(match.start(), match.end(), "number.refused.meeting_name", str(lexicon("numbers")["refused"]["meeting_name"]["why"]))
    for match in _QUOTED.finditer(matching):
        yield Refused(match.start() + 1, match.end() - 1, "number.refused.quoted", "quoted words that name something")
    for match in _NAMED_BY_NUMBER.finditer(matching):
        yield Refused(match.start(), match.end(), "number.refused.name", "a number that names a thing, a class or a model")


@cache
def _phrases() -> regex.Pattern[str]:
    """All phrases, the longest of any category first at every place."""
    entries = sorted(
        ((word, name) for name, entry in lexicon("numbers")["refused"].items() for word in entry["words"]),
        key=lambda pair: len(pair[0]),
        reverse=True,
    )
    by_first: dict[str, list[str]] = {}
    for word, name in entries:
        by_first.setdefault(name, []).append(regex.escape(word))
    return regex.compile("|".join(f"(?P<{name}>{'|'.join(found)})" for name, found in by_first.items()))
