"""How much a decoded text looks like Chinese: the judge between encodings, alignments and mojibake repairs."""

from __future__ import annotations

from functools import cache

from transforms.lexicons.load import lexicon
from transforms.text.codes import Table, classes_of, table_of

# Below this a text of at least MINIMUM characters is not what its writer meant: clean notices stand at 0.6-0.95, every kind of
# mojibake that was tried below 0.35.
CLEAN = 0.45
MINIMUM = 30
_WINDOW = 2000
_WINDOWS = 5
_GLIMPSE = 130


# classes of ``_table``; every other character, such as one of another script, counts as rubbish
_HAN, _ORDINARY, _COMMON, _ASCII = 1, 2, 3, 4
_HAN_RANGES = (("\u3400", "\u4dbf"), ("\u4e00", "\u9fff"), ("\uf900", "\ufaff"))


@cache
def _table() -> Table:
    charsets = lexicon("charsets")
    common = charsets["common_simplified"] + charsets["common_traditional"] + charsets["punctuation"]
    # level 1 of GB 2312 and of Big5: the characters their committees held to be in ordinary use
    level_1 = bytes(byte for high in range(0xB0, 0xD8) for low in range(0xA1, 0xFF) for byte in (high, low)).decode("gb2312", "ignore")
    big5_trails = (*range(0x40, 0x7F), *range(0xA1, 0xFF))
    level_1 += bytes(byte for high in range(0xA4, 0xC6) for low in big5_trails for byte in (high, low)).decode("big5", "ignore")
    han = "".join(chr(code) for first, last in _HAN_RANGES for code in range(ord(first), ord(last) + 1))
    ascii_or_blank = "".join(sign for sign in map(chr, range(0x10000)) if sign.isascii() or sign.isspace())
    return table_of(han, level_1, common, ascii_or_blank)


def score(text: str) -> float:
    """-1 (rubbish) to 1 (frequent Chinese); 0 where there is nothing outside ASCII to judge."""
    kinds = classes_of(text, _table())
    total = len(kinds) - kinds.count(_ASCII)
    if not total:
        return 0.0
    common, ordinary, han = map(kinds.count, (_COMMON, _ORDINARY, _HAN))
    return (common + 0.35 * ordinary - 0.5 * han - (total - common - ordinary - han)) / total


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
    return len(text) - classes_of(text, _table()).count(_ASCII)


def is_plausible(text: str) -> bool:
    """``text`` reads like Chinese, or is too short to tell."""
    shown = sample(text)
    return foreign(shown) < MINIMUM or score(shown) >= CLEAN


@cache
def character_weight(character: str) -> float:
    """The share of one character in a score."""
    return {_ASCII: 0.2, _COMMON: 1.0, _ORDINARY: 0.35, _HAN: -0.5}.get(classes_of(character, _table())[0], -1.0)
