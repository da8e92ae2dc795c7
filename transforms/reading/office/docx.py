"""DOCX: paragraphs with their automatic numbers, tables, content controls and text boxes; without deleted revisions, headers, footers and hidden text.

Notes, comments, pictures and formulas in pictures are lost.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from transforms.reading import sniff
from transforms.reading.limits import Limits
from transforms.reading.office.numbering import Numbering
from transforms.reading.package import Package
from transforms.reading.reading import Reading
from transforms.reading.refusal import Refused
from transforms.reading.xml_parts import attribute, child, local, parse_part

# Elements that hold blocks and print nothing themselves.
_TRANSPARENT = frozenset(
    (
        "sdt",
        "sdtContent",
        "ins",
        "moveTo",
        "smartTag",
        "customXml",
        "body",
        "txbxContent",
        "Choice",
        "textbox",
        "hyperlink",
        "sect",
        "sub-section",
    )
)
_SKIPPED = frozenset(
    ("del", "moveFrom", "instrText", "delText", "delInstrText", "pPr", "rPr", "sectPr", "tblPr", "tblGrid", "trPr", "tcPr", "sdtPr", "rt", "commentReference", "footnoteReference", "endnoteReference")
)  # fmt: skip
_SIGNS = {"tab": "\t", "noBreakHyphen": "-", "softHyphen": "", "ptab": "\t"}
# A cell that holds more than this lays out a page, it is no field of a table.
_LONG_CELL = 800
_MAX_DEPTH = 60


def read_docx(raw: bytes, limits: Limits) -> Reading:
    """The text of a DOCX (also DOCM, DOTX). Raises ``Refused``."""
    package = Package(raw, limits)
    return read_package(package, limits)


def read_package(package: Package, limits: Limits) -> Reading:
    """The text of an open container that holds a word-processing document."""
    main = main_part(package)
    if main is None:
        raise Refused("unsupported_media", "decode", "the container holds no word-processing document; export the notice as DOCX or PDF")
    root = parse_part(package.read(main), limits, main)
    folder = main.rsplit("/", 1)[0] if "/" in main else ""
    damage: list[str] = []
    parts = [_optional(package, f"{folder}/{name}", limits, damage) for name in ("numbering.xml", "styles.xml")]
    return Reading("\n".join(document_lines(root, Numbering(*parts))), sniff.DOCX, damage=tuple(damage))


def _optional(package: Package, name: str, limits: Limits, damage: list[str]) -> Any:
    """A part without which the text can be read, if only without its automatic numbers."""
    if not package.has(name):
        return None
    try:
        return parse_part(package.read(name), limits, name)
    except Refused as refused:
        if refused.refusal.reason != "unreadable":
            raise
        damage.append(f"part_lost:{name.rsplit('/', 1)[-1]}")
        return None


def main_part(package: Package) -> str | None:
    """The name of the document part, by the usual name or the relations of the package."""
    for name in ("word/document.xml", "word/document2.xml"):
        if package.has(name):
            return name
    if package.has("_rels/.rels"):
        text = package.read("_rels/.rels").decode("utf-8", "replace")
        for piece in text.split("<Relationship ")[1:]:
            if '/officeDocument"' in piece and 'Target="' in piece:
                target = piece.split('Target="', 1)[1].split('"', 1)[0].lstrip("/")
                if package.has(target) and ("word" in target or "document" in target):
                    return target
    return None


def document_lines(root: Any, numbering: Numbering) -> Iterator[str]:
    """Paragraphs and table rows in document order, none of them empty."""
    body = child(root, "body")
    yield from _Walk(numbering).blocks(body if body is not None else root, 0)


class _Walk:
    def __init__(self, numbering: Numbering) -> None:
        self.numbering = numbering
        self.carried = ""

    def blocks(self, parent: Any, depth: int) -> Iterator[str]:
        if depth > _MAX_DEPTH:
            return
        for element in parent:
            kind = local(element.tag)
            if kind == "p":
                yield from self._paragraph(element, depth)
            elif kind == "tbl":
                yield from self._table(element, depth)
            elif kind == "AlternateContent":
                yield from self.blocks(_alternative(element), depth + 1)
            elif kind in _TRANSPARENT:
                yield from self.blocks(element, depth + 1)
        if depth == 0 and self.carried:
            yield self.carried
            self.carried = ""

    def _paragraph(self, element: Any, depth: int) -> Iterator[str]:
        properties = child(element, "pPr")
        pieces: list[str] = []
        boxes: list[Any] = []
        _Fields().text(element, pieces, boxes, depth)
        text = "".join(pieces)
        label = self.numbering.label(properties)
        if text.strip() and label:
            text = label + text.lstrip()
        text = self.carried + text
        self.carried = ""
        if properties is not None and child(properties, "rPr", "del") is not None:
            # the mark between this paragraph and the next was deleted: both are one
            self.carried = text
        else:
            for line in text.split("\n"):
                line = line.replace("\t", " ").strip()
                if line:
                    yield line
        for box in boxes:
            yield from self.blocks(box, depth + 2)

    def _table(self, table: Any, depth: int) -> Iterator[str]:
        for row in _through(table, "tr"):
            if child(row, "trPr", "del") is not None:
                continue
            cells = []
            whole: list[list[str]] = []
            for cell in _through(row, "tc"):
                lines = list(self.blocks(cell, depth + 2))
                whole.append(lines)
                continued = child(cell, "tcPr", "vMerge")
                is_continued = continued is not None and attribute(continued, "val") in (None, "continue")
                cells.append("" if is_continued and not lines else " ".join(lines))
            filled = [lines for lines in whole if lines]
            if len(cells) == 1 or any(sum(map(len, lines)) > _LONG_CELL and len(lines) > 3 for lines in whole):
                for lines in filled:
                    yield from lines
            elif filled:
                yield " | ".join(cells).strip()


def _through(parent: Any, wanted: str) -> Iterator[Any]:
    """Children of one name, also inside content controls and insertions."""
    for element in parent:
        kind = local(element.tag)
        if kind == wanted:
            yield element
        elif kind in _TRANSPARENT:
            yield from _through(element, wanted)


def _alternative(element: Any) -> Any:
    """One branch of two that print the same."""
    choice = child(element, "Choice")
    if choice is not None and (next(choice.iter("{*}t"), None) is not None):
        return choice
    fallback = child(element, "Fallback")
    return fallback if fallback is not None else (choice if choice is not None else ())


class _Fields:
    """Text of one paragraph; between the begin and the separator of a field stands its instruction, which is not printed."""

    def __init__(self) -> None:
        self.open: list[bool] = []

    def text(self, parent: Any, pieces: list[str], boxes: list[Any], depth: int) -> None:
        if depth > _MAX_DEPTH:
            return
        for element in parent:
            kind = local(element.tag)
            if kind in _SKIPPED:
                continue
            if kind == "t":
                if not any(self.open):
                    pieces.append(element.text or "")
            elif kind == "r":
                if not _is_hidden(element):
                    self.text(element, pieces, boxes, depth + 1)
            elif kind in _SIGNS:
                pieces.append(_SIGNS[kind])
            elif kind in ("br", "cr"):
                pieces.append("\n" if attribute(element, "type") in (None, "textWrapping", "page", "column") else "")
            elif kind == "fldChar":
                self._field(attribute(element, "fldCharType"))
            elif kind == "sym":
                pieces.append(_symbol(attribute(element, "char")))
            elif kind == "txbxContent":
                boxes.append(element)
            elif kind == "AlternateContent":
                self.text(_alternative(element), pieces, boxes, depth + 1)
            else:
                self.text(element, pieces, boxes, depth + 1)

    def _field(self, kind: str | None) -> None:
        if kind == "begin":
            self.open.append(True)
        elif self.open and kind == "separate":
            self.open[-1] = False
        elif self.open and kind == "end":
            self.open.pop()


def _is_hidden(run: Any) -> bool:
    vanish = child(run, "rPr", "vanish")
    return vanish is not None and attribute(vanish, "val") not in ("0", "false", "off")


def _symbol(code: str | None) -> str:
    """A character of a symbol font; only those in Unicode's own places can be told."""
    try:
        value = int(code or "", 16)
    except ValueError:
        return ""
    return chr(value) if 0x20 <= value < 0xD800 else ""
