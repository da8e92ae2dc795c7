"""Files within files: names, nesting, limits, and what is no document."""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
import tarfile
import zlib
from dataclasses import replace

import pytest

from transforms.reading.archives import documents
from transforms.reading.limits import Limits
from transforms.reading.read import read
from transforms.reading.reading import Reading
from transforms.reading.refusal import Refusal

from .pages import BODY
from .samples import docx, p, pdf, zipped

TEXT = "\n".join(BODY).encode()
SMALL = Limits(bytes=1 << 20, expanded_bytes=1 << 20, members=5, nesting=2)


def _tar(members: dict[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode="w") as archive:
        for name, content in members.items():
            info = tarfile.TarInfo(name)
            info.size = len(content)
            archive.addfile(info, io.BytesIO(content))
        link = tarfile.TarInfo("link")
        link.type, link.linkname = tarfile.SYMTYPE, "/etc/passwd"
        archive.addfile(link)
    return buffer.getvalue()


def _warc(url: str, body: bytes, kind: str = "text/html", status: str = "200 OK") -> bytes:
    http = f"HTTP/1.1 {status}\r\nContent-Type: {kind}\r\nContent-Length: {len(body)}\r\n\r\n".encode() + body
    head = f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: {url}\r\nWARC-Date: 2024-05-06T00:00:00Z\r\nWARC-Record-ID: <urn:uuid:1>\r\nContent-Type: application/http; msgtype=response\r\nContent-Length: {len(http)}\r\n\r\n"
    return head.encode() + http + b"\r\n\r\n"


def test_a_plain_file_is_its_own_document() -> None:
    """Text, office files and PDFs are not taken apart."""
    for raw in (TEXT, docx(p("正文")), pdf([[]]), b"", b"\x00\x01"):
        assert list(documents(raw, "a.doc")) == [("a.doc", raw)]


def test_names_and_nesting() -> None:
    """Members at any depth carry their path; names in GBK without a flag are read; debris of systems is left out."""
    inner = zipped({"通报.txt": TEXT})
    raw = zipped(
        {"aaaa.txt": TEXT, "inner.zip": inner, "__MACOSX/._a": b"x", "Thumbs.db": b"x", "folder/": b""},
        {"aaaa.txt": "说明".encode("gbk") + b".txt"},
    )
    assert [uri for uri, _ in documents(raw, "x.zip")] == ["x.zip!说明.txt", "x.zip!inner.zip!通报.txt"]


def test_traversal_is_only_a_name() -> None:
    """A name that climbs out of its folder is kept as printed and harms nothing."""
    assert list(documents(zipped({"../../evil.txt": TEXT}), "x.zip")) == [("x.zip!../../evil.txt", TEXT)]


@pytest.mark.parametrize("pack", [gzip.compress, bz2.compress, lzma.compress], ids=["gzip", "bzip2", "xz"])
def test_packed_files(pack: object) -> None:
    """A packed file is what it holds, under its own name, and is read even without taking apart."""
    raw = pack(TEXT)  # type: ignore[operator]
    assert list(documents(raw, "a.html")) == [("a.html", TEXT)]
    assert isinstance(read(raw), Reading)
    cut = list(documents(raw[: len(raw) - 20], "a.html"))
    assert len(cut) == 1


def test_tar() -> None:
    """Regular members come out, links do not."""
    assert list(documents(_tar({"通报.txt": TEXT, "b/c.txt": b"x"}), "a.tar")) == [("a.tar!通报.txt", TEXT), ("a.tar!b/c.txt", b"x")]
    assert [uri for uri, _ in documents(gzip.compress(_tar({"a.txt": TEXT})), "a.tgz")] == ["a.tgz!a.txt"]


def test_warc() -> None:
    """Pages of a web archive come under their addresses; assets and failures do not."""
    raw = (
        _warc("http://a.example/1.html", TEXT)
        + _warc("http://a.example/s.css", b"x", "text/css")
        + _warc("http://a.example/2.html", b"x", status="404 Not Found")
    )
    for packed in (raw, gzip.compress(raw), b"".join(map(gzip.compress, (raw, _warc("http://a.example/3.html", TEXT))))):
        found = list(documents(packed, "n.warc"))
        assert found[0] == ("n.warc!http://a.example/1.html", TEXT)
        assert all(uri.endswith((".html",)) for uri, _ in found)


@pytest.mark.parametrize(
    ("raw", "limits", "reason"),
    [
        (zipped({"a": bytes(3 << 20)}), SMALL, "limit_bytes"),
        (zipped({"a": bytes(3 << 20)}), Limits(), "limit_ratio"),
        (zipped({f"{number}.txt": TEXT for number in range(9)}), SMALL, "limit_members"),
        (zipped({"a.zip": zipped({"b.zip": zipped({"c.txt": TEXT})})}), SMALL, "limit_nesting"),
        (gzip.compress(bytes(3 << 20)), SMALL, "limit_bytes"),
        (gzip.compress(bytes(3 << 20)), Limits(), "limit_ratio"),
        (zipped({f"{number}.txt": bytes(range(256)) * 1500 for number in range(4)}), SMALL, "limit_expanded_bytes"),
        (TEXT * 3, replace(SMALL, bytes=100), "limit_bytes"),
    ],
)  # fmt: skip
def test_limits_are_named(raw: bytes, limits: Limits, reason: str) -> None:
    """An archive beyond a limit ends in a refusal that names it, and what came before stays."""
    found = [content for _, content in documents(raw, "x.zip", limits)]
    refusals = [content for content in found if isinstance(content, Refusal)]
    assert [refusal.reason for refusal in refusals] == [reason]
    assert reason.removeprefix("limit_") in refusals[0].message


def test_encrypted_and_damaged_members() -> None:
    """One bad member does not take the others down."""
    raw = bytearray(zipped({"a.txt": TEXT, "b.txt": TEXT}))
    for sign, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        raw[raw.find(sign) + place] |= 1
    found = dict(documents(bytes(raw), "x.zip"))
    assert isinstance(found["x.zip!a.txt"], Refusal) and found["x.zip!a.txt"].reason == "encrypted"
    assert found["x.zip!b.txt"] == TEXT
    damaged = bytearray(zipped({"a.txt": TEXT, "b.txt": TEXT}))
    start = damaged.find(b"a.txt") + 5
    damaged[start : start + 40] = zlib.compress(b"x" * 60)[:40].ljust(40, b"\xaa")
    found = dict(documents(bytes(damaged), "x.zip"))
    assert isinstance(found["x.zip!a.txt"], Refusal) and found["x.zip!b.txt"] == TEXT


def test_archive_is_refused_as_a_document() -> None:
    """Reading an archive of several as if it were one document says what to do."""
    found = read(zipped({"a.txt": TEXT, "b.txt": TEXT}))
    assert isinstance(found, Refusal) and found.reason == "archive" and "--member" in found.message
