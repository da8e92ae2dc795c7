"""Rates of rectification: 整改完成率76%, 总体完成率达98.71%, 办结率为100%.

Other rates (入学率, 普惠率, 参会率) belong to the subject matter and are left to figures. A rate that only picks out some
(完成率90%以上的单位有12家) is no rate of the whole.
"""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from transforms.lexicons.alternation import alternation
from transforms.lexicons.load import lexicon
from transforms.text.characters import offsets

_SIGNS = "率例"  # the last characters of the nouns of rates: 率, 比例
_REACH = 20  # characters from there to the %
_VALUE = re.compile(
    r"(?P<sign>率|(?<=比)例)[”\"]?(?:均|已|分别|也|高|仅|就|共|现)?(?:达到了|达到|达|为|是|保持在|超过|:|在)?(?P<before>近|约|超过|超|逾|不低于|不少于)? ?(?P<number>[0-9]{1,3}(?:\.[0-9]{1,4})?) ?%(?P<after>以上|左右)?(?!以上的|的|目标|任务)"
)


class Rate(NamedTuple):
    """A rate: ``subject`` is None where the noun that the rate is of must be put before ``word`` (办结率).

    ``word_start`` is where ``word`` begins as printed, behind the nouns that the rate is of.
    """

    start: int
    word_start: int
    end: int
    word: str
    subject: str | None
    status: str
    value: float
    decimals: int
    modifier: str


@cache
def _words() -> tuple[re.Pattern[str], dict[str, dict[str, str]], tuple[str, ...]]:
    entries = {entry["printed"]: entry for entry in lexicon("claim_rates")["rate"]}
    of = alternation(lexicon("claim_rates")["words"]["of"])
    return re.compile(rf"(?P<of>(?:{of}){{0,3}}?)(?P<word>{alternation(entries)})\Z"), entries, tuple(entries)


def rates(matching: str) -> list[Rate]:
    """All rates of ``matching`` in text order."""
    found = []
    previous = -1
    for at in offsets(matching, "%"):
        floor = at - _REACH if at > _REACH else 0
        sign = max([matching.rfind(sign, floor, at) for sign in _SIGNS])
        if sign > previous:
            previous = sign
            match = _VALUE.match(matching, sign)
            rate = _read(matching, match) if match else None
            if rate is not None:
                found.append(rate)
    return found


def _read(matching: str, match: re.Match[str]) -> Rate | None:
    pattern, entries, printed = _words()
    stop = match.end("sign")
    start = max(0, stop - 24)
    word = pattern.search(matching, start, stop) if matching.endswith(printed, start, stop) else None
    if word is None:
        return None
    entry = entries[word["word"]]
    named = word["of"]
    subject: str | None = entry["subject"]
    if entry["of"] == "named":
        subject = named + entry["subject"] if named else None
    elif entry["of"] == "task" and named.endswith(("任务", "措施", "举措")):
        subject = named[-2:].replace("举措", "措施") + entry["subject"].removeprefix("整改")
    number = match["number"]
    modifier = "exact"
    if match["after"] == "以上" or match["before"] in ("超过", "超", "逾", "不低于", "不少于") or "率超过" in match.group():
        modifier = "at_least"
    elif match["before"] == "近":
        modifier = "at_most"
    elif match["after"] == "左右" or match["before"] == "约":
        modifier = "about"
    return Rate(
        word.start(),
        word.start("word"),
        match.end(),
        entry["subject"],
        subject,
        entry["status"],
        float(number),
        len(number.partition(".")[2]),
        modifier,
    )
