"""The body that signed a notice."""

from __future__ import annotations

from transforms.layout import Layout
from transforms.records.shared import Span
from transforms.text.text import Text


def signed_org(text: Text, layout: Layout) -> tuple[str, Span] | None:
    """Name and span of the signing body; a name that is broken over two lines is joined.

    Two bodies that sign together, one a line, are joined by 、 as in a printed enumeration.
    """
    signature = layout.signature or _below_title(text, layout)
    if not signature:
        return None
    lines = ["".join(text.folded[line.start_char : line.end_char].split()) for line in signature]
    name = lines[0]
    for line in lines[1:]:
        name += ("、" if line.startswith(("中共", "中国共产党")) else "") + line
    return name, Span(signature[0].start_char, signature[-1].end_char)


def _below_title(text: Text, layout: Layout) -> tuple[Span, ...]:
    """The line of the header that names the body below the title, where some notices print who signs."""
    if not layout.title:
        return ()
    floor, title = layout.title[-1].end_char, layout.title[0]
    own = text.folded[title.start_char : title.end_char]
    for line in layout.header:
        words = text.folded[line.start_char : line.end_char]
        if (
            line.start_char >= floor
            and words.startswith(("中共", "中国共产党"))
            and ":" not in words
            and "关于" not in words
            and words not in own
        ):
            return (line,)
    return ()
