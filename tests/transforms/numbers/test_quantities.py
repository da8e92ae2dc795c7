"""Quantities: the corpus of what is read and what is refused, and invariants on arbitrary text."""

from __future__ import annotations

import itertools
import tomllib
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from transforms.lexicons.load import lexicon
from transforms.numbers.look_alikes import Refused
from transforms.numbers.quantities import Quantity, quantities
from transforms.source import Closed
from transforms.text.folding import fold
from transforms.text.text import Text

CORPUS = tomllib.loads((Path(__file__).resolve().parents[3] / "tests/corpus/quantities.toml").read_text("utf-8"))


def read(text: str) -> tuple[Text, tuple[Quantity, ...], tuple[Refused, ...]]:
    """``text`` folded, its quantities and what was refused."""
    folded = fold(text)
    return folded, *quantities(folded.matching, Closed(len(folded.folded)))


@pytest.mark.parametrize("row", CORPUS["found"], ids=lambda row: row["why"])
def test_what_is_found(row: dict[str, Any]) -> None:
    """Every row of the corpus is read with its kind, bounds, modifier and unit."""
    text, found, _ = read(row["text"])
    rows = [[text.folded[one.start : one.end], one.kind, one.stated.low, one.stated.high, one.stated.modifier, one.unit] for one in found]

    assert len(rows) == len(row["rows"]), rows
    for read_row, expected in zip(rows, row["rows"], strict=True):
        bounds = ["" if bound is None else pytest.approx(float(bound)) for bound in (read_row[2], read_row[3])]
        assert expected == [read_row[0], read_row[1], *bounds, read_row[4], read_row[5] or ""]


@pytest.mark.parametrize("row", CORPUS["refused"], ids=lambda row: row["text"])
def test_what_is_refused(row: dict[str, Any]) -> None:
    """Look-alikes are refused by the named rule with a reason, and give no quantity."""
    text, found, refused = read(row["text"])

    assert [text.folded[one.start : one.end] for one in found if one.kind != "ordinal"] == []
    assert f"number.refused.{row['rule']}" in {one.rule for one in refused}
    assert all(one.why for one in refused)


def test_the_lexicon_is_large() -> None:
    """The phrases that are no counts are distinct over all categories."""
    phrases = [word for entry in lexicon("numbers")["refused"].values() for word in entry["words"]]

    assert len(phrases) == len(set(phrases))
    assert len(phrases) >= 150


@settings(max_examples=200, deadline=None)
@given(
    st.lists(
        st.sampled_from(
            [
                "3",
                "十",
                "几",
                "个",
                "%",
                "至",
                "~",
                ":",
                "第",
                "分之",
                "成",
                "百",
                "万",
                "多",
                "余",
                "约",
                "以上",
                "两个确立",
                "“",
                "”",
                "+",
                "一是",
                "\n",
                ".",
                "人次",
                "半",
            ]
        ),
        max_size=20,
    )
)
def test_spans_are_in_order(parts: list[str]) -> None:
    """On any mixture, quantities and refused words share no character, and bounds are in order."""
    text, found, refused = read("".join(parts))
    spans = sorted([(one.start, one.end) for one in found] + [(one.start, one.end) for one in refused])

    assert all(0 <= start < end <= len(text.folded) for start, end in spans)
    assert all(first[1] <= second[0] for first, second in itertools.pairwise(spans))
    assert all(one.stated.low is None or one.stated.high is None or one.stated.low <= one.stated.high for one in found)


@pytest.mark.parametrize(
    "hostile", ["1" * 60_000, "一" * 40_000, "一是" * 20_000, "1+" * 20_000, "“一" * 12_000, "3至" * 12_000, "万" * 40_000, "第" * 20_000]
)
def test_hostile_text_is_read(hostile: str) -> None:
    """Long runs of digits and signs are read without an error, and in time."""
    text, found, _ = read(hostile)

    assert all(one.end <= len(text.folded) for one in found)
