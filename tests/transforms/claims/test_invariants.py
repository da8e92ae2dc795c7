"""Claims and accountability: what holds on any text, and how they behave on hostile ones."""

from __future__ import annotations

import time
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from transforms.claims.accountability import _LONGEST_LEAD, accountability
from transforms.claims.claims import claims
from transforms.claims.counts import counts
from transforms.claims.status import HINT
from transforms.layout import Layout
from transforms.lexicons.load import lexicon
from transforms.outline.tree import Outline
from transforms.records.shared import Mention, Span
from transforms.records.statements import Accountability, Claim
from transforms.source import Closed, Source
from transforms.text.folding import fold

NO_LAYOUT = Layout((), (), (), (), Span(0, 0), (), None, ())
PIECES = [
    "巡察反馈", "25个", "问题", "38 项", "４个", "方面", "，", "已完成", "19个", "、", "正在整改", "6个", "其中", "长期坚持", "(", ")", "。", "\n", "；",
    "制定措施", "26条", "整改完成率", "76%", "新建制度", "20余项", "十二类", "XX个", "认领", "上轮", "党纪处分", "3人", "诫勉", "对2名", "进行", "批评教育",
    "“", "”", "《", "》", "一个", "立案", "件", "全部", "办结", "率", "100%", "两", "第", "〔2020〕", "30个村级党组织", "　",
]  # fmt: skip
TEXTS = st.lists(st.sampled_from(PIECES), max_size=30).map("".join)


def rows(text: str) -> tuple[Source, tuple[Claim, ...], tuple[Accountability, ...]]:
    """Both tables of ``text`` as the notice would get them: sanctions first, their words closed to claims."""
    source = Source("0" * 16, fold(text))
    closed = Closed(len(source.text.folded))
    sanctions = accountability(source, closed, Outline())
    closed.close_all(sanctions)
    return source, claims(source, closed, Outline(), ()), sanctions


@settings(max_examples=150, deadline=None)
@given(TEXTS)
def test_spans_point_at_their_surface_and_do_not_overlap(text: str) -> None:
    """On any mixture of the words it keys on, spans give their surface, stand in order and apart."""
    source, found, sanctions = rows(text)

    for table in (found, sanctions):
        mentions: tuple[Mention, ...] = table
        assert all(source.text.folded[row.start_char : row.end_char] == row.surface != "" for row in mentions)
        assert all(source.text.raw[row.raw_start : row.raw_end] == row.raw for row in mentions)
        assert all(one.end_char <= other.start_char for one, other in pairwise(mentions))


@settings(max_examples=100, deadline=None)
@given(TEXTS)
def test_a_doubled_text_doubles_its_mentions(text: str) -> None:
    """A text printed twice, far enough apart, states everything twice."""
    _, found, sanctions = rows(text)
    _, twice, sanctions_twice = rows(text + "\n" + "学" * 500 + "。\n" + text)

    assert 2 * len(sanctions) == len(sanctions_twice)
    assert sorted([(row.subject, row.status or "", row.value_low or -1) for row in found] * 2) == sorted(
        (row.subject, row.status or "", row.value_low or -1) for row in twice
    )


@settings(max_examples=100, deadline=None)
@given(st.text(max_size=60))
def test_nothing_raises(text: str) -> None:
    """Arbitrary characters are read without an error."""
    rows(text)


@pytest.mark.parametrize(
    "hostile",
    ["1" * 1_000_000, "(" * 100_000, "一是二是" * 50_000, "1个" * 20_000, "已完成1个," * 8_000, "诫勉3人(" * 8_000, "X个" * 20_000, "反馈" * 100_000,
     "批评教育、" * 50_000 + "3人", "整改完成率76%" * 8_000, "其中(" * 50_000 + "25个问题", "25个问题" * 5_000],
    ids=lambda text: text[:6],
)  # fmt: skip
def test_hostile_text_takes_linear_time(hostile: str) -> None:
    """A long run of marks, numbers or words takes at most some twice the time of half of it, once it is measurable."""

    def seconds(text: str) -> float:
        start = time.process_time()
        rows(text)
        return time.process_time() - start

    half = min(seconds(hostile[: len(hostile) // 2]) for _ in range(2))
    assert min(seconds(hostile) for _ in range(2)) <= 4 * half + 0.05


def test_hints_cover_their_lexicons() -> None:
    """The characters that decide whether a long pattern is tried at all occur in every word that it could match."""
    content = lexicon("statuses")
    words = [
        word
        for key in content
        if key not in ("created", "revised", "other_rule", "negated", "ongoing", "completed_with_adverb")
        for word in content[key]
    ]

    assert [word for word in words if not HINT.search(word)] == []


def test_what_leads_up_to_a_kind_is_no_longer_than_its_reach() -> None:
    """给予行政|处分: the search for a kind with its lead begins in front of all that may lead."""
    assert max(len("给予" + rule) for rule in lexicon("accountability")["words"]["own_rules"]) <= _LONGEST_LEAD


@pytest.mark.parametrize(
    ("text", "value", "modifier"),
    [("25个", 25, "exact"), ("近30个", None, "at_most"), ("20余项", 20, "at_least"), ("百余人次", 100, "at_least"), ("两个", 2, "exact"), ("二十五个", 25, "exact"),
     ("1,234件", 1234, "exact"), ("\n2.25个", 25, "exact"), ("XX个", None, "redacted"), ("33 项", 33, "exact")],
)  # fmt: skip
def test_counts(text: str, value: float | None, modifier: str) -> None:
    """A number before a measure word is read with its bounds."""
    (count,) = counts(fold(text))

    assert (value, modifier) == (count.low, count.modifier)


@pytest.mark.parametrize("text", ["第3个", "三五个", "共2.5个", "3-5个", "a3个", "〔2020〕5号", "12月"])
def test_no_counts(text: str) -> None:
    """Ordinals, rough and broken numbers are no counts."""
    assert counts(fold(text)) == ()
