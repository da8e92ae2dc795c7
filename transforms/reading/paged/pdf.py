"""PDF with a text layer, by pypdfium2's characters; a scanned one goes to OCR where that is installed."""

from __future__ import annotations

import ctypes
from typing import Any

from transforms.reading import sniff
from transforms.reading.limits import Limits
from transforms.reading.paged.lines import Glyph, Line, lines_of
from transforms.reading.paged.paragraphs import paragraphs_of
from transforms.reading.plausibility import foreign, score
from transforms.reading.reading import Reading
from transforms.reading.refusal import Refused

# A page with fewer characters than this is a picture of text, or empty.
_FEWEST = 12
_PASSWORD = 4  # FPDF_ERR_PASSWORD


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
    for number in range(pages):
        try:
            page = document[number]
        except Exception:
            continue
        glyphs, height = _glyphs(page, native)
        page.close()
        characters += len(glyphs)
        limits.check("characters", characters, "characters of the PDF")
        if len(glyphs) < _FEWEST:
            scanned.append(number)
        lines.extend(lines_of(glyphs, number, height))
    text = "\n".join(paragraphs_of(lines))
    if len(scanned) == pages or foreign(text) < 20:
        return _recognised(document, list(range(pages)), limits, "the PDF is a scan: its pages are pictures")
    if score(text) < 0.1:
        return _recognised(document, list(range(pages)), limits, "the PDF's fonts do not tell which characters they draw")
    return Reading(text, sniff.PDF, damage=(f"pages_without_text:{len(scanned)}",) if scanned else ())


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
