"""How often something is to be done: 每月不少于1次."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from transforms.numbers.findings import Finding
from transforms.numbers.intervals import Interval, interval
from transforms.text.characters import HAN
from transforms.text.codes import table_of
from transforms.text.kinds import Classes
from transforms.text.text import Text

_EACH = Classes(table_of("每"))
_PERIODS = frozenset("年月季学周半个")
_REPEATED = re.compile(
    rf"每(?P<per>年度?|月|季度?|学期|周|半年|个月|个季度)[{HAN}]{{0,14}}?(?P<number>[0-9]{{1,3}}|[一二两三四五六七八九十]{{1,2}})(?P<unit>次|场|期|天)"
)
# the longest period, the words between, and a number of times, all behind 每; most of what stands behind 每 tells no number
_REACH = 3 + 14 + 4
_TIMES = re.compile("[0-9一二两三四五六七八九十][次场期天]")


def periods(text: Text) -> list[int]:
    """Offsets of 每 before a period that a number of times follows; :mod:`transforms.numbers.meetings` reads them too."""
    matching = text.matching
    return [at for at in text.offsets(_EACH) if matching[at + 1 : at + 2] in _PERIODS and _TIMES.search(matching, at + 2, at + 1 + _REACH)]


def repetitions(text: Text, each: Sequence[int]) -> Iterator[Finding]:
    """The repetitions at ``each`` of the ``periods`` of a text."""
    matching = text.matching
    for at in each:
        match = _REPEATED.match(matching, at)
        stated = interval(match["number"]) if match else None
        if match and stated and stated.low is not None:
            words = match.group()
            if "不少于" in words or "至少" in words or "不低于" in words or matching.startswith("以上", match.end()):
                stated = Interval(stated.low, None, "at_least")
            yield Finding(match.start(), match.end(), "rate", "figure.rate", stated, f"{match['unit']}/{match['per']}")
