"""OFD (GB/T 33190-2016): text objects of the pages, placed by boundary, matrix and steps; text of page templates is running heads and is left out."""

from __future__ import annotations

import posixpath
from typing import Any

from transforms.reading import sniff
from transforms.reading.limits import Limits
from transforms.reading.package import Package
from transforms.reading.paged.lines import Glyph, Line
from transforms.reading.paged.paragraphs import paragraphs_of
from transforms.reading.paged.tables import Rule, page_lines
from transforms.reading.plausibility import MINIMUM, foreign, score
from transforms.reading.reading import Reading
from transforms.reading.refusal import Refused
from transforms.reading.xml_parts import attribute, child, local, parse_part

_PAGE_HEIGHT = 297.0
_MOST_WORDS = 2000
# Fonts that are cut to the glyphs in use may give numbers of glyphs where characters should be.
_UNREADABLE = 0.1


def read_package(package: Package, limits: Limits) -> Reading:
    """The text of an open OFD. Raises ``Refused`` unreadable, ocr_needed, limit_pages."""
    if package.has("Encryptions.xml"):
        raise Refused("encrypted", "read", "the OFD is encrypted; save it without a password or certificate")
    root = parse_part(package.read("OFD.xml"), limits, "OFD.xml")
    lines: list[Line] = []
    pages = 0
    fields: dict[str, str] = {}
    for body in (element for element in root.iter() if local(element.tag) == "DocBody"):
        title = child(body, "DocInfo", "Title")
        if title is not None and title.text:
            fields.setdefault("title", title.text.strip())
        place = child(body, "DocRoot")
        main = (place.text or "").strip().lstrip("/") if place is not None else ""
        if not package.has(main):
            continue
        document = parse_part(package.read(main), limits, main)
        height = _height(document, _PAGE_HEIGHT)
        for page in (element for element in document.iter() if local(element.tag) == "Page"):
            pages += 1
            limits.check("pages", pages, "pages of the OFD")
            name = _resolved(main, attribute(page, "BaseLoc") or "")
            if package.has(name):
                content = parse_part(package.read(name), limits, name)
                lines.extend(page_lines(_glyphs(content), _rules(content), pages, _height(content, height)))
    text = "\n".join(paragraphs_of(lines))
    if pages and (not text or (foreign(text) >= MINIMUM and score(text) < _UNREADABLE)):
        raise Refused(
            "ocr_needed",
            "read",
            "the OFD holds pictures or fonts without characters; export it as PDF with text, or print it to a scan and read that by OCR",
        )
    return Reading(text, sniff.OFD, page=fields)


def _resolved(main: str, place: str) -> str:
    if place.startswith("/"):
        return place.lstrip("/")
    return posixpath.normpath(posixpath.join(posixpath.dirname(main), place))


def _height(root: Any, usual: float) -> float:
    box = next((element for element in root.iter() if local(element.tag) == "PhysicalBox"), None)
    numbers = _numbers(box.text if box is not None else "")
    return numbers[3] if len(numbers) == 4 and numbers[3] > 0 else usual


def _glyphs(root: Any) -> list[Glyph]:
    found: list[Glyph] = []
    for element in root.iter():
        if local(element.tag) != "TextObject" or attribute(element, "Visible") == "false":
            continue
        box = _numbers(attribute(element, "Boundary") or "") or [0.0] * 4
        matrix = _numbers(attribute(element, "CTM") or "")
        if len(matrix) != 6:
            matrix = [1.0, 0.0, 0.0, 1.0, 0.0, 0.0]
        size = (_numbers(attribute(element, "Size") or "") or [1.0])[0]
        x = y = 0.0
        for code in element:
            if local(code.tag) != "TextCode":
                continue
            x = _first(code, "X", x)
            y = _first(code, "Y", y)
            found.extend(_code(code, x, y, size, box, matrix))
    return found


def _rules(root: Any) -> list[Rule]:
    """Straight lines drawn on a page: moves and lines of its path objects, and the sides of closed ones."""
    rules: list[Rule] = []
    for element in root.iter():
        if local(element.tag) != "PathObject":
            continue
        box = _numbers(attribute(element, "Boundary") or "") or [0.0] * 4
        matrix = _numbers(attribute(element, "CTM") or "")
        a, b, c, d, e, f = matrix if len(matrix) == 6 else [1.0, 0.0, 0.0, 1.0, 0.0, 0.0]
        data = child(element, "AbbreviatedData")
        words = (data.text or "").split()[:_MOST_WORDS] if data is not None else []
        before: tuple[float, float] | None = None
        started: tuple[float, float] | None = None
        for at, word in enumerate(words):
            if word == "C" and before is not None and started is not None:
                rules.append(_rule(before, started))
            if word not in ("M", "S", "L") or at + 2 >= len(words):
                continue
            x, y = _number(words[at + 1]), _number(words[at + 2])
            if x is None or y is None:
                continue
            point = a * x + c * y + e + box[0], b * x + d * y + f + (box[1] if len(box) > 1 else 0.0)
            if word == "L" and before is not None:
                rules.append(_rule(before, point))
            elif word != "L":
                started = point
            before = point
    return rules


def _rule(start: tuple[float, float], end: tuple[float, float]) -> Rule:
    return Rule(min(start[0], end[0]), min(start[1], end[1]), max(start[0], end[0]), max(start[1], end[1]))


def _code(code: Any, x: float, y: float, size: float, box: list[float], matrix: list[float]) -> list[Glyph]:
    text = "".join(code.itertext())
    across = _steps(attribute(code, "DeltaX") or "", len(text))
    down = _steps(attribute(code, "DeltaY") or "", len(text))
    a, b, c, d, e, f = matrix
    stretch = abs(a) or abs(b) or 1.0
    found = []
    for index, character in enumerate(text):
        step = across[index] if index < len(across) else (size if character > "\u2e7f" else size / 2)
        left, base = a * x + c * y + e + box[0], b * x + d * y + f + (box[1] if len(box) > 1 else 0.0)
        width = min(step, size) if step > 0 else (size if character > "\u2e7f" else size / 2)
        found.append(Glyph(character, left, left + width * stretch, base, size * (abs(d) or abs(c) or 1.0)))
        if index < len(across) or not down:
            x += step
        y += down[index] if index < len(down) else 0.0
    return found


def _steps(text: str, most: int) -> list[float]:
    """Steps between characters; ``g n v`` stands for n times v."""
    steps: list[float] = []
    words = text.split()
    at = 0
    while at < len(words) and len(steps) < most:
        if words[at] == "g" and at + 2 < len(words):
            value = _number(words[at + 2])
            times = _number(words[at + 1])
            if value is not None and times is not None:
                steps.extend([value] * int(max(0, min(times, most - len(steps)))))
            at += 3
            continue
        value = _number(words[at])
        if value is not None:
            steps.append(value)
        at += 1
    return steps


def _numbers(text: str | None) -> list[float]:
    return [value for word in (text or "").split()[:16] if (value := _number(word)) is not None]


def _number(word: str) -> float | None:
    try:
        value = float(word)
    except ValueError:
        return None
    return value if abs(value) < 1e6 else None


def _first(element: Any, name: str, usual: float) -> float:
    value = _number(attribute(element, name) or "")
    return usual if value is None else value
