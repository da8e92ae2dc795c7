"""Two-byte text that has lost or gained a byte: from there on every pair is cut wrongly, up to the next ASCII character, or to the end in UTF-16.

The best way to cut a line into characters is found by dynamic programming over its bytes, where a byte may also be dropped at a price.
"""

from __future__ import annotations

import sys
from array import array
from collections.abc import Iterator
from functools import cache
from itertools import groupby

from transforms.reading.plausibility import character_weight, score

_DROP = -3.5
_SWITCH = -6.0
_LONGEST = 20_000
_BUDGET = 400_000
_SUSPECT = 0.3
_LONG_ENOUGH = 20


def realigned(raw: bytes, codec: str) -> tuple[str, int, int]:
    """``raw`` decoded line by line; the number of bytes that were given up (each run is one U+FFFD) and of lines that were cut anew."""
    pieces: list[str] = []
    dropped = mended = 0
    budget = _BUDGET
    for line in _lines(raw):
        text, broken = _plain(line, codec)
        if (broken or _is_suspect(text)) and len(line) <= min(_LONGEST, budget):
            budget -= len(line)
            better, lost = _best_cut(line, codec)
            # a line that is only rare words keeps its own cut: dropping bytes must pay
            if broken or score(better) > score(text) + 0.2:
                text = better
                dropped += lost
                mended += 1
        elif broken:
            dropped += text.count("\ufffd")
            mended += 1
        pieces.append(text)
    return "".join(pieces), dropped, mended


def _lines(raw: bytes) -> Iterator[bytes]:
    """Lines with their ends; 0x0A is never the second byte of a GB18030 or Big5 character."""
    start = 0
    while start < len(raw):
        end = raw.find(b"\n", start) + 1 or len(raw)
        yield raw[start:end]
        start = end


def _plain(line: bytes, codec: str) -> tuple[str, bool]:
    try:
        return line.decode(codec), False
    except UnicodeDecodeError:
        return line.decode(codec, "replace"), True


def _is_suspect(text: str) -> bool:
    # the tail tells: a byte that is lost late in a line spoils only what follows
    return len(text) >= _LONG_ENOUGH and (score(text) < _SUSPECT or score(text[-_LONG_ENOUGH:]) < 0)


def _best_cut(line: bytes, codec: str) -> tuple[str, int]:
    size = len(line)
    best = [float("-inf")] * (size + 1)
    best[0] = 0.0
    step = [0] * (size + 1)
    for at in range(size):
        here = best[at]
        byte = line[at]
        if byte < 0x80:
            _offer(best, step, at + 1, here + 0.2, 1)
            continue
        pair = _weight(line[at : at + 2], codec)
        if pair is not None:
            _offer(best, step, at + 2, here + pair, 2)
        if codec == "gb18030" and at + 3 < size and 0x30 <= line[at + 1] <= 0x39:
            four = _weight(line[at : at + 4], codec)
            if four is not None:
                _offer(best, step, at + 4, here + four, 4)
        _offer(best, step, at + 1, here + _DROP, -1)
    return _spell(line, codec, step)


def _offer(best: list[float], step: list[int], at: int, value: float, how: int) -> None:
    if value > best[at]:
        best[at] = value
        step[at] = how


def _spell(line: bytes, codec: str, step: list[int]) -> tuple[str, int]:
    cuts: list[str] = []
    lost = 0
    at = len(line)
    while at > 0:
        how = step[at]
        start = at - abs(how)
        if how < 0:
            lost += 1
            if not cuts or cuts[-1] != "\ufffd":
                cuts.append("\ufffd")
        else:
            cuts.append(line[start:at].decode(codec, "replace"))
        at = start
    return "".join(reversed(cuts)), lost


@cache
def _weight(pair: bytes, codec: str) -> float | None:
    try:
        text = pair.decode(codec)
    except UnicodeDecodeError:
        return None
    return character_weight(text) if len(text) == 1 else None


def realigned_utf16(raw: bytes, codec: str) -> tuple[str, int] | None:
    """``raw`` decoded with its pairs cut anew where a byte is missing or too many, each place one U+FFFD, and the number of places.

    None where the plain cut is as good, or ``raw`` is too long to try.
    """
    if len(raw) > _BUDGET:
        return None
    units = [_units(raw[start:], codec) for start in (0, 1)]
    many = len(units[1])
    weights = [[_unit_weight(unit) for unit in each[:many]] for each in units]
    before = (bytearray(many), bytearray(many))  # for either cut of a unit the cut of the unit before it: 0 at even bytes, 1 at odd ones
    even, odd = 0.0, _SWITCH
    for at in range(many):
        before[0][at], before[1][at] = odd + _SWITCH > even, odd >= even + _SWITCH
        even, odd = max(even, odd + _SWITCH) + weights[0][at], max(odd, even + _SWITCH) + weights[1][at]
    cut = int(odd > even)
    cuts = bytearray(many)
    for at in range(many - 1, -1, -1):
        cuts[at] = cut
        cut = before[cut][at]
    runs = [(key, list(places)) for key, places in groupby(range(many), key=cuts.__getitem__)]
    if len(runs) < 2:
        return None
    pieces = [raw[2 * places[0] + key : 2 * places[-1] + 2 + key].decode(codec, "replace") for key, places in runs]
    return "\ufffd".join(pieces), len(runs) - 1


def _units(raw: bytes, codec: str) -> array[int]:
    units = array("H", raw[: len(raw) // 2 * 2])
    if (codec == "utf-16-be") == (sys.byteorder == "little"):
        units.byteswap()
    return units


@cache
def _unit_weight(unit: int) -> float:
    return -1.0 if 0xD800 <= unit < 0xE000 or unit < 0x09 else character_weight(chr(unit))
