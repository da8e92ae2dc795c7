"""Averages (平均班额63.69人) and ratios (师生比1:15.8) with the counts that give them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from transforms.numbers.findings import Finding
from transforms.numbers.intervals import Interval, in_context, interval
from transforms.numbers.numerals import decimals, numeral
from transforms.numbers.operands import NUMBER, REACH, Count, counts, rounds_to, sentence_around
from transforms.text.characters import HAN
from transforms.text.codes import table_of
from transforms.text.kinds import Classes
from transforms.text.text import Text

_AVERAGE = re.compile(
    rf"(?P<name>(?:平均每?[{HAN}]{{0,8}}?|[人户班生校村师]均[{HAN}]{{0,8}}?))(?:为|是|达|达到|约|约为)?了? ?{NUMBER} ?(?P<unit>万元|元|人次|人|次|分|小时|课时|平方米|册|台|个|%|名)"
)
_SIGN = Classes(table_of("均"))
# what the name of an average counts its groups in
_GROUPS = {
    "班": ("班",),
    "人": ("人", "名", "位"),
    "户": ("户",),
    "生": ("人", "名"),
    "校": ("所", "校"),
    "村": ("村",),
    "师": ("人", "名"),
}
_FIRST = re.compile(rf"(?<![0-9.:]){NUMBER} ?$")
_ENDS_FIRST = frozenset("0123456789万亿 \n")
_BEFORE_SECOND = re.compile("[: ]")
_SECOND = re.compile(r": ?(?P<second>[0-9]{1,6}(?:\.[0-9]{1,4})?)(?![0-9:])")
_NAMED = re.compile(rf"(?P<name>[{HAN}]{{0,4}}比例?)(?:达到|达|为|是|约|约为|从|由)?了? ?\Z")
_COMPARED = re.compile(r"(?:比|与|和|由|从|到|至|于)[^,。;:\n0-9]{0,8}$")
# what the signs in the name of a ratio stand for
_SIDES = {
    "师": ("教师", "老师", "教职工"),
    "生": ("学生", "生"),
    "床": ("床",),
    "医": ("医",),
    "护": ("护",),
    "干": ("干部",),
    "群": ("群众",),
}
_TOTAL = re.compile(r"(?:共有|现有|在校|总计|共计|共|总数|有)[^,。;:\n0-9]{0,6}$")


def averages(text: Text) -> Iterator[Finding]:
    """Averages in a text; total and groups are bound where one pair of counts of the sentence has the right units."""
    matching = text.matching
    done = 0
    for at in text.offsets(_SIGN):
        match = _AVERAGE.match(matching, at - 1) if at > done else None
        stated = interval(match["number"]) if match else None
        if match and stated:
            done = match.end()
            floor, stop = sentence_around(matching, match.start(), match.end())
            stated = in_context(stated, matching, match.start("number"), match.end(), match["number"])
            operands = _total_and_groups(counts(text, floor, stop), match, stated)
            yield Finding(
                match.start(), match.end(), "average", "figure.average", stated, match["unit"], match["name"], None, operands, "÷"
            )


def _total_and_groups(found: list[Count], match: re.Match[str], stated: Interval) -> tuple[tuple[Decimal, int, int], ...]:
    """The total and the number of groups: the pair that gives the average, else the only pair whose units fit."""
    name = match["name"]
    groups = next((units for sign, units in _GROUPS.items() if sign in name.removeprefix("平均")), ())
    totals = [
        count for count in found if count.unit == match["unit"] and not match.start() <= count.start < match.end() and not count.is_vague
    ]
    parts = [count for count in found if any(group in count.unit + count.noun for group in groups) and not count.is_vague]
    pairs = [(total, part) for total in totals for part in parts if total is not part and part.value > 0]
    if stated.low is None or stated.modifier != "exact":
        return ()
    fitting = [pair for pair in pairs if rounds_to(pair[0].value / pair[1].value, stated.low, stated.decimals)]
    chosen = fitting[0] if fitting else pairs[0] if len(pairs) == 1 else None
    return tuple((count.value, count.start, count.end) for count in chosen) if chosen else ()


def ratios(text: Text) -> Iterator[Finding]:
    """Ratios a:b behind a name that ends in 比, or compared with another; the value is b for one a."""
    matching = text.matching
    previous_end = -REACH - 1
    for before in _BEFORE_SECOND.finditer(text.before_digits):
        at = text.digits[0][before.start()]
        colon = at - 1 if matching[at - 1] == ":" else at - 2
        if matching[colon] != ":" or matching[colon - 1] not in _ENDS_FIRST:
            continue
        window = max(0, colon - 12)
        right = _SECOND.match(matching, colon)
        left = _FIRST.search(matching[window:colon]) if right else None
        if left is None or right is None:
            continue
        start, end = window + left.start(), right.end()
        lead = matching[max(0, start - 14) : start]
        named = _NAMED.search(lead) if "比" in lead else None
        if named is None and previous_end < start - REACH:
            continue
        floor, stop = sentence_around(matching, start, end)
        if named is None and not (previous_end >= floor and _COMPARED.search(matching, max(floor, start - 14), start)):
            continue
        first, second = numeral(left["number"]), numeral(right["second"])
        if not first or second is None:
            continue
        previous_end = end
        digits = decimals(right["second"])
        stated = Interval(second / first, second / first, "exact", digits)
        is_own = named is not None and len(named["name"]) > 1
        name = named["name"] if named and is_own else None
        operands = _sides(text, name, floor, stop) if name else ()
        yield Finding(start, end, "ratio", "figure.ratio", stated, None, name, None, operands, ":")


def _sides(text: Text, name: str, floor: int, stop: int) -> tuple[tuple[Decimal, int, int], ...]:
    """The totals of both sides of a ratio named by two signs (师生比); a side that its sentence does not state is taken from the last total before."""
    signs = name.removesuffix("比")[-2:]
    if len(signs) < 2 or any(sign not in _SIDES for sign in signs):
        return ()
    sides = []
    for sign in signs:
        side = _total_of(text, _SIDES[sign], floor, stop) or _total_of(text, _SIDES[sign], max(0, floor - 2000), floor)
        if side is None:
            return ()
        sides.append(side)
    return tuple((side.value, side.start, side.end) for side in sides)


def _total_of(text: Text, nouns: tuple[str, ...], start: int, end: int) -> Count | None:
    """The last count in ``start:end`` that is stated as a total (共有, 现有, 在校) of one of ``nouns``."""
    for count in reversed(counts(text, start, end)):
        is_noun = any(count.before.endswith(noun) for noun in nouns) or (
            count.unit in ("名", "个", "位", "") and count.noun.startswith(nouns)
        )
        if is_noun and _TOTAL.search(count.before) and not count.is_vague:
            return count
    return None
