"""The problems that were fed back, as the results part lists them."""

from __future__ import annotations

import datetime
from collections.abc import Sequence

import msgspec

from transforms.layout import Layout
from transforms.outline import duties
from transforms.outline.aspects import aspect_norm
from transforms.outline.status import Standing, in_brackets, stated, stated_at, told
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


# what may stand between a mark and its words
_GAP = frozenset(" :、.,)】]*\n")


class _Told(msgspec.Struct, gc=False):
    """Where a problem is stated, and what the notice tells of it under the names of its columns."""

    start: int
    end: int
    response_start: int | None = None
    response_end: int | None = None
    status: str | None = None
    status_raw: str | None = None
    is_long_term: bool = False
    responsible_leader: str | None = None
    responsible_department: str | None = None
    responsible_person: str | None = None
    deadline_raw: str | None = None
    deadline_earliest: datetime.date | None = None
    deadline_latest: datetime.date | None = None


def problems(source: Source, layout: Layout, outline: Outline) -> tuple[Problem, ...]:
    """The problems of ``outline`` in text order, numbered from 1."""
    matching = source.text.matching
    rows = _cells_by_start(source, layout, outline)
    has_duties = duties.are_told(matching)
    children = outline.children
    found: list[Problem] = []
    aspect = group = None
    norm: str | None = None
    of_all: Standing | None = None
    for node in outline.nodes:
        level, depth = node.level, node.depth
        if group is not None and depth <= group.depth:
            group = None
        if aspect is not None and depth <= aspect.depth:
            aspect, norm = None, None
        if level == "item":
            rule = "problem." + node.mark
        elif level == "group":
            group, rule = node, "problem.group_without_items"
        else:
            if level == "section":
                aspect, group, norm, of_all = None, None, None, _of_all(node.heading)
            elif level == "aspect":
                aspect, group, norm = node, None, aspect_norm(node.heading)
            continue
        if node.section != "results":
            continue
        below = children.get(node.path, ())
        if group is node and not _stands_alone(node, below, matching):
            continue
        cells = rows.get(node.start_char)
        if cells is not None:
            rule = "problem.table_row"
            told_of = _from_cells(cells, source)
        else:
            told_of = _from_words(node, below, source, of_all)
            if has_duties:
                _add_duties(source, node.body_start, node.body_end, told_of)
        evidence = source.evidence(told_of.start, told_of.end, rule)
        found.append(
            Problem(
                *evidence,
                len(found) + 1,
                node.path,
                node.label or None,
                aspect.heading if aspect is not None else None,
                norm,
                group.heading if group is not None and group is not node else None,
                evidence[SURFACE],
                told_of.response_start,
                told_of.response_end,
                told_of.status,
                told_of.status_raw,
                told_of.is_long_term,
                told_of.responsible_leader,
                told_of.responsible_department,
                told_of.responsible_person,
                told_of.deadline_raw,
                told_of.deadline_earliest,
                told_of.deadline_latest,
            )
        )
    return tuple(found)


def words_start(node: Node, matching: str) -> int:
    """Where the words behind the node's mark start."""
    heading = node.heading
    if heading:
        at = node.end_char - len(heading)
        if matching[at] not in _GAP:
            return at
    at = node.start_char + len(node.label)
    while at < node.end_char and matching[at] in _GAP:
        at += 1
    if heading and node.end_char - at > len(heading):
        return node.end_char - len(heading)  # (一)反馈问题:…
    return at


def _stands_alone(node: Node, below: Sequence[Node], matching: str) -> bool:
    """A class that goes without items but has words of its own, beside classes that have items."""
    if any(child.level in ("item", "group") for child in below):
        return False
    return len(matching[node.end_char : node.body_end].strip(" 。\n")) >= _BODY


def _from_words(node: Node, below: Sequence[Node], source: Source, of_all: Standing | None) -> _Told:
    """What the heading of ``node`` and the words below it tell; ``of_all`` is the state of its whole section."""
    matching = source.text.matching
    responses = [child for child in below if child.level == "response"]
    start, end = words_start(node, matching), node.end_char
    first, last = end, node.body_end
    if responses:
        first = end = responses[0].start_char
        last = responses[-1].body_end
    while end > start and matching[end - 1] in " \n。;:,":
        end -= 1
    while first < last and matching[first] in " \n。;:,":
        first += 1
    standing = _standing(responses, matching, (start, end), (first, last)) or of_all
    told_of = _Told(start, end, first, last) if first < last else _Told(start, end)
    if standing is not None:
        raw = standing.raw
        at = matching.find(raw, start, node.body_end) if raw else -1
        told_of.status, told_of.is_long_term = standing.status, standing.is_long_term
        told_of.status_raw = source.text.folded[at : at + len(raw)] if at >= 0 else raw or None
        bracket = at - 1
        if start < bracket < end and matching[bracket] in "(【[" and at + len(raw) + 1 >= end:
            told_of.end = end = bracket  # 关于学习不够的问题(已完成)
    if end <= start:
        told_of.start, told_of.end = node.start_char, node.end_char
    return told_of


def _standing(responses: list[Node], matching: str, statement: tuple[int, int], response: tuple[int, int]) -> Standing | None:
    for child in responses:
        label = child.label.strip("【】[]()（） ")
        if label in DUTY_LABELS:
            continue
        found = stated(matching[words_start(child, matching) : child.end_char], is_anywhere=label in _STATE_LABELS)
        if found is not None:
            return found
    found = in_brackets(matching, *statement)
    if found is None:
        start, end = response
        if not responses:
            found = stated_at(matching, start, min(start + 40, end))
        if found is None:
            found = told(matching, start, end)
    return found


def _of_all(heading: str) -> Standing | None:
    """The state that the heading of a section gives to all that stands below: 二、集中整改期内已经完成的整改事项."""
    if "的" not in heading or not ("事项" in heading or "问题" in heading):
        return None
    found = stated(heading, is_anywhere=True)
    return found if found is not None and found.status in _HEADING_STATES else None


def _cells_by_start(source: Source, layout: Layout, outline: Outline) -> dict[int, tuple[Cell, ...]]:
    if " | " not in source.text.matching:
        return {}
    rows = table_rows(source.text.matching, layout.body.start_char, layout.body.end_char)
    return {cells[0].start: cells for _, _, cells in rows}


def _from_cells(cells: tuple[Cell, ...], source: Source) -> _Told:
    folded, matching = source.text.folded, source.text.matching
    told_cells = [cell for cell in cells if cell.end > cell.start]
    problem = [cell for cell in told_cells if cell.role == "problem"][-1]
    responses = [cell for cell in told_cells if cell.role == "response"]
    told_of = _Told(problem.start, problem.end)
    if responses:
        told_of.response_start, told_of.response_end = responses[0].start, responses[-1].end
    for cell in told_cells:
        text = folded[cell.start : cell.end]
        if cell.role == "status":
            found = stated(matching[cell.start : cell.end], is_anywhere=True) or (
                Standing("completed", False, text) if text in ("是", "√", "完成") else None
            )
            if found is not None:
                told_of.status, told_of.status_raw, told_of.is_long_term = found.status, text, found.is_long_term
        elif cell.role in ("leader", "department", "person"):
            setattr(told_of, f"responsible_{cell.role}", text)
        elif cell.role == "deadline":
            _set_deadline(text, told_of)
    if told_of.status_raw is None:
        for cell in responses:
            found = stated(matching[cell.start : cell.end]) or told(matching, cell.start, cell.end)
            if found is not None:
                told_of.status, told_of.status_raw, told_of.is_long_term = found.status, found.raw, found.is_long_term
                break
    return told_of


def _add_duties(source: Source, start: int, end: int, told_of: _Told) -> None:
    for role, (first, last) in duties.duties(source.text.matching, start, end).items():
        text = source.text.folded[first:last].strip()
        if role == "deadline":
            _set_deadline(text, told_of)
        elif text:
            setattr(told_of, f"responsible_{role}", text)


def _set_deadline(text: str, told_of: _Told) -> None:
    told_of.deadline_raw = text
    told_of.deadline_earliest, told_of.deadline_latest = duties.deadline_interval(text)
