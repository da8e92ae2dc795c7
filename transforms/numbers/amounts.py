"""Amounts: sums of money with what was done with them (``amount_roles``).

Parts behind 其中 share the role of their whole, as long as they do not exceed it; the verb behind the last sum of a list is that of all.
"""

from __future__ import annotations

import re
from decimal import Decimal
from typing import TYPE_CHECKING

import msgspec

from transforms.lexicons.load import words
from transforms.numbers.amount_roles import REACH_BACK, SumBefore, role_of
from transforms.numbers.money import Sum, sums
from transforms.records.statements import Amount
from transforms.source import Closed, Source

if TYPE_CHECKING:
    from transforms.outline.tree import Outline

_SENTENCE_END = re.compile(r"[。;!?\n]")
# the next part of a whole: 其中党费2万元,|房租|3万元; what is still owed is none
_NEXT_PART = re.compile(r"[,、和及与](?:(?![尚未欠余另剩])[^,、。;:\n]){1,24}")


def amounts(source: Source, closed: Closed, outline: Outline | None = None) -> tuple[Amount, ...]:
    """The sums of money of a notice, in order; no two share a character. Those on words already claimed are left out."""
    matching = source.text.matching
    rows: list[Amount] = []
    previous: SumBefore | None = None
    found = [one for one in sums(source.text) if closed.is_free(one.start, one.end)]
    for position, one in enumerate(found):
        next_start = found[position + 1].start if position + 1 < len(found) else len(matching)
        left = None
        if previous is not None and previous.told.is_recovery and one.start - previous.end < REACH_BACK:
            left = _left(matching, previous, found[position - 1], one)
        told = role_of(matching, one, previous, next_start, left is not None)
        if one.is_bare and not (told.is_recovery and _names_money(matching, one)):
            continue
        open_from = len(rows) if told.is_open else None
        is_part = False
        if previous is not None:
            is_recovered = previous.told.is_recovery
            if told.is_shared:
                open_from = previous.open_from
            elif told.is_behind and previous.open_from is not None and "其中" not in matching[previous.end : one.start]:
                listed = rows[previous.open_from :]
                rows[previous.open_from :] = [msgspec.structs.replace(row, role=told.role, is_recovery=told.is_recovery) for row in listed]
                is_recovered = told.is_recovery
            goes_on = previous.left is not None and left is not None and told.is_shared
            is_part = told.is_recovery and is_recovered and (goes_on or _is_part(matching, found[position - 1], one))
        previous = SumBefore(one.end, told, left if is_part else None, open_from)
        rows.append(_row(source, outline, one, told.role, told.is_recovery, is_part))
    return tuple(rows)


def _is_part(matching: str, before: Sum, one: Sum) -> bool:
    """``one`` is told as a part of ``before`` in its sentence (其中村级28.5万元), or says it again (壹佰万元整(100万元))."""
    between = matching[before.end : one.start]
    if not ("其中" in between or "(" in between) or _SENTENCE_END.search(between):
        return False
    if before.yuan is None or one.yuan is None or one.yuan.low is None:
        return False
    if "其中" in between:
        return before.yuan.low is None or one.yuan.low <= before.yuan.low
    return between.strip(" (即计共") == "" and "(" in between and one.yuan.low == before.yuan.low


def _left(matching: str, before: SumBefore, whole: Sum, one: Sum) -> Decimal | None:
    """What ``one`` leaves of the recovered sum ``whole``, or of that one's own whole, that it is told as a part of; None where it is told as none, or is more than is left."""
    if one.yuan is None or one.yuan.low is None:
        return None
    between = matching[before.end : one.start]
    if "其中" in between:
        left = whole.yuan.low if whole.yuan and not _SENTENCE_END.search(between) else None
    else:
        left = before.left if before.left is not None and _NEXT_PART.fullmatch(between) else None
    return left - one.yuan.low if left is not None and one.yuan.low <= left else None


def _row(source: Source, outline: Outline | None, one: Sum, role: str | None, is_recovery: bool, is_part: bool) -> Amount:
    yuan = one.yuan
    low = _plain(yuan.low) if yuan else None
    return Amount(
        *source.evidence(one.start, one.end, one.rule),
        path=outline.path_at(one.start) if outline else None,
        yuan_low=low,
        yuan_high=low if yuan is None or yuan.high is yuan.low else _plain(yuan.high),
        modifier=one.modifier,
        unit=one.unit,
        role=role,
        is_recovery=is_recovery,
        is_part=is_part,
    )


def _plain(value: Decimal | None) -> Decimal | None:
    """``value`` without the zeros that a scale left behind its point: 7.132万 is 71320, not 71320.000."""
    if value is None:
        return None
    return value.to_integral_value() if value == value.to_integral_value() else value.normalize()


def _names_money(matching: str, one: Sum) -> bool:
    """The words before a number without unit name money."""
    before = matching[max(0, one.start - 20) : one.start]
    return any(noun in before for noun in words("money", "money_nouns"))
