"""PDF and OFD: characters to lines, lines to paragraphs, furniture left out."""

from __future__ import annotations

import io
import zipfile

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
from .samples import ofd, pdf, zipped

_SHORT = read(pdf([[(60.0, 700.0, 16.0, "一"), (60.0, 600.0, 16.0, "下一步，县水务局党组将持续整改，把各项措施落实到位。")]]))
HAS_FONT = isinstance(_SHORT, Reading) and "一\n" in _SHORT.text
with_font = pytest.mark.skipif(
    not HAS_FONT, reason="no Chinese font on this machine, so pdfium leaves out single characters: install fonts-noto-cjk"
)
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


PICTURE = "q 400 0 0 400 60 60 cm BI /W 1 /H 1 /BPC 8 /CS /G ID \x7f EI Q\n"
OUTLINES = "".join(f"{x} {y} 10 10 re f\n" for x in range(60, 300, 20) for y in range(60, 300, 40))


@pytest.mark.parametrize("drawn", [PICTURE, OUTLINES], ids=["picture", "letters as outlines"])
def test_pdf_of_pictures_needs_ocr(drawn: str) -> None:
    """A PDF of pictures, or of letters drawn as shapes, is refused with the way to read it; where OCR is there, it finds no text in these."""
    found = read(pdf([[]], extra=drawn))
    assert isinstance(found, Refusal)
    if ocr.is_available():
        assert found.reason == "empty"
    else:
        assert found.reason == "ocr_needed" and "taizhang[ocr]" in found.message


def test_characters_of_a_missing_font_are_told() -> None:
    """What pdfium leaves out for want of a font is damage, and never silence."""
    assert isinstance(_SHORT, Reading)
    assert _SHORT.damage == (() if HAS_FONT else ("characters_lost:1",))


def test_blank_pdf_is_empty() -> None:
    """Pages with nothing on them, or a rule or two, are not called a scan."""
    found = read(pdf([[], []], extra="60 700 m 500 700 l S\n"))
    assert isinstance(found, Refusal) and found.reason == "empty"


def _page(*paragraphs: str) -> list[tuple[float, float, float, str]]:
    return [(x, 842 - y, size, text) for x, y, size, text in typeset(paragraphs)]


@pytest.mark.parametrize(("extra", "damage"), [(PICTURE, "pages_without_text:1"), ("", "")], ids=["scanned page", "blank page"])
def test_pdf_with_a_page_without_text(extra: str, damage: str) -> None:
    """A scanned page among pages of text is read by OCR, or its absence recorded; a blank page is no loss."""
    found = read(pdf([_page(*BODY), [], _page(*BODY)], extra=extra))
    assert isinstance(found, Reading)
    assert found.text.split("\n") == [*BODY, *BODY]
    if damage and ocr.is_available():
        damage = "ocr_pages:1"
    assert found.damage == ((damage,) if damage else ())


def _encrypted(raw: bytes) -> bytes:
    """``raw`` as if a password had to be typed: what stands for it fits none."""
    entry = b"/Encrypt << /Filter /Standard /V 1 /R 2 /P -4 /O <" + b"41" * 32 + b"> /U <" + b"42" * 32 + b"> >> /ID [<00> <00>]"
    return raw.replace(b"trailer << ", b"trailer << " + entry)


def test_encrypted_pdf() -> None:
    """A PDF that needs a password is refused as such."""
    found = read(_encrypted(pdf([_page(*BODY)])))
    assert isinstance(found, Refusal) and found.reason == "encrypted" and "password" in found.message


def in_columns(
    paragraphs: tuple[str, ...], lefts: tuple[float, ...], width: int, rows: int = 22, offset: float = 0.0
) -> list[list[tuple[float, float, float, str]]]:
    """Pages of columns: (x, y from the bottom, size, text) for each page; ``offset`` lowers every column after the first."""
    lines: list[tuple[int, str]] = []
    for paragraph in paragraphs:
        rest, indent = paragraph, 2
        while rest:
            lines.append((indent, rest[: width - indent]))
            rest, indent = rest[width - indent :], 0
    pages = []
    for first in range(0, len(lines), rows * len(lefts)):
        page = []
        for at, (indent, text) in enumerate(lines[first : first + rows * len(lefts)]):
            column, row = divmod(at, rows)
            page.append((lefts[column] + indent * EM, 740 - row * 26 - (offset if column else 0), EM, text))
        pages.append(page)
    return pages


@with_font
@pytest.mark.parametrize(
    ("lefts", "width", "offset"),
    [((60.0, 320.0), 13, 0.0), ((60.0, 320.0), 13, 9.0), ((50.0, 220.0, 390.0), 9, 0.0)],
    ids=["two", "two, not level", "three"],
)
def test_columns_of_pdf(lefts: tuple[float, ...], width: int, offset: float) -> None:
    """Columns are read one after the other, below a headline over all of them, and paragraphs run on from column to column and page to page."""
    pages = in_columns(BODY * 4, lefts, width, offset=offset)
    pages[0].append((150.0, 790.0, 22.0, "关于巡察整改情况的通报"))
    found = read(pdf(pages))
    assert isinstance(found, Reading)
    assert found.text.split("\n") == ["关于巡察整改情况的通报", *BODY * 4]


@with_font
def test_columns_below_full_lines() -> None:
    """A full-width paragraph stands before the columns, and a last page with one column only is read as such."""
    pages = in_columns(BODY[1:] * 2, (60.0, 320.0), 13, rows=12)
    pages[0] = [(x, y - 180, size, text) for x, y, size, text in pages[0]] + _page(BODY[0])
    found = read(pdf(pages))
    assert isinstance(found, Reading)
    assert found.text.split("\n") == [BODY[0], *BODY[1:] * 2]


def test_table_without_rulings_is_no_page_of_columns() -> None:
    """Rows of short cells stay rows."""
    row = ((60.0, "1"), (100.0, "会议记录不规范"), (260.0, "修订议事规则，明确专人负责"), (480.0, "已完成"))
    found = read(pdf([[(x, 700.0 - 28 * at, 14.0, text) for at in range(8) for x, text in row]]))
    assert isinstance(found, Reading)
    assert found.text.split("\n") == [" | ".join(text for _, text in row)] * 8


def test_columns_of_ofd() -> None:
    """The same two columns in an OFD."""
    mm = 0.352778
    pages = [
        [(x * mm, (842 - y) * mm, size * mm, f"g {len(text) - 1} {size * mm:.3f}", text) for x, y, size, text in page]
        for page in in_columns(BODY * 4, (60.0, 320.0), 13)
    ]
    found = read(ofd(pages))
    assert isinstance(found, Reading)
    assert found.text.split("\n") == list(BODY * 4)


SEAL = {
    "Doc_0/Signs/Signatures.xml": '<ofd:Signatures xmlns:ofd="http://www.ofdspec.org/2016"><ofd:Signature ID="1" Type="Seal" BaseLoc="Sign_0/Signature.xml"/></ofd:Signatures>',
    "Doc_0/Signs/Sign_0/Signature.xml": '<ofd:Signature xmlns:ofd="http://www.ofdspec.org/2016"><ofd:SignedInfo><ofd:StampAnnot PageRef="1" Boundary="120 40 40 40" ID="9"/></ofd:SignedInfo></ofd:Signature>',
    "Doc_0/Signs/Sign_0/Seal.esl": b"\x30\x82\x00",
    "Doc_0/Signs/Sign_0/SignedValue.dat": b"\x30\x82\x00",
    "Doc_0/Annots/Page_0/Annotation.xml": '<ofd:PageAnnot xmlns:ofd="http://www.ofdspec.org/2016"><ofd:Annot Type="Stamp"><ofd:Appearance Boundary="0 0 40 40"><ofd:TextObject Boundary="0 0 40 10" Size="5"><ofd:TextCode X="0" Y="5">骑缝章</ofd:TextCode></ofd:TextObject></ofd:Appearance></ofd:Annot></ofd:PageAnnot>',
}


def test_sealed_ofd() -> None:
    """Seals and stamps lie beside the pages: the text is that of the unsealed file."""
    plain = ofd([[(20.0, 30.0 + 10 * number, 5.0, "g 30 5", line[:30]) for number, line in enumerate(BODY)]])
    with zipfile.ZipFile(io.BytesIO(plain)) as archive:
        members: dict[str, bytes | str] = {name: archive.read(name) for name in archive.namelist()}
    found, expected = read(zipped(members | SEAL)), read(plain)
    assert isinstance(found, Reading) and isinstance(expected, Reading)
    assert found.text == expected.text


@pytest.mark.parametrize("text", ["\ue001\ue002\ue003\ue004\ue005\ue006", "ǄǅǆǇǈǉǊǋ"], ids=["private characters", "numbers of glyphs"])
def test_ofd_with_fonts_without_characters(text: str) -> None:
    """Fonts cut to their glyphs that name no characters are told from text, never passed on as one."""
    found = read(ofd([[(20.0, 30.0 + 10 * number, 5.0, "g 7 5", text) for number in range(8)]]))
    assert isinstance(found, Refusal) and found.reason == "ocr_needed" and "fonts" in found.message


def test_encrypted_ofd() -> None:
    """An OFD in an envelope is refused as such."""
    found = read(zipped({"OFD.xml": b"\x00\x01", "Encryptions.xml": "<x/>"}))
    assert isinstance(found, Refusal) and found.reason == "encrypted"


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


@with_font
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
