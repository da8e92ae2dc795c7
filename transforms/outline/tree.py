"""The outline of a notice: its numbered and labelled parts as a tree that is laid flat in text order."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping, Sequence

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
    if " | " in matching:
        marks = table_marks(matching, start, contact, marks)
    steps = step_marks(matching, marks, start, contact)
    if steps:
        marks = in_order(marks + steps)
    parts = build(marks, matching, contact)
    roots = [part for part in parts if part.depth == 1]
    candidates = section_roots(roots)
    has_sections = bool(candidates) and assign(candidates, parts, matching)
    sections = _sections(parts, candidates if has_sections else [], matching, (start, contact, end))
    set_levels(candidates if has_sections else roots, parts, matching, has_sections)
    section_starts, section_names = zip(*sections, strict=True)
    return _tree(source, parts, section_starts, section_names)


def _sections(parts: list[Part], heads: list[Part], matching: str, bounds: tuple[int, int, int]) -> list[tuple[int, str]]:
    """Rising starts of the parts of the notice with their names; every node learns the part it stands in."""
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
    at, (name, following) = 0, (sections[0][1], sections[1][0])
    for part in parts:
        while part.mark.start >= following:
            at += 1
            name = sections[at][1]
            following = sections[at + 1][0] if at + 1 < len(sections) else end + 1
        part.section = name
    return sections


def _cut(parts: list[Part], matching: str, at: int) -> None:
    """End before ``at`` what starts before it and runs on behind it, unless what starts there is a part of it."""
    stop = at
    while stop > 0 and matching[stop - 1] in " \n":
        stop -= 1
    above: list[Part] = []
    part_there = next((part for part in parts if part.mark.start == at), None)
    while part_there is not None:
        above.append(part_there)
        part_there = part_there.parent
    for part in parts:
        if part.mark.start < at < part.body_end and not any(part is one for one in above):
            part.body_end = max(stop, part.words_end)


def _tree(source: Source, parts: list[Part], section_starts: tuple[int, ...], section_names: tuple[str, ...]) -> Outline:
    """The outline whose parts are all known."""
    folded = source.text.folded
    places: dict[str, int] = {}
    times: dict[str, int] = {}
    ends, above, labels, headings, body_ends = [], [], [], [], []
    for at, part in enumerate(parts):
        mark, parent, last = part.mark, part.parent, part.words_end
        if parent is None:
            outer, path = None, mark.key
        else:
            outer = parent.path
            path = f"{outer}/{mark.key}"
        if path in places:
            times[path] = times.get(path, 1) + 1
            path = f"{path}#{times[path]}"
        places[path] = at
        part.path = path
        above.append(outer)
        start, label_end = mark.start, mark.label_end
        labels.append(folded[start:label_end])
        headings.append(folded[part.words_start : last])
        end = max(last, label_end, start + 1)
        ends.append(end)
        body_ends.append(part.body_end if part.body_end > end else end)
    marks = [part.mark for part in parts]
    starts, styles = [mark.start for mark in marks], [mark.style for mark in marks]
    nodes = tuple(
        map(
            Node,
            *source.columns(starts, ends, ["node." + style for style in styles]),
            places,
            above,
            [part.depth for part in parts],
            [part.level for part in parts],
            [part.section for part in parts],
            styles,
            [mark.ordinal for mark in marks],
            labels,
            headings,
            [part.is_irregular for part in parts],
            starts,
            body_ends,
        )
    )
    children: dict[str, list[Node]] = {}
    for outer, node in zip(above, nodes, strict=True):
        if outer in children:
            children[outer].append(node)
        elif outer is not None:
            children[outer] = [node]
    return Outline(nodes, starts, places, section_starts, section_names, children)
