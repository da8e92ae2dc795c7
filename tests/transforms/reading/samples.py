"""Documents built byte by byte for tests, in the formats that are read: just as much of each format as a reader looks at."""

from __future__ import annotations

import io
import struct
import zipfile
from xml.sax.saxutils import escape

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def zipped(members: dict[str, bytes | str], names: dict[str, bytes] | None = None) -> bytes:
    """A ZIP of ``members``; ``names`` gives members a name in bytes that no flag explains."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(zipfile.ZipInfo(name), content, zipfile.ZIP_DEFLATED)
    raw = buffer.getvalue()
    for name, printed in (names or {}).items():
        assert len(name) == len(printed)
        raw = raw.replace(name.encode("ascii"), printed)
    return raw


def docx(body: str, numbering: str = "", styles: str = "", **more: str) -> bytes:
    """A DOCX with the XML ``body`` in its document part; ``{n}`` namespaces are bound to w."""
    members: dict[str, bytes | str] = {
        "[Content_Types].xml": "<Types/>",
        "word/document.xml": f'<w:document xmlns:w="{W}" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"><w:body>{body}</w:body></w:document>',
    }
    if numbering:
        members["word/numbering.xml"] = f'<w:numbering xmlns:w="{W}">{numbering}</w:numbering>'
    if styles:
        members["word/styles.xml"] = f'<w:styles xmlns:w="{W}">{styles}</w:styles>'
    return zipped(members | dict(more))


def p(text: str, properties: str = "") -> str:
    """A paragraph of one run."""
    return f"<w:p><w:pPr>{properties}</w:pPr><w:r><w:t>{escape(text)}</w:t></w:r></w:p>"


def pdf(pages: list[list[tuple[float, float, float, str]]], *, extra: str = "") -> bytes:
    """A PDF of text at places: each page lists (x, y from the bottom, size, text); A4, a standard Chinese font, no picture.

    ``extra`` is drawn on every page.
    """
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Count {len(pages)} /Kids [{' '.join(f'{6 + 2 * number} 0 R' for number in range(len(pages)))}] >>",
        "<< /Type /Font /Subtype /Type0 /BaseFont /STSong-Light /Encoding /UniGB-UCS2-H /DescendantFonts [4 0 R] >>",
        "<< /Type /Font /Subtype /CIDFontType0 /BaseFont /STSong-Light /CIDSystemInfo << /Registry (Adobe) /Ordering (GB1) /Supplement 2 >> /DW 1000 /FontDescriptor 5 0 R >>",
        "<< /Type /FontDescriptor /FontName /STSong-Light /Flags 4 /FontBBox [0 -200 1000 900] /ItalicAngle 0 /Ascent 880 /Descent -120 /CapHeight 880 /StemV 90 >>",
    ]
    for number, page in enumerate(pages):
        drawn = (
            "".join(f"BT /F1 {size} Tf 1 0 0 1 {x} {y} Tm <{text.encode('utf-16-be').hex()}> Tj ET\n" for x, y, size, text in page) + extra
        )
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << /Font << /F1 3 0 R >> >> /Contents {7 + 2 * number} 0 R >>"
        )
        objects.append(f"<< /Length {len(drawn)} >>\nstream\n{drawn}\nendstream")
    out = "%PDF-1.4\n"
    places = []
    for number, content in enumerate(objects, 1):
        places.append(len(out))
        out += f"{number} 0 obj\n{content}\nendobj\n"
    start = len(out)
    out += f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n" + "".join(f"{place:010d} 00000 n \n" for place in places)
    out += f"trailer << /Size {len(objects) + 1} /Root 1 0 R >>\nstartxref\n{start}\n%%EOF\n"
    return out.encode("latin-1")


def ofd(pages: list[list[tuple[float, float, float, str, str]]], template: str = "") -> bytes:
    """An OFD: each page lists (x, y of the baseline from the top, size, DeltaX, text) in millimetres."""
    space = 'xmlns:ofd="http://www.ofdspec.org/2016"'
    members: dict[str, bytes | str] = {
        "OFD.xml": f"<ofd:OFD {space}><ofd:DocBody><ofd:DocInfo><ofd:Title>关于巡察整改情况的通报</ofd:Title></ofd:DocInfo><ofd:DocRoot>Doc_0/Document.xml</ofd:DocRoot></ofd:DocBody></ofd:OFD>",
        "Doc_0/Document.xml": f"<ofd:Document {space}><ofd:CommonData><ofd:PageArea><ofd:PhysicalBox>0 0 210 297</ofd:PhysicalBox></ofd:PageArea></ofd:CommonData><ofd:Pages>"
        + "".join(f'<ofd:Page ID="{number}" BaseLoc="Pages/Page_{number}/Content.xml"/>' for number in range(len(pages)))
        + "</ofd:Pages></ofd:Document>",
    }
    for number, page in enumerate(pages):
        members[f"Doc_0/Pages/Page_{number}/Content.xml"] = (
            f"<ofd:Page {space}><ofd:Content><ofd:Layer>"
            + "".join(
                f'<ofd:TextObject Boundary="{x} {y - size} 180 {size}" Size="{size}"><ofd:TextCode X="0" Y="{size}" DeltaX="{steps}">{escape(text)}</ofd:TextCode></ofd:TextObject>'
                for x, y, size, steps, text in page
            )
            + template
            + "</ofd:Layer></ofd:Content></ofd:Page>"
        )
    return zipped(members)


def compound(streams: dict[str, bytes]) -> bytes:
    """An OLE container of ``streams``, each of which is padded to the length from which on streams have sectors of their own."""
    size = 512
    padded = {name: content.ljust(-(-max(len(content), 4096) // size) * size, b"\0") for name, content in streams.items()}
    chains: list[int] = []
    starts: dict[str, int] = {}
    body = b""
    for name, content in padded.items():
        starts[name] = len(chains)
        many = len(content) // size
        chains += [len(chains) + step + 1 for step in range(many - 1)] + [0xFFFFFFFE]
        body += content
    directory = len(chains)
    entries = _entry("Root Entry", 5, 0xFFFFFFFE, 0, child=1)
    names = list(padded)
    for index, name in enumerate(names):
        entries += _entry(name, 2, starts[name], len(padded[name]), right=index + 2 if index + 1 < len(names) else 0xFFFFFFFF)
    entries = entries.ljust(-(-len(entries) // size) * size, b"\0")
    many = len(entries) // size
    chains += [len(chains) + step + 1 for step in range(many - 1)] + [0xFFFFFFFE]
    fat_sectors = 1
    while len(chains) + fat_sectors > fat_sectors * (size // 4):
        fat_sectors += 1
    first_fat = len(chains)
    chains += [0xFFFFFFFD] * fat_sectors
    fat = struct.pack(f"<{len(chains)}I", *chains).ljust(fat_sectors * size, b"\xff")
    header = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16) + struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6) + bytes(6)
    header += struct.pack("<IIIIIIIII", 0, fat_sectors, directory, 0, 4096, 0xFFFFFFFE, 0, 0xFFFFFFFE, 0)
    header += struct.pack(f"<{fat_sectors}I", *range(first_fat, first_fat + fat_sectors))
    return header.ljust(size, b"\xff") + body + entries + fat


def _entry(name: str, kind: int, start: int, size: int, child: int = 0xFFFFFFFF, right: int = 0xFFFFFFFF) -> bytes:
    raw = name.encode("utf-16-le")
    return (
        raw.ljust(64, b"\0")
        + struct.pack("<HBBIII", len(raw) + 2, kind, 1, 0xFFFFFFFF, right, child)
        + bytes(36)
        + struct.pack("<IQ", start, size)
    )


def doc(
    paragraphs: list[tuple[str, bytes]],
    *,
    deleted: tuple[int, int] = (0, 0),
    table: bytes = b"",
    places: dict[int, tuple[int, int]] | None = None,
    boxes: str = "",
) -> bytes:
    """A Word 97 document: paragraphs (text with its mark, property bytes), a range of characters deleted by a revision, tables of lists.

    ``table`` stands at the start of the table stream, ``places`` are offsets and lengths in it.
    """
    main = "".join(text for text, _ in paragraphs)
    text = main + boxes
    start = 0x800
    word = bytearray(start + 2 * len(text))
    word[start:] = text.encode("utf-16-le")
    struct.pack_into("<HH", word, 0, 0xA5EC, 0x00C1)
    struct.pack_into("<H", word, 0x0A, 0x0200)
    struct.pack_into("<7i", word, 0x4C, len(main), 0, 0, 0, 0, 0, len(boxes))
    while len(word) % 512:
        word.append(0)
    papx_page = len(word) // 512
    word += _papx([len(part) * 2 for part, _ in paragraphs], [properties for _, properties in paragraphs], start)
    chpx_page = len(word) // 512
    word += _chpx(start, deleted, len(text))
    pieces = b"\x02" + struct.pack("<I", 16) + struct.pack("<IIHIH", 0, len(text), 0, start, 0)
    tables = bytearray(table)
    where = dict(places or {})
    for index, content in (
        (33, pieces),
        (13, struct.pack("<III", start, start + 2 * len(main), papx_page)),
        (12, struct.pack("<III", start, start + 2 * len(text), chpx_page)),
    ):
        where[index] = (len(tables), len(content))
        tables += content
    for index, (offset, size) in where.items():
        struct.pack_into("<II", word, 0x9A + 8 * index, offset, size)
    return compound({"WordDocument": bytes(word), "1Table": bytes(tables)})


def _papx(sizes: list[int], properties: list[bytes], start: int) -> bytes:
    page = bytearray(512)
    many = len(sizes)
    page[511] = many
    offsets = [start]
    for size in sizes:
        offsets.append(offsets[-1] + size)
    struct.pack_into(f"<{many + 1}I", page, 0, *offsets)
    at = 510
    for index, content in enumerate(properties):
        body = struct.pack("<H", 0) + content
        body += b"\0" * (1 - len(body) % 2)
        at -= len(body) + 1 + (len(body) + 1) % 2
        page[at] = (len(body) + 1) // 2
        page[at + 1 : at + 1 + len(body)] = body
        page[4 * (many + 1) + 13 * index] = at // 2
    return bytes(page)


def _chpx(start: int, deleted: tuple[int, int], length: int) -> bytes:
    page = bytearray(512)
    page[511] = 3
    struct.pack_into("<4I", page, 0, start, start + 2 * deleted[0], start + 2 * deleted[1], start + 2 * length)
    page[400:404] = b"\x03" + struct.pack("<HB", 0x0800, 1)
    page[17] = 200
    return bytes(page)
