"""The opening of a notice: the lead that tells who inspected whom and when, before the first numbered heading."""

from __future__ import annotations

import re

from transforms.layout import Layout
from transforms.text.text import Text

_HEADING = re.compile(r"\n\s*(?:[一二三四五六七八九十]{1,2}、|\([一二三四五六七八九十]{1,2}\)|第一)")
_REACH = 1000
_LEAST = 60


def opening(text: Text, layout: Layout) -> tuple[int, int]:
    """Range of the opening; empty if the page has no body."""
    start, end = layout.body.start_char, layout.body.end_char
    stop = min(end, start + _REACH)
    heading = _HEADING.search(text.matching, min(start + _LEAST, stop), stop)
    return start, heading.start() if heading else stop
