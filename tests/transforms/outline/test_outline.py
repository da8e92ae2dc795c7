"""The outline: paths, levels and parts of small texts, and properties that hold for any text."""

from __future__ import annotations

import time
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from tests.transforms.outline.samples import rows, whole
from transforms.outline.measures import measures
from transforms.outline.next_steps import next_steps
from transforms.outline.problems import problems

_PIECES = [
    "一、",
    "(一)",
    "（二）",
    "1.",
    "2、",
    "(1)",
    "①",
    "一是",
    "二是",
    "。",
    "\n",
    "整改情况:",
    "问题1:",
    "学习不够的问题",
    "下一步",
    "关于“学习”的问题",
    " | ",
    "反馈问题",
    "联系电话",
    " ",
    "2.2月4日",
]


@pytest.mark.parametrize("row", rows("outline", "found"), ids=lambda row: row["why"])
def test_paths_levels_and_parts(row: dict[str, Any]) -> None:
    """Each small text gives the nodes and the parts that its row lists."""
    _, _, outlined = whole(row["text"])
    assert [f"{node.path} {node.level}{'!' if node.is_irregular else ''}" for node in outlined.nodes] == row["nodes"]
    assert list(outlined.section_names) == row["sections"]


@pytest.mark.parametrize("row", rows("outline", "known_failures"), ids=lambda row: row["why"])
@pytest.mark.xfail(strict=True)
def test_known_failures(row: dict[str, Any]) -> None:
    """What the outline does not read yet."""
    _, _, outlined = whole(row["text"])
    assert [f"{node.path} {node.level}" for node in outlined.nodes] == row["nodes"]


@pytest.mark.parametrize("row", rows("outline", "not_found"), ids=lambda row: row["why"])
def test_what_is_no_mark(row: dict[str, Any]) -> None:
    """Look-alikes of marks open no node."""
    assert whole(row["text"])[2].nodes == ()


@given(st.lists(st.sampled_from(_PIECES), max_size=40).map("".join))
@settings(max_examples=120, deadline=None)
@example("一、一、\n反馈问题\n(一)")  # a part of 一 stands behind the line at which the results begin
def test_nodes_nest_and_stand_in_order(text: str) -> None:
    """Whatever the text, nodes rise, nest, have paths of their own and surfaces that are in the text; no extractor raises."""
    source, layout, outlined = whole(text)
    folded = source.text.folded
    by_path = {node.path: node for node in outlined.nodes}
    assert len(by_path) == len(outlined.nodes)
    assert [node.start_char for node in outlined.nodes] == sorted({node.start_char for node in outlined.nodes})
    for node in outlined.nodes:
        assert folded[node.start_char : node.end_char] == node.surface
        assert node.body_start == node.start_char < node.end_char <= node.body_end <= len(folded)
        if node.parent_path is not None:
            parent = by_path[node.parent_path]
            assert parent.body_start <= node.body_start
            assert node.body_end <= parent.body_end
            assert node.depth == parent.depth + 1
        assert outlined.path_at(node.start_char) == node.path
    assert list(outlined.starts) == sorted(outlined.starts)
    assert list(outlined.section_starts) == sorted(outlined.section_starts)
    found = problems(source, layout, outlined)
    told = measures(source, layout, outlined, found)
    promised = next_steps(source, layout, outlined, found, ())
    assert [problem.number for problem in found] == list(range(1, len(found) + 1))
    for row in (*found, *told, *promised):
        assert folded[row.start_char : row.end_char] == row.surface
        assert row.start_char < row.end_char
        assert row.path in by_path or row.rule == "next_step.paragraph"
    for problem in found:
        assert (problem.response_start is None) == (problem.response_end is None)


@pytest.mark.parametrize(
    "text",
    [
        "一是" * 100_000,
        "(" * 100_000,
        "。一是" * 30_000,
        "\n" + " " * 100_000 + "一、",
        "1" * 1_000_000,
        "(1" * 100_000,
        "目前" * 50_000,
        "\n关于" + "问题" * 50_000,
        "【整改情况" * 30_000,
    ],
    ids=["steps", "brackets", "clauses", "blanks", "digits", "open numbers", "now", "about", "labels"],
)
def test_hostile_text_takes_linear_time(text: str) -> None:
    """A hundred thousand repeats of anything are read within seconds."""
    started = time.process_time()
    source, layout, outlined = whole("一、反馈问题整改情况\n1.学习不够的问题。\n" + text)
    found = problems(source, layout, outlined)
    measures(source, layout, outlined, found)
    next_steps(source, layout, outlined, found, ())
    assert time.process_time() - started < 5


def test_path_and_part_at_offsets() -> None:
    """Offsets before, inside and behind the nodes lead to the innermost node and to the part of the notice."""
    text = "县委第一巡察组反馈了意见。\n一、组织领导\n成立专班。\n二、反馈问题整改情况\n1.学习不够。一是补学；二是测试。\n三、下一步打算\n继续整改。\n联系电话：0000-0000000。"
    _, _, outlined = whole(text)
    at = text.index
    assert (outlined.path_at(0), outlined.section_at(0)) == (None, "lead")
    assert (outlined.path_at(at("专班")), outlined.section_at(at("专班"))) == ("一", "organisation")
    assert (outlined.path_at(at("补学")), outlined.section_at(at("补学"))) == ("二/1/一是", "results")
    assert outlined.path_at(at("学习不够")) == "二/1"
    assert (outlined.path_at(at("继续")), outlined.section_at(at("继续"))) == ("三", "next_steps")
    assert (outlined.path_at(at("0000")), outlined.section_at(at("0000"))) == (None, "contact")
    assert outlined.section_at(len(text)) == "other"
