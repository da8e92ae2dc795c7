"""Document numbers: the corpus of forms and edges, and the reasons of what is refused."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from transforms.references.document_numbers import document_numbers
from transforms.text.folding import fold
from transforms.text.script import simplified

CORPUS = tomllib.loads((Path(__file__).resolve().parents[3] / "tests/corpus/document_numbers.toml").read_text("utf-8"))


@pytest.mark.parametrize("row", CORPUS["found"], ids=lambda row: row["why"])
def test_what_is_found(row: dict[str, Any]) -> None:
    """Every form gives the canonical number, and says whether the printed one departs from the standard."""
    found, _ = document_numbers(fold(simplified(row["text"])))

    assert [(number.canonical, number.has_form_error) for number in found] == [(row["canonical"], row["has_form_error"])]


@pytest.mark.parametrize("row", CORPUS["not_found"], ids=lambda row: row["why"])
def test_what_is_not_found(row: dict[str, Any]) -> None:
    """Look-alikes give no number."""
    found, _ = document_numbers(fold(row["text"]))

    assert [number.canonical for number in found] == []


def test_refused_numbers_have_a_reason() -> None:
    """A year and a serial without an agency code is refused in words."""
    _, refused = document_numbers(fold("根据〔2020〕5号文件"))

    assert [one.why for one in refused] == ["no agency code before the year"]


@settings(max_examples=100, deadline=None)
@given(
    st.text("云溪教县办发函字党政财", min_size=3, max_size=6),
    st.integers(1980, 2099),
    st.integers(1, 99999),
    st.sampled_from(["〔〕", "[]", "【】", "()", "［］"]),
)
def test_round_trip(agency: str, year: int, serial: int, brackets: str) -> None:
    """A number that was printed in any brackets is read with its agency, year and serial."""
    found, _ = document_numbers(fold(f"，{agency}{brackets[0]}{year}{brackets[1]}{serial}号。"))

    assert [(number.agency, number.year, number.serial) for number in found] == [(agency, year, serial)]
