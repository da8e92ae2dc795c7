"""Counts that stand near a figure: 学生3057人, 48个班级, 已完成19个; what a computed figure takes its operands from."""

from __future__ import annotations

import re
from bisect import bisect_left
from decimal import Decimal

import msgspec

from transforms.numbers.numerals import decimals, numeral
from transforms.text.characters import HAN
from transforms.text.text import Text

# one number in Arabic digits, with a scale
NUMBER = r"(?P<number>[0-9][0-9,]{0,14}(?:\.[0-9]{1,6})?[万亿]?)"
_NO_COUNT = "%:年月日/-"
_COUNT = re.compile(
    NUMBER
    + rf"(?![0-9.{_NO_COUNT}]) ?(?P<more>多|余)?(?P<unit>个|名|人|件|条|项|户|家|所|村|班|次|批|起|份|套|间|元|万元|亿元|亩|公里|小时|课时|学时|分|位|辆|台|宗)?"
    rf"(?P<noun>[{HAN}]{{0,6}})"
)
_REST_OF_SENTENCE = re.compile(r"[^。;!?\n]*")
REACH = 160


class Count(msgspec.Struct, frozen=True, gc=False):
    """A counted quantity at ``start:end`` with the words right before and behind it."""

    value: Decimal
    decimals: int
    unit: str
    before: str
    noun: str
    start: int
    end: int
    is_vague: bool


def sentence_around(matching: str, start: int, end: int) -> tuple[int, int]:
    """The sentence (or the part up to a semicolon) that holds ``start:end``, cut to a reach on both sides."""
    behind = _REST_OF_SENTENCE.match(matching, end, end + REACH)
    assert behind
    return sentence_start(matching, start, REACH), behind.end()


def sentence_start(matching: str, at: int, reach: int) -> int:
    """Where the sentence (or the part from a semicolon on) that holds ``at`` starts, cut to ``reach``."""
    before = _REST_OF_SENTENCE.match(matching[max(0, at - reach) : at][::-1])  # read backwards, it takes one look for all five signs
    assert before
    return at - before.end()


def counts(text: Text, start: int, end: int) -> list[Count]:
    """The counts printed in Arabic digits in ``text.matching[start:end]``, dates, percentages and ratios aside."""
    matching, (starts, ends) = text.matching, text.digits
    first, last = bisect_left(starts, start), bisect_left(starts, end)
    found = []
    done = start
    for at, behind in zip(starts[first:last], ends[first:last], strict=True):
        if at < done or (behind < end and matching[behind] in _NO_COUNT):
            continue
        match = _COUNT.match(matching, at, end)
        if match is None:
            continue
        done = match.end()
        if at and ((sign := matching[at - 1]) in ".:/-第" or sign.isdigit()):
            continue
        number, more, unit, noun = match.groups()
        value = numeral(number)
        if value is not None:
            before = matching[at - 10 if at - 10 > start else start : at]
            digits = decimals(number) if "." in number else 0
            end_of_count = match.end("unit") if unit else at + len(number)
            found.append(Count(value, digits, unit or "", before, noun, at, end_of_count, more is not None))
    return found


def rounds_to(value: Decimal, printed: Decimal, digits: int) -> bool:
    """``value`` gives ``printed`` at its printed digits, whether one rounds or cuts (15.84 is printed as 15.8 either way)."""
    return abs(value - printed) <= Decimal(1).scaleb(-digits)
