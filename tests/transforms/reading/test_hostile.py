"""Broken and hostile files: every reader ends in time with a reading or a refusal, and never raises."""

from __future__ import annotations

import random
import time
from collections.abc import Callable

import pytest

from transforms.reading.archives import documents
from transforms.reading.read import read
from transforms.reading.reading import Reading
from transforms.reading.refusal import Refusal

from .pages import BODY, built
from .samples import W, doc, docx, ofd, p, pdf, zipped
from .test_paged import typeset

STAGES = {"decode", "read"}
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
    """Bytes flipped, cut, doubled: a reading or a refusal comes, each within a second."""
    chance = random.Random(name)
    raw = SAMPLES[name]()
    for _ in range(60):
        broken = _mutated(raw, chance)
        started = time.perf_counter()
        for _, content in documents(broken, "x"):
            found = content if isinstance(content, Refusal) else read(content)
            assert isinstance(found, Reading | Refusal)
            if isinstance(found, Refusal):
                assert found.stage in STAGES and found.message and found.reason.replace("_", "").isalnum()
        assert time.perf_counter() - started < 2.0


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
    ],
    ids=range(27),
)  # fmt: skip
def test_hostile_repeats(raw: bytes) -> None:
    """A pattern repeated a hundred thousand times ends soon."""
    started = time.perf_counter()
    for _, content in documents(raw, "x"):
        assert isinstance(content if isinstance(content, Refusal) else read(content), Reading | Refusal)
    assert time.perf_counter() - started < 10.0


def test_no_entity_reads_a_file() -> None:
    """An external entity in a document is never fetched."""
    raw = zipped(
        {
            "word/document.xml": f'<!DOCTYPE d [<!ENTITY x SYSTEM "file:///etc/hostname">]><w:document xmlns:w="{W}"><w:body><w:p><w:r><w:t>正文&x;</w:t></w:r></w:p></w:body></w:document>'
        }
    )
    found = read(raw)
    assert isinstance(found, Reading) and found.text == "正文"
