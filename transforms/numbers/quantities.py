"""Every quantity in a text, with what was refused and why: what ``taizhang explain`` shows beside dates, money, contacts and citations.

Kinds are those of the output contract: number, percent, percent_point, fraction, ratio, ordinal, range. A Han numeral counts only with a measure
word behind it (三个) or a word of counting before it (共计三百二十); otherwise it is a part of some word, and refused.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from functools import cache

import msgspec
import regex

from transforms.lexicons.load import words
from transforms.numbers.intervals import LINK, RUN, Interval, between, interval, modified
from transforms.numbers.look_alikes import Refused, look_alikes
from transforms.numbers.numerals import HAN_NUMERAL, numeral
from transforms.source import Closed

_NUM = rf"(?:[0-9][0-9,]{{0,17}}(?:\.[0-9]{{1,8}})?[{HAN_NUMERAL}]{{0,4}}|[{HAN_NUMERAL}点]{{1,16}})"
_VAGUE = rf"(?:{RUN}{{1,20}})"
_PARTS = regex.compile(rf"(?P<whole>百|千|万|{_NUM})分之(?P<part>{_VAGUE})")
_TENTHS = regex.compile(r"(?P<number>[一二三四五六七八九十0-9]{1,2})成(?P<half>半)?(?![为立员功长果绩本都效熟份分就交人型品])")
_HALF = regex.compile(r"(?:一半|过半数?|半数|大半|多半)")
_PERCENT = regex.compile(
    rf"(?P<low>{_NUM}) ?[%‰]? ?{LINK} ?(?P<high>{_NUM}) ?(?P<range_sign>[%‰]|个?百分点|个点)|(?P<number>{_NUM}|{_VAGUE}) ?(?P<sign>[%‰]|个?百分点|个点)"
)
_RATIO = regex.compile(r"(?<![0-9:.])(?P<first>[0-9]{1,6}(?:\.[0-9]{1,4})?) ?: ?(?P<second>[0-9]{1,6}(?:\.[0-9]{1,4})?)(?![0-9:])")
_CLOCK = regex.compile(r"(?:[01]?[0-9]|2[0-4]):[0-5][0-9]$")
_ORDINAL = regex.compile(rf"第 ?(?P<number>[0-9]{{1,6}}|[{HAN_NUMERAL}]{{1,8}})")
_RANGE = regex.compile(rf"(?<![0-9.\-/])(?P<low>{_NUM}) ?(?P<unit>[\p{{Han}}]{{0,2}}?) ?{LINK} ?(?P<high>{_NUM})(?![0-9/\-])")
_NUMBER = regex.compile(
    rf"(?<![A-Za-z0-9_./-])(?P<number>[0-9][0-9,]{{0,24}}(?:\.[0-9]{{1,8}})?[{HAN_NUMERAL}多余来几]{{0,5}}(?:[0-9]{{1,4}}[十百千万]{{1,2}}){{0,2}}|[{HAN_NUMERAL}几数][{HAN_NUMERAL}几多余来点]{{0,15}})"
)
_ARABIC = frozenset("0123456789")
_MARKS_OF_VAGUENESS = frozenset("几数多余来")
_LONGEST_MEASURE = 4
_TRAILING = "点来余多,"


class Quantity(msgspec.Struct, frozen=True, gc=False):
    """A quantity at ``start:end``; a bound that the words leave open is None."""

    start: int
    end: int
    kind: str
    rule: str
    stated: Interval
    unit: str | None


def quantities(matching: str, closed: Closed) -> tuple[tuple[Quantity, ...], tuple[Refused, ...]]:
    """The quantities of ``matching`` that no other extractor claimed, and what was refused, each in order and without overlap."""
    free = Closed(len(matching))
    refused: list[Refused] = []
    for one in sorted(look_alikes(matching), key=lambda one: (one.start, -one.end)):
        if closed.is_free(one.start, one.end) and free.is_free(one.start, one.end):
            refused.append(one)
            free.close(one.start, one.end)
    found: list[Quantity] = []
    for reader in (_fractions, _percents, _ratios, _ordinals, _ranges, _numbers):
        for value in reader(matching):
            if not closed.is_free(value.start, value.end) or not free.is_free(value.start, value.end):
                continue
            free.close(value.start, value.end)
            if isinstance(value, Quantity):
                found.append(value)
            else:
                refused.append(value)
    return tuple(sorted(found, key=lambda one: one.start)), tuple(sorted(refused, key=lambda one: one.start))


def _around(matching: str, stated: Interval, start: int, number: str, end: int) -> Interval:
    return modified(stated, matching[max(0, start - 8) : start], number, matching[end : end + 4])


def _fractions(matching: str) -> Iterator[Quantity | Refused]:
    """三分之一, 百分之五 (a percentage), 九成, 一半."""
    if "分之" in matching:
        for match in _PARTS.finditer(matching):
            whole, part = numeral(match["whole"]) or _scale(match["whole"]), interval(match["part"].rstrip(_TRAILING))
            if not whole or part is None:
                continue
            end = match.start("part") + len(match["part"].rstrip(_TRAILING))
            if whole == 100:
                yield Quantity(
                    match.start(), end, "percent", "number.percent.han", _around(matching, part, match.start(), match["part"], end), "%"
                )
            else:
                yield Quantity(
                    match.start(),
                    end,
                    "fraction",
                    "number.fraction",
                    _around(matching, part.times(1 / whole), match.start(), match["part"], end),
                    None,
                )
    if "成" in matching:
        for match in _TENTHS.finditer(matching):
            value = numeral(match["number"])
            if value is not None and value <= 10:
                exact = (value + (Decimal("0.5") if match["half"] else 0)) / 10
                stated = _around(matching, Interval(exact, exact, "exact", 0), match.start(), match["number"], match.end())
                yield Quantity(match.start(), match.end(), "fraction", "number.tenths", stated, "成")
    if "半" in matching:
        for match in _HALF.finditer(matching):
            half = Decimal("0.5")
            stated = Interval(half, half, "exact") if match.group() in ("一半", "半数") else Interval(half, None, "at_least")
            yield Quantity(
                match.start(), match.end(), "fraction", "number.half", _around(matching, stated, match.start(), "", match.end()), None
            )


def _scale(text: str) -> Decimal | None:
    return {"百": Decimal(100), "千": Decimal(1000), "万": Decimal(10000)}.get(text)


def _percents(matching: str) -> Iterator[Quantity | Refused]:
    """76%, 2.4个百分点, 63%~68%."""
    if not any(sign in matching for sign in ("%", "‰", "百分点", "个点")):
        return
    for match in _PERCENT.finditer(matching):
        sign = match["range_sign"] or match["sign"]
        unit = sign if sign in "%‰" else "个百分点" if "百分点" in sign else "个点"
        if match["low"]:
            wide = between(match["low"], match["high"])
            if wide:
                yield Quantity(match.start(), match.end(), "range", "number.range.percent", wide, unit)
            continue
        number = match["number"].lstrip(_TRAILING)
        stated = interval(number)
        if stated:
            start = match.end("number") - len(number)
            kind = "percent" if unit in "%‰" else "percent_point"
            yield Quantity(start, match.end(), kind, f"number.{kind}", _around(matching, stated, start, number, match.end()), unit)


def _ratios(matching: str) -> Iterator[Quantity | Refused]:
    """1:15.8; the value is what stands for one of the first side. A time of day is refused."""
    if ":" not in matching:
        return
    for match in _RATIO.finditer(matching):
        lead = matching[max(0, match.start() - 8) : match.start()]
        if "比" not in lead and _CLOCK.match(match.group()):
            yield Refused(match.start(), match.end(), "number.refused.clock", "a time of day")
            continue
        first, second = numeral(match["first"]), numeral(match["second"])
        if first and second is not None:
            value = second / first
            yield Quantity(match.start(), match.end(), "ratio", "number.ratio", Interval(value, value, "exact"), None)


def _ordinals(matching: str) -> Iterator[Quantity | Refused]:
    """第3次, 第二批: a place in a row, not a count."""
    if "第" not in matching:
        return
    for match in _ORDINAL.finditer(matching):
        value = numeral(match["number"])
        if value is not None:
            unit = _measure(matching, match.end())
            yield Quantity(match.start(), match.end() + len(unit or ""), "ordinal", "number.ordinal", Interval(value, value, "exact"), unit)


def _ranges(matching: str) -> Iterator[Quantity | Refused]:
    """3至5个, 3个至5个, 1.5-2万."""
    if not any(sign in matching for sign in "至到-~—–―"):
        return
    for match in _RANGE.finditer(matching):
        unit = _measure(matching, match.end())
        if match["unit"] and match["unit"] != unit:
            continue
        wide = between(match["low"], match["high"])
        is_han = not (set(match.group()) & _ARABIC)
        if wide is None or (is_han and unit is None):
            continue
        yield Quantity(match.start(), match.end() + len(unit or ""), "range", "number.range", wide, unit)


def _numbers(matching: str) -> Iterator[Quantity | Refused]:
    """Counts with or without a measure word, vague ones as intervals."""
    for match in _NUMBER.finditer(matching):
        number = match["number"].rstrip(",.")
        start, end = match.start(), match.start() + len(number)
        stated = interval(number)
        while stated is None and len(number) > 1 and number[-1] in _MARKS_OF_VAGUENESS | {"点", "万", "亿"}:
            number, end = number[:-1], end - 1
            stated = interval(number)
        if stated is None:
            continue
        unit = _measure(matching, end)
        is_han = not (set(number) & _ARABIC)
        is_led = matching[max(0, start - 3) : start].endswith(words("numbers", "leads")) and len(number) > 1
        if is_han and unit is None and not is_led and not (set(number) & _MARKS_OF_VAGUENESS and len(number) > 1):
            yield Refused(start, end, "number.refused.no_measure", "a Han numeral without a measure word is a part of a word")
            continue
        rule = "number.vague" if stated.modifier != "exact" else "number.han" if is_han else "number.arabic"
        yield Quantity(start, end + len(unit or ""), "number", rule, _around(matching, stated, start, number, end + len(unit or "")), unit)


def _measure(matching: str, at: int) -> str | None:
    """The longest measure word at ``at``."""
    for length in range(min(_LONGEST_MEASURE, len(matching) - at), 0, -1):
        word = matching[at : at + length]
        if word in _measures():
            return word
    return None


@cache
def _measures() -> frozenset[str]:
    return frozenset(words("numbers", "measure_words"))
