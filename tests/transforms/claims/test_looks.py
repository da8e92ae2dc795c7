"""A cheap look before a long pattern hides none of its matches."""

from __future__ import annotations

import re
from unittest.mock import patch

from hypothesis import given
from hypothesis import strategies as st

from transforms.claims import counts as counting
from transforms.claims.accountability import _a_kind, _names, _patterns, _sign
from transforms.claims.context import _TOGETHER, _TURNS
from transforms.claims.endings import after_last
from transforms.claims.phrase import _REMAINDER, is_remainder
from transforms.claims.rates import _SIGNS, _VALUE, _read, rates
from transforms.claims.scope import (
    _BEHIND_BODY,
    _BEHIND_PART,
    _BODY,
    _BODY_ENDS,
    _LAYER,
    _LAYER_LEAD,
    _NO_LAYER,
    _PART,
    _PART_ENDS,
    layer_scope,
    round_scope,
)
from transforms.claims.subjects import _lexicon, without_connectors
from transforms.claims.summary import _LEAD, _LEAD_STARTS
from transforms.text.text import Text

_LOOK = re.compile(r"\A\(\?=\[[^\]]+\]\)")


def _texts(*fragments: str) -> st.SearchStrategy[str]:
    return st.lists(st.sampled_from(fragments), max_size=8).map("".join)


def _without_look(pattern: re.Pattern[str]) -> re.Pattern[str]:
    bare = _LOOK.sub("", pattern.pattern)
    assert bare != pattern.pattern
    return re.compile(bare)


def _spans(pattern: re.Pattern[str], text: str) -> list[tuple[int, int]]:
    return [match.span() for match in pattern.finditer(text)]


@given(_texts(*"近约于少第余多一三十百两零〇012X×x年共反举类个项条人名大", ",", ":", "~", ".", " ", "(", "方面", "人次", "\n", "100"))
def test_plain_counts(text: str) -> None:
    """What is read in a plain way is what the pattern of all numbers tells."""
    found = counting.counts(Text(text, text))
    with patch.object(counting, "_plain", return_value=None):
        assert counting.counts(Text(text, text)) == found


@given(_texts("镇", "党委", "层面", "级", "本级", "村级", "在", "制度", "反馈", "问题", "8个", "县", "中的", "推进", "。"))
def test_layer(text: str) -> None:
    """Only what stands about 层面 and 级 is looked at."""
    named = [match["level"] or _LAYER_LEAD.sub("", match["layer"]) for match in _LAYER.finditer(text)]
    assert layer_scope(text) == next((words for words in reversed(named) if words and not _NO_LAYER.search(words)), None)


@given(_texts("整改", "完成率", "比例", "率", "例", "分别", "达到", "近", " ", "9", "98.71", "%", "以上", "的", "、"))
def test_rates(text: str) -> None:
    """A rate is found from its %."""
    values = [match for at in range(len(text)) if text[at] in _SIGNS and (match := _VALUE.match(text, at))]
    assert rates(text) == [rate for match in values if (rate := _read(text, match))]


@given(
    _texts(
        "局", "直属", "二级", "单位", "机关", "公司", "子", "分", "学校", "反馈", "的", "共", "镇", "村", "党委", "支部", "党组织", "存在"
    )
)
def test_body(text: str) -> None:
    """Every other body, and every part of the inspected one, ends with one of a few words before the words that may follow."""
    assert not _PART.search(text) or text.rstrip(_BEHIND_PART).endswith(_PART_ENDS)
    assert not _BODY.search(text) or text.rstrip(_BEHIND_BODY).endswith(_BODY_ENDS)


@given(_texts("上", "轮", "次", "届", "往年", "历", "以前", "层面", "级", "村", "镇党委", "合计", "总计", "合并计算", "问题", ","))
def test_turns(text: str) -> None:
    """What turns to another round or layer, or to all of them, holds one of a few characters."""
    turns = round_scope(text)[0] or layer_scope(text) is not None or _TOGETHER.search(text) is not None
    assert not turns or _TURNS.search(text)


@given(_texts("剩余", "剩下", "其余", "仅剩", "另外", "还有", "尚余", "的", "有", "问题", "。"))
def test_remainder(text: str) -> None:
    """The last character tells whether what is left of a total may be spoken of."""
    assert is_remainder(text) == (_REMAINDER.search(text) is not None)


@given(_texts("“", "”", " ", "反馈", "的", "具体", "问题", "方面", "措施", "制度", "机制", "建章立制", "经费", "了"))
def test_noun_behind(text: str) -> None:
    """The characters with which modifiers and noun can begin are all that need be looked at."""
    words = _lexicon()
    assert not words.behind.match(text) or text[0] in words.behind_starts


@given(
    _texts(
        "截至", "到", "目前", "2024年5月", ",", ":", "综上", "所述", "总的来看", "整改", "总体", "成效", "结果", "情况", "小结", "反馈的"
    )
)
def test_lead(text: str) -> None:
    """Words of summing up begin with one of a few characters."""
    assert not _LEAD.match(text) or text[0] in _LEAD_STARTS


@given(_texts("具体", "反馈", "问题", "措施", "”", "、任务", "等", "整改", "共计", "有", ":", " ", "数为", "完成", "制度"))
def test_noun_before(text: str) -> None:
    """The characters with which noun and connectors can begin or end are all that need be looked at."""
    words = _lexicon()
    assert _spans(words.before, text) == _spans(_without_look(words.before), text)
    assert not words.before.search(text) or text[-1] in words.before_ends
    match = _without_look(words.connectors).search(text, max(0, len(text) - 12))
    assert without_connectors(text) == (text[: match.start()] if match else text)


@given(_texts(*_names(), *"党警处分谈约开问作出书面"))
def test_kinds(text: str) -> None:
    """The shortest kinds stand where any kind does."""
    assert (_sign().search(text) is None) == (_a_kind().search(text) is None)


@given(_texts("给予", "受到", "党纪", "处分", "行政", "警告", "诫勉", "、", "和", "干部", "共", "了", ":", "村", "书记"))
def test_kind_before_a_number(text: str) -> None:
    """The characters with which lead, rule and kind can begin are all that need be looked at."""
    assert _spans(_patterns()[0], text) == _spans(_without_look(_patterns()[0]), text)


@given(st.text("。;,甲"))
def test_after_last(text: str) -> None:
    """What stands behind the last of several marks holds none of them."""
    assert after_last("。;", text) == re.split("[。;]", text)[-1]
