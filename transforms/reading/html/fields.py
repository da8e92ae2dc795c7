"""What a page says about its article: title, day of publication, source, index number, from meta elements and header lines."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from itertools import islice, pairwise
from typing import Any

import regex

from transforms.lexicons.load import lexicon
from transforms.reading.html.blocks import Block, tidy
from transforms.reading.html.chrome import squeezed

_DATE = r"(?:19|20)\d{2}\s?[-/.年]\s?\d{1,2}\s?[-/.月]\s?\d{1,2}日?(?:\s{1,3}\d{1,2}:\d{2}(?::\d{2})?)?"
_LEADING_DATE = regex.compile(rf"[\s(\[]*({_DATE})")
_ONLY_DATE = regex.compile(rf"\s*{_DATE}")
_LINE_LIMIT = 400
_TITLE_LINE = regex.compile(r"整改.{0,30}(?:通报|报告|公告|公示|通告)|(?:通报|公告|公示|报告)$")


def meta_fields(root: Any) -> dict[str, str]:
    """Fields of the page's meta elements."""
    values: dict[str, str] = {}
    for element in root.iter("meta"):
        name = (element.get("name") or element.get("property") or "").strip().lower()
        value = tidy(element.get("content") or "")
        if value:
            values.setdefault(name, value[:500])
    found: dict[str, str] = {}
    for name, field in lexicon("reading_fields")["meta"].items():  # the order of the lexicon is the order of trust
        if name in values:
            found.setdefault(field, values[name])
    return found


def element_fields(root: Any) -> dict[str, str]:
    """Fields that a content system marks by the id of an element."""
    names = lexicon("reading_fields")["elements"]
    found: dict[str, str] = {}
    for element in root.iter("h1", "h2", "em", "span", "a", "div", "p"):
        field = names.get(element.get("id") or "")
        if field:
            value = _short_text(element)
            if value:
                found.setdefault(field, value)
    return found


def _short_text(element: Any) -> str:
    """The text of ``element``, empty if it is longer than a headline (and then not read to its end)."""
    pieces: list[str] = []
    length = 0
    for piece in islice(element.itertext(), 60):
        pieces.append(piece)
        length += len(piece)
        if length > 400:
            return ""
    text = tidy("".join(pieces))
    return text if len(text) <= 200 else ""


def line_fields(blocks: Iterable[Block]) -> dict[str, str]:
    """Fields of header lines such as ``发布时间：2024-05-06 来源：县教育局`` and of rows of label and value cells."""
    found: dict[str, str] = {}
    for block in blocks:
        if len(block.text) > _LINE_LIMIT:
            continue
        for field, value in _row(block.text) if block.kind == "row" else _line(block.text):
            if field and value:
                found.setdefault(field, value)
    return found


def bare_date(blocks: Iterable[Block]) -> str | None:
    """The date that opens a header line without a label: ``2024-06-03 作者：党办 点击：[88]``."""
    for block in blocks:
        found = _LEADING_DATE.match(block.text) if len(block.text) < 120 and block.link_share < 0.5 else None
        if found and (len(block.text) < 30 or any(True for _ in _line(block.text))):
            return found.group(1)
    return None


def _line(text: str) -> Iterable[tuple[str, str]]:
    labels = lexicon("reading_fields")["labels"]
    marks = list(_labels().finditer(text))
    for index, mark in enumerate(marks):
        end = marks[index + 1].start() if index + 1 < len(marks) else len(text)
        field = labels[squeezed(mark["label"])]
        value = text[mark.end() : end].strip(" \u3000\xa0|,，;；[]【】-—")
        if field in ("published", "updated", "written_on"):
            date = _LEADING_DATE.match(value)
            value = date.group(1) if date else ""
        else:
            value = regex.split(r"[|【\[]|\s{2,}|\u3000|\s(?:分享|打印|关闭|字体)", value, maxsplit=1)[0]
            value = _ONLY_DATE.sub("", value).strip() if field in ("source", "author", "editor", "publisher") else value.strip()
        if len(value) <= 80:
            yield field, value


def _row(text: str) -> Iterable[tuple[str, str]]:
    labels = lexicon("reading_fields")["labels"]
    cells = [cell.strip() for cell in text.split(" | ")]
    for label, value in pairwise(cells):
        field = labels.get(squeezed(label).rstrip(":"))
        if field and value and squeezed(value).rstrip(":") not in labels:
            yield field, value[:200]
    for cell in cells:
        yield from _line(cell)


@cache
def _labels() -> regex.Pattern[str]:
    """A label and its colon; letters may be set apart (索 引 号), and a value may be glued to the label before it."""
    words = sorted(lexicon("reading_fields")["labels"], key=len, reverse=True)
    spaced = "|".join(r"[ \u3000\xa0]{0,4}".join(map(regex.escape, word)) for word in words)
    return regex.compile(rf"(?<label>{spaced})[】\])]?[ \u3000\xa0]{{0,4}}[:：]")


def page_title(root: Any, blocks: list[Block], meta: dict[str, str]) -> str:
    """The headline: the meta field, a marked headline, or the longest line of the page that the window title repeats."""
    window = tidy("".join(root.findtext(".//title") or "" if root.find(".//title") is None else "".join(root.find(".//title").itertext())))
    window = regex.sub(r"</?ucaptitle>", "", window, flags=regex.I)
    if meta.get("title"):
        return meta["title"]
    for element in root.iter("ucaptitle", "h1"):
        text = _short_text(element)
        if len(text) >= 8 and (_TITLE_LINE.search(text) or text in window):
            return text
    repeated = [block.text for block in blocks if 8 <= len(block.text) <= 150 and block.text in window]
    if repeated:
        return max(repeated, key=len)
    names = {name.lower() for name in lexicon("reading_fields")["title_selectors"]}
    for element in root.iter("h1", "h2", "h3", "div", "p", "td", "span"):
        if names & set(f"{element.get('class') or ''} {element.get('id') or ''}".lower().split()):
            text = _short_text(element)
            if len(text) >= 8:
                return text
    # a window title alone is often that of the column
    title = without_site(window, meta.get("site", ""))
    return title if len(title) >= 10 or _TITLE_LINE.search(title) else ""


def without_site(window: str, site: str) -> str:
    """A window title without the name of the site and column behind or before the headline."""
    if site:
        window = window.replace(site, "")
    parts = [part.strip() for part in regex.split(r"[_|｜]|--+|——|\s[-–—]\s|-(?=[^-]{2,20}$)", window) if part.strip()]
    return max(parts, key=lambda part: (bool(_TITLE_LINE.search(part)), len(part)), default="")
