"""The parts of a page: the table in tests/corpus/layout.toml, and what holds for every text."""

from __future__ import annotations

import itertools
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.transforms.identity.corpus import read, rows
from transforms.layout import layout
from transforms.records.shared import Span
from transforms.text.folding import fold

_LINES = st.lists(
    st.sampled_from(
        [
            "",
            "  ",
            "附件2",
            "来源:县水务局 发布日期:2023-01-02",
            "中共云溪县水务局党组",
            "关于巡察整改情况的通报",
            "中共云溪县水务局党组关于巡察整改情况的通报",
            "县委第二巡察组进行了巡察。",
            "一、整改落实情况",
            "2023年3月30日",
            "首页 > 公开",
            "浏览次数:",
            "(((((",
            "12345678",
        ]
    ),
    max_size=14,
)


@pytest.mark.parametrize("row", rows("layout", "found"))
def test_parts(row: dict[str, Any]) -> None:
    """Every part that the row names is found as printed."""
    source, parts = read(row["text"])
    folded = source.text.folded

    def words(span: Span) -> str:
        return folded[span.start_char : span.end_char]

    for part in ("header", "title", "signature", "footer"):
        if part in row:
            assert row[part] == [words(span) for span in getattr(parts, part)], part
    if "date" in row:
        assert parts.signed_date is not None
        assert row["date"] == words(parts.signed_date)
    if "body" in row:
        assert words(parts.body).startswith(row["body"])
    if "tail" in row:
        assert words(parts.body).endswith(row["tail"])


@given(_LINES)
@settings(max_examples=150, deadline=None)
def test_parts_stand_in_order(lines: list[str]) -> None:
    """Header and title come before the body, the signature and the footer behind it, and no two parts overlap."""
    text = fold("\n".join(lines))

    parts = layout(text)

    spans = [*parts.title, parts.body, *parts.signature, *([parts.signed_date] if parts.signed_date else []), *parts.footer]
    taken = sorted((span.start_char, span.end_char) for span in spans if span.end_char > span.start_char)
    assert all(before[1] <= after[0] for before, after in itertools.pairwise(taken))
    assert all(0 <= start < end <= len(text.folded) for start, end in taken)


@pytest.mark.parametrize("text", ["1" * 200_000, "(" * 100_000, "一是\n" * 50_000, "中共" * 60_000, "2023年" * 40_000, "a\n" * 100_000])
def test_hostile_text_is_read(text: str) -> None:
    """A text without a notice's form is laid out all the same, in linear time."""
    assert layout(fold(text)).body.end_char <= len(text)
