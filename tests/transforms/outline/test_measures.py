"""Measures: the table in tests/corpus/measures.toml."""

from __future__ import annotations

from typing import Any

import pytest

from tests.transforms.outline.samples import rows, whole
from transforms.outline.acts import act
from transforms.outline.measures import measures
from transforms.outline.problems import problems


@pytest.mark.parametrize("row", rows("measures", "found"), ids=lambda row: row["why"])
def test_measures_of_a_text(row: dict[str, Any]) -> None:
    """The text gives the measures of its row, each with the problem it answers, in one rising count."""
    source, layout, outlined = whole(row["text"])
    found = measures(source, layout, outlined, problems(source, layout, outlined))
    assert [f"{measure.problem or '-'} {measure.label or '-'} {measure.text}" for measure in found] == row["measures"]
    assert [measure.ordinal for measure in found] == list(range(1, len(found) + 1))


@pytest.mark.parametrize("row", rows("measures", "acts"), ids=lambda row: row["text"])
def test_kind_of_act(row: dict[str, Any]) -> None:
    """An act that changes something counts before an act of words."""
    assert act(row["text"]) == row["act"]
