"""Where contacts may stand: the lines around a run of digits, an @, a mask or a word for a letter's way."""

from __future__ import annotations

import re
from collections.abc import Sequence

from transforms.text.characters import offsets

# what every contact sentence has one of: a run of digits, an @, masking, or a word for a letter's way
_HINT = re.compile(r"[0-9]{3}(?:[0-9]{2}|[0-9]?[-) ·]{1,3}[0-9]{3})")
_PARTS_DIGITS = frozenset("-) ·")
_HINT_SIGNS = ("@", "***", "×××", "XXX")
# by the rarer character, which is the last or the first; looking for one character costs a tenth of looking for a word
# (blanks may stand between: 地 址)
_BEFORE_LAST, _LAST_SIGNS = ("地", "信", "邮"), "址箱"
_LONGEST_BLANK = 4
_RARE_FIRST, _FIRST_SIGNS = ("邮编", "邮政"), "邮"
# how far a contact reaches around its hint, and a labelled field where nothing ends it
REACH = 100


def windows(matching: str, runs: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """The stretches that may hold contacts: those around every hint."""
    hints = _numbers(matching, runs)
    for sign in _HINT_SIGNS:
        at = matching.find(sign) if sign[0] in matching else -1
        while at >= 0:
            hints.append(at)
            at = matching.find(sign, at + len(sign))
    hints += [at for at in offsets(matching, _FIRST_SIGNS) if matching.startswith(_RARE_FIRST, at)]
    for at in offsets(matching, _LAST_SIGNS):
        before = matching[max(0, at - 1 - _LONGEST_BLANK) : at].rstrip(" ")
        if before.endswith(_BEFORE_LAST):
            hints.append(at - 1)
    return around(matching, sorted(hints))


def around(matching: str, places: Sequence[int]) -> list[tuple[int, int]]:
    """The lines around ``places``, which rise, cut to a reach on both sides and merged."""
    found: list[tuple[int, int]] = []
    start = end = 0
    for at in places:
        if at < end:
            found.pop()
        else:
            start = line_start(matching, at, at - REACH if at - REACH > end else end)
        end = line_end(matching, at, at + REACH)
        found.append((start, end))
    return found


def _numbers(matching: str, runs: Sequence[tuple[int, int]]) -> list[int]:
    """Where the numbers stand that may be a contact's; a long one counts at every fifth digit."""
    found = []
    done, length = 0, len(matching)
    for start, end in runs:
        if end - start < 5 and (end == length or matching[end] not in _PARTS_DIGITS):
            continue  # most are years
        if done < start:
            done = start
        while (match := _HINT.match(matching, done)) is not None:
            found.append(done)
            done = match.end()
    return found


def line_start(matching: str, at: int, floor: int) -> int:
    """Where the line of ``at`` starts, or ``floor`` if that is nearer."""
    return matching.rfind("\n", floor, at) + 1 or floor


def line_end(matching: str, at: int, limit: int) -> int:
    """Where the line of ``at`` ends, or ``limit`` if that is nearer."""
    end = matching.find("\n", at, limit)
    return limit if end < 0 else end
