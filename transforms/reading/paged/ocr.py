"""Pictures of text, by rapidocr where the extra ``ocr`` is installed (its models come in the wheel, no network is used)."""

from __future__ import annotations

import io
from dataclasses import replace
from functools import cache
from importlib.util import find_spec
from itertools import accumulate, pairwise
from math import atan2, cos, sin
from statistics import median
from typing import Any

from transforms.reading import sniff
from transforms.reading.limits import Limits
from transforms.reading.paged.lines import Glyph, Line, first_unit
from transforms.reading.paged.paragraphs import paragraphs_of
from transforms.reading.reading import Reading
from transforms.reading.refusal import Refused

# Pages are read at about this height: larger costs time and gains nothing (measured: 1.3 % errors at 1520, 0.8-1.6 % at 2300).
_HEIGHT = 1520
_SURE = 0.5
# Edges of recognised lines are this part of an em less exact than those of drawn ones.
_ROUGH = 0.3


def is_available() -> bool:
    """The extra is installed."""
    return find_spec("rapidocr") is not None


def _refused(why: str) -> Refused:
    return Refused(
        "ocr_needed",
        "read",
        f"{why}; install the reader of scans with `pip install taizhang[ocr]`, or get the notice as a page, DOCX or a PDF with text",
    )


def read_image(raw: bytes, limits: Limits) -> Reading:
    """The text of one picture. Raises ``Refused`` ocr_needed, unreadable, limit_pixels."""
    if not is_available():
        raise _refused("the file is a picture of text")
    from PIL import Image  # type: ignore[import-not-found, unused-ignore]

    try:
        picture = Image.open(io.BytesIO(raw))
        limits.check("pixels", picture.width * picture.height, "pixels of the picture")
        picture = picture.convert("RGB")
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError) as error:
        raise Refused("unreadable", "read", f"the picture is damaged ({error}); save or scan it again") from error
    if picture.height > 1.3 * _HEIGHT:
        picture = picture.resize((max(1, round(picture.width * _HEIGHT / picture.height)), _HEIGHT))
    return Reading("\n".join(paragraphs_of(_levelled(_lines(picture, 0)))), sniff.media_type(raw) or "image", damage=("ocr",))


def recognise_pages(document: Any, pages: list[int], limits: Limits, why: str) -> Reading:
    """The text of pages of an open pypdfium2 document, drawn and recognised. Raises ``Refused`` ocr_needed, limit_scanned_pages."""
    if not is_available():
        raise _refused(why)
    return Reading("\n".join(paragraphs_of(page_lines(document, pages, limits))), sniff.PDF, damage=("ocr",))


def page_lines(document: Any, pages: list[int], limits: Limits) -> list[Line]:
    """The lines on pages of an open pypdfium2 document, in the unit of its pages. Needs the extra; raises ``Refused`` limit_scanned_pages."""
    limits.check("scanned_pages", len(pages), "pages to be recognised")
    lines: list[Line] = []
    for number in pages:
        page = document[number]
        width, height = page.get_size()
        scale = _HEIGHT / max(height, 1.0)
        limits.check("pixels", width * height * scale * scale, "pixels of the drawn page")
        drawn = _lines(page.render(scale=scale).to_pil().convert("RGB"), number)
        page.close()
        lines += [_scaled(line, 1 / scale) for line in drawn]
    return _levelled(lines)


def _scaled(line: Line, by: float) -> Line:
    return replace(
        line,
        left=line.left * by,
        right=line.right * by,
        baseline=line.baseline * by,
        size=line.size * by,
        height=line.height * by,
        first_unit=line.first_unit * by,
    )


def _lines(picture: Any, page: int) -> list[Line]:
    import numpy

    result = _engine()(numpy.asarray(picture)[:, :, ::-1])
    boxes = getattr(result, "boxes", None)
    if boxes is None:
        return []
    turn = _turn(boxes)
    found: list[Line] = []
    for box, text, sure in zip(boxes, result.txts, result.scores, strict=False):
        if sure >= _SURE and text.strip():
            found.append(_line([_turned(point, turn) for point in box], text.strip(), page, float(picture.height)))
    return _in_rows(found)


def _turn(boxes: Any) -> float:
    """The angle by which the page lies askew: that of its long lines."""
    angles = [atan2(float(b[1] - a[1]), float(b[0] - a[0])) for a, b, _, d in boxes if float(b[0] - a[0]) > 8 * abs(float(d[1] - a[1]))]
    return median(angles) if angles else 0.0


def _turned(point: Any, turn: float) -> tuple[float, float]:
    x, y = float(point[0]), float(point[1])
    return x * cos(turn) + y * sin(turn), y * cos(turn) - x * sin(turn)


def _line(corners: list[tuple[float, float]], text: str, page: int, height: float) -> Line:
    (x0, y0), (x1, y1), (x2, y2), (x3, y3) = corners
    left, right, base = min(x0, x3), max(x1, x2), (y2 + y3) / 2
    weights = [1.0 if character > "\u2e7f" else 0.5 for character in text]
    em = (right - left) / max(1.0, sum(weights))
    ends = list(accumulate(weights, initial=0.0))
    glyphs = [
        Glyph(character, left + em * start, left + em * end, base, em) for character, (start, end) in zip(text, pairwise(ends), strict=True)
    ]
    return Line(text, left, right, base, min(((y3 - y0) + (y2 - y1)) / 2, 1.3 * em), page, height, first_unit(glyphs) + _ROUGH * em)


def _levelled(lines: list[Line]) -> list[Line]:
    """``lines`` with one size for the body: the height of a box depends on which characters the line happens to hold."""
    if lines:
        usual = median(line.size for line in lines)
        for line in lines:
            if abs(line.size - usual) < (0.11 if len(line.text) > 5 else 0.25) * usual:
                line.size = usual
    return lines


def _in_rows(lines: list[Line]) -> list[Line]:
    """Boxes in reading order: those of one height from left to right, joined to one line."""
    rows: list[list[Line]] = []
    for line in sorted(lines, key=lambda line: line.baseline):
        if rows and abs(rows[-1][0].baseline - line.baseline) < 0.5 * max(line.size, 1.0):
            rows[-1].append(line)
        else:
            rows.append([line])
    joined: list[Line] = []
    for row in rows:
        row.sort(key=lambda line: line.left)
        first = row[0]
        if len(row) > 1:
            first.has_cells = any(right.left - left.right > 1.6 * first.size for left, right in pairwise(row))
            first.text = (" \x1f " if first.has_cells else "").join(line.text for line in row)
            first.right = row[-1].right
        joined.append(first)
    return joined


@cache
def _engine() -> Any:
    from rapidocr import RapidOCR

    # the direction classifier turned a headline upside down (8 % errors with it, 1.6 % without)
    return RapidOCR(params={"Global.use_cls": False, "Global.log_level": "error", "EngineConfig.onnxruntime.intra_op_num_threads": 2})
