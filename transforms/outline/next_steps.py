"""What a notice promises to do next, and which of its problems that takes up again."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from functools import cache

from transforms.layout import Layout
from transforms.lexicons.alternation import alternation
from transforms.lexicons.load import words
from transforms.outline.problems import words_start
from transforms.outline.reopening import Problems
from transforms.outline.tree import Outline
from transforms.records.outline import NextStep, Node, Problem
from transforms.records.statements import DateMention
from transforms.source import SURFACE, Source

_LINE = re.compile(r"[^\n]+")
_SHORTEST = 6
_RESPONSIBLE = re.compile(
    r"(?:责任(?:单位|部门|领导|人|主体)|牵头(?:单位|部门|领导)):([^,。;\n]{2,30})|由([^,。;\n由]{2,16}?)(?:负责|牵头|组织|落实|具体)|(?<=[,。;\n])([^,。;\n]{2,12}?)负责"
)


@cache
def _open_tasks() -> re.Pattern[str]:
    ends = "|".join(words("outline_next_steps", "open_task"))
    return re.compile(rf"(?:对于?|针对)([^。;,\n]{{2,80}}?)等?(?:几项|\d项|方面)?(?:还|仍|尚)?(?:{ends})的?(?:工作|事项|问题|任务|整改)")


@cache
def _open_sign() -> re.Pattern[str]:
    """What every match of ``_open_tasks`` holds: one of its ends that hold no other."""
    ends = words("outline_next_steps", "open_task")
    return re.compile(alternation(end for end in ends if not any(other in end for other in ends if other != end)))


@cache
def _promise() -> re.Pattern[str]:
    return re.compile("|".join(words("outline_next_steps", "promise")))


def next_steps(
    source: Source, layout: Layout, outline: Outline, problems: Sequence[Problem], mentions: Sequence[DateMention]
) -> tuple[NextStep, ...]:
    """The promises of the next-steps part in text order: its innermost parts, its paragraphs where it has none, and the tasks that it names as open."""
    matching, folded = source.text.matching, source.text.folded
    index = Problems(matching, problems)
    starts = [mention.start_char for mention in mentions]
    found: list[NextStep] = []
    for start, end, path, label, rule in _promises(matching, outline):
        evidence = source.evidence(start, end, rule)
        promise = matching[start:end]
        tasks = _named_tasks(matching, start, end) if _open_sign().search(promise) else []
        reopened = None if tasks else index.reopened(promise)
        told = (mentions[at] for at in range(bisect_left(starts, start), bisect_left(starts, end)) if mentions[at].latest is not None)
        due = next(
            (mention for mention in told if not matching.startswith("远景目标", mention.end_char)), None
        )  # 2035年远景目标 is a slogan
        responsible = _RESPONSIBLE.search(matching, start, end) if _names_one(promise) else None
        found.append(
            NextStep(
                *evidence,
                ordinal=len(found) + 1,
                path=path,
                label=label,
                text=evidence[SURFACE],
                responsible=next((folded[slice(*responsible.span(group))] for group in (1, 2, 3) if responsible.group(group)), None)
                if responsible
                else None,
                due_earliest=due.earliest if due else None,
                due_latest=due.latest if due else None,
                reopens_problem=reopened[0] if reopened else None,
                reopens_rule=reopened[1] if reopened else None,
            )
        )
        for first, last in tasks:
            named = index.reopened(matching[first:last], is_named=True)
            found.append(
                NextStep(
                    *source.evidence(first, last, "next_step.named_task"),
                    ordinal=len(found) + 1,
                    path=path,
                    text=folded[first:last],
                    reopens_problem=named[0] if named else None,
                    reopens_rule=named[1] if named else None,
                )
            )
    return tuple(found)


def _names_one(promise: str) -> bool:
    """Some sign stands in it without which nobody is named as responsible."""
    return "由" in promise or "负责" in promise or ":" in promise


def _promises(matching: str, outline: Outline) -> Iterator[tuple[int, int, str, str | None, str]]:
    nodes = [node for node in outline.nodes if node.section == "next_steps"]
    parents = {node.parent_path for node in nodes}
    leaves = [node for node in nodes if node.path not in parents]
    if [node for node in leaves if node.level != "section"]:
        for node in leaves:
            if node.level != "section" or len(leaves) > 1:
                yield from _of_node(node, matching)
        return
    if nodes:
        for node in nodes:
            yield from _paragraphs(matching, node.end_char, node.body_end, node.path)
        return
    for at, name in enumerate(outline.section_names):
        if name == "next_steps":
            yield from _paragraphs(matching, outline.section_starts[at], outline.section_starts[at + 1], "下一步")


def _of_node(node: Node, matching: str) -> Iterator[tuple[int, int, str, str | None, str]]:
    start, end = words_start(node, matching), node.body_end
    if end > start:
        yield start, end, node.path, node.label or None, f"next_step.{node.mark}"


def _paragraphs(matching: str, start: int, end: int, path: str) -> Iterator[tuple[int, int, str, str | None, str]]:
    for match in _LINE.finditer(matching, start, end):
        first, last = match.span()
        while first < last and matching[first] in " 。,":
            first += 1
        while last > first and matching[last - 1] == " ":
            last -= 1
        if last - first >= _SHORTEST and _promise().search(matching, first, last):
            yield first, last, path, None, "next_step.paragraph"


def _named_tasks(matching: str, start: int, end: int) -> list[tuple[int, int]]:
    """Spans of the tasks in 对于甲、乙、丙等需要长期整改的工作."""
    found = []
    for match in _open_tasks().finditer(matching, start, end):
        at = match.start(1)
        for name in match.group(1).split("、"):
            if len(name) > 3:
                found.append((at, at + len(name)))
            at += len(name) + 1
    return found
