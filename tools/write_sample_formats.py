"""Writes samples/formats from two invented notices: their text as DOCX, DOC, WPS, RTF, PDF, OFD, MHT, ZIP, TAR and WARC.

The documents are built byte by byte with the builders of the reading tests, so that no office suite is needed and the bytes
are the same every time.
"""

from __future__ import annotations

import base64
import gzip
import io
import tarfile
from collections.abc import Callable

from tests.transforms.reading.samples import doc, docx, ofd, p, pdf, zipped
from tools.write_samples import SAMPLES, editor

TARGET = SAMPLES / "formats"
LINE = 38  # characters of a printed line, at 12 points on A4
LINES = 40  # lines of a printed page


def main() -> None:
    """Write every file."""
    TARGET.mkdir(exist_ok=True)
    for name, build in FORMS.items():
        text = (SAMPLES / "sources" / f"{name.split('.')[0]}.txt").read_text("utf-8")
        (TARGET / name).write_bytes(build([line for line in text.split("\n") if line]))


def _docx(lines: list[str]) -> bytes:
    return docx("".join(p(line) for line in lines))


def _doc(lines: list[str]) -> bytes:
    return doc([(line + "\r", b"") for line in lines])


def _rtf(lines: list[str]) -> bytes:
    words = "\\par\n".join(
        "".join(c if c.isascii() and c not in "\\{}" else f"\\u{(ord(c) + 2**15) % 2**16 - 2**15}?" for c in line) for line in lines
    )
    return f"{{\\rtf1\\ansi\\ansicpg936\\uc1 {words}\\par}}".encode("ascii")


def _printed(lines: list[str]) -> list[list[tuple[bool, str]]]:
    """Pages of printed lines: whether a paragraph starts there, and the words."""
    rows: list[tuple[bool, str]] = []
    for line in lines:
        rows.append((True, line[: LINE - 2]))
        rest = line[LINE - 2 :]
        rows += [(False, rest[start : start + LINE]) for start in range(0, len(rest), LINE)]
    return [rows[start : start + LINES] for start in range(0, len(rows), LINES)]


def _pdf(lines: list[str]) -> bytes:
    return pdf([[(70 + 24 * opens, 780 - 18 * row, 12, words) for row, (opens, words) in enumerate(page)] for page in _printed(lines)])


def _ofd(lines: list[str]) -> bytes:
    return ofd(
        [
            [(25 + 8.4 * opens, 30 + 6 * row, 4.2, f"g {len(words) - 1} 4.2", words) for row, (opens, words) in enumerate(page)]
            for page in _printed(lines)
        ]
    )


def _mht(lines: list[str]) -> bytes:
    body = base64.encodebytes(editor("\n".join(lines)).encode("gb18030")).decode()
    return (
        'From: <saved>\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related; boundary="----part"\r\n\r\n------part\r\n'
        'Content-Type: text/html; charset="gb2312"\r\nContent-Transfer-Encoding: base64\r\nContent-Location: http://example.cn/notice.html\r\n\r\n'
        f"{body}\r\n------part--\r\n"
    ).encode("ascii")


def _zip(lines: list[str]) -> bytes:
    name = "整改通报.docx".encode("gbk")
    return zipped({"x" * len(name): _docx(lines)}, {"x" * len(name): name})


def _tar(lines: list[str]) -> bytes:
    raw = "\n".join(lines).encode("gb18030")
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode="w") as archive:
        member = tarfile.TarInfo("2021/整改通报.txt")
        member.size = len(raw)
        archive.addfile(member, io.BytesIO(raw))
    return gzip.compress(buffer.getvalue(), mtime=0)


def _warc(lines: list[str]) -> bytes:
    page = editor("\n".join(lines)).encode("gb18030")
    response = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=gb2312\r\n\r\n" + page
    head = (
        "WARC/1.0\r\nWARC-Type: response\r\nWARC-Record-ID: <urn:uuid:00000000-0000-0000-0000-000000000001>\r\n"
        "WARC-Date: 2021-09-07T00:00:00Z\r\nWARC-Target-URI: http://example.cn/2021/09/07/notice.html\r\n"
        f"Content-Type: application/http; msgtype=response\r\nContent-Length: {len(response)}\r\n\r\n"
    )
    return gzip.compress(head.encode() + response + b"\r\n\r\n", mtime=0)


FORMS: dict[str, Callable[[list[str]], bytes]] = {
    "12_entries.docx": _docx,
    # the builder of Word 97 documents holds as many paragraphs as one page of its format
    "06_accountability.doc": _doc,
    "06_accountability.wps": _doc,
    "12_entries.rtf": _rtf,
    "12_entries.pdf": _pdf,
    "12_entries.ofd": _ofd,
    "12_entries.mht": _mht,
    "12_entries.zip": _zip,
    "12_entries.tar.gz": _tar,
    "12_entries.warc.gz": _warc,
}

if __name__ == "__main__":
    main()
