"""PDF and OFD: characters to lines, lines to paragraphs, furniture left out."""

from __future__ import annotations

import pytest

from transforms.reading import sniff
from transforms.reading.limits import Limits
from transforms.reading.paged import ocr
from transforms.reading.paged.furniture import without_furniture
from transforms.reading.paged.lines import Glyph, Line, lines_of
from transforms.reading.paged.paragraphs import paragraphs_of
from transforms.reading.read import read
from transforms.reading.reading import Reading
from transforms.reading.refusal import Refusal

from .pages import BODY
from .samples import ofd, pdf

WIDTH = 28  # characters of a full line
EM = 16.0
LEFT = 70.0


def typeset(paragraphs: tuple[str, ...], title: str = "") -> list[tuple[float, float, float, str]]:
    """Paragraphs broken into lines with an indent of two characters: (x, y from the top, size, text)."""
    drawn: list[tuple[float, float, float, str]] = []
    y = 100.0
    if title:
        drawn.append((180.0, y, 22.0, title))
        y += 44
    for paragraph in paragraphs:
        rest, indent = paragraph, 2
        while rest:
            room = WIDTH - indent
            cut = min(room, len(rest))
            while cut < len(rest) and rest[cut] in "，。；：、）”":
                cut -= 1
            drawn.append((LEFT + indent * EM, y, EM, rest[:cut]))
            rest, indent = rest[cut:], 0
            y += 28
    return drawn


def _paged(drawn: list[tuple[float, float, float, str]], room: float = 600.0) -> list[list[tuple[float, float, float, str]]]:
    pages: list[list[tuple[float, float, float, str]]] = []
    for x, y, size, text in drawn:
        number = int((y - 100) // room)
        while len(pages) <= number:
            pages.append([])
        pages[number].append((x, y - number * room, size, text))
    return pages


def test_pdf_paragraphs() -> None:
    """Wrapped lines are joined over pages, page numbers and running heads are dropped, the headline stays by itself."""
    drawn = typeset(BODY * 6, "关于巡察整改情况的通报")
    pages = [
        [(x, 842 - y, size, text) for x, y, size, text in page]
        + [(250.0, 40.0, 10.0, f"— {number} —"), (70.0, 800.0, 10.0, "临江中学党组织文件")]
        for number, page in enumerate(_paged(drawn), 1)
    ]
    assert len(pages) >= 3
    found = read(pdf(pages))
    assert isinstance(found, Reading) and found.media_type == sniff.PDF
    assert found.text.split("\n") == ["关于巡察整改情况的通报", *BODY * 6]


def test_pdf_drawn_out_of_order() -> None:
    """Characters are sorted by place, not by the order of drawing: quotes of a second font come last in the stream."""
    parts = [(70.0, "全体党员自觉增强"), (214.0, "四个意识"), (294.0, "，坚定信心，抓好各项整改工作。"), (198.0, "“"), (278.0, "”")]
    found = read(pdf([[(x, 700.0, 16.0, text) for x, text in parts]]))
    assert isinstance(found, Reading)
    assert found.text == "全体党员自觉增强“四个意识”，坚定信心，抓好各项整改工作。"


def test_pdf_with_little_text_needs_ocr() -> None:
    """A PDF of pictures is refused with the way to read it."""
    found = read(pdf([[]]))
    assert isinstance(found, Refusal)
    assert found.reason == "ocr_needed" and "taizhang[ocr]" in found.message


def test_pictures_need_ocr() -> None:
    """A picture is told by its bytes and refused with the way to read it."""
    found = read(b"\xff\xd8\xff\xe0" + bytes(100))
    assert isinstance(found, Refusal)
    assert found.reason in ("ocr_needed", "unreadable") and found.stage == "read"
    assert ocr.is_available() or "pip install" in found.message


def test_pdf_page_limit() -> None:
    """A PDF with more pages than the limit is refused by its name."""
    found = read(pdf([typeset(BODY)] * 3), limits=Limits(pages=2))
    assert isinstance(found, Refusal) and found.reason == "limit_pages" and "pages" in found.message


def test_ofd_paragraphs() -> None:
    """Text objects are placed by boundary and steps; wrapped lines are joined; the title of the document is a page field."""
    mm = 0.352778
    drawn = typeset(BODY * 5, "关于巡察整改情况的通报")
    pages = [
        [(x * mm, y * mm, size * mm, f"g {len(text) - 1} {size * mm:.3f}", text) for x, y, size, text in page] for page in _paged(drawn)
    ]
    for number, page in enumerate(pages, 1):
        page.append((100.0, 287.0, 3.5, "3.5", f"{number}"))
    found = read(ofd(pages))
    assert isinstance(found, Reading) and found.media_type == sniff.OFD
    assert found.text.split("\n") == ["关于巡察整改情况的通报", *BODY * 5]
    assert found.page["title"] == "关于巡察整改情况的通报"


def test_ofd_shuffled_objects_with_matrix() -> None:
    """Objects in any order, scaled by a matrix, fall into place."""
    scaled = '<ofd:TextObject Boundary="20 40 100 10" CTM="2 0 0 2 0 0" Size="3"><ofd:TextCode X="0" Y="3" DeltaX="3 3 3">第二行话</ofd:TextCode></ofd:TextObject>'
    found = read(ofd([[(60.0, 30.0, 6.0, "6 6 6", "后半行。"), (20.0, 30.0, 6.0, "6 6 6 6 6", "这是第一行的")]], template=scaled))
    assert isinstance(found, Reading)
    assert found.text.replace("\n", "").replace(" ", "") == "这是第一行的后半行。第二行话"


def _line(text: str, left: float, right: float, y: float, page: int = 0, size: float = 16.0) -> Line:
    return Line(text, left, right, y, size, page, 842.0, size)


def test_a_heading_after_a_full_stop_starts_a_paragraph() -> None:
    """A full last line does not swallow the heading below it."""
    lines = [
        _line("甲" * 28, 70, 518, 100),
        _line("乙" * 27 + "。", 70, 518, 128),
        _line("（二）会议制度执行不到位", 70, 262, 156),
        _line("丙" * 10, 102, 262, 184),
    ]
    assert paragraphs_of(lines) == ["甲" * 28 + "乙" * 27 + "。", "（二）会议制度执行不到位", "丙" * 10]


def test_rows_of_cells() -> None:
    """Wide gaps in lines one below the other are cells; one alone is spacing."""
    glyphs = [
        Glyph(character, x, x + 16, y, 16.0)
        for y in (100.0, 130.0)
        for character, x in (("序", 70.0), ("号", 86.0), ("问", 200.0), ("题", 216.0))
    ]
    assert paragraphs_of(lines_of(glyphs, 0, 842.0)) == ["序号 | 问题", "序号 | 问题"]
    alone = [glyph for glyph in glyphs if glyph.baseline == 100.0]
    assert paragraphs_of(lines_of(alone, 0, 842.0)) == ["序号 问题"]


def _grid() -> list[tuple[float, float, float, float]]:
    """Rulings of a table of three columns and three rows; the last two rows of the first column are one cell."""
    rules = [(x, 100.0, x, 220.0) for x in (70.0, 120.0, 250.0, 400.0)]
    return [*rules, *((70.0, y, 400.0, y) for y in (100.0, 140.0, 220.0)), (120.0, 180.0, 400.0, 180.0)]


CELLS = [
    (75.0, 125.0, "序号"),
    (125.0, 125.0, "问题"),
    (260.0, 125.0, "状态"),
    (75.0, 165.0, "一"),
    (125.0, 155.0, "会议制度落实"),
    (125.0, 174.0, "不到位"),
    (260.0, 165.0, "已完成"),
    (125.0, 205.0, "公示不及时"),
]
ROWS = ["序号 | 问题 | 状态", "一 | 会议制度落实不到位 | 已完成", "| 公示不及时 |"]


def test_ruled_table_of_pdf() -> None:
    """Characters between rulings are read cell by cell: a cell of two lines stays one, a cell over two rows is printed once."""
    drawn = "0.5 w " + " ".join(f"{x0} {842 - y0} m {x1} {842 - y1} l S" for x0, y0, x1, y1 in _grid())
    text = [(x, 842 - y, 16.0, word) for x, y, word in CELLS] + [
        (70.0, 842 - 60.0, 16.0, "根据县委统一部署，现将整改情况予以公布。"),
        (70.0, 842 - 260.0, 16.0, "下一步，持续整改。"),
    ]
    found = read(pdf([text], extra=drawn))
    assert isinstance(found, Reading)
    assert found.text.split("\n") == ["根据县委统一部署，现将整改情况予以公布。", *ROWS, "下一步，持续整改。"]


def test_ruled_table_of_ofd() -> None:
    """The same table in an OFD."""
    paths = "".join(
        f'<ofd:PathObject Boundary="0 0 210 297"><ofd:AbbreviatedData>M {x0 / 3} {y0 / 3} L {x1 / 3} {y1 / 3}</ofd:AbbreviatedData></ofd:PathObject>'
        for x0, y0, x1, y1 in _grid()
    )
    text = [(x / 3, y / 3, 16 / 3, f"g {len(word) - 1} {16 / 3:.3f}", word) for x, y, word in CELLS]
    found = read(ofd([text], template=paths))
    assert isinstance(found, Reading)
    assert found.text.split("\n") == ROWS


@pytest.mark.parametrize("number", ["— 3 —", "-3-", "3", "第3页", "第 3 页 共 12 页", "3/12", "· 3 ·"])
def test_page_numbers(number: str) -> None:
    """A page number at the edge of a page is furniture, the same in the middle is not."""
    edge, middle = _line(number, 250, 300, 810.0), _line(number, 250, 300, 400.0)
    assert without_furniture([edge, middle]) == [middle]


def test_running_heads_need_most_pages() -> None:
    """A line at the edge of one page only stays."""
    heads = [_line("临江中学文件 第1号", 70, 300, 40.0, page) for page in range(4)]
    once = _line("关于巡察整改情况的通报", 70, 300, 60.0, 0)
    assert without_furniture([*heads, once]) == [once]
