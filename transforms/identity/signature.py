"""The body that signed a notice."""

from __future__ import annotations

import re
from bisect import bisect_left

from transforms.layout import Layout
from transforms.records.shared import Span
from transforms.text.text import Text

# (中共云溪县水利局党组 2024年4月12日): who signs and when, in a bracketed line below the title
_BRACKETED = re.compile(
    r"[(\[【] ?(?P<org>(?:中共|中国共产党)[\u4e00-\u9fffX×*○·]{2,40}?(?:委员会|党委|党组|工委|支部|总支))(?:[ ,]{1,12}[\dX×*〇○零一二三四五六七八九十年月日./-]{6,12})? ?[)\]】]"
)


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
    for line in (*layout.header, *_first_of_body(layout)):
        bracketed = _BRACKETED.fullmatch(text.matching, line.start_char, line.end_char) if line.start_char >= floor else None
        if bracketed:
            return (Span(*bracketed.span("org")),)
    return ()


def _first_of_body(layout: Layout) -> tuple[Span, ...]:
    """The line that starts where the body does."""
    start, starts = layout.body.start_char, layout.line_starts
    at = bisect_left(starts, start)
    return (Span(start, start + layout.line_lengths[at]),) if at < len(starts) and starts[at] == start else ()
