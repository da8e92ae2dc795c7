"""Sums of money in a text: where they stand and what they allow, in yuan."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from decimal import Decimal

import msgspec

from transforms.numbers.intervals import LINK, RUN, Interval, between, in_context, interval
from transforms.numbers.numerals import HAN_DIGIT, HAN_NUMERAL, numeral
from transforms.text.codes import table_of
from transforms.text.kinds import Classes
from transforms.text.text import Text

_YUAN, _SCALES, _CURRENCY_SIGNS = Classes(table_of("元")), Classes(table_of("万亿")), Classes(table_of("¥￥"))

# how far before its unit a sum can begin, a range included
_REACH = 48
_ENDS_IN_NUMBER = frozenset("0123456789 多余几来XxＸ×*○" + HAN_NUMERAL)
_CURRENCIES = "美港欧日澳加"
# 1 062 347.16: blanks part the thousands (GB/T 15835); one blank alone may as well part the cells of a table, so words must lead up to it
_GROUPED = r"(?<![0-9.,] )(?<![0-9.,])(?:[0-9]{1,3}(?: [0-9]{3}){2,4}|(?<=[\u4e00-\u9fff,:;])(?<![表图件第号款项条])[1-9][0-9]{0,2} [0-9]{3})(?:\.[0-9]{1,4})?万?"
# most sums are a plain number, which the first alternative reads as the others would
_BEFORE_UNIT = re.compile(
    rf"(?P<plain>[0-9]{{1,12}}(?:\.[0-9]{{1,8}})?[万亿]?)$|(?:(?P<low>{RUN}{{1,20}}) ?(?:[万亿]?元)? ?{LINK} ?)?(?P<number>{_GROUPED}|{RUN}{{1,24}}(?: [万亿])?) ?(?P<foreign>[{_CURRENCIES}])?$"
    r"|(?P<masked>(?<![A-Za-z])[Xx×*○]{1,10}(?:\.[Xx×*]{1,4})?[万亿千百]?) ?$"
)
# the characters of all that may stand before 元, and how far the pattern looks back from the first of them
_SIGNS_BEFORE_UNIT = f"0123456789.,{HAN_NUMERAL}几数多余来点 元至到-–—~―{_CURRENCIES}Xx×*○"
_LOOKS_BACK = 2
_LINK = re.compile(f" ?{LINK} ?")
_SMALL_CHANGE = re.compile(
    rf"(?:(?P<jiao>[0-9{HAN_DIGIT}])角)?(?:(?P<fen>[0-9{HAN_DIGIT}])分(?!之|别|钟|数))?(?:整|正(?![在常规式确]))?(?:人民币)?"
)
_BEGINS_CHANGE = frozenset(f"0123456789{HAN_DIGIT}整正人")
_FORMAL = frozenset("壹贰叁肆伍陆柒捌玖拾佰仟")
# 元旦, 单元, 一元化: no sum
_NOT_MONEY = re.compile(r"元(?:旦|素|宵|件|器|音|首|老|帅|气|凶|月|年|化)")
# 二元结构, 三元牌: a single Han digit before 元 is a sum only where the word ends
_AFTER_A_SUM = re.compile(r"[ ,。;:、)/整钱的每以左\n0-9一二三四五六七八九]|$")
_BARE = re.compile(r"(?<![0-9A-Za-z.,])[0-9][0-9,]{0,16}(?:\.[0-9]{1,6})?(?:余|多)?[万亿](?:余|多)?$")
_AFTER_BARE = re.compile(r"(?P<more>余|多)?(?=[,。;、)\n]|$|左右|以上|以下)")
_BEFORE_SCALE = frozenset("0123456789余多")
_SIGNED = re.compile(r"[¥￥] ?(?P<number>[0-9][0-9,]{0,18}(?:\.[0-9]{1,4})?) ?(?P<scale>[万亿])?")


class Sum(msgspec.Struct, frozen=True, gc=False):
    """A sum at ``start:end``; ``yuan`` is None where it is masked or in another currency. ``unit`` is as printed: 万元."""

    start: int
    end: int
    unit: str
    yuan: Interval | None
    modifier: str
    rule: str
    is_bare: bool = False


def sums(text: Text) -> list[Sum]:
    """The sums of money in ``text``, in order; no two overlap."""
    matching = text.matching
    found = list(_with_unit(matching, text.offsets(_YUAN)))
    if text.offsets(_CURRENCY_SIGNS):
        found.extend(_signed(matching))
    found.extend(_bare(matching, text.offsets(_SCALES)))
    found.sort(key=lambda one: (one.start, one.is_bare))
    kept: list[Sum] = []
    for one in found:
        if kept and one.start < kept[-1].end:
            continue
        if kept and one.start - kept[-1].end <= 4 and (joined := _range(matching, kept[-1], one)):
            kept[-1] = joined
        else:
            kept.append(one)
    return kept


def _range(matching: str, first: Sum, second: Sum) -> Sum | None:
    """One sum for a range that prints its unit twice: 50元至100元. From … to … tells a change, which is no range."""
    if first.yuan is None or second.yuan is None or first.yuan.low is None or second.yuan.high is None or first.yuan.low > second.yuan.high:
        return None
    if _LINK.fullmatch(matching[first.end : second.start]) is None or matching[first.start - 1 : first.start] in ("从", "由"):
        return None
    wide = Interval(first.yuan.low, second.yuan.high, "between", max(first.yuan.decimals, second.yuan.decimals))
    return Sum(first.start, second.end, second.unit, wide, "between", "amount.range")


def _with_unit(matching: str, units: Iterable[int]) -> Iterator[Sum]:
    """Sums that end in 元, read leftwards from it; ``units`` are all 元."""
    floor = 0
    for at in units:
        if at and (matching[at - 1] in _ENDS_IN_NUMBER or matching[at - 1] in _CURRENCIES) and not _NOT_MONEY.match(matching, at):
            one = _sum_before(matching, max(floor, at - _REACH), at)
            if one:
                floor = one.end
                yield one


def _sum_before(matching: str, floor: int, at: int) -> Sum | None:
    # a search that is anchored at its end tries every place before; what cannot belong to the sum is cut off first
    floor += max(0, len(matching[floor:at].rstrip(_SIGNS_BEFORE_UNIT)) - _LOOKS_BACK)
    match = _BEFORE_UNIT.search(matching[floor:at])
    if match is None:
        return None
    if match["masked"]:
        start = floor + match.start()
        return Sum(start, at + 1, _unit(match["masked"]), None, "redacted", "amount.redacted")
    number = "plain" if match["plain"] else "number"
    run = match[number].lstrip(",.点来余多")
    start = floor + match.end(number) - len(run)
    run = run.replace(" ", "")
    stated = interval(run)
    rule = "amount.yuan"
    if stated is None and run in ("万", "亿"):
        stated = interval("一" + run)  # 上万元, 近亿元
        if not matching[max(0, start - 1) : start] or matching[start - 1] not in "上近过逾超":
            return None
    while stated is None and run:  # noise before the number: 第三,5万
        run = run[1:]
        start += 1
        stated = interval(run) if run else None
    if stated is None or (len(run) == 1 and run in HAN_DIGIT and not _AFTER_A_SUM.match(matching, at + 1)):
        return None
    if match["low"] and (wide := between(match["low"].lstrip(",.点来余多"), run)):
        stated, start, rule = wide, floor + match.end("low") - len(match["low"].lstrip(",.点来余多")), "amount.range"
    end = at + 1
    if matching[end : end + 1] in _BEGINS_CHANGE and (change := _SMALL_CHANGE.match(matching, end)):
        end = change.end()
        stated = _with_change(stated, change) if change["jiao"] or change["fen"] else stated
    stated = in_context(stated, matching, start, end, run)
    if match["foreign"]:
        return Sum(start, end, _unit(run, match["foreign"] + "元"), None, stated.modifier, "amount.foreign")
    if rule == "amount.yuan":
        rule = (
            "amount.wan"
            if run[-1] in "万萬"
            else "amount.yi"
            if run[-1] in "亿億"
            else "amount.formal"
            if not _FORMAL.isdisjoint(run)
            else rule
        )
    return Sum(start, end, _unit(run), stated, stated.modifier, rule)


def _with_change(stated: Interval, change: re.Match[str]) -> Interval:
    """``stated`` with the 角 and 分 printed behind 元."""
    added = (numeral(change["jiao"] or "零") or Decimal(0)) / 10 + (numeral(change["fen"] or "零") or Decimal(0)) / 100
    if not added or stated.low is None or stated.high is None:
        return stated
    return Interval(stated.low + added, stated.high + added, stated.modifier, stated.decimals)


def _unit(run: str, currency: str = "元") -> str:
    """The unit as printed: the section scale that ends the number belongs to it, unless the number has another one (1亿2千万元)."""
    return (run[-1] if run[-1] in "万亿" and not ("亿" in run[:-1] or "千" in run[-2:]) else "") + currency


def _signed(matching: str) -> Iterator[Sum]:
    """Sums behind a currency sign: ¥12,300.50."""
    for match in _SIGNED.finditer(matching):
        stated = interval(match["number"].rstrip(",") + (match["scale"] or ""))
        if stated:
            end = match.end() + (1 if matching[match.end() : match.end() + 1] == "元" else 0)
            yield Sum(match.start(), end, _unit(match.group()), stated, stated.modifier, "amount.signed")


def _bare(matching: str, scales: Iterable[int]) -> Iterator[Sum]:
    """Numbers in 万 or 亿, which stand at ``scales``, without a unit; money only where the words around say so."""
    for at in scales:
        tail = _AFTER_BARE.match(matching, at + 1) if at and matching[at - 1] in _BEFORE_SCALE else None
        window = max(0, at - 26)
        match = _BARE.search(matching[window : at + 1]) if tail else None
        if tail and match:
            run, start, end = match.group() + (tail["more"] or ""), window + match.start(), tail.end()
            stated = interval(run)
            if stated:
                stated = in_context(stated, matching, start, end, run)
                yield Sum(start, end, matching[at], stated, stated.modifier, "amount.bare", True)
