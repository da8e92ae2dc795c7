"""The outline of a notice: its numbered and labelled parts as a tree that is laid flat in text order."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from transforms.layout import Layout
from transforms.outline.marks import in_order, line_marks
from transforms.outline.part import Part, build
from transforms.outline.sections import assign, contact_start, next_line, plain_sections, section_roots
from transforms.outline.shape import set_levels
from transforms.outline.steps import step_marks
from transforms.outline.tables import table_marks
from transforms.records.outline import Node
from transforms.source import Source


@dataclass(frozen=True, slots=True)
class Outline:
    """Nodes in text order, with two indexes from offsets to the innermost node and to the part of the notice.

    ``children`` holds the nodes straight below each path that has any.
    ``node_starts`` and ``section_starts`` rise; the entry at the same place holds from that offset to the next start.
    """

    nodes: tuple[Node, ...] = ()
    node_starts: tuple[int, ...] = ()
    node_paths: tuple[str | None, ...] = ()
    section_starts: tuple[int, ...] = ()
    section_names: tuple[str, ...] = ()
    children: Mapping[str, list[Node]] = field(default_factory=dict)

    def path_at(self, offset: int) -> str | None:
        """Path of the innermost node that holds ``offset``, or None outside of all nodes."""
        position = bisect_right(self.node_starts, offset)
        return self.node_paths[position - 1] if position else None

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
    nodes = _nodes(source, parts)
    return Outline(nodes, *_index(parts), tuple([at for at, _ in sections]), tuple([name for _, name in sections]), _children(nodes))


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


def _nodes(source: Source, parts: list[Part]) -> tuple[Node, ...]:
    folded, evidence = source.text.folded, source.evidence
    taken: dict[str, int] = {}
    nodes = []
    for part in parts:
        mark, parent = part.mark, part.parent
        above = None if parent is None else parent.path
        path = mark.key if above is None else f"{above}/{mark.key}"
        if path in taken:
            taken[path] += 1
            path = f"{path}#{taken[path]}"
        else:
            taken[path] = 1
        part.path = path
        start, label_end, style, end, body_end = mark.start, mark.label_end, mark.style, part.words_end, part.body_end
        end = max(end, label_end, start + 1)
        nodes.append(
            Node(
                *evidence(start, end, "node." + style),
                path,
                above,
                part.depth,
                part.level,
                part.section,
                style,
                mark.ordinal,
                folded[start:label_end],
                folded[part.words_start : part.words_end],
                part.is_irregular,
                start,
                body_end if body_end > end else end,
            )
        )
    return tuple(nodes)


def _children(nodes: Sequence[Node]) -> dict[str, list[Node]]:
    children: dict[str, list[Node]] = {}
    for node in nodes:
        above = node.parent_path
        if above is None:
            continue
        if above in children:
            children[above].append(node)
        else:
            children[above] = [node]
    return children


def _index(parts: list[Part]) -> tuple[tuple[int, ...], tuple[str | None, ...]]:
    """Starts and paths of the stretches between node boundaries."""
    starts: list[int] = []
    paths: list[str | None] = []
    open_parts: list[Part] = []

    def close(kept: int) -> None:
        while len(open_parts) > kept:
            end = open_parts.pop().body_end
            path = open_parts[-1].path if open_parts else None
            if starts[-1] == end:
                paths[-1] = path
            else:
                starts.append(end)
                paths.append(path)

    for part in parts:
        close(part.depth - 1)
        start = part.mark.start
        if starts and starts[-1] == start:
            paths[-1] = part.path
        else:
            starts.append(start)
            paths.append(part.path)
        open_parts.append(part)
    close(0)
    return tuple(starts), tuple(paths)
