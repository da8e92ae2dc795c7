"""The outline of a notice: its numbered and labelled parts as a tree that is laid flat in text order."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from transforms.layout import Layout
from transforms.lexicons.load import words
from transforms.outline.marks import line_marks
from transforms.outline.part import Part, build, set_words
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
        marks = sorted(marks + steps, key=lambda mark: mark.start)
    parts = [Part(mark) for mark in marks]
    set_words(parts, matching, contact)
    build(parts, matching, words("outline", "next"))
    _bound(parts, matching, contact)
    roots = [part for part in parts if part.parent is None]
    candidates = section_roots(roots)
    has_sections = bool(candidates) and assign(candidates, matching)
    sections = _sections(parts, candidates if has_sections else [], matching, (start, contact, end))
    set_levels(candidates if has_sections else roots, parts, matching, has_sections)
    nodes = _nodes(source, parts)
    return Outline(nodes, *_index(parts), tuple(at for at, _ in sections), tuple(name for _, name in sections), _children(nodes))


def _bound(parts: list[Part], matching: str, end: int) -> None:
    """Set where each part ends: before the next one that is not below it; the last step inside a paragraph ends with that."""
    open_parts: list[Part] = []
    for part in parts:
        while open_parts and open_parts[-1] is not part.parent:
            _close(open_parts.pop(), matching, part.mark.start)
        open_parts.append(part)
    while open_parts:
        _close(open_parts.pop(), matching, end)


def _close(part: Part, matching: str, stop: int) -> None:
    if part.mark.is_inline and part.family in ("yishi", "circled", "arabic_paren", "arabic") and not part.children:
        line = matching.find(" |" if part.parent is not None and part.parent.family == "table" else "\n", part.words_end, stop)
        stop = line if line >= 0 else stop
    elif part.family == "table":
        stop = part.mark.body_end
    stop = max(stop, part.children[-1].body_end) if part.children else stop
    least = part.words_end
    while stop > least and matching[stop - 1] in " \n":
        stop -= 1
    part.body_end = stop if stop > least else least


def _sections(parts: list[Part], heads: list[Part], matching: str, bounds: tuple[int, int, int]) -> list[tuple[int, str]]:
    """Rising starts of the parts of the notice with their names; every node learns the part it stands in."""
    start, contact, end = bounds
    sections = [(start, "lead")]
    sections += [(head.mark.start, head.section) for head in heads]
    if not heads:
        for at, name in plain_sections(matching, start, contact, [part for part in parts if part.parent is None]):
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
    at = 0
    for part in parts:
        while at + 1 < len(sections) and sections[at + 1][0] <= part.mark.start:
            at += 1
        part.section = sections[at][1]
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
    folded = source.text.folded
    taken: dict[str, int] = {}
    nodes = []
    for part in parts:
        mark, parent = part.mark, part.parent
        path = f"{parent.path}/{mark.key}" if parent else mark.key
        if path in taken:
            taken[path] += 1
            path = f"{path}#{taken[path]}"
        else:
            taken[path] = 1
        part.path = path
        start = mark.start
        end = max(part.words_end, mark.label_end, start + 1)
        nodes.append(
            Node(
                *source.evidence(start, end, "node." + mark.style),
                path=path,
                parent_path=parent.path if parent else None,
                depth=part.depth,
                level=part.level,
                section=part.section,
                mark=mark.style,
                ordinal=mark.ordinal,
                label=folded[start : mark.label_end],
                heading=folded[part.words_start : part.words_end],
                is_irregular=part.is_irregular,
                body_start=start,
                body_end=max(part.body_end, end),
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

    def close() -> None:
        closed = open_parts.pop()
        path = open_parts[-1].path if open_parts else None
        if starts[-1] == closed.body_end:
            paths[-1] = path
        else:
            starts.append(closed.body_end)
            paths.append(path)

    for part in parts:
        while open_parts and open_parts[-1] is not part.parent:
            close()
        start = part.mark.start
        if starts and starts[-1] == start:
            paths[-1] = part.path
        else:
            starts.append(start)
            paths.append(part.path)
        open_parts.append(part)
    while open_parts:
        close()
    return tuple(starts), tuple(paths)
