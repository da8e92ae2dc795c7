"""What a text knows of its digits from the start."""

from __future__ import annotations

import re

from hypothesis import example, given
from hypothesis import strategies as st

from transforms.text.text import Text


@given(st.text(st.one_of(st.sampled_from("0189年，(x"), st.characters()), max_size=60))
@example("12")
@example("年12，3")
def test_digits_are_those_of_a_pattern(folded: str) -> None:
    text = Text(folded, folded)
    assert list(zip(*text.digits, strict=True)) == [found.span() for found in re.finditer("[0-9]+", folded)]
    assert list(text.before_digits) == [text.matching[start - 1] if start else "x" for start in text.digits[0]]
