"""Markup of the parts of a notice's page that are too many for a template: its marked text and the list of its values.

A template engine takes ten times as long for a page of some thousand stretches. Every word passes through ``html.escape``.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from html import escape

from markupsafe import Markup

from expectations.report.highlight import Stretch
from expectations.report.pages.values import Listed

LONGEST = 40


def document(lines: Iterable[Sequence[Stretch]]) -> Markup:
    """The text line by line; a stretch that has a value, is unparsed or is led to is an element of its own."""
    return Markup("\n".join("<p>" + "".join(map(_stretch, line)) + "</p>" for line in lines))


def _stretch(piece: Stretch) -> str:
    words = escape(piece.words, quote=False)
    if not (piece.kinds or piece.is_unparsed or piece.is_target):
        return words
    name = " ".join(f"k-{kind}" for kind in piece.kinds) or ("u" if piece.is_unparsed else "")
    classes = f' class="{name}"' if name else ""
    anchor = f' id="c{piece.start}"' if piece.is_target else ""
    value = f' data-v="{piece.number}"' if piece.number >= 0 else ""
    return f"<span{classes}{anchor}{value}>{words}</span>"


def value_rows(values: Iterable[Listed], kinds: Mapping[str, str]) -> Markup:
    """One table row for each value; ``kinds`` are the labels of their kinds."""
    return Markup("\n".join(_value_row(value, kinds[value.kind]) for value in values))


def _value_row(value: Listed, kind: str) -> str:
    words = value.words.replace("\n", " ")
    words = words if len(words) <= LONGEST else words[:LONGEST] + "…"
    return (
        f'<tr><td>{escape(kind)}</td><td lang="zh-CN"><a href="#c{value.start}">{escape(words)}</a></td>'
        f'<td lang="zh-CN">{escape(value.value)}</td><td class="code">{escape(value.rule)}</td></tr>'
    )
