"""Measures: the table in tests/corpus/measures.toml."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.transforms.outline.samples import rows, whole
from transforms.lexicons.load import lexicon
from transforms.outline.acts import act, acts
from transforms.outline.measures import measures
from transforms.outline.problems import problems

_FRAGMENTS = st.sampled_from([*(word for entry in lexicon("acts")["act"] for word in entry["words"]), *"建立新移交管理人。\n"])


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


@given(st.lists(st.lists(_FRAGMENTS, max_size=4).map("".join), max_size=4))
def test_texts_beside_each_other_tell_what_each_tells(texts: list[str]) -> None:
    """Words never run on from one text into the next."""
    assert acts(texts) == [act(text) for text in texts]
