"""Next steps: the table in tests/corpus/next_steps.toml."""

from __future__ import annotations

import datetime
from typing import Any

import pytest

from tests.transforms.outline.samples import NOTICE_ID, rows, whole
from transforms.outline.next_steps import next_steps
from transforms.outline.problems import problems
from transforms.records.statements import DateMention
from transforms.source import Source


@pytest.mark.parametrize("row", rows("next_steps", "found"), ids=lambda row: row["why"])
def test_promises_of_a_text(row: dict[str, Any]) -> None:
    """The text gives the promises of its row, with the problem each takes up again and by which words."""
    source, layout, outlined = whole(row["text"])
    found = next_steps(source, layout, outlined, problems(source, layout, outlined), ())
    assert [f"{step.label or '-'} {step.text[:14]}" for step in found] == [expected["start"] for expected in row["steps"]]
    for step, expected in zip(found, row["steps"], strict=True):
        assert step.reopens_problem == expected.get("reopens")
        assert step.reopens_rule == expected.get("by")
        assert step.responsible == expected.get("responsible")


def test_due_interval_from_a_date_mention() -> None:
    """A date that stands inside a promise is when it is due."""
    source, layout, outlined = whole(
        "一、整改落实情况\n1.学习不够的问题。补学。\n二、下一步打算\n（一）2024年6月底前完成验收。\n（二）压实责任。"
    )
    at = source.text.folded.index("2024")
    evidence = Source(NOTICE_ID, source.text).evidence(at, at + 8, "date.month_end")
    mention = DateMention(*evidence, earliest=datetime.date(2024, 6, 1), latest=datetime.date(2024, 6, 30), precision="month")
    found = next_steps(source, layout, outlined, problems(source, layout, outlined), (mention,))
    assert [(step.due_earliest, step.due_latest) for step in found] == [
        (datetime.date(2024, 6, 1), datetime.date(2024, 6, 30)),
        (None, None),
    ]
