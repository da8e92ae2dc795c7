"""The parts of a notice's page: page header, title, body, signature, page footer, told by the form of their lines."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from transforms.identity.head import glued_title, read_head
from transforms.identity.tail import read_tail
from transforms.records.shared import Span
from transforms.text.text import Text

_HEAD_LINES = 20


class Layout(msgspec.Struct, frozen=True, gc=False):
    """Spans of the parts. ``body`` runs from behind the title to before the signature.

    Lines, of which ``line_starts`` and ``line_lengths`` tell, are trimmed and never empty; a title to which the text is glued is a line of
    its own. ``title`` has one span a line, without a column name or date glued to it; a repeated title stands in ``header``.
    ``signature`` has one span a line; the date may stand in the same line as the body.
    """

    line_starts: Sequence[int]
    line_lengths: Sequence[int]
    header: tuple[Span, ...]
    title: tuple[Span, ...]
    body: Span
    signature: tuple[Span, ...]
    signed_date: Span | None
    footer: tuple[Span, ...]


def layout(text: Text) -> Layout:
    """The parts of ``text``."""
    words, starts = _lines(text.matching)
    head = read_head(words, starts)
    tail = read_tail(words, starts, head.stop)
    lengths = list(map(len, words))
    last = tail.start - 1
    return Layout(
        line_starts=starts,
        line_lengths=lengths,
        header=tuple([Span(starts[at], starts[at] + lengths[at]) for at in head.header]),
        title=tuple([Span(*span) for span in head.title]),
        body=Span(starts[head.stop], starts[last] + lengths[last]) if head.stop <= last else Span(0, 0),
        signature=tuple([Span(*span) for span in tail.signature]),
        signed_date=Span(*tail.date) if tail.date else None,
        footer=tuple([Span(starts[at], starts[at] + lengths[at]) for at in tail.footer]),
    )


def _lines(matching: str) -> tuple[list[str], list[int]]:
    """The lines that are not empty, trimmed, and where each starts; a title is parted from the text that is glued to it."""
    printed = matching.split("\n")
    words = list(map(str.strip, printed))
    starts: list[int] = []
    at = 0
    for line in printed:
        starts.append(at)
        at += len(line) + 1
    if "" in words or words != printed:
        starts = [start + line.find(bare) for start, line, bare in zip(starts, printed, words, strict=True) if bare]
        words = [bare for bare in words if bare]
    at = 0
    while at < _HEAD_LINES and at < len(words):
        line = words[at]
        glued = glued_title(line) if " " in line else 0
        if glued:
            start = starts[at]
            words[at : at + 1] = [line[:glued].rstrip(), line[glued:]]
            starts[at : at + 1] = [start, start + glued]
            at += 1
        at += 1
    return words, starts
