"""Percentages: a rate or share with its numerator and denominator, a target that was met, the shares of one whole."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from transforms.numbers.findings import Finding
from transforms.numbers.intervals import Interval, between, in_context, interval
from transforms.numbers.operands import Count, counts, rounds_to, sentence_around
from transforms.text.characters import HAN
from transforms.text.codes import table_of
from transforms.text.kinds import Classes
from transforms.text.text import Text

_REACH = 24
_NUMBER = r"[0-9]{1,6}(?:\.[0-9]{1,6})?"
_PERCENT = re.compile(rf"({_NUMBER}) ?%$|({_NUMBER}) ?%? ?(?:-{{1,2}}|~|至|到|—{{1,2}}|–) ?({_NUMBER}) ?%$")
_PERCENT_SIGNS = "0123456789.% -~至到—–"
_PERCENT_SIGN = Classes(table_of("%"))
_LEADS_ON = "为 是 达 达到 约 约为 提高到 提升到 提高至 提升至 上升到 上升至 已达 超过 不低于 近 仅"
# the name of a rate before its percentage, read backwards: what leads from the one to the other has none of the signs in which a name ends
_SUBJECT = re.compile(rf" ?了?(?:{'|'.join(_LEADS_ON[::-1].split())})?(?:别分)?(?P<name>[比例]?[率比例占重度]{{1,2}}[{HAN}“”]{{0,14}})")
_STEM = re.compile(rf"([{HAN}]{{2}})率$")
_TARGET = re.compile(r"(?:超额完成|超过|高于|完成|达到|实现|低于|未达到|未完成|不低于|满足)[^,。;:\n0-9%]{0,10}$")
_IS_TARGET = re.compile(rf"的?(?:[{HAN}]{{0,6}})(?:目标|任务|要求|标准|底线|指标|红线)")
_FIRST_HAN = "⺀"
_NOT_DONE = ("未", "基本", "阶段性", "正在", "暂未", "部分")
_PARTS = re.compile(r"[。;\n]")
_SHARES = re.compile(r"占(?:比|总数|全部|全体)?[^,。;:\n0-9]{0,8}$")

_Percent = tuple[int, int, Interval]  # where it stands and what it states


def percents(text: Text) -> Iterator[Finding]:
    """The percentages of a text in order, each bound to counts of its sentence where their words fit."""
    matching = text.matching
    found: list[_Percent] = []
    for at in text.offsets(_PERCENT_SIGN):
        if printed := _printed(matching, at):
            if found and found[-1][1] > printed[0]:
                found.pop()  # the first side of a range that repeats the sign: 63%~68%
            found.append(printed)
    for position, percent in enumerate(found):
        yield _target(matching, found, position) or _rate(text, *percent)
    if len(found) > 1:
        yield from _wholes(matching, found)


def _printed(matching: str, at: int) -> _Percent | None:
    floor = max(0, at - _REACH)
    floor += len(matching[floor:at].rstrip(_PERCENT_SIGNS))  # nothing before can belong to it
    match = _PERCENT.search(matching, floor, at + 1)
    if match is None:
        return None
    start = match.start()
    if start and ((before := matching[start - 1]) == "." or before.isdigit()):
        return None
    value, low, high = match.groups()
    stated = None
    if low:
        value, stated = high, between(low, high)
        start = start if stated else match.start(3)
    stated = stated or interval(value)
    return (start, at + 1, in_context(stated, matching, start, at + 1, value)) if stated else None


def _rate(text: Text, start: int, end: int, stated: Interval) -> Finding:
    """A percentage with the name before it, and its two counts where they are told apart by their words."""
    named = _SUBJECT.match(text.matching[max(0, start - 24) : start][::-1])
    subject = named["name"][::-1].strip("“”") if named else None
    operands: tuple[tuple[Decimal, int, int], ...] = ()
    if subject and stated.modifier == "exact" and stated.low is not None:
        pair = _pair(counts(text, *sentence_around(text.matching, start, end)), subject, stated)
        if pair:
            operands = tuple((count.value, count.start, count.end) for count in pair)
    return Finding(start, end, "percent", "figure.percent", stated, "%", subject, None, operands, "÷")


def _pair(found: list[Count], subject: str, stated: Interval) -> tuple[Count, Count] | None:
    """Numerator and denominator of the rate ``subject``: the count whose words are those of the rate, and the larger one of the same unit.

    Where the words do not tell, the pair that gives the printed percentage is taken, if there is exactly one such pair.
    """
    plain = [count for count in found if not count.is_vague]
    stem = _STEM.search(subject)
    if stem:
        for numerator in plain:
            if stem[1] in numerator.before and not any(f"{word}{stem[1]}" in numerator.before for word in _NOT_DONE):
                whole = [
                    count
                    for count in plain
                    if count.value >= numerator.value
                    and count.unit == numerator.unit
                    and count is not numerator
                    and (count.start < numerator.start or stem[1] not in count.before)
                ]
                if whole:
                    return numerator, max(whole, key=lambda count: count.value)
    value = stated.low
    if value is None:
        return None
    fitting = [
        (one, other)
        for one in plain
        for other in plain
        if one is not other
        and one.unit == other.unit
        and 0 < one.value <= other.value
        and rounds_to(one.value * 100 / other.value, value, stated.decimals)
    ]
    return fitting[0] if len(fitting) == 1 else None


def _target(matching: str, found: list[_Percent], position: int) -> Finding | None:
    """A percentage that was to be reached: 完成市定60%的任务目标. The first percentage of the sentence is what was reached."""
    start, end, stated = found[position]
    if matching[end : end + 1] < _FIRST_HAN or not _IS_TARGET.match(matching, end):
        return None
    floor, _ = sentence_around(matching, start, end)
    led = _TARGET.search(matching, max(floor, start - 16), start)
    if led is None:
        return None
    reached = next((one for one in found[:position] if one[0] >= floor), None)
    operator = "le" if led.group().startswith(("低于", "未达到", "未完成")) else "ge"
    operands: tuple[tuple[Decimal, int, int], ...] = ()
    if reached and reached[2].low is not None and stated.low is not None:
        operands = ((reached[2].low, reached[0], reached[1]), (stated.low, start, end))
    value = stated.low if stated.low is not None else stated.high
    exact = Interval(value, value, "exact", stated.decimals)  # 超过 says how the target was met, it does not make it vague
    return Finding(
        start, end, "comparison", "figure.comparison.target", exact, "%", "目标", operator, operands, "≤" if operator == "le" else "≥"
    )


def _wholes(matching: str, found: list[_Percent]) -> Iterator[Finding]:
    """Lists of shares of one whole: 分别占40%、35%和25%. Only what adds to about a hundred is such a list; a single 占 tells nothing."""
    run: list[_Percent] = []
    following: list[_Percent | None] = [*found, None]
    for one in following:
        if one and run and one[0] - run[-1][1] <= 24 and _PARTS.search(matching, run[-1][1], one[0]) is None:
            run.append(one)
            continue
        if len(run) > 1 and _SHARES.search(matching, max(0, run[0][0] - 12), run[0][0]):
            values: list[Decimal] = [stated.low for _, _, stated in run if stated.low is not None]
            if len(values) == len(run) and abs(sum(values, Decimal(0)) - 100) <= 5:
                operands = tuple((value, start, end) for value, (start, end, _) in zip(values, run, strict=True))
                yield Finding(
                    run[0][0],
                    run[-1][1],
                    "share",
                    "figure.share",
                    Interval(Decimal(100), Decimal(100), "exact"),
                    "%",
                    "占比",
                    None,
                    operands,
                    "+",
                )
        run = [one] if one else []
