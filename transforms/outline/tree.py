"""The outline of a notice: its numbered and labelled parts as a tree that is laid flat in text order."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass

from transforms.layout import Layout
from transforms.records.outline import Node
from transforms.source import Source


@dataclass(frozen=True, slots=True)
class Outline:
    """Nodes in text order, with two indexes from offsets to the innermost node and to the part of the notice.

    ``node_starts`` and ``section_starts`` rise; the entry at the same place holds from that offset to the next start.
    """

    nodes: tuple[Node, ...] = ()
    node_starts: tuple[int, ...] = ()
    node_paths: tuple[str | None, ...] = ()
    section_starts: tuple[int, ...] = ()
    section_names: tuple[str, ...] = ()

    def path_at(self, offset: int) -> str | None:
        """Path of the innermost node that holds ``offset``, or None outside of all nodes."""
        position = bisect_right(self.node_starts, offset)
        return self.node_paths[position - 1] if position else None

    def section_at(self, offset: int) -> str:
        """Part of the notice at ``offset``: lead, organisation, results, next_steps, contact or other."""
        position = bisect_right(self.section_starts, offset)
        return self.section_names[position - 1] if position else "other"


def outline(source: Source, layout: Layout) -> Outline:
    """The outline of ``source``."""
    body = layout.body
    return Outline(section_starts=(body.start_char, body.end_char), section_names=("lead", "other"))
