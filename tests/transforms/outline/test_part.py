"""Where a heading ends is told without a pattern for most marks, and as the patterns tell it."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from transforms.outline.marks import Mark
from transforms.outline.part import _HEADING, _HEADINGS, _statement_labels, _words


@given(
    st.text(st.sampled_from("整改反馈问题。\n;:,、* x"), max_size=30),
    st.sampled_from(["han_paren", "arabic", "yishi", "circled"]),
    st.integers(0, 30),
)
def test_words_are_those_of_the_pattern(text: str, family: str, stop: int) -> None:
    stop = min(stop, len(text))
    mark = Mark(0, 0, family, family, 1, "1", 0)
    found = _HEADINGS.get(family, _HEADING).match(text, 0, stop)
    expected = (0, 0) if found is None or found.start(1) >= stop else found.span(1)
    labels: tuple[frozenset[str], frozenset[str]] = (_statement_labels()[0], frozenset())  # labels before a problem are read elsewhere
    assert _words(mark, text, stop, labels) == expected
