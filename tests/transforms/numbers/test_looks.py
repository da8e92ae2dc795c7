"""A cheap look before a pattern of figures and sums hides none of its matches."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from transforms.numbers.amount_roles import _ahead, _backwards
from transforms.numbers.averages import _ENDS_FIRST, _FIRST
from transforms.numbers.intervals import Interval, in_context, interval, modified
from transforms.numbers.meetings import _OFTEN
from transforms.numbers.money import _BEFORE_UNIT, _BEGINS_CHANGE, _SMALL_CHANGE
from transforms.numbers.numerals import _SHORT, _arabic, _scaled, numeral
from transforms.numbers.operands import _COUNT, REACH, counts, sentence_around
from transforms.numbers.percents import _FIRST_HAN, _IS_TARGET, _LEADS_ON, _SUBJECT
from transforms.numbers.repetitions import _REPEATED, periods
from transforms.numbers.stocks import _NOW, _SIGN_OF_NOW, _in_sentence
from transforms.text.characters import HAN
from transforms.text.text import Text


def _texts(*fragments: str) -> st.SearchStrategy[str]:
    return st.lists(st.sampled_from(fragments), max_size=12).map("".join)


@given(_texts("每", "年度", "个季度", "月", "至少组织开展一次", "专题学习", "不少于", "12", "三十", "次", "天", "期", ",", "\n"))
def test_periods(text: str) -> None:
    """A number of times stands near every period that a repetition or a meeting is told with."""
    found = {match.start() for at in range(len(text)) for pattern in (_REPEATED, _OFTEN) if (match := pattern.match(text, at))}
    assert found <= set(periods(Text("", text)))


@given(
    _texts("不少于", "近", "上", "最近", "\n", "我"), st.sampled_from(["3", "百", "12"]), _texts("以上", " ", "多", "左右", "之内", "。")
)
def test_context(before: str, run: str, after: str) -> None:
    """Words around a number are read only where one of their characters stands next to it."""
    stated = interval(run)
    assert stated is not None
    start, end = len(before), len(before) + len(run)
    assert in_context(stated, before + run + after, start, end, run) == modified(stated, before[-8:], run, after[:3])


@given(_texts("甲乙丙丁" * 25, "。", ";", "!", "?", "\n", "戊"), st.integers(0, 400), st.integers(0, 5))
def test_sentence(text: str, at: int, length: int) -> None:
    """The signs that end a sentence are looked for backwards and forwards."""
    start = min(at, len(text))
    end = min(start + length, len(text))
    ends = [place for place, sign in enumerate(text) if sign in "。;!?\n"]
    floor = max([max(0, start - REACH), *(place + 1 for place in ends if place < start)])
    stop = min([len(text), end + REACH, *(place for place in ends if place >= end)])
    assert sentence_around(text, start, end) == (floor, stop)


@given(
    _texts("整改", "完成率", "比例", "率", "例", "度", "分别", "达到", "约为", "提高至", "近", "了", " ", "“", "”", ",", "\n", "甲乙丙丁")
)
def test_subject(lead: str) -> None:
    """The name of a rate read backwards is the one that a pattern reads forwards."""
    forwards = re.compile(rf"([{HAN}“”]{{0,14}}[率比例占重度]{{1,2}}[比例]?)(?:分别)?(?:{'|'.join(_LEADS_ON.split())})?了? ?\Z")
    found, backwards = forwards.search(lead), _SUBJECT.match(lead[::-1])
    assert (found and found[1]) == (backwards and backwards["name"][::-1])


@given(_texts("的", "任务", "目标", "年度", "。", ",", "9", "\n"))
def test_target(text: str) -> None:
    assert not _IS_TARGET.match(text) or text[:1] >= _FIRST_HAN


@given(_texts("完成", "12", "3.5", "2023", "年", "月", "%", ":", "万", "多", "个", "问题", "第", "-", " ", "。"))
def test_counts(text: str) -> None:
    """Runs of digits before a sign of dates, shares or ratios hold no count."""
    done, starts = 0, []
    for at in Text("", text).digits[0]:
        match = _COUNT.match(text, at) if at >= done else None
        if match:
            done = match.end()
            if not (at and (text[at - 1] in ".:/-第" or text[at - 1].isdigit())) and numeral(match["number"]) is not None:
                starts.append(at)
    assert [count.start for count in counts(Text("", text), 0, len(text))] == starts


@given(_texts("9", "1,5", ".", "万", " ", "\n", "比", ":"))
def test_first_of_a_ratio(text: str) -> None:
    assert not _FIRST.search(text) or text[-1] in _ENDS_FIRST


@given(_texts("新增", "党员", "3名", ",", "现有", "目前共有", "增至", "了", "28名"))
def test_stocks(text: str) -> None:
    """No stock is told without a word of what there is now."""
    assert _SIGN_OF_NOW.search(text) or not list(_in_sentence(Text("", text), 0, len(text)))
    assert all(_SIGN_OF_NOW.fullmatch(word) for word in _NOW)


@given(_texts("表", "款", "5", "12", "1 062 347", ".5", ",", "万", "亿", "元", "至", "-", "多", "XX", "美", " "))
def test_plain_sums(text: str) -> None:
    """A plain number before 元 is read as the patterns of other sums would read it."""
    general = re.compile(re.sub(r"\(\?P<plain>.*?\)\$\|", "", _BEFORE_UNIT.pattern, count=1))
    found, expected = _BEFORE_UNIT.search(text), general.search(text)
    if found is None or expected is None or not found["plain"]:
        assert (found and found.group()) == (expected and expected.group())
    else:
        assert (found.start(), found["plain"], None, None) == (
            expected.start(),
            expected["number"],
            expected["low"] or expected["foreign"],
            expected["masked"],
        )


@given(_texts("三", "5", "角", "分", "之", "整", "正", "在", "人民币", "。"))
def test_change(text: str) -> None:
    match = _SMALL_CHANGE.match(text)
    assert match is not None
    assert not match.group() or text[0] in _BEGINS_CHANGE


@pytest.mark.parametrize("table", ["recovery", "other", "nouns"])
@given(_texts("追缴", "退还", "清退", "的", "违规", "资金", "发放", "挽回", "使用", "缴", "。"))
def test_verbs(table: str, text: str) -> None:
    assert bool(_ahead(table).search(text)) == bool(_backwards(table).search(text))


def test_short_numerals() -> None:
    """Those that are looked up have the value that is read from them."""
    for text, value in _SHORT.items():
        assert value == (_arabic(text) if text.isascii() else _scaled(text))
        assert interval(text) == Interval(value, value, "exact")
