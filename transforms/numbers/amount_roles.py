"""What was done with a sum of money, told by the printed verb that governs it.

Verbs of recovery win over others in their clause, because the others there are mostly modifiers (追缴|违规发放|资金5万元). Looked at in this order:
the clause before the sum, the rest of its clause (5万元的欠款追缴任务, 已全部退还), the clauses before it in the sentence as far as no other sum stands
between, and the next clause. A sum that only puts a worth on a thing (价值60多万元) was not dealt with, so its role is null. Coordinated sums share
their verb, be it before the first or behind the last (补贴3600元、差旅费845元,都已退回).
"""

from __future__ import annotations

import re
from decimal import Decimal
from functools import cache
from typing import NamedTuple

import regex

from transforms.lexicons.alternation import alternation
from transforms.lexicons.load import lexicon, words
from transforms.numbers.money import Sum
from transforms.numbers.operands import sentence_start

_CLAUSE_END = re.compile(r"[,。;:!?\n]")
REACH_BACK, _REACH_ON = 90, 30
# joins a sum to the one before it, whose verb it shares
_JOINT = re.compile(r"(?:[、和及与]|以及|[,;]? ?其中|[((])[^,。;:\n]{0,20}$")
_THE_REST = ("其余", "剩余", "余款", "另")
# leaves what stands behind it to the verb before the next sum
_PARTS_SUMS = re.compile("[、(和及与]")
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
# 【钱追回来没有】: a heading that asks tells nothing
_ASKS = re.compile(r"(?:来|到位|了){0,2}(?:没有?|吗|与否)(?=[】\])”:, ])")


class Told(NamedTuple):
    """What was done with a sum, and where that is told: ``is_shared`` with the sum before, ``is_behind`` behind a list, ``is_open`` nowhere yet."""

    role: str | None
    is_recovery: bool
    is_shared: bool = False
    is_behind: bool = False
    is_open: bool = False


class SumBefore(NamedTuple):
    """The sum before. ``left`` is what the parts told so far leave of their whole, ``open_from`` the row with which a list begins whose verb may stand behind it."""

    end: int
    told: Told
    left: Decimal | None
    open_from: int | None


def role_of(matching: str, one: Sum, previous: SumBefore | None, next_start: int, is_part: bool) -> Told:
    """What was done with ``one``; as a part of a recovered sum it was recovered, by whatever verb it had come about before."""
    floor = sentence_start(matching, one.start, REACH_BACK)
    clause = max(floor, matching.rfind(",", floor, one.start) + 1, matching.rfind(":", floor, one.start) + 1)
    last_end = previous.end if previous and previous.end > floor else floor
    joined = last_end > floor and _JOINT.fullmatch(matching[last_end : one.start]) is not None
    if _puts_worth(matching, clause, one.start):
        return Told(None, False)
    if found := _last("recovery", matching, max(clause, last_end), one.start):
        return Told(*(_coordinated(matching, max(clause, last_end), one.start) or found))
    behind_end = _clause_end(matching, one.end, min(next_start, one.end + _REACH_ON))
    if previous and (joined or is_part):
        is_open = previous.open_from is not None
        if is_open or not joined:
            found = _behind(matching, one.end, behind_end, next_start)
            if is_open:
                found = found or _next_clause(matching, behind_end, next_start)
            if found:
                return Told(*found, is_behind=True)
        own = _own_verb(matching, max(clause, last_end), one.start)
        is_origin = own is not None and own[0] in words("money", "origins")
        if own and not (joined and is_part and is_origin):
            return Told(*own, is_shared=is_open and is_origin)
        return Told(previous.told.role, previous.told.is_recovery, is_shared=True)
    taken_on = _TAKES_OBJECT.search(matching, clause, one.start) is not None
    if found := _behind(matching, one.end, behind_end, next_start, taken_on):
        return Told(*found)
    if worth := _worth().search(matching, clause, one.start):
        found = _next_clause(matching, behind_end, next_start) if worth.group() in words("money", "converts") else None
        return Told(*(found or (None, False)))
    own = _own_verb(matching, max(clause, last_end), one.start)
    if (
        own is None
        and last_end < clause
        and not _YIELD.match(matching, clause, one.start)
        and (found := _last("recovery", matching, last_end, clause))
    ):
        return Told(*found)
    if found := _next_clause(matching, behind_end, next_start):
        return Told(*found)
    is_open = own is None or own[0] in words("money", "origins")
    if own is None and last_end <= clause:
        own = _last("nouns", matching, max(clause, last_end), one.start)
    role, is_recovery = own or (None, False)
    return Told(role, is_recovery, is_open=is_open)


def _next_clause(matching: str, behind_end: int, next_start: int) -> tuple[str, bool] | None:
    """The verb of recovery in the clause behind that of the sum, which ends at ``behind_end``: 涉及5万元,|已全部退还."""
    if matching[behind_end : behind_end + 1] != "," or matching.startswith(_THE_REST, behind_end + 1):
        return None
    if lone := _LONE.match(matching, behind_end + 1):
        return lone["verb"], True
    next_end = _clause_end(matching, behind_end + 1, min(next_start, behind_end + _REACH_ON))
    return _behind(matching, behind_end + 1, next_end, next_start)


def _last(table: str, matching: str, start: int, end: int) -> tuple[str, bool] | None:
    """The last verb of ``table`` in ``matching[start:end]`` that is no modifier; not a recovery where it has not happened yet."""
    if not _ahead(table).search(matching, start, end):  # most stretches hold none, which is told at a tenth of the cost
        return None
    for match in _backwards(table).finditer(matching, start, end):
        before = matching[max(start, match.start() - 6) : match.start()]
        if before.endswith(words("money", "modifies")):
            continue
        # 收缴一家, 注销一家: what the verb governs stands behind it
        if matching[match.end() : match.end() + 1] == "一" or _ASKS.match(matching, match.end()):
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


def _behind(matching: str, start: int, end: int, next_start: int, is_object: bool = False) -> tuple[str, bool] | None:
    """A verb of recovery behind the sum that tells what became of it: 5万元已全部退还. One that leads on to the next sum governs that: 核减9万元并收回3万元."""
    match = _ahead("recovery").search(matching, start, end)
    if match is None or (
        end == next_start < len(matching)
        and not _PARTS_SUMS.search(matching, match.end(), end)
        and not _ahead("recovery").search(matching, match.end(), end)
    ):
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


@cache
def _backwards(table: str) -> regex.Pattern[str]:
    """Searches backwards: the first match is the nearest."""
    return regex.compile("(?r)" + "|".join(sorted(lexicon("money")[table], key=len, reverse=True)))


@cache
def _ahead(table: str) -> re.Pattern[str]:
    return re.compile(alternation(lexicon("money")[table]))


@cache
def _worth() -> re.Pattern[str]:
    # 折价款 is money and no worth
    return re.compile(alternation(words("money", "worth")) + "(?!款)")
