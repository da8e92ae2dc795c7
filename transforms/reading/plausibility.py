"""How much a decoded text looks like Chinese: the judge between encodings, alignments and mojibake repairs."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from transforms.lexicons.load import lexicon

# Below this a text of at least MINIMUM characters is not what its writer meant: clean notices stand at 0.6-0.95, every kind of
# mojibake that was tried below 0.35.
CLEAN = 0.45
MINIMUM = 30
_WINDOW = 2000
_WINDOWS = 5
_GLIMPSE = 130


@dataclass(frozen=True, slots=True)
class _Classes:
    ascii: re.Pattern[str]
    common: re.Pattern[str]
    ordinary: re.Pattern[str]
    han: re.Pattern[str]


@cache
def _classes() -> _Classes:
    charsets = lexicon("charsets")
    common = charsets["common_simplified"] + charsets["common_traditional"] + charsets["punctuation"]
    # level 1 of GB 2312 and of Big5: the characters their committees held to be in ordinary use
    level_1 = bytes(byte for high in range(0xB0, 0xD8) for low in range(0xA1, 0xFF) for byte in (high, low)).decode("gb2312", "ignore")
    big5_trails = (*range(0x40, 0x7F), *range(0xA1, 0xFF))
    level_1 += bytes(byte for high in range(0xA4, 0xC6) for low in big5_trails for byte in (high, low)).decode("big5", "ignore")
    return _Classes(
        re.compile(r"[\x00-\x7f\s]+"),
        re.compile(f"[{re.escape(common)}]+"),
        re.compile(f"[{re.escape(level_1)}]+"),
        re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]+"),
    )


def score(text: str) -> float:
    """-1 (rubbish) to 1 (frequent Chinese); 0 where there is nothing outside ASCII to judge."""
    classes = _classes()
    left = classes.ascii.sub("", text)
    if not left:
        return 0.0
    total = len(left)
    weighed = 0.0
    for pattern, weight in ((classes.common, 1.0), (classes.ordinary, 0.35), (classes.han, -0.5)):
        rest = pattern.sub("", left)
        weighed += weight * (len(left) - len(rest))
        left = rest
    return (weighed - len(left)) / total


def sample(text: str) -> str:
    """``text``, or windows of it spread evenly where it is long."""
    if len(text) <= _WINDOW * _WINDOWS:
        return text
    step = (len(text) - _WINDOW) // (_WINDOWS - 1)
    return "".join(text[at : at + _WINDOW] for at in range(0, step * _WINDOWS, step))


def glimpse(text: str) -> str:
    """Three short windows of ``text``: a quick look, enough to see that a clean text is clean."""
    if len(text) <= 3 * _GLIMPSE:
        return text
    middle = len(text) // 2
    return text[:_GLIMPSE] + text[middle : middle + _GLIMPSE] + text[-_GLIMPSE:]


def foreign(text: str) -> int:
    """Number of characters outside ASCII, on which a score can stand."""
    return len(_classes().ascii.sub("", text))


def is_plausible(text: str) -> bool:
    """``text`` reads like Chinese, or is too short to tell."""
    shown = sample(text)
    return foreign(shown) < MINIMUM or score(shown) >= CLEAN


@cache
def character_weight(character: str) -> float:
    """The share of one character in a score."""
    classes = _classes()
    if classes.ascii.match(character):
        return 0.2
    if classes.common.match(character):
        return 1.0
    if classes.ordinary.match(character):
        return 0.35
    return -0.5 if classes.han.match(character) else -1.0
