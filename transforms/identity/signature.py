"""The body that signed a notice."""

from __future__ import annotations

from transforms.layout import Layout
from transforms.records.shared import Span
from transforms.text.text import Text


def signed_org(text: Text, layout: Layout) -> tuple[str, Span] | None:
    """Name and span of the signing body; a name that is broken over two lines is joined.

    Two bodies that sign together, one a line, are joined by 、 as in a printed enumeration.
    """
    if not layout.signature:
        return None
    lines = ["".join(text.folded[line.start_char : line.end_char].split()) for line in layout.signature]
    name = lines[0]
    for line in lines[1:]:
        name += ("、" if line.startswith(("中共", "中国共产党")) else "") + line
    return name, Span(layout.signature[0].start_char, layout.signature[-1].end_char)
