"""Problems: the table in tests/corpus/problems.toml."""

from __future__ import annotations

from typing import Any

import pytest

from tests.transforms.outline.samples import rows, whole
from transforms.outline.problems import problems


def _columns(value: Any) -> Any:
    return None if value is None else value if isinstance(value, bool) else str(value)


@pytest.mark.parametrize("row", rows("problems", "found"), ids=lambda row: row["why"])
def test_problems_of_a_text(row: dict[str, Any]) -> None:
    """The text gives the problems of its row, with the columns that the row names and no state that it does not name."""
    source, layout, outlined = whole(row["text"])
    found = problems(source, layout, outlined)
    assert [problem.statement for problem in found] == [expected["statement"] for expected in row["problems"]]
    for problem, expected in zip(found, row["problems"], strict=True):
        assert {key: _columns(getattr(problem, key)) for key in expected} == expected
        assert ("status" in expected) == (problem.status is not None)
        assert ("is_long_term" in expected) == problem.is_long_term
        assert ("deadline_raw" in expected) == (problem.deadline_raw is not None)


def test_response_holds_the_words_behind_the_statement() -> None:
    """A response runs from its label, or from behind the heading, to the end of what is told about the problem."""
    source, layout, outlined = whole(
        "一、反馈问题整改落实情况\n1.学习不够的问题。制定计划。每月学习。\n2.记录不全的问题\n整改情况：补录。\n整改成效：齐全。\n二、下一步打算\n继续。"
    )
    folded = source.text.folded
    assert [folded[problem.response_start : problem.response_end] for problem in problems(source, layout, outlined)] == [
        "制定计划。每月学习。",
        "整改情况：补录。\n整改成效：齐全。",
    ]
