"""Links of a page: all with their words, for index pages; those to documents, for pages that hold nothing else."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass

from flows.crawl.failure import FetchFailed
from flows.crawl.urls import canonical

# Markup is searched, not parsed: lists also stand in CDATA sections and script strings (Hanweb's <record>), where a parser sees text.
_ANCHOR = re.compile(r"<a\s([^<>]{1,2000})>", re.I)
_HREF = re.compile(r"""\bhref\s{0,3}=\s{0,3}(?:\\?"([^"\\]{1,2000})|\\?'([^'\\]{1,2000})|([^\s"'>]{1,2000}))""", re.I)
_TITLE = re.compile(r"""\btitle\s{0,3}=\s{0,3}(?:\\?"([^"\\]{1,500})|\\?'([^'\\]{1,500}))""", re.I)
_BASE = re.compile(r"""<base\s[^<>]{0,300}?href\s{0,3}=\s{0,3}["']?([^"'\s>]{1,2000})""", re.I)
_END = re.compile("</a", re.I)
_TAG = re.compile(r"<[^<>]{0,500}>")
_DOCUMENT = re.compile(r"\.(?:docx?|wps|pdf|ofd|rtf|zip|rar)(?:[?#]|$)|download\.jsp", re.I)
_VIEWER = re.compile(r"""\b(?:pdfsrc|data-src|sudyfile-attr)\s{0,3}=\s{0,3}["']([^"'<>]{1,500}\.(?:pdf|ofd|docx?|wps))["']""", re.I)
_LONGEST_WORDS = 500


@dataclass(frozen=True, slots=True)
class Link:
    """A canonical URL and the words that lead to it; a title attribute counts where it says more than the words."""

    url: str
    words: str


def links(markup: str, page: str) -> Iterator[Link]:
    """The http(s) links of ``markup``, which stood at ``page``, in their order."""
    base = base_of(markup, page)
    for anchor in _ANCHOR.finditer(markup):
        href = _HREF.search(anchor[1])
        if href is None:
            continue
        try:
            url = canonical(html.unescape(next(filter(None, href.groups()))), base)
        except FetchFailed:
            continue  # javascript:, mailto: and the like
        end = _END.search(markup, anchor.end(), anchor.end() + 4 * _LONGEST_WORDS)
        words = _words(markup[anchor.end() : end.start()]) if end else ""
        title = _TITLE.search(anchor[1])
        told = _words(next(filter(None, title.groups()), "")) if title else ""
        yield Link(url, told if len(told) > len(words) else words)


def document_links(markup: str, page: str) -> Iterator[str]:
    """URLs of the documents that a page links to or shows in a viewer."""
    base = base_of(markup, page)
    yield from (link.url for link in links(markup, page) if _DOCUMENT.search(link.url))
    for viewer in _VIEWER.finditer(markup):
        try:
            yield canonical(html.unescape(viewer[1]), base)
        except FetchFailed:
            continue


def base_of(markup: str, page: str) -> str:
    """What relative links of ``markup`` are relative to: its base element, or the page."""
    told = _BASE.search(markup, 0, 20000)
    try:
        return canonical(html.unescape(told[1]), page) if told else page
    except FetchFailed:
        return page


def _words(markup: str) -> str:
    return " ".join(html.unescape(_TAG.sub(" ", markup[: 4 * _LONGEST_WORDS])).split())[:_LONGEST_WORDS]
