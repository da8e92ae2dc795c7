"""Folding against its table, and the properties that every fold must have."""

from __future__ import annotations

import time
import tomllib
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from transforms.text.folding import _RESIDUE, fold
from transforms.text.text import Text

CORPUS = tomllib.loads((Path(__file__).parents[2] / "corpus" / "folding.toml").read_text("utf-8"))

# What mixed damage is made of: every kind of edit beside characters that no edit touches.
PIECES = st.sampled_from(
    ["一", "完成", "，", "(", "a", "9", "\n", "２", "Ａ", "％", "　", "\t", "\r", "\r\n", "\u200b", "\ufeff", "⺠", "⼀", "\u2028", "己完成", "笫一",
     "(fa)", "（xún）", "##paidbegin##", "[bookmark: x]", '{ HYPERLINK "y" }', "本文档编辑密码：1", "關", "發", "問題", "\ufffd", "𠀀", "豈"]
)  # fmt: skip
TEXTS = st.lists(PIECES, max_size=60).map("".join)


@pytest.mark.parametrize("row", CORPUS["found"], ids=lambda row: row["why"])
def test_folds(row: dict[str, Any]) -> None:
    """A printed defect is folded away and counted under its kind."""
    text = fold(row["raw"])
    assert (text.folded, dict(text.edit_counts)) == (row["folded"], row["kinds"])


@pytest.mark.parametrize("row", CORPUS["not_found"], ids=lambda row: row["why"])
def test_leaves_alone(row: dict[str, Any]) -> None:
    """What only looks like a defect stays as it is, and nothing is counted."""
    text = fold(row["raw"])
    assert (text.folded, dict(text.edit_counts)) == (row["raw"], {})


@given(TEXTS)
@settings(max_examples=200, deadline=None)
def test_every_folded_character_knows_its_raw_one(raw: str) -> None:
    """The raw character of a folded one is the same character, or one that folds to it; raw offsets rise."""
    text = fold(raw)
    assert len(text.folded) == len(text.matching)
    before = -1
    for offset, character in enumerate(text.folded):
        start, end = text.raw_span(offset, offset + 1)
        assert before < start and end == start + 1
        before = start
        printed = raw[start:end]
        assert printed == character or fold(printed + raw[end:]).folded[:1] == character or "traditional" in text.edit_counts


@given(TEXTS, st.integers(0, 200), st.integers(0, 200))
@settings(max_examples=200, deadline=None)
def test_raw_span_covers_what_the_folded_span_shows(raw: str, start: int, length: int) -> None:
    """A span mapped to the raw text and folded again there gives the same words."""
    text = fold(raw)
    start = min(start, len(text.folded))
    end = min(start + length, len(text.folded))
    raw_start, raw_end = text.raw_span(start, end)
    assert 0 <= raw_start <= raw_end <= len(raw)
    assert raw_end - raw_start >= end - start
    if not text.edit_counts:
        assert raw[raw_start:raw_end] == text.folded[start:end]


@given(TEXTS)
@settings(max_examples=100, deadline=None)
def test_counts_tell_all_that_was_left_out(raw: str) -> None:
    """Raw length less folded length is the number of characters counted as deleted."""
    text = fold(raw)
    deleted = len(raw) - len(text.folded)
    assert deleted == (text.shifts[-1] if text.shifts else 0)
    assert list(text.cuts) == sorted(text.cuts) and list(text.shifts) == sorted(set(text.shifts))
    one_to_one = {"full_width_digit", "full_width_letter", "full_width_sign", "odd_space", "radical", "look_alike", "traditional"}
    assert deleted <= sum(count for kind, count in text.edit_counts.items() if kind not in one_to_one)


@given(TEXTS)
@settings(max_examples=100, deadline=None)
def test_folding_twice_changes_nothing_that_shows(raw: str) -> None:
    """A folded text without residue folds to itself."""
    once = fold(raw).folded
    again = fold(once)
    if not {"residue", "pinyin", "look_alike", "traditional"} & set(again.edit_counts):
        assert again.folded == once


def test_deletion_at_both_ends() -> None:
    """What is left out before the first and behind the last character belongs to no span."""
    text = fold("\ufeff一二\u200b")
    assert text.raw_span(0, 2) == (1, 3)
    assert text.raw_span(0, 0) == (1, 1)


def test_span_over_a_deletion_holds_it() -> None:
    """A span with a deletion inside maps to raw words that show the residue."""
    text = fold("完##paidend##成")
    start, end = text.raw_span(0, 2)
    assert text.raw[start:end] == "完##paidend##成"


@pytest.mark.parametrize(
    "unit", ["(", "（a", "[bookmark: ", "{ HYPERLINK ", "本文档编辑密码：", "己", "\r", "\u200b", "１", "[bookmark: x]"]
)
def test_hostile_repeats_take_linear_time(unit: str) -> None:
    """A hundred thousand openings of a pattern end soon."""
    started = time.perf_counter()
    fold(unit * (100_000 // len(unit)))
    assert time.perf_counter() - started < 2.0


@given(TEXTS)
def test_what_a_clean_text_knows_is_what_it_would_find_out(raw: str) -> None:
    """Folding hands on what it saw of a text that it left as it is."""
    text = fold(raw)
    made = Text(text.raw, text.folded)
    assert (text.matching, text.digits, text.before_digits) == (made.matching, made.digits, made.before_digits)


@given(TEXTS)
def test_residue_is_told_by_its_words(raw: str) -> None:
    assert all(words in found.group() for words, pattern in _RESIDUE.items() for found in pattern.finditer(raw))
