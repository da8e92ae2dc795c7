"""Broken and hostile files: every reader ends in time with a reading or a refusal, and never raises."""

from __future__ import annotations

import faulthandler
import gzip
import io
import json
import random
import tarfile
from collections.abc import Callable, Iterator

import pytest

from transforms.reading.archives import documents
from transforms.reading.read import read
from transforms.reading.reading import Reading
from transforms.reading.refusal import Refusal

from .layouts import LAYOUTS
from .pages import BODY, built
from .samples import W, doc, docx, ofd, p, pdf, zipped
from .test_paged import in_columns, typeset

STAGES = {"decode", "read"}
_HANGS_SECONDS = 300


@pytest.fixture(autouse=True)
def watchdog() -> Iterator[None]:
    """A reader that hangs ends the test process with its stack printed; nothing else could end a loop within a library."""
    faulthandler.dump_traceback_later(_HANGS_SECONDS, exit=True)
    yield
    faulthandler.cancel_dump_traceback_later()


def _tar() -> bytes:
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode="w") as archive:
        content = "\n".join(BODY).encode()
        info = tarfile.TarInfo("通报.txt")
        info.size = len(content)
        archive.addfile(info, io.BytesIO(content))
    return buffer.getvalue()


def _warc() -> bytes:
    page = built({"html": "<div>BODY</div>"}).encode()
    http = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n" + page
    head = f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: http://a.example/1\r\nContent-Type: application/http; msgtype=response\r\nContent-Length: {len(http)}\r\n\r\n"
    return (head.encode() + http + b"\r\n\r\n") * 2


SAMPLES: dict[str, Callable[[], bytes]] = {
    "docx": lambda: docx("".join(map(p, BODY)) + f"<w:tbl><w:tr><w:tc>{p('1')}</w:tc><w:tc>{p('2')}</w:tc></w:tr></w:tbl>"),
    "doc": lambda: doc([(line + "\r", b"\x0b\x46\x01\x00") for line in BODY]),
    "pdf": lambda: pdf([[(x, 842 - y, size, text) for x, y, size, text in typeset(BODY)]]),
    "ofd": lambda: ofd([[(20.0, 30.0 + 10 * number, 5.0, "g 10 5", line) for number, line in enumerate(BODY)]]),
    "rtf": lambda: (
        b"{\\rtf1\\ansicpg936{\\fonttbl{\\f0\\fcharset134 x;}}" + b"".join(line.encode("gbk") + b"\\par " for line in BODY) + b"}"
    ),
    "html": lambda: built({"html": "<html><body>NAV<div id=zoom>BODY</div></body></html>"}).encode("gbk"),
    "mht": lambda: (
        b"MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=b\r\n\r\n--b\r\nContent-Type: text/html\r\n\r\n"
        + built({"html": "<div>BODY</div>"}).encode()
        + b"\r\n--b--"
    ),
    "zip": lambda: zipped({"a.txt": "\n".join(BODY), "b.docx": docx(p("x"))}),
    "tar": _tar,
    "warc": _warc,
    "packed": lambda: gzip.compress(_tar()),
    "json": lambda: json.dumps({"data": {"title": "关于整改情况的通报", "content": "".join(f"<p>{line}</p>" for line in BODY)}}).encode(),
    "script": lambda: LAYOUTS["json_next"][0].encode(),
    "hidden": lambda: LAYOUTS["split3_hidden"][0].encode(),
    "columns": lambda: pdf(in_columns(BODY, (60.0, 320.0), 13)),
    "word xml": lambda: (
        f'<?xml version="1.0"?><?mso-application progid="Word.Document"?><w:wordDocument xmlns:w="{W}"><w:body>{"".join(map(p, BODY))}</w:body></w:wordDocument>'.encode()
    ),
    "utf-16": lambda: "\n".join(BODY).encode("utf-16"),
    "text": lambda: "\n".join(BODY).encode("gb18030"),
}


def _mutated(raw: bytes, chance: random.Random) -> bytes:
    changed = bytearray(raw)
    for _ in range(chance.choice((1, 3, 10, 60))):
        at = chance.randrange(len(changed))
        kind = chance.randrange(5)
        if kind == 0:
            changed[at] = chance.randrange(256)
        elif kind == 1:
            changed[at] ^= 1 << chance.randrange(8)
        elif kind == 2:
            del changed[at : at + chance.choice((1, 2, 50))]
        elif kind == 3:
            changed[at:at] = bytes(changed[at : at + chance.choice((1, 4, 100))])
        else:
            changed[at : at + 4] = chance.choice((b"\xff\xff\xff\xff", b"\0\0\0\0", b"\x7f\xff\xff\xff", b"\x00\x00\x00\x80"))
        if not changed:
            return b""
    return bytes(changed[: chance.randrange(len(changed)) if chance.random() < 0.2 else None])


@pytest.mark.parametrize("name", SAMPLES)
def test_mutated_samples(name: str) -> None:
    """Bytes flipped, cut, doubled: a reading or a refusal comes, and never an exception."""
    chance = random.Random(name)
    raw = SAMPLES[name]()
    for _ in range(60):
        broken = _mutated(raw, chance)
        for _, content in documents(broken, "x"):
            found = content if isinstance(content, Refusal) else read(content)
            assert isinstance(found, Reading | Refusal)
            if isinstance(found, Refusal):
                assert found.stage in STAGES and found.message and found.reason.replace("_", "").isalnum()


@pytest.mark.parametrize("name", SAMPLES)
def test_cut_samples(name: str) -> None:
    """A file that ends too early is read as far as it goes, or refused."""
    raw = SAMPLES[name]()
    for size in range(0, len(raw), max(1, len(raw) // 25)):
        assert isinstance(read(raw[:size]), Reading | Refusal)


DEEP = 20_000


@pytest.mark.parametrize(
    "raw",
    [
        b"<html><body>" + b"<div>" * DEEP + "一，二。".encode() * 20,
        b"<html><body>" + b"<table><tr><td>" * 5000 + "一，二。".encode() * 20,
        b"<html><body>" + b"<font><b><p>" * DEEP,
        b"<" * 500_000,
        b"<p>" * 200_000,
        b"<html>" + b"&" * 300_000,
        b"<html><script>" + b'x="' * 100_000,
        b"<html><script>" + b'"a":"' + b"\\" * 300_000,
        b"<html><script>" + b"a='" + b"\\'" * 200_000,
        b"{\\rtf1" + b"{" * 200_000,
        b"{\\rtf1" + b"\\'" * 200_000,
        b"{\\rtf1" + b"\\u1234 " * 100_000,
        b"{\\rtf1\\bin99999999999 x",
        docx("<w:p><w:r>" * 3000),
        docx("<w:tbl><w:tr><w:tc>" * 2000 + p("x")),
        docx("<w:sdt><w:sdtContent>" * 4000 + p("x")),
        b"MIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=a\r\n\r\n" + b"--a\r\nContent-Type: multipart/mixed; boundary=a\r\n\r\n" * 3000,
        b"MIME-Version: 1.0\r\n" + b"Content-Type: text/html; charset=x\r\n" * 30_000,
        b"%PDF-1.7\n" + b"1 0 obj<</Kids[1 0 R]/Type/Pages/Count 99999999>>endobj\n" * 200 + b"trailer<</Root 1 0 R>>",
        b"\xff" * 500_000,
        bytes(range(128, 256)) * 4000,
        ("锘挎枃" * 50_000).encode(),
        "，".encode("utf-16-le") * 100_000,
        b"PK\x03\x04" + b"PK\x01\x02" * 50_000,
        b'{"a":"' * 100_000,
        ("发布时间：" * 20_000).encode(),
        ("<div>" + "发布时间：" * 20 + "</div>").encode() * 3000,
        ("<table><tr>" + "<td rowspan=9999>一，" * 2000 + "</tr>" + "<tr><td>一<td>二</tr>" * 5000).encode(),
        ('<html><script type="application/json">' + '{"a":[1,2,' * DEEP + '"一，二。"' + "]}" * DEEP + "</script>").encode(),
        ("<html><body>" + "<div style=display:none>一，二。" * DEEP).encode(),
    ],
    ids=range(30),
)  # fmt: skip
def test_hostile_repeats(raw: bytes) -> None:
    """A pattern repeated a hundred thousand times ends soon."""
    for _, content in documents(raw, "x"):
        assert isinstance(content if isinstance(content, Refusal) else read(content), Reading | Refusal)


def test_no_entity_reads_a_file() -> None:
    """An external entity in a document is never fetched."""
    raw = zipped(
        {
            "word/document.xml": f'<!DOCTYPE d [<!ENTITY x SYSTEM "file:///etc/hostname">]><w:document xmlns:w="{W}"><w:body><w:p><w:r><w:t>正文&x;</w:t></w:r></w:p></w:body></w:document>'
        }
    )
    found = read(raw)
    assert isinstance(found, Reading) and found.text == "正文"


_LAUGHS = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 12))
_DOCTYPE = f'<!DOCTYPE d [<!ENTITY a0 "笑，哈。">{_LAUGHS}<!ENTITY x SYSTEM "file:///etc/hostname">]>'
_TEXT = "现将巡察整改情况予以公布，请予监督。&a11;&x;"


@pytest.mark.parametrize(
    "raw",
    [
        zipped({"word/document.xml": f'{_DOCTYPE}<w:document xmlns:w="{W}"><w:body><w:p><w:r><w:t>{_TEXT}</w:t></w:r></w:p></w:body></w:document>'}),
        zipped({"OFD.xml": f"{_DOCTYPE}<OFD><DocBody><DocInfo><Title>{_TEXT}</Title></DocInfo><DocRoot>D.xml</DocRoot></DocBody></OFD>", "D.xml": f"{_DOCTYPE}<Document>{_TEXT}</Document>"}),
        f'<?xml version="1.0"?>{_DOCTYPE}<?mso-application progid="Word.Document"?><w:wordDocument xmlns:w="{W}"><w:body><w:p><w:r><w:t>{_TEXT}</w:t></w:r></w:p></w:body></w:wordDocument>'.encode(),
        f"{_DOCTYPE}<html><body><p>{_TEXT}</p><p>联系电话：0888-1234567，邮政编码：123456。</p></body></html>".encode(),
        f"<?xml version='1.0'?>{_DOCTYPE}<html><body><p>{_TEXT}</p><p>联系电话：0888-1234567，邮政编码：123456。</p></body></html>".encode(),
    ],
    ids=["docx", "ofd", "word xml", "html", "xhtml"],
)  # fmt: skip
def test_entities_do_not_grow(raw: bytes) -> None:
    """Entities within entities, a hundred thousand million of them, are not expanded in any markup, and no file is read through one."""
    found = read(raw)
    words = found.text + "".join(found.page.values()) if isinstance(found, Reading) else found.message
    assert len(words) < 5000
    with open("/etc/hostname", encoding="utf-8") as file:  # noqa: PTH123
        assert file.read().strip() not in words.replace("localhost", "")
