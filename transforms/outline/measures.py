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
# signs that are no part of the sentence at its beginning and its end
_BEFORE, _BEHIND = " ;,:、.", " ;,:"

# start, end, rule, number of the problem, path, label
Told = tuple[int, int, str, "int | None", str, "str | None"]


def measures(source: Source, layout: Layout, outline: Outline, problems: Sequence[Problem]) -> tuple[Measure, ...]:
    """The measures of the results part in text order: the steps told under each problem, or the sentences of its response.

    Steps of an aspect that lists no problem are measures that answer none.
    """
    matching, children = source.text.matching, outline.children
    answered = {problem.path: problem for problem in problems}
    found: list[Told] = []
    for node in outline.nodes:
        path = node.path
        if path in answered:
            _add_answers(found, node, answered[path], children, matching)
        elif node.level == "aspect" and path not in children and node.section == "results":
            _add_sentences(found, matching, node.end_char, node.body_end, "measure.aspect_sentence", None, path)
    if not found:
        return ()
    starts, ends, rules, numbers, paths, labels = zip(*found, strict=True)
    del found  # or a notice would be held three times: told, as columns and as rows
    evidence = source.columns(starts, ends, rules)
    words = evidence[SURFACE]
    return tuple(map(Measure, *evidence, count(1), numbers, paths, labels, words, acts(words)))


def _add_answers(found: list[Told], node: Node, problem: Problem, children: Mapping[str, list[Node]], matching: str) -> None:
    number, path, start = problem.number, node.path, problem.response_start
    below = children.get(path, ())
    responses = [child for child in below if child.level == "response"] if below else ()
    if responses:
        for response in responses:
            if response.label.strip("【】[]()（） ") not in _NO_MEASURE:
                start = words_start(response, matching)
                _add_steps_or_sentences(found, matching, start, response, children.get(response.path, ()), number)
    elif start is None or problem.response_end is None:
        if node.mark in ("yishi", "yiyao"):
            # the problem is known only by what was done about it
            _add_sentences(found, matching, problem.start_char, node.body_end, "measure.item", number, path)
    elif problem.rule == "problem.table_row" and not any(child.level == "step" for child in below):
        _add_sentences(found, matching, start, problem.response_end, "measure.table_cell", number, path)
    else:
        _add_steps_or_sentences(found, matching, start, node, below, number)


def _add_steps_or_sentences(found: list[Told], matching: str, start: int, node: Node, below: Sequence[Node], number: int) -> None:
    has_steps = False
    for step in below:
        if step.level != "step":
            continue
        has_steps = True
        first, last = words_start(step, matching), step.body_end
        while last > first and matching[last - 1] in " \n。;,":
            last -= 1
        if last > first:
            found.append((first, last, "measure." + step.mark, number, step.path, step.label or None))
    if not has_steps:
        _add_sentences(found, matching, start, node.body_end, "measure.sentence", number, node.path)


def _add_sentences(found: list[Told], matching: str, start: int, end: int, rule: str, number: int | None, path: str) -> None:
    for sentence in matching[start:end].replace("\n", "。").replace("|", "。").split("。"):
        length = len(sentence)
        if length >= _SHORTEST:
            first, last = start, start + length
            if sentence[0] in _BEFORE:
                first = last - len(sentence.lstrip(_BEFORE))
            if sentence[-1] in _BEHIND:
                last = start + len(sentence.rstrip(_BEHIND))
            if last - first >= _LONGEST_STATE or (last - first >= _SHORTEST and stated_at(matching, first, last) is None):
                found.append((first, last, rule, number, path, None))
        start += length + 1
