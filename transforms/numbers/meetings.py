"""Meetings told with how often they were to be held: 每月不少于1次,6个月共召开会议8次."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from transforms.numbers.findings import Finding
from transforms.numbers.intervals import Interval
from transforms.numbers.numerals import numeral
from transforms.numbers.operands import REACH, sentence_around
from transforms.text.characters import HAN
from transforms.text.text import Text

_NUMBER = r"[0-9]{1,3}|[一二两三四五六七八九十]{1,3}"
_OFTEN = re.compile(rf"每(?P<per>月|季度)[{HAN}]{{0,14}}?(?P<number>{_NUMBER})(?P<unit>次|场|期)")
_PERIODS = re.compile(rf"(?<![第每])(?P<number>{_NUMBER})个(?P<per>月|季度)")
_SPANS = {"月": "个月", "季": "个季度"}
_LONGEST = 21  # characters of _OFTEN
_HELD = re.compile(
    rf"(?:共|累计|共计|先后|合计|已)(?:召开|开展|组织|举行|举办|集中)[{HAN}]{{0,12}}?(?P<number>{_NUMBER})(?P<unit>次|场|期)"
)


def meetings(text: Text, each: Sequence[int]) -> Iterator[Finding]:
    """Numbers of meetings whose sentence also tells how often they were held and over how many months or quarters.

    ``each`` is where the ``periods`` of the text stand.
    """
    matching = text.matching
    for at in each:
        span = _SPANS.get(matching[at + 1])
        # most sentences tell no months or quarters
        if span and matching.find(span, max(0, at - REACH), at + _LONGEST + REACH) >= 0 and (often := _OFTEN.match(matching, at)):
            yield from _held(matching, often)


def _held(matching: str, often: re.Match[str]) -> Iterator[Finding]:
    floor, stop = sentence_around(matching, often.start(), often.end())
    spans = [found for found in _PERIODS.finditer(matching, floor, stop) if found["per"] == often["per"]]
    told = [found for found in _HELD.finditer(matching, floor, stop) if found.start() >= often.end() and found["unit"] == often["unit"]]
    if len(spans) != 1 or len(told) != 1:
        return
    operands = [(numeral(found["number"]), found.start("number"), found.end("number")) for found in (often, spans[0])]
    value = numeral(told[0]["number"])
    if value is None or any(operand is None for operand, _, _ in operands):
        return
    yield Finding(
        told[0].start(),
        told[0].end(),
        "rate",
        "figure.meetings",
        Interval(value, value, "exact", 0),
        told[0]["unit"],
        None,
        "ge",
        tuple((operand, start, end) for operand, start, end in operands if operand is not None),
        "×",
    )
