"""The outline of the real notices against what a careful reader counted in them."""

from __future__ import annotations

from collections import Counter

import pytest

from tests.transforms.outline.samples import SHARED, seed
from transforms.outline.enumeration import enumeration
from transforms.outline.measures import measures
from transforms.outline.next_steps import next_steps
from transforms.outline.problems import problems

pytestmark = pytest.mark.skipif(not (SHARED / "seeds").is_dir(), reason=f"the real notices are not in {SHARED / 'seeds'}")

# sections, aspects, groups, items
COUNTS = {"000": (3, 5, 13, 39), "001": (3, 4, 0, 23), "002": (3, 4, 15, 41), "003": (3, 4, 12, 33), "004": (3, 2, 0, 15)}


@pytest.mark.parametrize("number", COUNTS)
def test_enumeration(number: str) -> None:
    """Sections, aspects, classes and problems are as many as were counted by hand."""
    source, layout, outlined = seed(number)
    found = problems(source, layout, outlined)
    counts = enumeration(outlined.nodes, found)
    assert (counts["sections"], counts["aspects"], counts["groups"], counts["items"]) == COUNTS[number]
    assert len(found) == COUNTS[number][3]


def test_states_as_printed() -> None:
    """The notice that prints a state for each problem gives 17 + 4 long-term, 11 plain and one open."""
    source, layout, outlined = seed("003")
    found = problems(source, layout, outlined)
    assert Counter((problem.status, problem.is_long_term, problem.status_raw) for problem in found) == {
        ("completed", True, "已完成整改并长期坚持"): 17,
        ("completed", True, "已完成整改长期坚持"): 4,
        ("completed", False, "已完成整改"): 11,
        ("not_completed", False, "暂未完成"): 1,
    }


@pytest.mark.parametrize("number", ["002", "003", "004"])
def test_every_problem_is_answered(number: str) -> None:
    """Every problem of these notices has a response and at least one measure."""
    source, layout, outlined = seed(number)
    found = problems(source, layout, outlined)
    assert all(problem.response_start is not None for problem in found)
    assert {measure.problem for measure in measures(source, layout, outlined, found)} >= {
        problem.number for problem in found if problem.status != "completed"
    }


def test_third_section_with_an_arabic_number() -> None:
    """3、 at the place of 三、 opens the next steps and is marked as irregular."""
    _, _, outlined = seed("004")
    assert [(node.path, node.section, node.is_irregular) for node in outlined.nodes if node.level == "section"] == [
        ("一", "organisation", False),
        ("二", "results", False),
        ("三", "next_steps", True),
    ]


@pytest.mark.parametrize(("number", "expected"), [("000", []), ("001", []), ("002", [3, 22, 29]), ("003", []), ("004", [1, 6, 7])])
def test_promises_that_reopen_problems(number: str, expected: list[int]) -> None:
    """Promises take up again the problems that a reader ties them to, and general promises none."""
    source, layout, outlined = seed(number)
    found = problems(source, layout, outlined)
    steps = next_steps(source, layout, outlined, found, ())
    assert [step.reopens_problem for step in steps if step.reopens_problem is not None] == expected
    assert len(steps) >= 3


@pytest.mark.parametrize("number", COUNTS)
def test_parts_cover_the_body_in_order(number: str) -> None:
    """Lead, organisation, results and next steps follow each other, and the signature belongs to none of them."""
    _, layout, outlined = seed(number)
    names = [name for name in outlined.section_names if name != "contact"]
    assert names == ["lead", "organisation", "results", "next_steps", "other"]
    assert outlined.section_at(layout.body.start_char) == "lead"
    if layout.signature:
        assert outlined.section_at(layout.signature[0].start_char) == "other"
