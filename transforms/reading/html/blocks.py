"""A page as a flat list of blocks (paragraphs, headings, table rows), with the range of blocks that every element covers."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import islice
from typing import Any

import regex
from lxml import etree

from transforms.reading.limits import DEFAULT_LIMITS, Limits

_INLINE = frozenset(
    [
        "a",
        "abbr",
        "acronym",
        "b",
        "bdi",
        "bdo",
        "big",
        "cite",
        "code",
        "del",
        "dfn",
        "em",
        "font",
        "i",
        "ins",
        "kbd",
        "label",
        "mark",
        "nobr",
        "q",
        "ruby",
        "s",
        "samp",
        "small",
        "span",
        "strike",
        "strong",
        "sub",
        "sup",
        "tt",
        "u",
        "var",
        "wbr",
    ]
)
_NEVER = frozenset(
    [
        "rp",
        "rt",
        "script",
        "style",
        "noscript",
        "head",
        "select",
        "option",
        "button",
        "input",
        "iframe",
        "svg",
        "template",
        "textarea",
        "object",
        "embed",
        "map",
        "canvas",
        "audio",
        "video",
    ]
)
_BREAKS = frozenset(("br", "hr", "pagebreak"))
_HIDDEN = regex.compile(r"display\s*:\s*none", regex.I)
_PRE = regex.compile(r"white-space\s*:\s*(?:pre|break-spaces)", regex.I)
_SPACE = regex.compile(r"[\s\u200b\ufeff]+")
_MARK = regex.compile(r"[，。；：、！？]|(?<=[\u4e00-\u9fff”》)])[,;:]")
# A cell with this share of a table and this many paragraphs is the article of a laid-out page.
_LAYOUT_SHARE = 0.6
_LAYOUT_BLOCKS = 3
_MOST_ROWS = 5000
_MOST_COLUMNS = 60
_INDENT = regex.compile(r"\u3000{2,}|\xa0{4,}|(?:\xa0 ){3,}")
_LONG_BLOCK = 200
_FEWEST_PIECES = 3


@dataclass(slots=True)
class Block:
    """One line of text; ``marks`` counts Chinese punctuation, ``linked`` the characters that are links."""

    text: str
    marks: int
    linked: int
    kind: str
    links: tuple[str, ...] = ()

    @property
    def link_share(self) -> float:
        return min(1.0, self.linked / max(1, len(self.text)))


@dataclass(slots=True)
class Flat:
    """``ranges`` has (element, first block, one past its last block) in the order in which elements end."""

    blocks: list[Block] = field(default_factory=list)
    ranges: list[tuple[Any, int, int]] = field(default_factory=list)
    has_hidden: bool = False


def parse(text: str) -> Any:
    """The root element of ``text``, or None if there is no markup. Nothing is loaded from outside."""
    parser = etree.HTMLParser(encoding="utf-8", no_network=True, huge_tree=True, remove_comments=True, remove_pis=True, recover=True)
    raw = text.replace("\0", "").encode("utf-8", "replace")
    try:
        return etree.fromstring(raw, parser) if raw.strip() else None
    except etree.LxmlError:
        return None


def flatten(root: Any, *, with_hidden: bool = False, with_stored: bool = False, limits: Limits = DEFAULT_LIMITS) -> Flat:
    """The blocks of ``root``; elements that are not displayed are left out unless ``with_hidden``.

    ``with_stored`` takes what only a script would show (textarea, noscript, template).
    """
    return _Flattener(with_hidden, with_stored, limits).run(root)


class _Flattener:
    def __init__(self, with_hidden: bool, with_stored: bool, limits: Limits) -> None:
        self.with_hidden = with_hidden
        self.with_stored = with_stored
        self.limits = limits
        self.flat = Flat()
        self.buffer: list[str] = []
        self.linked = 0
        self.links: list[str] = []
        self.in_link = 0
        self.in_pre = 0
        self.heading = False

    def run(self, root: Any) -> Flat:
        starts: list[int] = []
        walker = etree.iterwalk(root, events=("start", "end"))
        skipped = None
        seen = 0
        for event, element in walker:
            tag = element.tag
            if event == "start":
                seen += 1
                if skipped is None and self._skips(element, tag):
                    skipped = element
                    walker.skip_subtree()
                    continue
                starts.append(self._open(element, tag))
            else:
                if element is skipped:
                    skipped = None
                else:
                    self._close(element, tag, starts.pop())
                if element.tail and element is not root:
                    self._add(element.tail)
        self._flush()
        self.limits.check("elements", seen, "elements of the page")
        return self.flat

    def _skips(self, element: Any, tag: Any) -> bool:
        if not isinstance(tag, str):
            return True
        if tag in _NEVER:
            return not (self.with_stored and tag in ("textarea", "noscript", "template"))
        style = element.get("style")
        if style and _HIDDEN.search(style):
            self.flat.has_hidden = True
            if not self.with_hidden:
                return True
        if tag == "table" and _is_data(element):
            self._flush()
            self._rows(element)
            return True
        return False

    def _open(self, element: Any, tag: str) -> int:
        if tag in _BREAKS:
            self._flush()
        elif tag not in _INLINE and ":" not in tag:
            self._flush()
            self.heading = len(tag) == 2 and tag[0] == "h" and tag[1].isdigit()
        elif tag == "a" and element.get("href"):
            self.in_link += 1
            self.links.append(element.get("href"))
        if tag in ("pre", "xmp", "textarea") or (element.get("style") and _PRE.search(element.get("style"))):
            self.in_pre += 1
        start = len(self.flat.blocks) if not self.buffer else -1
        if element.text:
            self._add(element.text)
        return start

    def _close(self, element: Any, tag: str, start: int) -> None:
        if tag == "a" and element.get("href"):
            self.in_link -= 1
        if tag not in _INLINE and ":" not in tag:
            self._flush()
        if tag in ("pre", "xmp", "textarea") or (element.get("style") and _PRE.search(element.get("style"))):
            self._flush()
            self.in_pre -= 1
        if 0 <= start < len(self.flat.blocks):
            self.flat.ranges.append((element, start, len(self.flat.blocks)))

    def _add(self, text: str) -> None:
        if self.in_pre and "\n" in text:
            *lines, last = text.split("\n")
            for line in lines:
                self.buffer.append(line)
                self._flush()
            text = last
        if text and (self.buffer or not text.isspace()):
            self.buffer.append(text)
            if self.in_link:
                self.linked += len(text.strip())

    def _flush(self) -> None:
        if self.buffer:
            kind = "heading" if self.heading else "text"
            for piece in _indented("".join(self.buffer)):
                text = tidy(piece)
                if text:
                    self.flat.blocks.append(Block(text, len(_MARK.findall(text)), min(self.linked, len(text)), kind, tuple(self.links)))
                    self.links = []
            self.buffer = []
        self.linked = 0
        self.heading = False

    def _rows(self, table: Any) -> None:
        reaching: dict[int, int] = {}  # column -> rows that a cell above still covers; it is printed once, in its first row
        for row in table.iter("tr"):
            cells: list[str] = []
            for cell in row:
                if cell.tag not in ("td", "th"):
                    continue
                while len(cells) < _MOST_COLUMNS and reaching.get(len(cells)):
                    reaching[len(cells)] -= 1
                    cells.append("")
                reaching[len(cells)] = _rows_covered(cell) - 1
                cells.append(tidy(" ".join(part for part in cell.itertext(etree.Element) if part.strip())))
            line = " | ".join(cells).strip()
            if line.strip(" |"):
                linked = sum(len("".join(link.itertext())) for link in row.iter("a") if link.get("href"))
                links = tuple(link.get("href") for link in row.iter("a") if link.get("href"))
                self.flat.blocks.append(Block(line, len(_MARK.findall(line)), linked, "row", links))


def _rows_covered(cell: Any) -> int:
    span = (cell.get("rowspan") or "").strip()
    return min(int(span), _MOST_ROWS) if span.isdecimal() and len(span) < 6 and int(span) else 1


def _indented(text: str) -> list[str]:
    """The paragraphs of a long text in one element that has nothing but indents between them."""
    pieces = _INDENT.split(text.strip()) if len(text) > _LONG_BLOCK else []
    return pieces if len(pieces) >= _FEWEST_PIECES else [text]


def tidy(text: str) -> str:
    """``text`` trimmed, with runs of white space made one space, or none where a source line was broken between Han characters."""
    return _SPACE.sub(_one_space, text).strip()


def _one_space(found: regex.Match[str]) -> str:
    run = found.group()
    if len(run) == 1 and run in "\u3000\xa0 ":
        return run
    if "\n" in run or "\r" in run or run.strip("\u200b\ufeff") == "":
        text, start, end = found.string, found.start(), found.end()
        if run.strip("\u200b\ufeff") == "" or (start and end < len(text) and max(text[start - 1], text[end]) > "\u2e7f"):
            return ""
    return " "


def _is_data(table: Any) -> bool:
    """A table of cells, not one that lays out a page: several rows of several cells, none of which is most of the table in paragraphs."""
    if table.find(".//table") is not None:
        return False
    full = rows = total = longest = 0
    largest = None
    for row in islice(table.iter("tr"), _MOST_ROWS):
        cells = [cell for cell in row if cell.tag in ("td", "th")]
        rows += 1
        full += len(cells) >= 2
        for cell in cells:
            length = sum(map(len, cell.itertext()))
            total += length
            if length > longest:
                largest, longest = cell, length
    if full < 2 or full * 2 < rows:
        return False
    if largest is None or longest < _LAYOUT_SHARE * total:
        return True
    return sum(1 for element in islice(largest.iter("p", "br", "div", "section", "li"), _LAYOUT_BLOCKS)) < _LAYOUT_BLOCKS
