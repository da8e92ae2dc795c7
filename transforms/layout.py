"""The parts of a notice's page: page header, title, body, signature, page footer, told by the form of their lines."""

from __future__ import annotations

from operator import add

import msgspec

from transforms.identity.head import glued_title, read_head
from transforms.identity.tail import read_tail
from transforms.records.shared import Span
from transforms.text.text import Text

_HEAD_LINES = 20


class Layout(msgspec.Struct, frozen=True, gc=False):
    """Spans of the parts; lines are trimmed and never empty; a title to which the text is glued is a line of its own. ``body`` runs from behind the title to before the signature.

    ``title`` has one span a line, without a column name or date glued to it; a repeated title stands in ``header``.
    ``signature`` has one span a line; the date may stand in the same line as the body.
    """

    lines: tuple[Span, ...]
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
    lines = tuple(map(Span, starts, map(add, starts, map(len, words))))
    body = Span(lines[head.stop].start_char, lines[tail.start - 1].end_char) if head.stop < tail.start else Span(0, 0)
    return Layout(
        lines=lines,
        header=tuple([lines[at] for at in head.header]),
        title=tuple([Span(*span) for span in head.title]),
        body=body,
        signature=tuple([Span(*span) for span in tail.signature]),
        signed_date=Span(*tail.date) if tail.date else None,
        footer=tuple([lines[at] for at in tail.footer]),
    )


def _lines(matching: str) -> tuple[list[str], list[int]]:
    """The lines that are not empty, trimmed, and where each starts; a title is parted from the text that is glued to it."""
    words: list[str] = []
    starts: list[int] = []
    at = 0
    for line in matching.split("\n"):
        bare, length = line.strip(), len(line)
        if bare:
            words.append(bare)
            starts.append(at if len(bare) == length else at + line.find(bare))
        at += length + 1
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
