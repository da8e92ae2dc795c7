"""Stated numbers as intervals: what 60多万, 十几, 两三百, 不少于3, 约350 and 20以上 allow.

GB/T 15835 calls the vague ones 概数. The interval keeps no more than the words say: with 多, 余, 以上 and 不少于 the lower bound is stated and
the upper one is open; 约, 近 and 左右 give no width, so both bounds hold the printed value and the modifier says ``about``.
"""

from __future__ import annotations

import re
from decimal import Decimal

import msgspec

from transforms.numbers.numerals import HAN_DIGIT, HAN_NUMERAL, decimals, numeral

# characters that a stated number may consist of, vague ones included
RUN = f"[0-9.,{HAN_NUMERAL}几数多余来点]"
LINK = r"(?:至|到|-{1,2}|–|—{1,2}|~|―)"
_SCALE = "十百千拾佰仟万萬亿億"
# 百几 is a hundred and some tens
_STEP = {"百": Decimal(10), "千": Decimal(100), "万": Decimal(1000)}
_MORE = re.compile(rf"([0-9.,点{HAN_NUMERAL}]+)(多|余|来)([{_SCALE}]{{0,3}})$")
_SEVERAL = re.compile(rf"([0-9{HAN_NUMERAL}]*[十百千万])?[几数]([{_SCALE}]{{0,3}})$")
_PAIR = re.compile(r"([十百千万]|[一二三四五六七八九两][十百千万])?([一二两三四五六七八九])([二三四五六七八九])([十百千万亿]{0,2})$")

_LEAST = r"(?:不少于|不低于|不下于|不小于|至少|最少|最低|超过|高于|多于|大于|突破|(?<!不)超|逾)"
_MOST = r"(?:不超过|不高于|不多于|不大于|未超过|至多|最多|最高|不到|不足|不满|未满|低于|少于|小于|控制在)"
_ABOUT = r"(?:大约|约为|约|将近|接近|(?<![最附邻靠新])近|大概|估计|左右约)"
_BEFORE = re.compile(rf"(?:(?P<at_least>{_LEAST})|(?P<at_most>{_MOST})|(?P<about>{_ABOUT}))(?:达|为|有|过)? ?$")
_AFTER = re.compile(r" ?(?:(?P<at_least>多|余|以上|及以上|之多|开外)|(?P<at_most>以内|之内|以下|及以下)|(?P<about>左右|上下|许))")
# how far words before reach, the characters in which they may end and with which words behind may begin
_BEFORE_REACH = 8
_ENDS_BEFORE = frozenset("少于低过高多破超逾到足满在约为近概计达有 \n")
_BEGINS_AFTER = frozenset("多余以及之开左上许 ")


class Interval(msgspec.Struct, frozen=True, gc=False):
    """What a stated number allows: bounds (None is open), how exact it is, digits printed behind the decimal point."""

    low: Decimal | None
    high: Decimal | None
    modifier: str
    decimals: int = 0

    def times(self, factor: Decimal) -> Interval:
        """The interval with both bounds multiplied."""
        return Interval(
            None if self.low is None else self.low * factor, None if self.high is None else self.high * factor, self.modifier, self.decimals
        )


def interval(run: str) -> Interval | None:
    """What the characters of ``run`` allow, or None where they are no number.

    >>> interval("60多万"), interval("十几"), interval("两三百")
    (Interval(low=Decimal('600000'), high=None, modifier='at_least', decimals=0), Interval(low=Decimal('11'), high=Decimal('19'), modifier='between', decimals=0), Interval(low=Decimal('200'), high=Decimal('300'), modifier='between', decimals=0))
    """
    if len(run) > 40:
        return None
    if run.isascii() or len(run) == 1:  # most are a few digits
        value = numeral(run)
        return None if value is None else Interval(value, value, "exact", decimals(run) if "." in run else 0)
    if ("多" in run or "余" in run or "来" in run) and (match := _MORE.match(run)):
        value = numeral(match[1] + match[3])
        if value is None:
            return None
        return Interval(value, value, "about") if match[2] == "来" else Interval(value, None, "at_least", decimals(match[1]))
    if "几" in run or "数" in run:
        return _several(run)
    if not run[0].isascii() and (pair := _pair(run)):
        return pair
    value = numeral(run)
    return None if value is None else Interval(value, value, "exact", decimals(run))


def modified(stated: Interval, before: str, run: str, after: str) -> Interval:
    """``stated``, printed as ``run``, as the words around it change it.

    Words behind decide over words before: 近300元以上 is at least 300. 上 counts only before a bare scale: 上百万.
    """
    if before.endswith("上") and run[:1] in _SCALE and stated.low is not None:
        return Interval(stated.low, None, "at_least")
    found = _AFTER.match(after) or (_BEFORE.search(before[-_BEFORE_REACH:]) if before[-1:] in _ENDS_BEFORE else None)
    if found is None or stated.modifier != "exact":
        return stated
    value = stated.low
    if found.lastgroup == "at_least":
        return Interval(value, None, "at_least", stated.decimals)
    if found.lastgroup == "at_most":
        return Interval(None, value, "at_most", stated.decimals)
    return Interval(value, value, "about", stated.decimals)


def in_context(stated: Interval, matching: str, start: int, end: int, run: str) -> Interval:
    """``stated``, printed as ``run`` at ``start:end``, as the words around it there change it: most stand between others that do not."""
    before, after = matching[start - 1 : start], matching[end : end + 1]
    if before in _ENDS_BEFORE or after in _BEGINS_AFTER or before == "上":
        return modified(stated, matching[max(0, start - _BEFORE_REACH) : start], run, matching[end : end + 3])
    return stated


def between(low: str, high: str) -> Interval | None:
    """The range from ``low`` to ``high``; a scale that only the second prints counts for both: 5至10万."""
    first, second = interval(low), interval(high)
    if first is None or second is None or first.low is None or second.low is None:
        return None
    least, most = first.low, second.high if second.high is not None else second.low
    for scale in ("万", "亿"):
        if (
            high.endswith(scale)
            and not low.endswith(("万", "亿", "千", "百"))
            and (scaled := numeral(low + scale)) is not None
            and scaled <= most
        ):
            least = scaled
    if least > most:
        return None
    return Interval(least, most, "between", max(first.decimals, second.decimals))


def _several(run: str) -> Interval | None:
    """几十, 数百, 十几, 二十几万: two to nine of what is counted."""
    match = _SEVERAL.fullmatch(run)
    if match is None:
        return None
    scale = numeral("一" + match[2]) if match[2] else Decimal(1)
    if scale is None:
        return None
    if match[1]:
        base = numeral(match[1])
        if base is None:
            return None
        step = _STEP.get(match[1][-1], Decimal(1)) if scale == 1 else scale
        if step < base and scale < 10**4:  # 一百几十: the scale counts what is added
            return Interval(base + step * (1 if scale == 1 else 2), base + 10 * step - (step if scale == 1 else 1), "between")
        return Interval((base + 1) * scale, (base + 9) * scale, "between")
    if scale == 1:
        return None  # 几个 says no number
    return Interval(2 * scale, 10 * scale - 1, "between")


def _pair(run: str) -> Interval | None:
    """两三百, 七八十, 十七八, 三五: two digits side by side."""
    match = _PAIR.fullmatch(run)
    if match is None:
        return None
    first, second = HAN_DIGIT.index(match[2]) if match[2] != "两" else 2, HAN_DIGIT.index(match[3])
    if second != first + 1 and (first, second) != (3, 5):
        return None
    low, high = numeral((match[1] or "") + match[2] + match[4]), numeral((match[1] or "") + match[3] + match[4])
    return None if low is None or high is None else Interval(low, high, "between")
