"""Notices of one body set beside each other: what became of promises, what recurs, what changed."""

from __future__ import annotations

import pytest

from transforms.following import Problem, Promise, changed_lines, follow, recurring


def problem(statement: str, status: str | None = None, number: int = 1) -> Problem:
    return Problem(number, statement, status, 10 * number)


@pytest.mark.parametrize(
    ("promise", "named", "problems", "measures", "steps", "outcome", "words"),
    [
        (
            "对车棚改造结算拖延问题，年底前办结。",
            "车棚改造结算拖延",
            [problem("车棚改造结算拖延", "completed")],
            [],
            [],
            "done",
            "车棚改造结算拖延",
        ),
        (
            "对车棚改造结算拖延问题，年底前办结。",
            "车棚改造结算拖延",
            [problem("车棚改造结算拖延", "in_progress")],
            [],
            [],
            "open",
            "车棚改造结算拖延",
        ),
        ("推进操场维修，督促施工方按期完工。", None, [problem("操场维修滞后", "completed")], [], [], "done", "操场维修滞后"),
        ("推进操场维修滞后的整改。", None, [problem("操场维修滞后", "completed")], [], [], "done", "操场维修滞后"),
        ("推进操场维修。", None, [], [("操场维修已经验收", 5)], [], "measures", "操场维修已经验收"),
        ("推进操场维修。", None, [], [], [("继续推进操场维修", 9)], "open", "继续推进操场维修"),
        ("推进操场维修。", None, [problem("图书审查不细", "completed")], [("清理图书", 5)], [("扩大家访", 9)], "not_mentioned", ""),
    ],
)
def test_a_promise_is_followed(
    promise: str,
    named: str | None,
    problems: list[Problem],
    measures: list[tuple[str, int]],
    steps: list[tuple[str, int]],
    outcome: str,
    words: str,
) -> None:
    """Told as done, still open, met by measures, or not mentioned, with the words that say so."""
    (found,) = follow([Promise(promise, 0, named)], problems, measures, steps)

    assert (found.outcome, found.words) == (outcome, words)


def test_a_promise_without_a_subject_is_not_followed() -> None:
    """What every notice promises says nothing of any later one."""
    assert list(follow([Promise("持续巩固整改成果。", 0)], [problem("持续巩固")], [], [])) == []


@pytest.mark.parametrize(
    ("earlier", "later", "count"),
    [
        ("理论学习不经常", "理论学习走过场", 1),
        ("财务报销审核不严", "财务报销审核把关不严", 1),
        ("理论学习不经常", "公车管理有漏洞", 0),
        ("整改落实情况问题", "整改落实工作问题", 0),
    ],
)
def test_a_problem_that_speaks_of_the_same_recurs(earlier: str, later: str, count: int) -> None:
    """Shared words tell it; words that stand in every notice do not count."""
    assert len(list(recurring([problem(earlier)], [problem(later)]))) == count


def test_lines_of_two_versions_are_told_apart() -> None:
    """Lines of one version only, the first of them, and their number; spaces and blank lines do not count."""
    assert changed_lines("甲\n乙\n\n丙", " 甲\n丁\n丙\n戊") == ([("removed", "乙"), ("added", "丁"), ("added", "戊")], 3)
    assert changed_lines("甲\n乙", "", 1) == ([("removed", "甲")], 2)
