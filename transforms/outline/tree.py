"""The outline of a notice: its numbered and labelled parts as a tree that is laid flat in text order."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence
from typing import Any

import msgspec

from transforms.layout import Layout
from transforms.outline.marks import in_order, line_marks
from transforms.outline.part import Part, build
from transforms.outline.sections import assign, contact_start, next_line, plain_sections, section_roots
from transforms.outline.shape import set_levels
from transforms.outline.steps import step_marks
from transforms.outline.tables import table_marks
from transforms.records.outline import Node
from transforms.source import Source


class Outline(msgspec.Struct, frozen=True, gc=False):
    """Nodes in text order, with the nodes straight below each path that has any.

    ``starts`` are the nodes' first characters, and ``places`` tells where in ``nodes`` each path stands.
    ``section_starts`` rise; the entry at the same place of ``section_names`` holds from that offset to the next start.
    """

    nodes: tuple[Node, ...] = ()
    starts: Sequence[int] = ()
    places: Mapping[str, int] = msgspec.field(default_factory=dict)
    section_starts: tuple[int, ...] = ()
    section_names: tuple[str, ...] = ()
    children: Mapping[str, list[Node]] = msgspec.field(default_factory=dict)

    def path_at(self, offset: int) -> str | None:
        """Path of the innermost node that holds ``offset``, or None outside of all nodes."""
        at = bisect_right(self.starts, offset) - 1
        if at < 0:
            return None
        node = self.nodes[at]
        while offset >= node.body_end:
            if node.parent_path is None:
                return None
            node = self.nodes[self.places[node.parent_path]]
        return node.path

    def section_at(self, offset: int) -> str:
        """Part of the notice at ``offset``: lead, organisation, results, next_steps, contact or other."""
        position = bisect_right(self.section_starts, offset)
        return self.section_names[position - 1] if position else "other"


def outline(source: Source, layout: Layout) -> Outline:
    """The outline of ``source``; without marks it still tells lead, next steps and contact words apart."""
    matching = source.text.matching
    start, end = layout.body.start_char, layout.body.end_char
    contact = contact_start(matching, start, end)
    marks = line_marks(matching, start, contact)
    if "|" in matching and " | " in matching:
        marks = table_marks(matching, start, contact, marks)
    starts = [mark.start for mark in marks]
    steps = step_marks(matching, marks, starts, start, contact)
    if steps:
        marks = in_order(marks + steps)
        starts = [mark.start for mark in marks]
    parts = build(marks, starts, source.text, contact)
    roots = [part for part in parts if part.depth == 1]
    candidates = section_roots(roots)
    has_sections = bool(candidates) and assign(candidates, parts, matching)
    sections = _sections(parts, candidates if has_sections else [], matching, (start, contact, end))
    section_starts, section_names = zip(*sections, strict=True)
    names = _names(starts, section_starts, section_names)
    set_levels(candidates if has_sections else roots, parts, names, matching, has_sections)
    nodes, places, children = _nodes(source, parts, names)
    return Outline(nodes, starts, places, section_starts, section_names, children)


def _sections(parts: list[Part], heads: list[Part], matching: str, bounds: tuple[int, int, int]) -> list[tuple[int, str]]:
    """Rising starts of the parts of the notice with their names."""
    start, contact, end = bounds
    sections = [(start, "lead")]
    sections += [(head.mark.start, head.section) for head in heads]
    if not heads:
        for at, name in plain_sections(matching, start, contact, parts):
            sections.append((at, name))
            _cut(parts, matching, at)
    if not any(name == "next_steps" for _, name in sections):
        behind = parts[-1].words_end if parts else start + (contact - start) // 2
        at = next_line(matching, behind, contact)
        if at >= 0:
            sections.append((at, "next_steps"))
            _cut(parts, matching, at)
    if contact < end:
        sections.append((contact, "contact"))
    sections.append((end, "other"))
    return sections


def _names(starts: list[int], section_starts: Sequence[int], section_names: Sequence[str]) -> list[str]:
    """The name of the part of the notice in which each of ``starts`` lies."""
    names: list[str] = []
    for name, following in zip(section_names, section_starts[1:], strict=False):
        names += [name] * (bisect_left(starts, following) - len(names))
    return names + [section_names[-1]] * (len(starts) - len(names))


def _cut(parts: list[Part], matching: str, at: int) -> None:
    """End before ``at`` what starts before it and runs on behind it, unless it has parts that start there or behind."""
    stop = at
    while stop > 0 and matching[stop - 1] in " \n":
        stop -= 1
    going_on: set[int] = set()
    for part in parts:
        if part.mark.start >= at:
            above = part.parent
            while above is not None and id(above) not in going_on:
                going_on.add(id(above))
                above = above.parent
    for part in parts:
        if part.mark.start < at < part.body_end and id(part) not in going_on:
            part.body_end = max(stop, part.words_end)


_SELF_NAMED = frozenset(("yishi", "circled"))  # families whose marks are called as they are printed


def _nodes(source: Source, parts: list[Part], names: list[str]) -> tuple[tuple[Node, ...], dict[str, int], dict[str, list[Node]]]:
    """The nodes of ``parts``, of which all is known but their paths; where in them each path stands; and those straight below each path."""
    text = source.text
    notice_id, folded, raw = source.notice_id, text.folded, text.raw
    places: dict[str, int] = {}
    times: dict[str, int] = {}
    nodes: list[Node] = []
    children: dict[str, list[Node]] = {}
    for part, name in zip(parts, names, strict=True):
        mark, parent, style, key = part.mark, part.parent, part.mark.style, part.mark.key
        # compiled code would make a new number of an int for each column that holds it
        start: Any = mark.start
        end: Any = part.words_end
        if parent is None:
            outer, path = None, key
        else:
            outer = parent.path
            path = f"{outer}/{key}"
        if path in places:
            times[path] = times.get(path, 1) + 1
            path = f"{path}#{times[path]}"
        places[path] = len(nodes)
        if part.first_below is not None:
            part.path = path
        label = key if part.family in _SELF_NAMED else folded[start : mark.label_end]
        raw_start, raw_end = start, end
        surface = printed = folded[start:end]
        if raw is not folded:
            raw_start, raw_end = text.raw_span(start, end)
            printed = raw[raw_start:raw_end]
        # by position and one by one: columns would have to be made of them first
        node = Node(
            notice_id, start, end, raw_start, raw_end, surface, printed, "node." + style, path, outer, part.depth, part.level, name, style,
            mark.ordinal, label, part.heading, part.is_irregular, start, part.body_end,
        )  # fmt: skip
        nodes.append(node)
        if outer in children:
            children[outer].append(node)
        elif outer is not None:
            children[outer] = [node]
    return tuple(nodes), places, children
