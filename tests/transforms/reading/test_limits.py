"""Every limit on one file ends in a refusal that names it and its value. Archives are in test_archives.py, time and memory in tests/flows/test_isolation.py."""

from __future__ import annotations

import sys
from types import SimpleNamespace

import pytest

from transforms.reading.archives import documents
from transforms.reading.limits import Limits
from transforms.reading.paged import ocr
from transforms.reading.read import read
from transforms.reading.refusal import Refusal

from .pages import BODY, built
from .samples import compound, docx, ofd, p, pdf
from .test_paged import PICTURE, _page

_LONG = "\n".join(BODY).encode()
_OFD_PAGE = [(20.0, 30.0 + 10 * number, 5.0, "g 10 5", line) for number, line in enumerate(BODY)]
_MAIL = b"MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=b\r\n\r\n"


@pytest.mark.parametrize(
    ("raw", "limits", "reason"),
    [
        (_LONG, Limits(bytes=100), "limit_bytes"),
        (_LONG, Limits(characters=50), "limit_characters"),
        (pdf([_page(*BODY)] * 3), Limits(characters=50), "limit_characters"),
        (pdf([_page(*BODY)] * 3), Limits(pages=2), "limit_pages"),
        (ofd([_OFD_PAGE] * 3), Limits(pages=2), "limit_pages"),
        (ofd([_OFD_PAGE]), Limits(elements=5), "limit_elements"),
        (docx("".join(map(p, BODY))), Limits(elements=5), "limit_elements"),
        (built({"html": "<html><body><div>BODY</div></body></html>"}).encode(), Limits(elements=5), "limit_elements"),
        (docx("".join(map(p, BODY * 40))), Limits(members=1), "limit_members"),
        (compound({"WordDocument": b"\xec\xa5\xc1\x00" + bytes(9000), "1Table": bytes(9000)}), Limits(bytes=5000), "limit_bytes"),
        (_MAIL + b"--b\r\nContent-Type: text/html\r\n\r\nx\r\n" * 9 + b"--b--", Limits(members=3), "limit_members"),
    ],
    ids=["bytes", "characters", "characters of pdf", "pages of pdf", "pages of ofd", "elements of ofd", "elements of docx", "elements of html", "members of docx", "stream of doc", "parts of mail"],
)  # fmt: skip
def test_limit_is_named(raw: bytes, limits: Limits, reason: str) -> None:
    """The reason is the limit's name, the message has its value and says which setting to raise."""
    found = read(raw, limits=limits)
    assert isinstance(found, Refusal) and found.reason == reason
    name = reason.removeprefix("limit_")
    assert f"{name} = {getattr(limits, name):,}" in found.message and "raise the limit" in found.message


def test_giant_picture_is_refused_before_it_is_unpacked(monkeypatch: pytest.MonkeyPatch) -> None:
    """A picture's size is looked at in its head; one that says it has a thousand million pixels is never opened further."""

    class Picture:
        width, height = 50_000, 20_000

        def convert(self, _: str) -> None:
            raise AssertionError("the pixels were unpacked")

    library = SimpleNamespace(Image=SimpleNamespace(open=lambda _: Picture(), DecompressionBombError=ValueError))
    monkeypatch.setitem(sys.modules, "PIL", library)  # type: ignore[arg-type]
    monkeypatch.setattr(ocr, "is_available", lambda: True)
    found = read(b"\x89PNG\r\n\x1a\n" + bytes(100))
    assert isinstance(found, Refusal) and found.reason == "limit_pixels"
    assert "1,000,000,000 is more than the limit pixels = 80,000,000" in found.message


def test_too_many_scanned_pages(monkeypatch: pytest.MonkeyPatch) -> None:
    """A scan of more pages than the limit is refused before the first of them is recognised."""
    monkeypatch.setattr(ocr, "is_available", lambda: True)
    for pages in ([[]] * 3, [_page(*BODY), [], [], []]):
        found = read(pdf(pages, extra=PICTURE), limits=Limits(scanned_pages=2))
        assert isinstance(found, Refusal) and found.reason == "limit_scanned_pages"


def test_record_of_a_web_archive_is_bounded() -> None:
    """A record that says it is endless is read up to the limit and then refused, and the next archive is none the worse."""
    http = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n" + b"x" * 5000
    head = b"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: http://a.example/\r\nContent-Type: application/http; msgtype=response\r\nContent-Length: 99999999999\r\n\r\n"
    found = list(documents(head + http, "a.warc", Limits(bytes=6000)))
    assert [content.reason for _, content in found if isinstance(content, Refusal)] == [] and len(found) == 1
    found = list(documents(head + http, "a.warc", Limits(bytes=1000)))
    assert all(isinstance(content, Refusal) and content.reason == "limit_bytes" for _, content in found)
