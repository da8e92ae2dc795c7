"""What is told of all characters at once is what a look at each of them tells."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from transforms.text.codes import classes_of, members_of, runs_of, table_of

_LONG = "年1" * 2000  # longer than a block
_TEXT = st.text(st.one_of(st.sampled_from("0189年月第。(x"), st.characters()), max_size=60)


@given(_TEXT)
def test_runs_are_those_of_a_pattern(text: str) -> None:
    starts, ends = runs_of(classes_of(text, table_of("年", "0123456789")), 2)
    assert list(zip(starts, ends, strict=True)) == [found.span() for found in re.finditer("[0-9]+", text)]


@given(_TEXT)
def test_a_class_is_that_of_its_character(text: str) -> None:
    classes = classes_of(_LONG + text, table_of("年月", "0123456789"))
    assert list(classes) == [1 if sign in "年月" else 2 if sign in "0123456789" else 0 for sign in _LONG + text]


def test_characters_beyond_the_plane_have_no_class() -> None:
    assert classes_of("\U00020000年\U0010ffff\uffff", table_of("年\uffff")) == b"\0\1\0\0"


@given(_TEXT)
def test_members_are_the_characters_of_a_class(text: str) -> None:
    assert members_of(text, classes_of(text, table_of("年月", "0123456789")), 2) == set(text) & set("0123456789")
