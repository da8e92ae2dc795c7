"""Amounts: sums of money with what was done with them.

The role is the printed verb that governs the sum. Verbs of recovery win over others in their clause, because the others there are mostly
modifiers (追缴|违规发放|资金5万元). Looked at in this order: the clause before the sum, the rest of its clause (5万元的欠款追缴任务, 已全部退还),
the clauses before it in the sentence as far as no other sum stands between, and the next clause. A sum that only puts a worth on a thing (价值60多万元)
was not dealt with, so its role is null.
"""

from __future__ import annotations

import re
from decimal import Decimal
from functools import cache
from typing import TYPE_CHECKING

import regex

from transforms.lexicons.alternation import alternation
from transforms.lexicons.load import lexicon, words
from transforms.numbers.money import Sum, sums
from transforms.numbers.operands import sentence_start
from transforms.records.statements import Amount
from transforms.source import Closed, Source

if TYPE_CHECKING:
    from transforms.outline.tree import Outline

_CLAUSE_END = re.compile(r"[,。;:!?\n]")
_SENTENCE_END = re.compile(r"[。;!?\n]")
_REACH_BACK, _REACH_ON = 90, 30
# joins a sum to the one before it, whose verb it shares
_JOINT = re.compile(r"(?:[、和及与]|以及|[,;]? ?其中|[((])[^,。;:\n]{0,20}$")
# lead on a sum that the verb behind it governs: 将6.8万元上缴
_TAKES_OBJECT = re.compile("[将把]")
# shows that the verb behind a sum tells what became of it
_BEHIND = re.compile(r"(?:的|已|均|全部|予以|进行|到位|完成|现|按|并|得到|由|通过)")
# 37.12万元上缴财政: the verb right behind a sum reports, if it says where the money went or ends the clause; 5万元退款 does not
_GOES_TO = re.compile(
    r"(?:了|至|到|给|回)?(?:[县市区省本乡镇校院]?级?(?:财政|国库|专户|专账|账户|国资|学校|单位|集体|个人|本人|原渠道)|到位|完毕|入库|(?=[,。;、\n)]|$))"
)
# a clause that is nothing but the verb of a ledger: 多报差旅2.07万元,退;
_LONE = re.compile(r"(?:已|均|全部|限期)?(?P<verb>[退缴还追补])(?:清|讫|了)?(?=[,。;\n]|$)")
# 追回两处门面并收取占用费: a verb of recovery with its things, so what stands behind the conjunction has a verb of its own
_AND = re.compile("并且?|同时")
_THINGS = re.compile(r"[0-9一二两三四五六七八九十余多](?:余|多)?[处个间套家亩台辆份宗户项件块栋]")
# 盘活校舍2处,年租金9万元: what a thing yields was not dealt with
_YIELD = re.compile(r"(?:预计|可|实现)?(?:每?年|年均|每月|月)(?:租金|收[入益]|增收|产值|可?增)")


def amounts(source: Source, closed: Closed, outline: Outline | None = None) -> tuple[Amount, ...]:
    """The sums of money of a notice, in order; no two share a character. Those on words already claimed are left out."""
    matching = source.text.matching
    rows: list[Amount] = []
    previous: tuple[int, str | None, bool] | None = None
    found = [one for one in sums(source.text) if closed.is_free(one.start, one.end)]
    for position, one in enumerate(found):
        next_start = found[position + 1].start if position + 1 < len(found) else len(matching)
        role, is_recovery = _role(matching, one, previous, next_start)
        if one.is_bare and not (is_recovery and _names_money(matching, one)):
            continue
        is_part = previous is not None and is_recovery and _is_part(matching, found[position - 1], one)
        previous = one.end, role, is_recovery
        rows.append(_row(source, outline, one, role, is_recovery, is_part))
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


def _role(matching: str, one: Sum, previous: tuple[int, str | None, bool] | None, next_start: int) -> tuple[str | None, bool]:
    """The role of ``one`` and whether it is one of recovery."""
    floor = sentence_start(matching, one.start, _REACH_BACK)
    clause = max(floor, matching.rfind(",", floor, one.start) + 1, matching.rfind(":", floor, one.start) + 1)
    last_end = previous[0] if previous and previous[0] > floor else floor
    joined = last_end > floor and _JOINT.fullmatch(matching[last_end : one.start]) is not None
    if _puts_worth(matching, clause, one.start):
        return None, False
    if found := _last("recovery", matching, max(clause, last_end), one.start):
        return _coordinated(matching, max(clause, last_end), one.start) or found
    if joined and previous:
        own = _own_verb(matching, max(clause, last_end), one.start)
        return own if own else (previous[1], previous[2])
    behind_end = _clause_end(matching, one.end, min(next_start, one.end + _REACH_ON))
    taken_on = _TAKES_OBJECT.search(matching, clause, one.start) is not None
    if found := _behind(matching, one.end, behind_end, taken_on):
        return found
    if _worth().search(matching, clause, one.start):
        return None, False
    own = _own_verb(matching, max(clause, last_end), one.start)
    if (
        own is None
        and last_end < clause
        and not _YIELD.match(matching, clause, one.start)
        and (found := _last("recovery", matching, last_end, clause))
    ):
        return found
    if matching[behind_end : behind_end + 1] == ",":
        if lone := _LONE.match(matching, behind_end + 1):
            return lone["verb"], True
        next_end = _clause_end(matching, behind_end + 1, min(next_start, behind_end + _REACH_ON))
        if found := _behind(matching, behind_end + 1, next_end):
            return found
    if own is None and last_end <= clause:
        own = _last("nouns", matching, max(clause, last_end), one.start)
    return own or (None, False)


def _last(table: str, matching: str, start: int, end: int) -> tuple[str, bool] | None:
    """The last verb of ``table`` in ``matching[start:end]`` that is no modifier; not a recovery where it has not happened yet."""
    if not _ahead(table).search(matching, start, end):  # most stretches hold none, which is told at a tenth of the cost
        return None
    for match in _backwards(table).finditer(matching, start, end):
        before = matching[max(start, match.start() - 6) : match.start()]
        if before.endswith(words("money", "modifies")):
            continue
        if matching[match.end() : match.end() + 1] == "一":  # 收缴一家, 注销一家: what the verb governs stands behind it
            continue
        verb, begin = match.group(), match.start()
        longer = matching[begin - 1 : begin + 1] if begin > start else ""
        if longer in lexicon("money")[table]:  # 退缴回扣: 退缴 and no 缴回
            verb, begin = longer, begin - 1
        first = _first_of_joined(matching, begin, start) if table == "recovery" else None
        role = lexicon("money")[table][first or verb]
        if role == "挽回":
            role = _saved(matching[match.end() : end])
        return role, table == "recovery" and not before.endswith(words("money", "not_done"))
    return None


def _coordinated(matching: str, start: int, end: int) -> tuple[str, bool] | None:
    """The verb that governs alone behind a conjunction: 追回门面两处并|收取|占用费9万元."""
    conjunction = max((match.end() for match in _AND.finditer(matching, start, end)), default=None)
    if conjunction is None or not _THINGS.search(matching, start, conjunction) or _last("recovery", matching, conjunction, end):
        return None
    return _own_verb(matching, conjunction, end)


def _puts_worth(matching: str, start: int, end: int) -> bool:
    """A word of worth leads right up to the sum: 收回仪器4台(价值76万元)."""
    match = _worth().search(matching, max(start, end - 5), end)
    return match is not None and match.end() >= end - 2 and match.group() not in words("money", "converts")


def _first_of_joined(matching: str, begin: int, start: int) -> str | None:
    """The verb that stands joined before the one at ``begin``: 追缴、清退违规资金 is told under 追缴."""
    if begin - 3 < start or matching[begin - 1] not in "、和及并":
        return None
    before = matching[begin - 3 : begin - 1]
    return before if before in lexicon("money")["recovery"] else None


def _saved(words_between: str) -> str:
    """What was saved: 挽回学院经济损失 is 挽回经济损失."""
    return "挽回经济损失" if "经济损失" in words_between else "挽回损失" if "损失" in words_between else "挽回"


def _own_verb(matching: str, start: int, end: int) -> tuple[str, bool] | None:
    return _last("other", matching, start, end)


def _behind(matching: str, start: int, end: int, is_object: bool = False) -> tuple[str, bool] | None:
    """A verb of recovery behind the sum that tells what became of it: 5万元已全部退还."""
    match = _ahead("recovery").search(matching, start, end)
    if match is None:
        return None
    reports = (
        is_object
        or _BEHIND.search(matching, start, match.start())
        or (match.start() == start and matching[start - 1] != "," and _GOES_TO.match(matching, match.end()))
    )
    if not reports:
        return None
    before = matching[max(start, match.start() - 4) : match.start()]
    return lexicon("money")["recovery"][match.group()], not before.endswith(words("money", "not_done"))


def _clause_end(matching: str, start: int, limit: int) -> int:
    match = _CLAUSE_END.search(matching, start, limit)
    return match.start() if match else limit


def _names_money(matching: str, one: Sum) -> bool:
    """The words before a number without unit name money."""
    before = matching[max(0, one.start - 20) : one.start]
    return any(noun in before for noun in words("money", "money_nouns"))


@cache
def _backwards(table: str) -> regex.Pattern[str]:
    """Searches backwards: the first match is the nearest."""
    return regex.compile("(?r)" + "|".join(sorted(lexicon("money")[table], key=len, reverse=True)))


@cache
def _ahead(table: str) -> re.Pattern[str]:
    return re.compile(alternation(lexicon("money")[table]))


@cache
def _worth() -> re.Pattern[str]:
    return re.compile(alternation(words("money", "worth")))
