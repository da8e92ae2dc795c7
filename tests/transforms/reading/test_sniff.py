"""Telling files by their bytes."""

from __future__ import annotations

import pytest

from transforms.reading import sniff

from .samples import compound, docx, p, pdf


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        (docx(p("x")), sniff.ZIP), (pdf([[]]), sniff.PDF), (b"\n\n%PDF-1.4 junk before", sniff.PDF), (compound({"WordDocument": b"x"}), sniff.OLE), (b"{\\rtf1 x}", sniff.RTF),
        (b"\xef\xbb\xbf{\\rtf1 x}", sniff.RTF), (b"\x1f\x8b\x08\x00", sniff.GZIP), (b"WARC/1.0\r\n", sniff.WARC), (b"\xff\xd8\xff\xe0", "image/jpeg"), (b"\x89PNG\r\n\x1a\n", "image/png"),
        (b"MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=x\r\n\r\n", sniff.MHT), (b"From: a\r\nSubject: =?utf-8?b?x?=\r\n =?utf-8?b?y?=\r\nContent-Type: text/html\r\n\r\n", sniff.MHT),
        ("来源：县教育局\n日期：2024-05-06\n".encode(), None), (b"Subject: only one header\n\ntext", None), (b"<html>", None), (b"", None), ("根据县委统一部署".encode("utf-16-le"), None),
        (b"7z\xbc\xaf'\x1c", "application/x-7z-compressed"),
    ],
)  # fmt: skip
def test_media_type(raw: bytes, expected: str | None) -> None:
    """Magic bytes decide; what may be text is left to decoding."""
    assert sniff.media_type(raw) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("<!DOCTYPE html><html></html>", sniff.HTML), ("\ufeff\n<HTML><BODY>x", sniff.HTML), ("<!-- x --><div class=a>x</div>", sniff.HTML), ("<p>一</p><p>二</p>", sniff.HTML),
        ("正文开头<p>一</p><p>二</p><br>", sniff.HTML), ("根据县委部署，<重要>", sniff.TEXT), ("a < b，c > d", sniff.TEXT), ('{"data":{"content":"x"}}', sniff.JSON), ("{见附件}", sniff.TEXT),
        ("一、提高站位", sniff.TEXT), ('<?xml version="1.0"?><?mso-application progid="Word.Document"?><w:wordDocument/>', sniff.WORD_XML),
    ],
)  # fmt: skip
def test_text_type(text: str, expected: str) -> None:
    """Markup is told by several tags or a document's start, not by one angle bracket."""
    assert sniff.text_type(text) == expected
