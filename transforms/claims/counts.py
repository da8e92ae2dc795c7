"""Numbers with a measure word behind them: 25个, 33 项, 两个, 20余项, 百余人次, XX个.

One scan finds the measure words that a numeral precedes; only there is the numeral read, backwards. So a text pays for its
counts and not for its characters.
"""

from __future__ import annotations

import re
import string
from bisect import bisect_left
from collections.abc import Sequence

import msgspec

from transforms.numbers.numerals import numeral
from transforms.text.kinds import Pairs
from transforms.text.text import Text

_HAN = "零〇一二两三四五六七八九十百千"
_MASK = "X×x*"
# What may stand before a measure word, and with what one begins. The blank is for pages that set one on either side of a number.
_BEFORE_UNIT, _UNIT_STARTS = f"0123456789{_HAN}余多几来{_MASK} ", "个项条大类小件家人名方宗起点位种"
_UNIT = re.compile(r"大方面|大类|大项|小类|小项|方面|人次|人\(次\)|人\(件\)|名|[个项条类件家人宗起点位大种]")
_LONE_UNITS = frozenset("个项条类件家宗起点位种名")  # those that no other begins with
_NUMBER = re.compile(
    rf"(?P<before>近|(?<![民公条契])约|超过|超|逾|不少于|不低于|至少|大约|将近|(?<![总人个件户次])[数几](?=[十百千]))?(?P<number>[0-9][0-9,]*(?:\.[0-9]+)?|[{_HAN}]+|[{_MASK}]{{1,6}})(?P<after>余|多|来|几)? ?\Z"
)
_IN_NUMBER = frozenset(f"0123456789,.{_HAN}{_MASK}余多来几 ")
_LONGEST_LEAD = 3  # 不少于
# numbers of these are ordinals or belong to a document number
_ORDINAL = "第〔[【"
_IDIOM = "举一反三"  # 举一反三类问题: no three of anything
_SPECIAL = frozenset("第近约超过逾于少至数几")  # ends of the words that make a number vague, or an ordinal
_WINDOW = 20
_RANGE = frozenset("至到~")
_MASKED = frozenset(_MASK)
_DIGITS = frozenset(string.digits)
_HAN_DIGITS = frozenset(_HAN)
_UNITS_OF_TEN = ("", *"一二三四五六七八九")
_HAN_VALUES = (
    {ten + unit: float(10 * value + at) for value, ten in enumerate(("", "十", *(f"{unit}十" for unit in _UNITS_OF_TEN[2:]))) for at, unit in enumerate(_UNITS_OF_TEN) if ten or unit}
    | {"零": 0.0, "两": 2.0}
)  # fmt: skip
_MOST_DIGITS = 9
# what stands before a number and may tell more of it, or be a part of it
_TELLS = _SPECIAL | _RANGE | _IN_NUMBER | frozenset(f"{_ORDINAL}{_IDIOM[-2]}.-~:/+{string.ascii_letters}")


class Count(msgspec.Struct, frozen=True, gc=False):
    """A counted number: ``start`` at its first character (近 included), ``number_end`` before the measure word, ``end`` behind it.

    ``low`` and ``high`` bound the value; both are None where it is masked. ``modifier`` is as in the tables.
    """

    start: int
    number_end: int
    end: int
    low: float | None
    high: float | None
    modifier: str
    unit: str
    is_han: bool


_UNITS = Pairs(_BEFORE_UNIT, _UNIT_STARTS)


def counts(text: Text) -> tuple[Count, ...]:
    """All counts of ``text`` in its order, as offsets in ``Text.matching``; they never overlap."""
    matching, digits = text.matching, text.digits
    found: list[Count] = []
    previous = 0
    for at in text.places(_UNITS):
        if at < previous:
            continue
        unit = matching[at]
        if unit not in _LONE_UNITS:
            told = _UNIT.match(matching, at)
            if told is None:
                continue
            unit = told.group()
        count = _plain(matching, previous, at, unit, digits) or _read(matching, max(previous, at - _WINDOW), at, unit)
        if count is not None:
            found.append(count)
            previous = count.end
    return tuple(found)


def _plain(matching: str, floor: int, position: int, unit: str, digits: tuple[Sequence[int], Sequence[int]]) -> Count | None:
    """The commonest counts, Arabic digits or a Han numeral below a hundred with nothing before them that tells more; None leaves it to ``_read``."""
    last = matching[position - 1]
    is_han = last in _HAN_DIGITS
    if is_han:
        start = position - 1
        while start > floor and matching[start - 1] in _HAN_DIGITS:
            start -= 1
    elif last in _DIGITS:
        start = digits[0][bisect_left(digits[1], position)]
    else:
        return None
    if start <= floor or position - start > _MOST_DIGITS:
        return None
    before = matching[start - 1]
    if (matching[start - 2] if before == "," else before) in _TELLS:
        return None
    number = matching[start:position]
    value = _HAN_VALUES.get(number) if is_han else float(number)
    return None if value is None else Count(start, position, position + len(unit), value, value, "exact", unit, is_han)


def _read(matching: str, left: int, position: int, unit: str) -> Count | None:
    if matching[position - 2 : position].isspace() or matching.endswith(_IDIOM, left, position):
        return None
    near = position
    while near > left and matching[near - 1] in _IN_NUMBER:
        near -= 1
    match = _NUMBER.search(matching, max(left, near - _LONGEST_LEAD), position)
    if match is None:
        return None
    start, digits = match.start(), match["number"]
    before = matching[start - 1] if start else "\n"
    if before in _ORDINAL or ((digits[0].isascii() and ((before.isascii() and before.isalnum()) or before in ".-~:/+")) and before != ":"):
        return None
    if start == left and left > 0 and digits[0].isdigit() and before.isdigit():
        return None
    if before in _RANGE and matching[start - 2 : start - 1].isnumeric():
        return None  # 2至3个 gives no value
    end = position + len(unit)
    if digits[0] in _MASKED:
        return Count(start, match.end("number"), end, None, None, "redacted", unit, False)
    is_han = not digits[0].isascii()
    if is_han and _is_vague(digits):
        return None
    if "." in digits:
        # 2.25个问题: the mark of item 2 and a count of 25
        mark, _, rest = digits.partition(".")
        if before != "\n" or "." in rest:
            return None
        start += len(mark) + 1
        digits = rest
    value = numeral(digits)
    if value is None or value != int(value) or value >= 10**12:
        return None
    low, high, modifier = _bounds(float(value), match["before"], match["after"])
    return Count(start, match.end("number"), end, low, high, modifier, unit, is_han)


def _is_vague(digits: str) -> bool:
    """三五, 七八, 一二: neighbouring digits stand for a rough number and not for a value."""
    return len(digits) > 1 and not any(character in "十百千" for character in digits)


def _bounds(value: float, before: str | None, after: str | None) -> tuple[float | None, float | None, str]:
    if before in ("数", "几"):  # 数十人次
        return value * 2, value * 10 - 1, "between"
    if after in ("余", "多", "来", "几") or before in ("超过", "超", "逾", "不少于", "不低于", "至少"):
        return value, None, "at_least"
    if before in ("近", "将近"):
        return None, value, "at_most"
    if before in ("约", "大约"):
        return value, value, "about"
    return value, value, "exact"
