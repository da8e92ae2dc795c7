"""One saved page read: its paragraphs and its fields."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

import regex

from transforms.reading.html.blocks import Block, Flat, flatten, parse
from transforms.reading.html.chrome import article_lines, squeezed
from transforms.reading.html.content import Main, main_content
from transforms.reading.html.fields import bare_date, element_fields, line_fields, meta_fields, page_title
from transforms.reading.html.script_bodies import script_body
from transforms.reading.limits import DEFAULT_LIMITS, Limits
from transforms.reading.refusal import Refused
from transforms.text.script import is_traditional, simplified

# Less punctuation than this is no article: an error page, an index page, an empty shell that a script would fill.
_FEWEST_MARKS = 4
# A hidden part belongs to the article if it adds to it; one that is many times longer is another text.
_MORE = 1.2
_MOST_PARTS = 12
_LONG_VALUE = 200
_COMPARED = 20
_CDATA = regex.compile(r"<!\[CDATA\[(.*?)\]\]>", regex.DOTALL)
_OWN_TITLE = regex.compile(r"关于.{0,80}(?:整改|巡视|巡察|反馈).{0,40}(?:通报|报告|公告|公示|通告)")
_ATTACHMENT = regex.compile(r"\.(?:docx?|wps|pdf|ofd|zip|rar|rtf|txt)(?:[?#]|$)|download\.jsp", regex.I)


@dataclass(frozen=True, slots=True)
class Page:
    """``text`` has one paragraph or table row a line; ``fields`` what the page says about it (header lines of a traditional page simplified)."""

    text: str
    fields: Mapping[str, str]


def read_page(markup: str, limits: Limits = DEFAULT_LIMITS, given: Mapping[str, str] | None = None) -> Page:
    """The article of ``markup``; ``given`` are fields that came beside it. Raises ``Refused`` no_article, limit_elements."""
    root = parse(markup)
    if root is None:
        raise Refused("no_article", "read", "the page holds no markup and no text; save it again from the browser")
    flat = flatten(root, limits=limits)
    main = main_content(flat)
    fields = dict(given or {})
    if flat.has_hidden:
        flat, main = _turned_over(root, flat, main, limits)
    if main.marks < _FEWEST_MARKS * 3 and not fields:
        flat, main, fields = _richer(root, flat, main, limits)
    if main.marks < _FEWEST_MARKS:
        raise _without_article(root)
    meta = meta_fields(root)
    inside = [index for index in range(main.start, main.end) if index not in main.left_out]
    compared = _comparable(flat.blocks)
    kept = [inside[at] for at in article_lines([compared[index] for index in inside])]
    outside = compared[max(0, main.start - 60) : main.start] + [compared[index] for index in sorted(set(inside) - set(kept))]
    outside += compared[main.end : main.end + 40]
    title = fields.get("title") or page_title(root, flat.blocks[: main.start + 12], meta)
    found = {**element_fields(root), **line_fields(outside), **meta, **fields}
    if "published" not in found:
        date = bare_date(outside)
        if date:
            found["published"] = date
    if title:
        found["title"] = title
    attachments = _attachments(flat, main)
    if attachments:
        found["attachments"] = "\n".join(attachments)
    paragraphs = [flat.blocks[index].text for index in kept]
    if title and not _has_title(paragraphs, title):
        paragraphs.insert(0, title)
    return Page("\n".join(paragraphs), found)


def _without_article(root: Any) -> Refused:
    viewer = next((element.get("pdfsrc") for element in root.iter() if element.get("pdfsrc")), None)
    links = (
        [viewer]
        if viewer
        else [element.get("href") for element in root.iter("a") if element.get("href") and _ATTACHMENT.search(element.get("href"))]
    )
    if links:
        return Refused(
            "no_article", "read", f"the page holds no article, only attachments; read the notice itself: {' '.join(links[:5])[:500]}"
        )
    return Refused(
        "no_article",
        "read",
        "the page holds no article, only links and furniture; open it in a browser and save the page of the notice itself",
    )


def _comparable(blocks: list[Block]) -> list[Block]:
    """``blocks`` in the script in which the lexicons are written."""
    if not is_traditional("".join(block.text for block in blocks)):
        return blocks
    return [replace(block, text=simplified(block.text)) for block in blocks]


def _turned_over(root: Any, flat: Flat, main: Main, limits: Limits) -> tuple[Flat, Main]:
    """The article with the pages of it that a pager shows one at a time: hidden parts that hold more of it and repeat nothing."""
    whole = flatten(root, with_hidden=True, limits=limits)
    choice = main_content(whole)
    if choice.marks < _MORE * main.marks or choice.marks > _MOST_PARTS * main.marks:
        return flat, main
    seen = {block.text for block in flat.blocks[main.start : main.end]}
    added = [block.text for block in whole.blocks[choice.start : choice.end] if block.text not in seen]
    if any(text in other for text in list(seen)[:_COMPARED] if len(text) > 12 for other in added):
        return flat, main  # what is hidden is the same text in one piece, for reading aloud
    shown = [block for block in whole.blocks[choice.start : choice.end] if block.marks]
    repeated = len(shown) - len({block.text for block in shown})
    # what was seen must be a part of it, else it is another text, such as a notice about cookies
    return (whole, choice) if not repeated and seen <= {block.text for block in whole.blocks[choice.start : choice.end]} else (flat, main)


def _richer(root: Any, flat: Flat, main: Main, limits: Limits) -> tuple[Flat, Main, dict[str, str]]:
    """The page with what a browser's scripts would show, where that holds more than what is displayed."""
    held = [element.text for element in root.iter("textarea", "xmp", "template") if element.text and "<" in element.text]
    held += [value for element in root.iter("input") if len(value := element.get("value") or "") > _LONG_VALUE]
    scripts = [element.text for element in root.iter("script") if element.text]
    held += ["".join(_CDATA.findall(text)) for text in scripts if "<![CDATA[<" in text]
    bodies: list[tuple[str, dict[str, str]]] = [(text, {}) for text in held]
    body = script_body(scripts)
    if body:
        bodies.append(body)
    fields: dict[str, str] = {}
    for text, beside in bodies:
        inner = parse(text if "<" in text else f"<pre>{text}</pre>")
        if inner is None:
            continue
        inside = flatten(inner, limits=limits)
        choice = main_content(inside)
        if choice.marks > 2 * main.marks:
            flat, main, fields = inside, Main(0, len(inside.blocks), choice.marks), beside
    hidden = flatten(root, with_hidden=True, with_stored=True, limits=limits)
    choice = main_content(hidden)
    return (hidden, choice, fields) if choice.marks > 2 * main.marks else (flat, main, fields)


def _has_title(paragraphs: list[str], title: str) -> bool:
    head = squeezed("".join(paragraphs[:6]))
    if squeezed(title) in head:
        return True
    # an article that opens with a title of its own keeps that one
    return any(_OWN_TITLE.search(paragraph) and len(paragraph) < 90 and "。" not in paragraph for paragraph in paragraphs[:4])


def _attachments(flat: Flat, main: Main) -> list[str]:
    blocks: list[Block] = flat.blocks[main.start : min(len(flat.blocks), main.end + 10)]
    return list(dict.fromkeys(link for block in blocks for link in block.links if _ATTACHMENT.search(link)))[:20]
