"""Steps told in a row: 一是…二是…, 一要…二要…, ①…②… and (1)…(2)… inside a paragraph or each in its own."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from functools import cache

from transforms.outline.marks import Mark, han_numeral

_LONGEST = 30
_HAN = tuple(han_numeral(value) for value in range(1, _LONGEST + 1))
_CIRCLED = tuple(chr(0x2460 + value) for value in range(20))
# style, first signs of the row in order
_ROWS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("yishi", tuple(numeral + "是" for numeral in _HAN)),
    ("yiyao", tuple(numeral + "要" for numeral in _HAN)),
    ("circled", _CIRCLED),
    ("arabic_paren", tuple(f"({value})" for value in range(1, _LONGEST + 1))),
    ("arabic_dot", tuple(f"{value}." for value in range(1, _LONGEST + 1))),
    ("arabic_comma", tuple(f"{value}、" for value in range(1, _LONGEST + 1))),
)
# A step opens behind one of these; 统一是, 之一是 and 第一是 do not.
_BEFORE = '。;:,!?、 \n)”"】…'


def step_marks(matching: str, marks: Sequence[Mark], start: int, end: int) -> list[Mark]:
    """Marks of the steps in ``matching[start:end]``; a row never runs over one of ``marks``, which open lines."""
    found: list[Mark] = []
    starts = [mark.start for mark in marks]
    for style, signs in _ROWS:
        first = signs[0]
        at = matching.find(first, start, end)
        while at >= 0:
            following = matching.find(first, at + len(first), end)
            position = bisect_right(starts, at)
            mark = marks[position - 1] if position else None
            is_marked = mark is not None and mark.start == at
            if mark.is_inline if is_marked and mark is not None else _opens(matching, at, mark):
                stop = starts[position] if position < len(starts) else end
                if 0 <= following < stop:
                    stop = following
                row = _row(matching, at, stop, style, signs)
                found += row[1:] if is_marked else row  # 整改措施：(1)… has its first mark already
            at = following
    return found


def _opens(matching: str, at: int, mark: Mark | None) -> bool:
    return at == 0 or matching[at - 1] in _BEFORE or (mark is not None and mark.end == at)


def _row(matching: str, at: int, stop: int, style: str, signs: tuple[str, ...]) -> list[Mark]:
    """The row that opens at ``at``; a single step counts only at the start of a line."""
    if style == "arabic_dot" and matching[at + 2 : at + 3].isdigit():
        return []
    places = [at]
    for sign in signs[1:]:
        next_at = matching.find(sign, places[-1] + 2, stop)
        while next_at >= 0 and (
            matching[next_at - 1] not in _BEFORE
            or (style == "arabic_dot" and matching[next_at + len(sign) : next_at + len(sign) + 1].isdigit())
        ):
            next_at = matching.find(sign, next_at + 2, stop)
        if next_at < 0:
            break
        places.append(next_at)
    if len(places) == 1 and not (style in ("yishi", "yiyao") and _is_at_line_start(matching, at)):
        return []
    # 1.标题。一是… with 二是… in a paragraph of its own is a row of paragraphs
    is_inline = not any(_is_at_line_start(matching, place) for place in places[-1:])
    return [
        Mark(place, place + len(signs[index]), style, index + 1, _key(signs[index]), place + len(signs[index]), is_inline)
        for index, place in enumerate(places)
    ]


@cache
def _key(sign: str) -> str:
    """The name of a step in paths."""
    return sign.replace("(", "（").replace(")", "）").rstrip(".、")


def _is_at_line_start(matching: str, at: int) -> bool:
    line = matching.rfind("\n", max(0, at - 9), at)
    return matching[line + 1 : at].strip() == "" if line >= 0 or at < 9 else False
