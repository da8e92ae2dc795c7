"""Percentages: a rate or share with its numerator and denominator, a target that was met, the shares of one whole."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from transforms.numbers.findings import Finding
from transforms.numbers.intervals import Interval, between, interval, modified
from transforms.numbers.operands import Count, counts, rounds_to, sentence_around
from transforms.text.characters import HAN
from transforms.text.text import Text

_REACH = 24
_PERCENT = re.compile(
    r"(?:(?P<low>[0-9]{1,6}(?:\.[0-9]{1,6})?) ?%? ?(?:-{1,2}|~|至|到|—{1,2}|–) ?)?(?P<value>[0-9]{1,6}(?:\.[0-9]{1,6})?) ?%$"
)
_PERCENT_SIGNS = "0123456789.% -~至到—–"
# the name of a rate ends in one of these; what leads from it to the percentage has none of them
_SUBJECT_ENDS = "率比例占重度"
_SUBJECT = re.compile(rf"[{HAN}“”]{{0,14}}[{_SUBJECT_ENDS}]{{1,2}}[比例]?\Z")
_LEADS_ON = re.compile(r"(?:分别)?(?:为|是|达|达到|约|约为|提高到|提升到|提高至|提升至|上升到|上升至|已达|超过|不低于|近|仅)?了? ?$")
_STEM = re.compile(rf"([{HAN}]{{2}})率$")
_TARGET = re.compile(r"(?:超额完成|超过|高于|完成|达到|实现|低于|未达到|未完成|不低于|满足)[^,。;:\n0-9%]{0,10}$")
_IS_TARGET = re.compile(rf"的?(?:[{HAN}]{{0,6}})(?:目标|任务|要求|标准|底线|指标|红线)")
_NOT_DONE = ("未", "基本", "阶段性", "正在", "暂未", "部分")
_PARTS = re.compile(r"[。;\n]")
_SHARES = re.compile(r"占(?:比|总数|全部|全体)?[^,。;:\n0-9]{0,8}$")


def percents(text: Text) -> Iterator[Finding]:
    """The percentages of a text in order, each bound to counts of its sentence where their words fit."""
    matching = text.matching
    found: list[tuple[int, int, Interval]] = []
    at = matching.find("%")
    while at >= 0:
        if printed := _printed(matching, at):
            if found and found[-1][1] > printed[0]:
                found.pop()  # the first side of a range that repeats the sign: 63%~68%
            found.append(printed)
        at = matching.find("%", at + 1)
    for position, (start, end, stated) in enumerate(found):
        floor, stop = sentence_around(matching, start, end)
        yield _target(matching, found[:position], start, end, stated, floor) or _rate(text, start, end, stated, floor, stop)
    yield from _wholes(matching, found)


def _printed(matching: str, at: int) -> tuple[int, int, Interval] | None:
    floor = max(0, at - _REACH)
    floor += len(matching[floor:at].rstrip(_PERCENT_SIGNS))  # nothing before can belong to it
    match = _PERCENT.search(matching[floor : at + 1])
    if match is None:
        return None
    start = floor + match.start()
    if start and (matching[start - 1].isdigit() or matching[start - 1] == "."):
        return None
    stated = between(match["low"], match["value"]) if match["low"] else None
    if match["low"] and stated is None:
        start = floor + match.start("value")
    stated = stated or interval(match["value"])
    if stated is None:
        return None
    stated, _, _ = modified(stated, matching[max(0, start - 8) : start], match["value"], matching[at + 1 : at + 4])
    return start, at + 1, stated


def _rate(text: Text, start: int, end: int, stated: Interval, floor: int, stop: int) -> Finding:
    """A percentage with the name before it, and its two counts where they are told apart by their words."""
    subject = _subject(text.matching[max(floor, start - 24) : start])
    operands: tuple[tuple[Decimal, int, int], ...] = ()
    if subject and stated.modifier == "exact" and stated.low is not None:
        pair = _pair(counts(text, floor, stop), subject, stated)
        if pair:
            operands = tuple((count.value, count.start, count.end) for count in pair)
    return Finding(start, end, "percent", "figure.percent", stated, "%", subject, None, operands, "÷")


def _subject(lead: str) -> str | None:
    """The name of a rate that ``lead``, the words before its percentage, ends in."""
    end = max([lead.rfind(sign) for sign in _SUBJECT_ENDS]) + 1
    if not end or _LEADS_ON.match(lead, end) is None:
        return None
    named = _SUBJECT.search(lead, 0, end)
    return named.group().strip("“”") if named else None


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


def _target(matching: str, earlier: list[tuple[int, int, Interval]], start: int, end: int, stated: Interval, floor: int) -> Finding | None:
    """A percentage that was to be reached: 完成市定60%的任务目标. The first percentage of the sentence is what was reached."""
    led = _TARGET.search(matching, max(floor, start - 16), start) if _IS_TARGET.match(matching, end) else None
    if led is None:
        return None
    reached = next(((one_start, one_end, one) for one_start, one_end, one in earlier if one_start >= floor), None)
    operator = "le" if led.group().startswith(("低于", "未达到", "未完成")) else "ge"
    operands: tuple[tuple[Decimal, int, int], ...] = ()
    if reached and reached[2].low is not None and stated.low is not None:
        operands = ((reached[2].low, reached[0], reached[1]), (stated.low, start, end))
    value = stated.low if stated.low is not None else stated.high
    exact = Interval(value, value, "exact", stated.decimals)  # 超过 says how the target was met, it does not make it vague
    return Finding(
        start, end, "comparison", "figure.comparison.target", exact, "%", "目标", operator, operands, "≤" if operator == "le" else "≥"
    )


def _wholes(matching: str, found: list[tuple[int, int, Interval]]) -> Iterator[Finding]:
    """Lists of shares of one whole: 分别占40%、35%和25%. Only what adds to about a hundred is such a list; a single 占 tells nothing."""
    run: list[tuple[int, int, Interval]] = []
    following: list[tuple[int, int, Interval] | None] = [*found, None]
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
