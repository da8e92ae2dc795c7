"""Stated changes (下降了2.4个点, 增长12%, 从26%提高到38%) and lengths of time (为期60天)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from transforms.numbers.findings import Finding
from transforms.numbers.intervals import RUN, in_context, interval, modified
from transforms.numbers.numerals import numeral
from transforms.numbers.operands import sentence_around
from transforms.text.characters import HAN
from transforms.text.codes import table_of
from transforms.text.kinds import Classes
from transforms.text.text import Text

_UP = ("上升", "提高", "提升", "增长", "增加", "上涨", "新增", "扩大")
_DOWN = ("下降", "降低", "减少", "压减", "缩减", "回落", "压缩", "下滑")
# the last sign of the words that may lead up to a change
_LEADS_UP = "升高长加涨增大降低少减缩落滑约近超过度为达了 "
_LEADS_UP_BEFORE = re.compile(f"[{_LEADS_UP}]")
_CHANGED = re.compile(
    r"(?P<number>[0-9][0-9,]{0,14}(?:\.[0-9]{1,6})?[万亿]?) ?(?P<unit>个百分点|百分点|个点|%|万元|元|人次|人|个|名|项|件|次|户)"
)
_LED = re.compile(rf"(?P<word>{'|'.join(_UP + _DOWN)})(?:近|约|超|超过|幅度(?:为|达)?)?了?(?:近|约|超过?)? ?$")
_FROM_TO = re.compile(
    rf"[由从][^,。;:\n0-9]{{0,12}}(?:1:)?(?P<before>[0-9][0-9,]{{0,12}}(?:\.[0-9]{{1,4}})?[万亿]?)[%{HAN}]{{0,6}}?(?:{'|'.join(_UP + _DOWN)}|升|降|增|减)(?:到|至|为)(?:了)? ?(?:1:)?(?P<after>[0-9][0-9,]{{0,12}}(?:\.[0-9]{{1,4}})?[万亿]?)"
)
_VALUE = re.compile(r"(?<![0-9.])(?:1:)?(?P<value>[0-9][0-9,]{0,12}(?:\.[0-9]{1,4})?[万亿]?)(?![0-9])(?P<percent>%)?")
_COMPARED = re.compile(
    rf"(?:比|较)[^,。;:\n0-9]{{0,10}}(?:的)?(?:1:)?(?P<before>[0-9][0-9,]{{0,12}}(?:\.[0-9]{{1,4}})?[万亿]?)(?P<percent>%)?[{HAN}]{{0,3}}$"
)
_LENGTH = re.compile(
    rf"(?P<word>为期|历时) ?(?:约|大约|近)? ?(?P<number>{RUN}{{1,8}}) ?(?P<unit>天|个工作日|个月|周|年|小时|个半月)(?P<vague>左右|多)?"
)
_TERM, _LASTED = Classes(table_of("期")), Classes(table_of("历"))  # their rarer characters


def changes(text: Text) -> Iterator[Finding]:
    """Changes with the values before and after where the sentence prints both."""
    matching = text.matching
    for before in _LEADS_UP_BEFORE.finditer(text.before_digits):
        start = text.digits[0][before.start()]
        if matching[start - 1] == " " and matching[start - 2] not in _LEADS_UP:
            continue
        match = _CHANGED.match(matching, start)
        led = _LED.search(matching[max(0, start - 10) : start]) if match else None
        if match is None or led is None:
            continue
        word, at = led["word"], start - len(led.group())
        stated = interval(match["number"])
        if stated is None:
            continue
        stated = in_context(stated, matching, start, match.end(), match["number"])
        operator = "up" if word in _UP else "down"
        operands = _before_and_after(matching, at, match["unit"])
        yield Finding(
            start,
            match.end(),
            "change",
            "figure.change",
            stated,
            match["unit"],
            None,
            operator,
            operands,
            "-" if operator == "down" else "→",
        )


def _before_and_after(matching: str, at: int, unit: str) -> tuple[tuple[Decimal, int, int], ...]:
    """The values before and after a change that is told at ``at``: 由A降到B, or B … 比上期的A下降."""
    floor, stop = sentence_around(matching, at, at)
    if both := _FROM_TO.search(matching, floor, stop):
        return _operands(both, ("before", "after"))
    compared = _COMPARED.search(matching, max(floor, at - 40), at)
    if compared is None:
        return ()
    is_rate = unit in ("个百分点", "百分点", "个点")
    for value in reversed(list(_VALUE.finditer(matching, floor, compared.start()))):
        if bool(value["percent"]) == bool(compared["percent"]) and (
            is_rate or unit == "%" or matching.startswith(unit.removeprefix("个"), value.end())
        ):
            return (*_operands(compared, ("before",)), *_operands(value, ("value",)))
    return ()


def _operands(match: re.Match[str], names: tuple[str, ...]) -> tuple[tuple[Decimal, int, int], ...]:
    return tuple((value, match.start(name), match.end(name)) for name in names if (value := numeral(match[name].rstrip(","))) is not None)


def durations(text: Text) -> Iterator[Finding]:
    """Lengths of time behind 为期, 历时 and the like."""
    matching = text.matching
    terms = [at - 1 for at in text.offsets(_TERM) if at and matching[at - 1] == "为"]
    lasted = [at for at in text.offsets(_LASTED) if matching[at + 1 : at + 2] == "时"]
    for at in terms + lasted:
        match = _LENGTH.match(matching, at)
        stated = interval(match["number"].lstrip(",.点")) if match else None
        if match and stated:
            lead = matching[match.end("word") : match.start("number")]
            stated = modified(stated, lead, match["number"], match["vague"] or "")
            yield Finding(match.start("number"), match.end(), "duration", "figure.duration", stated, match["unit"], match["word"])
