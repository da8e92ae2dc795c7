"""Word documents saved as one XML file: the package as XML (Word 2007 on) and WordprocessingML 2003, both often named .doc."""

from __future__ import annotations

from typing import Any

from transforms.reading import sniff
from transforms.reading.limits import Limits
from transforms.reading.office.docx import document_lines
from transforms.reading.office.numbering import Numbering
from transforms.reading.reading import Reading
from transforms.reading.xml_parts import attribute, local, parse_part


def read_word_xml(raw: bytes, limits: Limits) -> Reading:
    """The text of a Word document in one XML file. Raises ``Refused`` unreadable, limit_elements."""
    root = parse_part(raw, limits, "the document")
    if local(root.tag) == "package":
        parts = {attribute(part, "name") or "": _content(part) for part in root if local(part.tag) == "part"}
        main = parts.get("/word/document.xml")
        numbering = Numbering(parts.get("/word/numbering.xml"), parts.get("/word/styles.xml"))
        lines = list(document_lines(main, numbering)) if main is not None else []
    else:
        _print_labels(root)
        lines = list(document_lines(root, Numbering(None, None)))
    return Reading("\n".join(lines), sniff.WORD_XML)


def _content(part: Any) -> Any:
    data = next((element for element in part if local(element.tag) == "xmlData"), None)
    return data[0] if data is not None and len(data) else None


def _print_labels(root: Any) -> None:
    """Word 2003 stores the printed number of a list item with its properties; it is put before the paragraph's first text."""
    for paragraph in [element for element in root.iter() if local(element.tag) == "p"]:
        label = next(
            (
                attribute(element, "val")
                for element in paragraph.iter()
                if local(element.tag) == "t" and attribute(element, "wTabBefore") is not None
            ),
            None,
        )
        text = next((element for element in paragraph.iter() if local(element.tag) == "t" and element.text), None)
        if label and text is not None:
            text.text = label + text.text
