"""A cheap look before a long pattern of dates hides none of its matches."""

from __future__ import annotations

import re
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from transforms.dates import patterns, ranges, roles

_WORDS = st.lists(
    st.sampled_from(
        [
            *(
                "巡察组",
                "巡视",
                "第一",
                "进驻",
                "回头看",
                "反馈",
                "进行",
                "开展",
                "对",
                "党委",
                "巡察情况",
                "通报",
                "收到",
                "向",
                "了",
                "时间",
                "会议",
                "为",
            ),
            *(
                "将于",
                "拟在",
                "计划",
                "争取",
                "力争",
                "确保",
                "预计",
                "限期",
                "完成",
                "整改时限",
                "在",
                ":",
                ",",
                " ",
                ")",
                "〕",
                "印发",
                "修订的",
                "版",
                "文件",
            ),
            *(
                "截至",
                "截止日期",
                "直到",
                "自",
                "从",
                "自从",
                "服从",
                "到",
                "级",
                "学年",
                "学校",
                "学期",
                "上半年",
                "底",
                "3",
                "月",
                "日",
                "秋季",
            ),
        ]
    ),
    max_size=6,
).map("".join)
_SIGNS = [
    (roles._INSPECTION, "巡|进驻|回头看"),
    (roles._INSPECTION_BEFORE, "巡|进驻"),
    (roles._A_TEAM, "巡"),
    (roles._FEEDBACK, "反馈|巡"),
    (roles._FEEDBACK_BEFORE, "反馈"),
    (roles._PROMISE_BEFORE, roles._PROMISE_SIGN.pattern),
    (ranges._UNTIL_BEFORE, "截|直"),
    (ranges._SINCE_BEFORE, "自|从"),
]


@pytest.mark.parametrize(("pattern", "sign"), _SIGNS)
@given(text=_WORDS)
def test_every_match_holds_a_sign(pattern: Any, sign: str, text: str) -> None:
    """What the pattern matches holds one of the words that are looked for before it."""
    assert all(re.search(sign, match.group()) for match in pattern.finditer(text))


@given(_WORDS)
def test_a_document_is_told_by_the_first_character(text: str) -> None:
    """The words that make a date that of a document begin with one of a few characters."""
    assert not roles._DOCUMENT_AFTER.match(text) or text[0] in roles._DOCUMENT_SIGNS


@given(_WORDS)
def test_a_year_goes_on_with_the_school_year_only(text: str) -> None:
    """Behind 年, 学 opens a school year or nothing of a date."""
    tail = patterns.YEAR_TAIL.match(f"学{text}")
    assert text.startswith("年") or (tail is not None and tail.end() == 0)
