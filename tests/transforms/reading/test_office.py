"""DOCX, DOC, RTF and saved web archives, each built in the test."""

from __future__ import annotations

import struct

import pytest

from transforms.reading import sniff
from transforms.reading.office.number_forms import printed_number
from transforms.reading.read import read
from transforms.reading.reading import Reading
from transforms.reading.refusal import Refusal

from .pages import BODY
from .samples import W, compound, doc, docx, p, zipped

NUMBERING = """<w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="chineseCountingThousand"/><w:lvlText w:val="%1、"/></w:lvl>
<w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="chineseCountingThousand"/><w:lvlText w:val="（%2）"/></w:lvl>
<w:lvl w:ilvl="2"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%3."/></w:lvl></w:abstractNum>
<w:abstractNum w:abstractNumId="1"><w:lvl w:ilvl="0"><w:start w:val="3"/><w:numFmt w:val="decimalEnclosedCircle"/><w:lvlText w:val="%1"/></w:lvl></w:abstractNum>
<w:abstractNum w:abstractNumId="2"><w:lvl w:ilvl="0"><w:numFmt w:val="bullet"/><w:lvlText w:val="&#xF0B7;"/></w:lvl></w:abstractNum>
<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num><w:num w:numId="2"><w:abstractNumId w:val="1"/></w:num><w:num w:numId="3"><w:abstractNumId w:val="2"/></w:num>
<w:num w:numId="4"><w:abstractNumId w:val="0"/><w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride></w:num>"""


def _num(number: int, level: int = 0) -> str:
    return f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>'


def _lines(raw: bytes) -> list[str]:
    found = read(raw)
    assert isinstance(found, Reading), found
    return found.text.split("\n")


def test_automatic_numbers_of_docx() -> None:
    """Numbers that Word counts stand before their paragraphs; deeper levels start again, a list can start anew, bullets print nothing."""
    body = "".join(
        p(text, properties)
        for text, properties in (
            ("组织领导", _num(1)), ("会议", _num(1, 1)), ("记录", _num(1, 2)), ("方案", _num(1, 1)), ("整改情况", _num(1)), ("问题", _num(1, 1)), ("正文", ""),
            ("三项", _num(2)), ("四项", _num(2)), ("要点", _num(3)), ("重新开始", _num(4)),
        )
    )  # fmt: skip
    assert _lines(docx(body, NUMBERING)) == [
        "一、组织领导", "（一）会议", "1.记录", "（二）方案", "二、整改情况", "（一）问题", "正文", "③ 三项", "④ 四项", "要点", "一、重新开始",
    ]  # fmt: skip


def test_numbers_by_style() -> None:
    """A style, or the style it is based on, can make its paragraphs members of a list."""
    styles = (
        '<w:style w:styleId="H1"><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style><w:style w:styleId="H1b"><w:basedOn w:val="H1"/></w:style>'
        '<w:style w:styleId="Loop"><w:basedOn w:val="Loop"/></w:style>'
    )
    body = (
        p("甲", '<w:pStyle w:val="H1"/>')
        + p("乙", '<w:pStyle w:val="H1b"/>')
        + p("丙", '<w:pStyle w:val="Loop"/>')
        + p("丁", '<w:pStyle w:val="H1"/><w:numPr><w:numId w:val="0"/></w:numPr>')
    )
    assert _lines(docx(body, NUMBERING, styles)) == ["一、甲", "二、乙", "丙", "丁"]


def test_revisions_controls_boxes_fields() -> None:
    """Inserted text, content controls, links, field results and text boxes are read once; deleted and hidden text and field codes are not."""
    body = (
        "<w:p><w:r><w:t>已</w:t></w:r><w:del><w:r><w:delText>未</w:delText></w:r></w:del><w:ins><w:r><w:t>完成</w:t></w:r></w:ins><w:r><w:rPr><w:vanish/></w:rPr><w:t>隐藏</w:t></w:r></w:p>"
        "<w:sdt><w:sdtContent>" + p("控件") + "</w:sdtContent></w:sdt>"
        '<w:p><w:hyperlink><w:r><w:t>链接</w:t></w:r></w:hyperlink><w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>PAGE</w:instrText><w:t>码</w:t></w:r>'
        '<w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>7</w:t></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r></w:p>'
        "<w:p><w:r><w:t>框外</w:t></w:r><w:r><mc:AlternateContent><mc:Choice><w:txbxContent>" + p("框内") + "</w:txbxContent></mc:Choice>"
        "<mc:Fallback><w:txbxContent>" + p("框内") + "</w:txbxContent></mc:Fallback></mc:AlternateContent></w:r></w:p>"
        "<w:p><w:r><w:t>上</w:t><w:br/><w:t>下</w:t><w:tab/><w:t>右</w:t></w:r></w:p>"
        "<w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr><w:r><w:t>前半</w:t></w:r></w:p>" + p("后半")
    )
    assert _lines(docx(body)) == ["已完成", "控件", "链接7", "框外", "框内", "上", "下 右", "前半后半"]


def test_tables_of_docx() -> None:
    """A row is a line of cells, a merged cell is printed once, a table that lays out a page gives its paragraphs."""

    def row(*cells: str) -> str:
        return "<w:tr>" + "".join(f"<w:tc>{cell}</w:tc>" for cell in cells) + "</w:tr>"

    merged = '<w:tcPr><w:vMerge w:val="restart"/></w:tcPr>' + p("财务")
    body = (
        "<w:tbl>"
        + row(p("序号"), p("问题"))
        + row(p("1"), merged)
        + row(p("2"), "<w:tcPr><w:vMerge/></w:tcPr><w:p/>")
        + row(p("3"), p("甲") + p("乙"))
        + "</w:tbl>"
    )
    assert _lines(docx(body)) == ["序号 | 问题", "1 | 财务", "2 |", "3 | 甲 乙"]
    assert _lines(docx("<w:tbl>" + row("".join(map(p, BODY))) + "</w:tbl>")) == list(BODY)


def test_headers_are_left_out() -> None:
    """Headers and footers are parts of their own and are not read."""
    members = {"word/header1.xml": f'<w:hdr xmlns:w="{W}">{p("内部文件")}</w:hdr>'}
    assert _lines(docx(p("正文"), "", "", **members)) == ["正文"]


def test_entities_are_not_expanded() -> None:
    """A bomb of entities stays unexploded."""
    bomb = (
        '<!DOCTYPE d [<!ENTITY a "巡察整改">'
        + "".join(f'<!ENTITY {chr(98 + step)} "{"&" + chr(97 + step) + ";" * 1}{("&" + chr(97 + step) + ";") * 9}">' for step in range(12))
        + "]>"
    )
    raw = zipped(
        {
            "word/document.xml": f'{bomb}<w:document xmlns:w="{W}"><w:body>{p("正文")}<w:p><w:r><w:t>&m;</w:t></w:r></w:p></w:body></w:document>'
        }
    )
    found = read(raw)
    assert (isinstance(found, Reading) and found.text == "正文") or isinstance(found, Refusal)


@pytest.mark.parametrize(
    ("form", "number", "printed"),
    [
        ("chineseCountingThousand", 12, "十二"), ("chineseCountingThousand", 105, "一百零五"), ("chineseCounting", 20, "二十"), ("chineseLegalSimplified", 3, "叁"),
        ("ideographTraditional", 2, "乙"), ("upperRoman", 14, "XIV"), ("lowerLetter", 28, "bb"), ("decimalEnclosedCircle", 21, "㉑"), ("decimalEnclosedParen", 3, "⑶"),
        ("ideographDigital", 10, "一〇"), ("decimalZero", 7, "07"), ("hebrew1", 5, "5"),
    ],
)  # fmt: skip
def test_number_forms(form: str, number: int, printed: str) -> None:
    """A number is printed as its format says, and in digits where the format is not known."""
    assert printed_number(number, form) == printed


def _level(form: int, text: str) -> bytes:
    return struct.pack("<iBB", 1, form, 0) + bytes(9) + b"\2" + bytes(12) + struct.pack("<H", len(text)) + text.encode("utf-16-le")


def test_doc_with_lists_tables_revisions() -> None:
    """A DOC gives automatic numbers, rows of cells and text boxes, without what a revision deleted and without field codes."""
    levels = [_level(0x27, "\0、"), _level(0x27, "（\1）")] + [_level(0, chr(level) + ".") for level in range(2, 9)]
    heads = struct.pack("<h", 1) + struct.pack("<ii", 7, 0) + bytes(18) + b"\0\0"
    uses = struct.pack("<i", 1) + struct.pack("<i", 7) + bytes(12) + b"\xff\xff\xff\xff"
    table = heads + b"".join(levels)
    places = {73: (0, len(heads)), 74: (len(table), len(uses))}
    in_list = struct.pack("<HH", 0x460B, 1)
    in_table = struct.pack("<HB", 0x2416, 1)
    row_end = in_table + struct.pack("<HB", 0x2417, 1)
    paragraphs = [
        ("关于巡察整改情况的通报\r", b""),
        ("组织领导\r", in_list + struct.pack("<HB", 0x260A, 0)),
        ("会议\r", in_list + struct.pack("<HB", 0x260A, 1)),
        ("整改情况\r", in_list),
        ("已未完成\x13 PAGE \x147\x15项\r", b""),
        ("序号\x07", in_table),
        ("问题\x07", in_table),
        ("\x07", row_end),
        ("下一步\r", b""),
    ]
    position = sum(len(text) for text, _ in paragraphs[:4]) + 1
    raw = doc(paragraphs, deleted=(position, position + 1), table=table + uses, places=places, boxes="框内\r")
    found = read(raw)
    assert isinstance(found, Reading) and found.media_type == sniff.DOC
    assert found.text.split("\n") == [
        "关于巡察整改情况的通报",
        "一、组织领导",
        "（一）会议",
        "二、整改情况",
        "已完成7项",
        "序号 | 问题",
        "下一步",
        "框内",
    ]


def test_other_office_files_are_refused() -> None:
    """A sheet, slides and a protected document are refused for what they are."""
    for raw, reason in (
        (compound({"Workbook": b"x"}), "unsupported_media"),
        (compound({"EncryptedPackage": b"x", "EncryptionInfo": b"x"}), "encrypted"),
        (zipped({"xl/workbook.xml": "<workbook/>"}), "unsupported_media"),
        (docx(p("正文"))[:400], "truncated"),
        (doc([("正文\r", b"")])[:900], "unreadable"),
    ):
        found = read(raw)
        assert isinstance(found, Refusal) and found.reason == reason


RTF_HEAD = rb"{\rtf1\ansi\ansicpg936\deff0{\fonttbl{\f0\fcharset0 Times;}{\f1\fcharset134 \'cb\'ce\'cc\'e5;}}{\stylesheet{\s0 Normal;}}{\info{\title x}}"


def _hex(text: str, codec: str = "gbk") -> bytes:
    return b"".join(b"\\'%02x" % byte for byte in text.encode(codec))


def _unicode(text: str) -> bytes:
    return b"".join(
        b"\\u%d\\'3f" % (unit - 65536 if unit > 32767 else unit)
        for unit in struct.unpack(f"<{len(text.encode('utf-16-le')) // 2}H", text.encode("utf-16-le"))
    )


@pytest.mark.parametrize(
    ("body", "lines"),
    [
        (b"\\f1 " + _hex("整改情况") + b"\\par " + _hex("下一步") + b"\\par", ["整改情况", "下一步"]),
        (b"\\uc1 " + _unicode("整改𠀀情况，12项") + b"\\par", ["整改𠀀情况，12项"]),
        (b"\\uc2 \\u25972\\'d5\\'fb\\u25913\\'b8\\'c4 \\par", ["整改"]),
        (b"{\\listtext\\pard\\plain \\f1 " + _hex("一、") + b"\\tab}\\f1 " + _hex("组织领导") + b"\\par{\\listtext 1\\tab}" + _hex("会议") + b"\\par", ["一、组织领导", "1 会议"]),
        (b"\\f1 " + _hex("已") + b"{\\deleted " + _hex("未") + b"}{\\revised " + _hex("完成") + b"}{\\v " + _hex("隐藏") + b"}\\par", ["已完成"]),
        (b"\\f1{\\header " + _hex("页眉") + b"\\par}{\\*\\generator x;}{\\footnote " + _hex("注") + b"}" + _hex("正文") + b"\\par", ["正文"]),
        (b"\\f1 {\\field{\\*\\fldinst PAGE }{\\fldrslt " + _hex("第七页") + b"}}\\par", ["第七页"]),
        (b"\\f1\\trowd\\intbl " + _hex("序号") + b"\\cell " + _hex("问题") + b"\\cell\\row\\pard " + _hex("表后") + b"\\par", ["序号 | 问题", "表后"]),
        (b"\\f1{\\shp{\\*\\shpinst{\\sp{\\sn x}{\\sv y}}{\\shptxt " + _hex("框内") + b"\\par}}}" + _hex("正文") + b"\\par", ["框内", "正文"]),
        (b"\\loch\\af0\\hich\\af0\\dbch\\af1\\f0 " + _hex("整改") + b"\\par", ["整改"]),
        (b"{\\pict\\bin5 \\{}}}\\par}\\f1 " + _hex("图后") + b"\\par", ["图后"]),
        (b"\\f1 " + _hex("镕錧") + b"\\par", ["镕錧"]),
    ],
)  # fmt: skip
def test_rtf(body: bytes, lines: list[str]) -> None:
    """RTF gives its body in either way of writing Chinese, with printed numbers, without asides, deleted and hidden text."""
    assert _lines(RTF_HEAD + body + b"}") == lines


def test_word_xml() -> None:
    """A document saved as one XML file is read like a DOCX: the package of Word 2007, and Word 2003 with its printed numbers."""
    package = (
        '<?xml version="1.0"?><?mso-application progid="Word.Document"?><pkg:package xmlns:pkg="http://schemas.microsoft.com/office/2006/xmlPackage">'
        f'<pkg:part pkg:name="/word/document.xml"><pkg:xmlData><w:document xmlns:w="{W}"><w:body>{p("组织领导", _num(1))}</w:body></w:document></pkg:xmlData></pkg:part>'
        f'<pkg:part pkg:name="/word/numbering.xml"><pkg:xmlData><w:numbering xmlns:w="{W}">{NUMBERING}</w:numbering></pkg:xmlData></pkg:part></pkg:package>'
    )
    assert _lines(package.encode()) == ["一、组织领导"]
    old = (
        '<?xml version="1.0"?><?mso-application progid="Word.Document"?><w:wordDocument xmlns:w="http://schemas.microsoft.com/office/word/2003/wordml" xmlns:wx="http://schemas.microsoft.com/office/word/2003/auxHint">'
        '<w:body><wx:sect><w:p><w:pPr><w:listPr><wx:t wx:val="一、" wx:wTabBefore="0"/></w:listPr></w:pPr><w:r><w:t>组织领导</w:t></w:r></w:p>'
        + p("正文")
        + "</wx:sect></w:body></w:wordDocument>"
    )
    assert _lines(old.encode()) == ["一、组织领导", "正文"]


def test_web_archive() -> None:
    """A saved web archive is read by its page; its address is a page field."""
    page = "<html><head><title>x</title></head><body>" + "".join(f"<p>{line}</p>" for line in BODY) + "</body></html>"
    raw = (
        b"From: <Saved by Blink>\r\nSnapshot-Content-Location: http://www.example.gov.cn/a.html\r\nSubject: x\r\nMIME-Version: 1.0\r\n"
        b'Content-Type: multipart/related; type="text/html"; boundary="--b"\r\n\r\n----b\r\nContent-Type: text/html; charset=gbk\r\nContent-Transfer-Encoding: base64\r\n\r\n'
        + __import__("base64").encodebytes(page.encode("gbk"))
        + b"\r\n----b\r\nContent-Type: image/png\r\nContent-Transfer-Encoding: base64\r\n\r\niVBORw0KGgo=\r\n----b--\r\n"
    )
    found = read(raw)
    assert isinstance(found, Reading)
    assert found.text.split("\n") == list(BODY)
    assert (found.media_type, found.encoding, found.page["url"]) == (sniff.MHT, "gb18030", "http://www.example.gov.cn/a.html")
