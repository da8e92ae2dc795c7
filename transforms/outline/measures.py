"""The acts by which a notice says that its problems were put right."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from transforms.layout import Layout
from transforms.outline.acts import act
from transforms.outline.problems import DUTY_LABELS, words_start
from transforms.outline.status import stated
from transforms.outline.tree import Outline
from transforms.records.outline import Measure, Node, Problem
from transforms.source import SURFACE, Source

_SENTENCE = re.compile(r"[^。\n|]+")
_SHORTEST = 4  # characters; what is shorter is a state or a fragment, not a measure
_STATES = ("整改状态", "完成情况", "销号情况")

# start, end, path, label, rule
Told = tuple[int, int, str, "str | None", str]


def measures(source: Source, layout: Layout, outline: Outline, problems: Sequence[Problem]) -> tuple[Measure, ...]:
    """The measures of the results part in text order: the steps told under each problem, or the sentences of its response.

    Steps of an aspect that lists no problem are measures that answer none.
    """
    matching = source.text.matching
    children = outline.children
    answered = {problem.path: problem for problem in problems}
    found: list[Measure] = []
    for node in outline.nodes:
        if node.section != "results":
            continue
        problem = answered.get(node.path)
        if problem is not None:
            told = _answers(node, problem, children, matching)
        elif node.level == "aspect" and not children.get(node.path):
            told = _sentences(matching, node.end_char, node.body_end, node.path, "measure.aspect_sentence")
        else:
            continue
        for start, end, path, label, rule in told:
            evidence = source.evidence(start, end, rule)
            text = evidence[SURFACE]
            found.append(
                Measure(
                    *evidence,
                    len(found) + 1,
                    problem.number if problem else None,
                    path,
                    label,
                    text,
                    act(text),
                )
            )
    return tuple(found)


def _answers(node: Node, problem: Problem, children: Mapping[str, list[Node]], matching: str) -> list[Told]:
    below = children.get(node.path, ())
    responses = [child for child in below if child.level == "response"]
    if responses:
        found = []
        for response in responses:
            if response.label.strip("【】[]()（） ") not in (*DUTY_LABELS, *_STATES):
                found += _steps_or_sentences(response, children.get(response.path, ()), matching, words_start(response, matching))
        return found
    if problem.response_start is None or problem.response_end is None:
        if node.mark in ("yishi", "yiyao"):
            # the problem is known only by what was done about it
            return _sentences(matching, problem.start_char, node.body_end, node.path, "measure.item")
        return []
    if problem.rule == "problem.table_row" and not any(child.level == "step" for child in below):
        return _sentences(matching, problem.response_start, problem.response_end, node.path, "measure.table_cell")
    return _steps_or_sentences(node, below, matching, problem.response_start)


def _steps_or_sentences(node: Node, below: Sequence[Node], matching: str, start: int) -> list[Told]:
    steps = [child for child in below if child.level == "step"]
    if not steps:
        return _sentences(matching, start, node.body_end, node.path, "measure.sentence")
    found: list[Told] = []
    for step in steps:
        first, last = words_start(step, matching), step.body_end
        while last > first and matching[last - 1] in " \n。;,":
            last -= 1
        if last > first:
            found.append((first, last, step.path, step.label or None, f"measure.{step.mark}"))
    return found


def _sentences(matching: str, start: int, end: int, path: str, rule: str) -> list[Told]:
    found: list[Told] = []
    for match in _SENTENCE.finditer(matching, start, end):
        first, last = match.span()
        while first < last and matching[first] in " ;,:、.":
            first += 1
        while last > first and matching[last - 1] in " ;,:":
            last -= 1
        if last - first < _SHORTEST or (last - first < 24 and stated(matching[first:last]) is not None):
            continue
        found.append((first, last, path, None, rule))
    return found
