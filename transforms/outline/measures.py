"""The acts by which a notice says that its problems were put right."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import count

from transforms.layout import Layout
from transforms.outline.acts import acts
from transforms.outline.problems import DUTY_LABELS, words_start
from transforms.outline.status import stated_at
from transforms.outline.tree import Outline
from transforms.records.outline import Measure, Node, Problem
from transforms.source import SURFACE, Source

_SHORTEST = 4  # characters; what is shorter is a state or a fragment, not a measure
_LONGEST_STATE = 24
_STATES = ("整改状态", "完成情况", "销号情况")
_NO_MEASURE = frozenset((*DUTY_LABELS, *_STATES))

# start, end, rule, path, label
Told = tuple[int, int, str, str, "str | None"]


def measures(source: Source, layout: Layout, outline: Outline, problems: Sequence[Problem]) -> tuple[Measure, ...]:
    """The measures of the results part in text order: the steps told under each problem, or the sentences of its response.

    Steps of an aspect that lists no problem are measures that answer none.
    """
    matching, children = source.text.matching, outline.children
    answered = {problem.path: problem for problem in problems}
    found: list[Told] = []
    numbers: list[int | None] = []
    for node in outline.nodes:
        level, path = node.level, node.path
        if level in ("item", "group") and path in answered:
            problem = answered[path]
            told, number = _answers(node, problem, children, matching), problem.number
        elif level == "aspect" and path not in children and node.section == "results":
            told, number = _sentences(matching, node.end_char, node.body_end, path, "measure.aspect_sentence"), None
        else:
            continue
        found += told
        numbers += [number] * len(told)
    if not found:
        return ()
    starts, ends, rules, paths, labels = zip(*found, strict=True)
    evidence = source.columns(starts, ends, rules)
    return tuple(map(Measure, *evidence, count(1), numbers, paths, labels, evidence[SURFACE], acts(matching, starts, ends)))


def _answers(node: Node, problem: Problem, children: Mapping[str, list[Node]], matching: str) -> list[Told]:
    below = children.get(node.path, ())
    responses = [child for child in below if child.level == "response"]
    if responses:
        found = []
        for response in responses:
            if response.label.strip("【】[]()（） ") not in _NO_MEASURE:
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
    found: list[Told] = []
    has_steps = False
    for step in below:
        if step.level != "step":
            continue
        has_steps = True
        first, last = words_start(step, matching), step.body_end
        while last > first and matching[last - 1] in " \n。;,":
            last -= 1
        if last > first:
            found.append((first, last, "measure." + step.mark, step.path, step.label or None))
    return found if has_steps else _sentences(matching, start, node.body_end, node.path, "measure.sentence")


def _sentences(matching: str, start: int, end: int, path: str, rule: str) -> list[Told]:
    found: list[Told] = []
    for sentence in matching[start:end].replace("\n", "。").replace("|", "。").split("。"):
        length = len(sentence)
        if length >= _SHORTEST:
            first, last = start, start + length
            while first < last and matching[first] in " ;,:、.":
                first += 1
            while last > first and matching[last - 1] in " ;,:":
                last -= 1
            if last - first >= _LONGEST_STATE or (last - first >= _SHORTEST and stated_at(matching, first, last) is None):
                found.append((first, last, rule, path, None))
        start += length + 1
    return found
