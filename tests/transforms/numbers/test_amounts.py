"""Amounts: the corpus, invariants on arbitrary text, and the labels of real notices and cases."""

from __future__ import annotations

import itertools
import json
import tomllib
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from transforms.numbers.amounts import amounts
from transforms.records.statements import Amount
from transforms.source import Closed, Source
from transforms.text.folding import fold
from transforms.text.text import Text

ROOT = Path(__file__).resolve().parents[3]
SHARED = ROOT / "../shared"
CORPUS = tomllib.loads((ROOT / "tests/corpus/amounts.toml").read_text("utf-8"))


def read(text: str) -> tuple[Text, tuple[Amount, ...]]:
    """``text`` folded, with its amounts."""
    folded = fold(text)
    return folded, amounts(Source("0" * 16, folded), Closed(len(folded.folded)))


def written(value: Decimal | None) -> str:
    """``value`` as the corpus writes it."""
    return "" if value is None else f"{value:f}"


@pytest.mark.parametrize("row", CORPUS["found"], ids=lambda row: row["why"])
def test_what_is_found(row: dict[str, Any]) -> None:
    """Every row of the corpus is read with its bounds, modifier, role and whether money came back."""
    _, found = read(row["text"])

    assert [
        [one.surface, written(one.yuan_low), written(one.yuan_high), one.modifier, one.role or "", one.is_recovery] + [True] * one.is_part
        for one in found
    ] == row["rows"]


@pytest.mark.parametrize("row", CORPUS["not_found"], ids=lambda row: row["why"])
def test_what_is_not_found(row: dict[str, Any]) -> None:
    """Look-alikes give no row."""
    _, found = read(row["text"])

    assert [one.surface for one in found] == []


@settings(max_examples=200, deadline=None)
@given(
    st.lists(
        st.sampled_from(
            [
                "元",
                "万元",
                "亿元",
                "3",
                "21.3",
                "十",
                "几",
                "多",
                "余",
                "、",
                "至",
                "-",
                ",",
                "。",
                "追缴",
                "清退",
                "其中",
                "XX",
                "角",
                "整",
                "¥",
                "1,000",
                "美",
                "\n",
            ]
        ),
        max_size=25,
    )
)
def test_spans_point_at_their_surface(parts: list[str]) -> None:
    """On any mixture of numbers and units, surfaces match their spans, bounds are in order and no two amounts overlap."""
    text, found = read("".join(parts))

    assert all(text.folded[one.start_char : one.end_char] == one.surface for one in found)
    assert all(one.yuan_low is None or one.yuan_high is None or one.yuan_low <= one.yuan_high for one in found)
    assert all(one.end_char <= other.start_char for one, other in itertools.pairwise(found))


@pytest.mark.parametrize(
    "hostile",
    ["1" * 500_000 + "元", "元" * 100_000, "一" * 200_000 + "元", "5万元、" * 20_000, "5万元至" * 20_000, "追缴" * 100_000, "1万" * 50_000],
)
def test_hostile_text_is_read(hostile: str) -> None:
    """Long runs of digits, units and verbs are read without an error, and in time."""
    text, found = read(hostile)

    assert all(one.end_char <= len(text.folded) for one in found)


def seeds() -> list[dict[str, Any]]:
    """The labelled real notices, none where the material is not there."""
    path = SHARED / "acceptance/seeds.yaml"
    return yaml.safe_load(path.read_text("utf-8")) if path.exists() else []


def cases() -> list[dict[str, Any]]:
    """The labelled short cases that speak of money, if only to say that there is none."""
    path = SHARED / "acceptance/cases.jsonl"
    return (
        [case for case in map(json.loads, path.read_text("utf-8").splitlines()) if case["gold"].get("money") is not None]
        if path.exists()
        else []
    )


@pytest.mark.skipif(not seeds(), reason="the real notices of ../shared are not there")
@pytest.mark.parametrize("seed", seeds(), ids=lambda seed: seed["file"][:3])
def test_real_notices(seed: dict[str, Any]) -> None:
    """The sums of the real notices are those of their labels, in order, with their roles."""
    _, found = read((SHARED / "seeds" / seed["file"]).read_text("utf-8"))

    assert [(one.raw, one.yuan_low, one.role) for one in found] == [(money["raw"], money["yuan"], money["role"]) for money in seed["money"]]
    assert [one.modifier for one in found] == [
        "redacted" if money.get("redacted") else money.get("modifier", "exact") for money in seed["money"]
    ]


@pytest.mark.skipif(not cases(), reason="the labelled cases of ../shared are not there")
@pytest.mark.parametrize("case", cases(), ids=lambda case: case["id"])
def test_labelled_cases(case: dict[str, Any]) -> None:
    """The sums of the labelled cases are found with their roles, and there are no others."""
    _, found = read(case["text"])
    expected = case["gold"]["money"]

    assert [(one.yuan_low, one.role) for one in found] == [(money["yuan"], money["role"]) for money in expected]
    assert all(one.raw in money["raw"] for one, money in zip(found, expected, strict=True))
