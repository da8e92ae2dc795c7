"""The parts of a notice's page: page header, title, body, signature, page footer, told by the form of their lines."""

from __future__ import annotations

from dataclasses import dataclass

from transforms.identity.head import glued_title, read_head
from transforms.identity.tail import read_tail
from transforms.records.shared import Span
from transforms.text.text import Text

_HEAD_LINES = 20


@dataclass(frozen=True, slots=True)
class Layout:
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
    words: list[str] = []
    starts: list[int] = []
    position = 0
    for line in text.matching.split("\n"):
        trimmed = line.strip()
        if trimmed:
            start = position if line[0] > " " else position + len(line) - len(line.lstrip())
            glued = glued_title(trimmed) if len(words) < _HEAD_LINES else 0
            if glued:
                words.append(trimmed[:glued].rstrip())
                starts.append(start)
                start += glued
                trimmed = trimmed[glued:]
            words.append(trimmed)
            starts.append(start)
        position += len(line) + 1
    lines = tuple([Span(start, start + len(word)) for start, word in zip(starts, words, strict=True)])
    head = read_head(words, starts)
    tail = read_tail(words, starts, head.stop)
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
