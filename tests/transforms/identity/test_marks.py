"""One look at a text finds what searches for the single words find."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from transforms.identity.marks import follows, marks, suffixes
from transforms.identity.regions import RANKS
from transforms.text.text import Text

_WORDS = st.sampled_from([*RANKS, *follows(), *suffixes(), "甲", "\n", "😀"])


@given(st.lists(_WORDS, max_size=12).map("".join))
def test_no_word_is_missed(text: str) -> None:
    marked = marks(Text("", text))
    assert marked.ranks == [at for at, sign in enumerate(text) if sign in RANKS]
    assert {at for at in range(len(text)) if text.startswith(follows(), at)} <= set(marked.follows)
    assert {at for at in marked.ranks if text.startswith(suffixes(), at + 1)} <= set(marked.partners) <= set(marked.ranks)


@pytest.mark.parametrize("text", ["", "县", "同", "县委"])
def test_short_text(text: str) -> None:
    marked = marks(Text("", text))
    assert marked.follows == marked.partners == []
