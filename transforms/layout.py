"""The parts of a notice's page: page header, title, body, signature, page footer, told by the form of their lines."""

from __future__ import annotations

import re
from itertools import starmap

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


# A line from its first character that is no blank to its last.
_LINE = re.compile(r"\S(?:[^\n]*\S)?")


def layout(text: Text) -> Layout:
    """The parts of ``text``."""
    matching = text.matching
    places = _lines(matching)
    words = [matching[start:end] for start, end in places]
    starts = [start for start, _ in places]
    head = read_head(words, starts)
    tail = read_tail(words, starts, head.stop)
    lines = tuple(starmap(Span, places))
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


def _lines(matching: str) -> list[tuple[int, int]]:
    """Where each line that is not empty starts and ends; a title is parted from the text that is glued to it."""
    places = [line.span() for line in _LINE.finditer(matching)]
    at = 0
    while at < min(_HEAD_LINES, len(places)):
        start, end = places[at]
        glued = glued_title(matching[start:end])
        if glued:
            title = matching[start : start + glued].rstrip()
            places[at : at + 1] = [(start, start + len(title)), (start + glued, end)]
            at += 1
        at += 1
    return places
