"""Steps told in a row: 一是…二是…, 一要…二要…, ①…②… and (1)…(2)… inside a paragraph or each in its own."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence

import msgspec

from transforms.outline.marks import Mark, han_numeral

_LONGEST = 30
_HAN = tuple(han_numeral(value) for value in range(1, _LONGEST + 1))
_DIGITS = frozenset("0123456789")
# A step opens behind one of these; 统一是, 之一是 and 第一是 do not.
_BEFORE = frozenset('。;:,!?、 \n)”"】…')


class _Row(msgspec.Struct, frozen=True):
    """A style of numbering steps, and its signs from the first on with the names by which paths call them."""

    style: str
    family: str
    signs: tuple[tuple[str, str], ...]


_ROWS = (
    _Row("yishi", "yishi", tuple((numeral + "是", numeral + "是") for numeral in _HAN)),
    _Row("yiyao", "yishi", tuple((numeral + "要", numeral + "要") for numeral in _HAN)),
    _Row("circled", "circled", tuple((chr(0x2460 + value), chr(0x2460 + value)) for value in range(20))),
    _Row("arabic_paren", "arabic_paren", tuple((f"({value})", f"（{value}）") for value in range(1, _LONGEST + 1))),
    _Row("arabic_dot", "arabic", tuple((f"{value}.", str(value)) for value in range(1, _LONGEST + 1))),
    _Row("arabic_comma", "arabic", tuple((f"{value}、", str(value)) for value in range(1, _LONGEST + 1))),
)


def step_marks(matching: str, marks: Sequence[Mark], start: int, end: int) -> list[Mark]:
    """Marks of the steps in ``matching[start:end]``; a row never runs over one of ``marks``, which open lines."""
    found: list[Mark] = []
    starts = [mark.start for mark in marks]
    find = matching.find
    for row in _ROWS:
        first = row.signs[0][0]
        at = find(first, start, end)
        while at >= 0:
            following = find(first, at + len(first), end)
            if at and matching[at - 1] in _DIGITS:  # 2021.
                at = following
                continue
            position = bisect_right(starts, at)
            mark = marks[position - 1] if position else None
            is_marked = mark is not None and mark.start == at
            if mark.is_inline if is_marked and mark is not None else _opens(matching, at, mark):
                stop = starts[position] if position < len(starts) else end
                if 0 <= following < stop:
                    stop = following
                steps = _steps(matching, at, stop, row)
                found += steps[1:] if is_marked else steps  # 整改措施：(1)… has its first mark already
            at = following
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
    for sign, _ in row.signs[1:]:
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
        Mark(place, end := place + len(sign), style, family, ordinal, key, end, is_inline)
        for ordinal, (place, (sign, key)) in enumerate(zip(places, row.signs, strict=False), 1)
    ]


def _is_at_line_start(matching: str, at: int) -> bool:
    before = matching[at - 1] if at else "\n"
    if not before.isspace() or before == "\n":
        return before == "\n"
    line = matching.rfind("\n", max(0, at - 9), at)
    return matching[line + 1 : at].strip() == "" if line >= 0 or at < 9 else False
