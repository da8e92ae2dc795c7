"""Where the heading and the body of a mark end is told without patterns, and as patterns tell it."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from transforms.outline.marks import Mark
from transforms.outline.stretches import _statement_labels, _stretch, stretches_of
from transforms.text.kinds import half_width

# Behind a mark: blanks, a line break where the mark stands alone, then the heading without what trails it.
_HEADING = re.compile(r"[ ,:、*]*(?:\n[ \n]*)?([^。\n]*[^。\n *;:,]|)")
_STEP = re.compile(r"[ ,:、*]*([^。;\n]*[^。;\n *:,]|)")
_CIRCLED = re.compile(r"[ ,:、*]*(?:\n[ \n]*)?([^。;\n]*[^。;\n *:,]|)")
_HEADINGS = {"yishi": _STEP, "circled": _CIRCLED}
_BEHIND_LABEL = re.compile(r"([^。\n]*[^。\n *;:,]|)")


def _by_patterns(text: str, family: str, stop: int) -> tuple[int, int]:
    found = _HEADINGS.get(family, _HEADING).match(text, 0, stop)
    if found is None or found.start(1) >= stop:
        return 0, 0
    colon = text.find(":", found.start(1), found.start(1) + 8)
    if family != "response" and 0 < colon < stop and text[found.start(1) : colon] in _statement_labels():
        found = _BEHIND_LABEL.match(text, colon + 1, stop)
        assert found is not None
    return found.span(1)


@given(
    st.lists(st.sampled_from(["反馈问题", "整改", *"问题。\n;:,、* x"]), max_size=20).map("".join),
    st.sampled_from(["han_paren", "arabic", "yishi", "circled", "response"]),
    st.booleans(),
    st.integers(1, 30),
)
def test_stretches_are_those_of_the_patterns(text: str, family: str, is_inline: bool, stop: int) -> None:
    text += "甲"
    stop = min(stop, len(text))
    mark = Mark(0, 0, family, family, 1, "1", 0, is_inline)
    start, last = _by_patterns(text, family, stop)
    end = text.find("\n", last, stop) if is_inline and family in ("yishi", "circled", "arabic") else stop
    body = text[last : end if end >= 0 else stop]
    expected = (start, last, last + len(body.rstrip(" \n")))
    assert stretches_of([mark], [stop], text, text) == [(start, last, text[start:last], expected[2], len(text[:stop].rstrip(" \n")))]
    assert _stretch(mark, text, stop) == expected


@given(
    st.lists(st.sampled_from(["反馈问题", "整改", *"问题。\n;:,；：，、* x"]), max_size=20).map("".join),
    st.sampled_from(["han_paren", "arabic", "yishi", "circled", "response"]),
    st.integers(1, 30),
)
def test_a_heading_is_what_stands_where_it_is_told(printed: str, family: str, stop: int) -> None:
    """Bounds are the same whether punctuation is printed in full or half width, and the heading is as printed."""
    printed += "甲"
    mark, matching, stop = Mark(0, 0, family, family, 1, "1", 0), half_width(printed), min(stop, len(printed))
    (start, last, heading, *bounds) = stretches_of([mark], [stop], matching, printed)[0]
    assert heading == printed[start:last]
    assert [(start, last, matching[start:last], *bounds)] == stretches_of([mark], [stop], matching, matching)
