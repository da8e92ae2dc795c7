"""Response labels inside a line are looked for only where one may stand."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from transforms.lexicons.load import words
from transforms.outline.marks import HAN, _inline_response, _may_respond

_LABELS = [word for word in words("outline", "response") if word.startswith("整改")]


@given(st.lists(st.sampled_from([*_LABELS, *"】]):。\n甲"]), max_size=12).map("".join), st.integers(0, 9))
def test_no_label_is_missed(text: str, start: int) -> None:
    start = min(start, len(text))
    assert _may_respond(text, start, len(text)) or _inline_response().search(text, start, len(text)) is None


def test_no_label_begins_with_a_numeral() -> None:
    """Which lets a line that opens with one be tried for numbered marks alone."""
    labels = [*words("outline", "numbered"), *words("outline", "statement"), *words("outline", "response")]
    assert not [label for label in labels if label[0] in HAN or label[0].isdecimal()]
