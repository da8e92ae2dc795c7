"""Figures: the corpus, invariants on arbitrary text, and the arithmetic of the real notices."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from transforms.numbers.figures import figures
from transforms.records.statements import Figure
from transforms.source import Closed, Source
from transforms.text.folding import fold
from transforms.text.text import Text

ROOT = Path(__file__).resolve().parents[3]
SEEDS = ROOT / "../shared/seeds"
CORPUS = tomllib.loads((ROOT / "tests/corpus/figures.toml").read_text("utf-8"))


def read(text: str) -> tuple[Text, tuple[Figure, ...]]:
    """``text`` folded, with its figures."""
    folded = fold(text)
    return folded, figures(Source("0" * 16, folded), Closed(len(folded.folded)))


def rows(text: str) -> list[list[Any]]:
    """The figures of ``text`` as the corpus writes them."""
    return [
        [
            one.kind,
            one.surface,
            "" if one.value_low is None else one.value_low,
            "" if one.value_high is None else one.value_high,
            one.modifier,
            list(one.operands),
        ]
        for one in read(text)[1]
    ]


@pytest.mark.parametrize("row", CORPUS["found"], ids=lambda row: row["why"])
def test_what_is_found(row: dict[str, Any]) -> None:
    """Every row of the corpus is read with its kind, bounds and operands."""
    assert rows(row["text"]) == row["rows"]


@pytest.mark.parametrize("row", CORPUS["known_failures"], ids=lambda row: row["why"])
@pytest.mark.xfail(strict=True, reason="known failures of the corpus")
def test_known_failures(row: dict[str, Any]) -> None:
    """What is not read yet; a row that passes belongs to the found ones."""
    assert rows(row["text"]) == row["rows"]


@pytest.mark.parametrize("row", CORPUS["not_found"], ids=lambda row: row["why"])
def test_what_is_not_found(row: dict[str, Any]) -> None:
    """Look-alikes give no row."""
    assert rows(row["text"]) == []


@settings(max_examples=150, deadline=None)
@given(
    st.lists(
        st.sampled_from(
            [
                "63.29%",
                "占比",
                "完成率",
                "1:15.8",
                "师生比",
                "共有教师193人",
                "学生3057人",
                "下降了2.4个点",
                "平均班额",
                "48个班级",
                "为期",
                "六个月",
                ",",
                "。",
                "每月",
                "1次",
                "由",
                "%",
                ":",
                "~",
            ]
        ),
        max_size=20,
    )
)
def test_spans_point_at_their_surface(parts: list[str]) -> None:
    """On any mixture, surfaces match their spans, and every operand has a span that lies in the text."""
    text, found = read("".join(parts))

    assert all(text.folded[one.start_char : one.end_char] == one.surface for one in found)
    assert all(len(one.operands) == len(one.operand_spans) for one in found)
    assert all(text.folded[span.start_char : span.end_char].strip() for one in found for span in one.operand_spans)


@pytest.mark.parametrize(
    "hostile",
    ["1" * 500_000 + "%", "%" * 100_000, "师生比1:2," * 5_000, "每月" * 100_000, "平均" * 100_000, "5%、" * 20_000, "由5%提高" * 10_000],
)
def test_hostile_text_is_read(hostile: str) -> None:
    """Long runs of digits, signs and words are read without an error, and in time."""
    text, found = read(hostile)

    assert all(one.end_char <= len(text.folded) for one in found)


@pytest.mark.skipif(not SEEDS.exists(), reason="the real notices of ../shared are not there")
def test_arithmetic_of_a_real_notice() -> None:
    """The average, the ratio, the change and the stock that one real notice states are bound to the figures they come from."""
    path = next(SEEDS.glob("002_*"))
    _, found = read(path.read_text("utf-8"))
    bound = {one.kind: list(one.operands) for one in found if one.operands}

    assert bound == {"average": [3057.0, 48.0], "ratio": [193.0, 3057.0], "change": [18.2, 15.8], "sum": [44.0]}


@pytest.mark.skipif(not SEEDS.exists(), reason="the real notices of ../shared are not there")
def test_percentages_of_a_real_notice() -> None:
    """Every percentage that one real notice prints is a row, and the target is compared with what was reached."""
    path = next(SEEDS.glob("001_*"))
    _, found = read(path.read_text("utf-8"))

    assert [one.surface for one in found if one.unit == "%"] == ["63.29%", "92.94%", "60%", "1%"]
    assert [list(one.operands) for one in found if one.kind == "comparison"] == [[63.29, 60.0]]
