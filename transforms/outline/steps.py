"""Steps told in a row: 一是…二是…, 一要…二要…, ①…②… and (1)…(2)… inside a paragraph or each in its own."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence

import msgspec

from transforms.outline.marks import Mark, han_numeral
from transforms.text.characters import offsets

_LONGEST = 30
_HAN = tuple(han_numeral(value) for value in range(1, _LONGEST + 1))
_DIGITS = frozenset("0123456789")
# A step opens behind one of these; 统一是, 之一是 and 第一是 do not.
_BEFORE = frozenset('。;:,!?、 \n)”"】…')


class _Row(msgspec.Struct, frozen=True):
    """A style of numbering steps: its first sign, those that follow, and number, name in paths and length of each from the first on."""

    style: str
    family: str
    first: str
    later: tuple[str, ...]
    told: tuple[tuple[int, str, int], ...]


def _row(style: str, family: str, signs: Sequence[str], keys: Sequence[str]) -> _Row:
    told = tuple((ordinal, key, len(sign)) for ordinal, (sign, key) in enumerate(zip(signs, keys, strict=True), 1))
    return _Row(style, family, signs[0], tuple(signs[1:]), told)


_YISHI = [f"{numeral}是" for numeral in _HAN]
_YIYAO = [f"{numeral}要" for numeral in _HAN]
_ARABIC = [str(value) for value in range(1, _LONGEST + 1)]
_CIRCLED = [chr(0x2460 + value) for value in range(20)]
_ROWS = (
    _row("yishi", "yishi", _YISHI, _YISHI),
    _row("yiyao", "yishi", _YIYAO, _YIYAO),
    _row("circled", "circled", _CIRCLED, _CIRCLED),
    _row("arabic_paren", "arabic_paren", [f"({value})" for value in _ARABIC], [f"（{value}）" for value in _ARABIC]),
    _row("arabic_dot", "arabic", [f"{value}." for value in _ARABIC], _ARABIC),
    _row("arabic_comma", "arabic", [f"{value}、" for value in _ARABIC], _ARABIC),
)
# First signs that begin alike, which one look finds in half the time that one for each takes, and those that stand alone.
_ALIKE = (re.compile("一[是要]"), re.compile("1[.、]"))
_ALONE = ("①", "(1)")


def step_marks(matching: str, marks: Sequence[Mark], starts: Sequence[int], start: int, end: int) -> list[Mark]:
    """Marks of the steps in ``matching[start:end]``; a row never runs over one of ``marks``, which open lines and begin at ``starts``."""
    found: list[Mark] = []
    firsts: dict[str, list[int]] = {sign: offsets(matching, (sign,), start, end) for sign in _ALONE}
    for pattern in _ALIKE:
        for match in pattern.finditer(matching, start, end):
            firsts.setdefault(match.group(), []).append(match.start())
    for row in _ROWS:
        places = firsts.get(row.first, ())
        for at, following in zip(places, [*places[1:], end], strict=False):
            if at and matching[at - 1] in _DIGITS:  # 2021.
                continue
            position = bisect_right(starts, at)
            mark = marks[position - 1] if position else None
            is_marked = mark is not None and mark.start == at
            if mark.is_inline if is_marked and mark is not None else _opens(matching, at, mark):
                stop = starts[position] if position < len(starts) else end
                steps = _steps(matching, at, following if following < stop else stop, row)
                found += steps[1:] if is_marked else steps  # 整改措施：(1)… has its first mark already
    return found


def _opens(matching: str, at: int, mark: Mark | None) -> bool:
    return at == 0 or matching[at - 1] in _BEFORE or (mark is not None and mark.end == at)


def _steps(matching: str, at: int, stop: int, row: _Row) -> list[Mark]:
    """The steps of the row that opens at ``at``; a single step counts only at the start of a line."""
    style, family = row.style, row.family
    is_dotted = style == "arabic_dot"
    if is_dotted and matching[at + 2 : at + 3].isdigit():
        return []
    find = matching.find
    places = [at]
    for sign in row.later:
        at = find(sign, at + 2, stop)
        while at >= 0 and (matching[at - 1] not in _BEFORE or (is_dotted and matching[at + len(sign) : at + len(sign) + 1].isdigit())):
            at = find(sign, at + 2, stop)
        if at < 0:
            break
        places.append(at)
    is_inline = not _is_at_line_start(matching, places[-1])
    if len(places) == 1 and (is_inline or family != "yishi"):
        return []
    # 1.标题。一是… with 二是… in a paragraph of its own is a row of paragraphs
    return [
        Mark(place, place + length, style, family, ordinal, key, place + length, is_inline)
        for place, (ordinal, key, length) in zip(places, row.told, strict=False)
    ]


def _is_at_line_start(matching: str, at: int) -> bool:
    before = matching[at - 1] if at else "\n"
    if not before.isspace() or before == "\n":
        return before == "\n"
    line = matching.rfind("\n", max(0, at - 9), at)
    return matching[line + 1 : at].strip() == "" if line >= 0 or at < 9 else False
