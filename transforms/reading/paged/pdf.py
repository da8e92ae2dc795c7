"""PDF with a text layer, by pypdfium2's characters; a scanned one goes to OCR where that is installed."""

from __future__ import annotations

import ctypes
from typing import Any

from transforms.reading import sniff
from transforms.reading.limits import Limits
from transforms.reading.paged.lines import Glyph, Line
from transforms.reading.paged.paragraphs import paragraphs_of
from transforms.reading.paged.tables import Rule, page_lines
from transforms.reading.plausibility import foreign, score
from transforms.reading.reading import Reading
from transforms.reading.refusal import Refused

# A page with fewer characters than this is a picture of text, or empty.
_FEWEST = 12
_FEWEST_FOREIGN = 20
# So many drawn lines and shapes are more than a frame or a rule.
_OUTLINES = 50
_PASSWORD = 4  # FPDF_ERR_PASSWORD
_MOST_SEGMENTS = 6000


def read_pdf(raw: bytes, limits: Limits) -> Reading:
    """The text of a PDF. Raises ``Refused`` unreadable, encrypted, ocr_needed, limit_pages."""
    import pypdfium2 as pdfium
    import pypdfium2.raw as native

    start = max(0, raw.find(b"%PDF-"))
    try:
        document = pdfium.PdfDocument(raw[start:])
    except pdfium.PdfiumError as error:
        if native.FPDF_GetLastError() == _PASSWORD or "password" in str(error).lower():
            raise Refused("encrypted", "read", "the PDF is protected by a password; save it without one") from error
        raise Refused("unreadable", "read", f"the PDF is damaged or cut off ({error}); download it again") from error
    try:
        return _read(document, native, limits)
    finally:
        document.close()


def _read(document: Any, native: Any, limits: Limits) -> Reading:
    pages = len(document)
    limits.check("pages", pages, "pages of the PDF")
    lines: list[Line] = []
    scanned: list[int] = []
    characters = 0
    is_blank = True
    lost = 0
    for number in range(pages):
        try:
            page = document[number]
        except Exception:
            continue
        glyphs, height = _glyphs(page, native)
        rules = _rules(page, native, height) if glyphs and page.get_rotation() == 0 else []
        lost += _lost(page, native) if glyphs else 0
        is_picture = len(glyphs) < _FEWEST and _is_drawn(page, native)
        page.close()
        characters += len(glyphs)
        limits.check("characters", characters, "characters of the PDF")
        if is_picture:
            scanned.append(number)
        is_blank = is_blank and not glyphs and not is_picture
        lines.extend(page_lines(glyphs, rules, number, height))
    if is_blank:
        raise Refused("empty", "read", "the PDF opens but its pages are blank; check that it is the right file")
    text = "\n".join(paragraphs_of(lines))
    if foreign(text) < _FEWEST_FOREIGN:
        return _recognised(document, list(range(pages)), limits, "the PDF is a scan: its pages are pictures")
    if score(text) < 0.1:
        return _recognised(document, list(range(pages)), limits, "the PDF's fonts do not tell which characters they draw")
    damage = (f"characters_lost:{lost}",) if lost else ()
    if not scanned:
        return Reading(text, sniff.PDF, damage=damage)
    from transforms.reading.paged import ocr

    if not ocr.is_available():
        return Reading(text, sniff.PDF, damage=(*damage, f"pages_without_text:{len(scanned)}"))
    lines = sorted(lines + ocr.page_lines(document, scanned, limits), key=lambda line: line.page)
    return Reading("\n".join(paragraphs_of(lines)), sniff.PDF, damage=(*damage, f"ocr_pages:{len(scanned)}"))


def _is_drawn(page: Any, native: Any) -> bool:
    """The page shows something that may be text: a picture, or letters drawn as outlines."""
    return any(
        element.type == native.FPDF_PAGEOBJ_IMAGE or drawn >= _OUTLINES for drawn, element in enumerate(page.get_objects(max_depth=4))
    )


def _lost(page: Any, native: Any) -> int:
    """How many characters that stand alone are left out, because their font is neither in the file nor on this machine.

    pdfium gives a text without glyphs its width and no height; one of a single character has no width either, and is passed over.
    """
    missing: set[str] = set()
    without_width: list[str] = []
    for element in page.get_objects(filter=(native.FPDF_PAGEOBJ_TEXT,), max_depth=4):
        left, bottom, right, top = element.get_bounds()
        if top > bottom:
            continue
        font = native.FPDFTextObj_GetFont(element.raw)
        if not font or native.FPDFFont_GetIsEmbedded(font):
            continue
        name = ctypes.create_string_buffer(200)
        native.FPDFFont_GetBaseFontName(font, name, len(name))
        if right > left:
            missing.add(name.value.decode("utf-8", "replace"))
        else:
            without_width.append(name.value.decode("utf-8", "replace"))
    return sum(name in missing for name in without_width)


def _recognised(document: Any, pages: list[int], limits: Limits, why: str) -> Reading:
    from transforms.reading.paged.ocr import recognise_pages

    return recognise_pages(document, pages, limits, why)


def _glyphs(page: Any, native: Any) -> tuple[list[Glyph], float]:
    """Characters of a page in its upright position, and its height."""
    width, height = page.get_size()
    turn = page.get_rotation()
    box = page.get_mediabox()
    text_page = page.get_textpage()
    handle = text_page.raw
    glyphs: list[Glyph] = []
    x, y = ctypes.c_double(), ctypes.c_double()
    loose = native.FS_RECTF()
    for index in range(native.FPDFText_CountChars(handle)):
        code = native.FPDFText_GetUnicode(handle, index)
        if code <= 0x20 or code in (0xA0, 0x3000, 0xFFFE, 0xFFFF, 0xAD) or 0xD800 <= code < 0xE000 or code > 0x10FFFF:
            continue
        if not native.FPDFText_GetLooseCharBox(handle, index, loose) or not native.FPDFText_GetCharOrigin(handle, index, x, y):
            continue
        left, right, top, bottom = loose.left - box[0], loose.right - box[0], loose.top - box[1], loose.bottom - box[1]
        across, up = x.value - box[0], y.value - box[1]
        if turn == 0:
            glyph = Glyph(chr(code), min(left, across), right, height - up, top - bottom)
        elif turn == 90:
            glyph = Glyph(chr(code), bottom, top, across, right - left)
        elif turn == 180:
            glyph = Glyph(chr(code), width - right, width - left, up, top - bottom)
        else:
            glyph = Glyph(chr(code), width - top, width - bottom, height - across, right - left)
        glyphs.append(glyph)
    text_page.close()
    return glyphs, height


def _rules(page: Any, native: Any, height: float) -> list[Rule]:
    """Straight lines drawn on a page: segments of its paths, and the sides of thin filled boxes that stand for lines."""
    box = page.get_mediabox()
    rules: list[Rule] = []
    x, y = ctypes.c_float(), ctypes.c_float()
    for element in page.get_objects(filter=(native.FPDF_PAGEOBJ_PATH,), max_depth=4):
        matrix = element.get_matrix()
        before: tuple[float, float] | None = None
        started: tuple[float, float] | None = None
        for index in range(min(native.FPDFPath_CountSegments(element.raw), _MOST_SEGMENTS)):
            segment = native.FPDFPath_GetPathSegment(element.raw, index)
            if not native.FPDFPathSegment_GetPoint(segment, x, y):
                continue
            across, up = matrix.on_point(x.value, y.value)
            point = across - box[0], height - (up - box[1])
            kind = native.FPDFPathSegment_GetType(segment)
            if kind == native.FPDF_SEGMENT_MOVETO or before is None:
                started = point
            elif kind == native.FPDF_SEGMENT_LINETO:
                rules.append(_rule(before, point))
            before = point
            if native.FPDFPathSegment_GetClose(segment) and started is not None:
                rules.append(_rule(point, started))
        if len(rules) > _MOST_SEGMENTS:
            break
    return rules


def _rule(start: tuple[float, float], end: tuple[float, float]) -> Rule:
    return Rule(min(start[0], end[0]), min(start[1], end[1]), max(start[0], end[0]), max(start[1], end[1]))
