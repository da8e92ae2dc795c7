"""A cheap look before a long pattern hides none of its matches."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from transforms.lexicons.load import words
from transforms.outline.duties import are_told
from transforms.outline.next_steps import _open_sign, _open_tasks
from transforms.outline.status import (
    _LEADING_MARKS,
    _at_start,
    _done,
    _last_clause,
    _long_term,
    _openings,
    _states,
    _told,
    signs,
    stated,
    told,
)

_LABEL = re.compile(r"(?:责任[^,。;:\n]{1,4}|时限|期限|(?:完成|整改)时间|牵头(?:领导|单位|部门)):")
_LEAD = re.compile(rf"[{_LEADING_MARKS}]*(?:(?:{'|'.join(words('problem_status', 'lead'))})[ ,:]*){{0,3}}")
_STATES = ["已完成", "未完成", "整改到位", "长期坚持", "持续", "限期整改", "已", "销号", "阶段性"]


def _texts(*fragments: str) -> st.SearchStrategy[str]:
    return st.lists(st.sampled_from(fragments), max_size=8).map("".join)


@given(_texts("责任", "领导", "单位", "人", "整改", "时限", "期限", "时间", "牵头", "部门", ":", ",", "。", "\n"))
def test_duties(text: str) -> None:
    """A look back from each colon finds the labels."""
    assert are_told(text) == (_LABEL.search(text) is not None)


@given(_texts(*words("problem_status", "lead"), *_LEADING_MARKS, *_STATES))
def test_state_at_the_start(text: str) -> None:
    """Lead and state in one pattern are the state behind the longest lead."""
    lead = _LEAD.match(text)
    at = lead.end() if lead else 0
    behind = _states().match(text, at) or _long_term().match(text, at)
    match = _at_start().match(text)
    assert (match.span(match.lastgroup or 0) if match else None) == (behind.span() if behind else None)
    assert stated(text) is None or text[0] in _openings()


@given(
    _texts(
        "该问题", "所有", "事项", "目前", "现", "已", "均", "全部", "整改到位", "销号", "已完成", ",", "、", "。", "并", "长期坚持", "将"
    )
)
def test_state_at_the_end(text: str) -> None:
    """Without its signs nothing is told, and both patterns hold a word of what is done."""
    assert told(text, 0, len(text)) is None or signs(text)[0] < len(text)
    assert not (_told().search(text) or _last_clause().search(text)) or _done().search(text)


@given(_texts("对于", "针对", "物理实验室", "、", "等", "需要", "长期整改", "正在整改", "尚未完成", "未完成", "的", "工作", "问题", ","))
def test_open_tasks(text: str) -> None:
    """Every list of open tasks holds one of the shortest of its ends."""
    assert not _open_tasks().search(text) or _open_sign().search(text)
