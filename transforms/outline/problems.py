"""The problems that were fed back, as the results part lists them."""

from __future__ import annotations

import datetime
from bisect import bisect_left
from collections.abc import Mapping, Sequence

from transforms.layout import Layout
from transforms.outline import duties, status
from transforms.outline.aspects import aspect_norm
from transforms.outline.status import Standing, States, stated, stated_at
from transforms.outline.tables import Cell, table_rows
from transforms.outline.tree import Outline
from transforms.records.outline import Node, Problem
from transforms.source import SURFACE, Source

# labels whose words are a state and nothing else
_STATE_LABELS = ("整改状态", "完成情况", "整改完成情况", "整改结果", "销号情况")
# labels whose words say who and until when
DUTY_LABELS = ("整改目标", "整改时限", "完成时限", "责任领导", "责任部门", "责任单位", "责任人", "牵头领导")
_BODY = 10  # characters behind its heading that make a class without items a problem of its own
_HEADING_STATES = ("completed", "not_completed", "in_progress", "basically_completed", "long_term")
_GAP = " :、.,)】]*\n"  # what may stand between a mark and its words
_BETWEEN = " \n。;:,"  # and between statement and response
_REACH = 40  # characters of a response at whose start a state may stand

# statement: start, end; response: start, end; then status, its words, whether the work goes on for long
Told = tuple[int, int, "int | None", "int | None", "str | None", "str | None", bool]
# leader, department, person, deadline, its first and its last day
Duties = tuple["str | None", "str | None", "str | None", "str | None", "datetime.date | None", "datetime.date | None"]
_NO_DUTIES: Duties = (None, None, None, None, None, None)


def problems(source: Source, layout: Layout, outline: Outline) -> tuple[Problem, ...]:
    """The problems of ``outline`` in text order, numbered from 1."""
    matching = source.text.matching
    rows = _cells_by_start(source, layout, outline)
    has_duties = duties.are_told(matching)
    states = status.States(matching)
    children = outline.children
    found: list[Problem] = []
    aspect: str | None = None
    norm: str | None = None
    group: str | None = None
    aspect_depth = group_depth = 0
    of_all: Standing | None = None
    for node in outline.nodes:
        level, depth = node.level, node.depth
        if depth <= group_depth:
            group, group_depth = None, 0
        if depth <= aspect_depth:
            aspect, aspect_depth, norm = None, 0, None
        if level == "item":
            rule, above = "problem." + node.mark, group
        elif level == "group":
            rule, above = "problem.group_without_items", None
            group, group_depth = node.heading, depth
        else:
            if level == "section":
                aspect, aspect_depth, group, group_depth, norm, of_all = None, 0, None, 0, None, _of_all(node.heading)
            elif level == "aspect":
                aspect, aspect_depth, group, group_depth, norm = node.heading, depth, None, 0, aspect_norm(node.heading)
            continue
        if node.section != "results":
            continue
        path = node.path
        below = children.get(path, ())
        if level == "group" and not _stands_alone(node, below, matching):
            continue
        cells = rows.get(node.start_char) if rows else None
        duty = _NO_DUTIES
        if cells is not None:
            rule = "problem.table_row"
            told, duty = _from_cells(cells, source)
        else:
            told = _from_words(node, below, source, of_all, states)
            if has_duties:
                duty = _duties(source, node.body_start, node.body_end)
        evidence = source.evidence(told[0], told[1], rule)
        number, label = len(found) + 1, node.label or None
        row = (*evidence, number, path, label, aspect, norm, above, evidence[SURFACE], *told[2:], *duty)
        found.append(Problem(*row))
    return tuple(found)


def words_start(node: Node, matching: str) -> int:
    """Where the words behind the node's mark start."""
    heading, end = node.heading, node.end_char
    if heading:
        at = end - len(heading)
        if matching[at] not in _GAP:
            return at
    at = node.start_char + len(node.label)
    while at < end and matching[at] in _GAP:
        at += 1
    if heading and end - at > len(heading):
        return end - len(heading)  # (一)反馈问题:…
    return at


def _stands_alone(node: Node, below: Sequence[Node], matching: str) -> bool:
    """A class that goes without items but has words of its own, beside classes that have items."""
    if any(child.level in ("item", "group") for child in below):
        return False
    return len(matching[node.end_char : node.body_end].strip(" 。\n")) >= _BODY


def _from_words(node: Node, below: Sequence[Node], source: Source, of_all: Standing | None, states: States) -> Told:
    """What the heading of ``node`` and the words below it tell; ``of_all`` is the state of its whole section."""
    matching = source.text.matching
    start, end = words_start(node, matching), node.end_char
    first, last = end, node.body_end
    responses = [child for child in below if child.level == "response"] if below else None
    if responses:
        first = end = responses[0].start_char
        last = responses[-1].body_end
    while end > start and matching[end - 1] in _BETWEEN:
        end -= 1
    while first < last and matching[first] in _BETWEEN:
        first += 1
    standing = _of_labels(responses, matching, states) if responses else None
    if standing is None and start < end and matching[end - 1] in ")】]":
        standing = status.in_brackets(matching, start, end)
    if standing is None and first < last:
        if not responses:
            standing = stated_at(matching, first, first + _REACH if first + _REACH < last else last)
        if standing is None and states.signs[bisect_left(states.signs, first)] < last:
            standing = status.told(matching, first, last)
    if standing is None:
        standing = of_all
    response = (first, last) if first < last else (None, None)
    if standing is None:
        state: tuple[str | None, str | None, bool] = (None, None, False)
    else:
        raw = standing.raw
        at = matching.find(raw, start, node.body_end) if raw else -1
        state = standing.status, source.text.folded[at : at + len(raw)] if at >= 0 else raw or None, standing.is_long_term
        bracket = at - 1
        if start < bracket < end and matching[bracket] in "(【[" and at + len(raw) + 1 >= end:
            end = bracket  # 关于学习不够的问题(已完成)
    if end <= start:
        start, end = node.start_char, node.end_char
    return start, end, *response, *state


def _of_labels(responses: list[Node], matching: str, states: States) -> Standing | None:
    """The state with which one of ``responses`` begins."""
    for child in responses:
        label = child.label.strip("【】[]()（） ")
        if label in DUTY_LABELS:
            continue
        found = states.stated(words_start(child, matching), child.end_char, label in _STATE_LABELS)
        if found is not None:
            return found
    return None


def _of_all(heading: str) -> Standing | None:
    """The state that the heading of a section gives to all that stands below: 二、集中整改期内已经完成的整改事项."""
    if "的" not in heading or not ("事项" in heading or "问题" in heading):
        return None
    found = stated(heading, is_anywhere=True)
    return found if found is not None and found.status in _HEADING_STATES else None


def _cells_by_start(source: Source, layout: Layout, outline: Outline) -> dict[int, tuple[Cell, ...]]:
    matching = source.text.matching
    if "|" not in matching or " | " not in matching:
        return {}
    rows = table_rows(matching, layout.body.start_char, layout.body.end_char)
    return {cells[0].start: cells for _, _, cells in rows}


def _from_cells(cells: tuple[Cell, ...], source: Source) -> tuple[Told, Duties]:
    folded, matching = source.text.folded, source.text.matching
    told_cells = [cell for cell in cells if cell.end > cell.start]
    problem = [cell for cell in told_cells if cell.role == "problem"][-1]
    responses = [cell for cell in told_cells if cell.role == "response"]
    response = (responses[0].start, responses[-1].end) if responses else (None, None)
    state: tuple[str | None, str | None, bool] = (None, None, False)
    named: dict[str, str] = {}
    for cell in told_cells:
        text = folded[cell.start : cell.end]
        if cell.role == "status":
            found = stated(matching[cell.start : cell.end], is_anywhere=True) or (
                Standing("completed", False, text) if text in ("是", "√", "完成") else None
            )
            if found is not None:
                state = found.status, text, found.is_long_term
        elif cell.role in duties.ROLES:
            named[cell.role] = text
    if state[1] is None:
        for cell in responses:
            found = stated(matching[cell.start : cell.end]) or status.told(matching, cell.start, cell.end)
            if found is not None:
                state = found.status, found.raw, found.is_long_term
                break
    return (problem.start, problem.end, *response, *state), _columns(named)


def _duties(source: Source, start: int, end: int) -> Duties:
    spans = duties.duties(source.text.matching, start, end)
    named = {role: source.text.folded[first:last].strip() for role, (first, last) in spans.items()} if spans else None
    return _columns(named) if named else _NO_DUTIES


def _columns(named: Mapping[str, str]) -> Duties:
    deadline = named.get("deadline")
    days = duties.deadline_interval(deadline) if deadline else (None, None)
    return named.get("leader") or None, named.get("department") or None, named.get("person") or None, deadline, *days
