"""One answer, within limits of time and size, however a server sends it."""

from __future__ import annotations

import gzip
import time
import zlib
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler

import pytest

from flows.crawl.failure import FetchFailed
from flows.crawl.fetch import Fetcher, Response
from flows.crawl.network import Addresses
from tests.flows.crawl.site import Site, page


@pytest.fixture
def fetcher() -> Iterator[Fetcher]:
    """One second and 10,000 bytes an answer."""
    made = Fetcher(Addresses(["127.0.0.1"]), "taizhang/1 (test)", 1.0, 10_000)
    yield made
    made.close()


def failure(fetcher: Fetcher, url: str) -> FetchFailed:
    with pytest.raises(FetchFailed) as caught:
        fetcher.get(url)
    return caught.value


def test_who_asks(site: Site, fetcher: Fetcher) -> None:
    """Requests carry the program's own name and the host's."""
    site.pages["/"] = page("x")

    fetcher.get(site.url("/"), {"If-None-Match": "1"})

    assert site.seen[0]["User-Agent"] == "taizhang/1 (test)"
    assert site.seen[0]["Host"] == site.address
    assert site.seen[0]["If-None-Match"] == "1"


@pytest.mark.parametrize(
    ("raw", "encoding"),
    [
        (gzip.compress(b"text" * 99), "gzip"),
        (zlib.compress(b"text" * 99), "deflate"),
        (zlib.compress(b"text" * 99)[2:-4], "deflate"),
        (b"text" * 99, "gzip"),
        (b"text" * 99, "identity"),
    ],
    ids=["gzip", "deflate", "bare deflate", "not packed", "plain"],
)
def test_packed_bodies(site: Site, fetcher: Fetcher, raw: bytes, encoding: str) -> None:
    """Bodies are unpacked; one that is not packed though its header says so is taken as it is."""
    site.pages["/"] = page(raw, Content_Encoding=encoding)

    assert fetcher.get(site.url("/")).body == b"text" * 99


def test_status_and_headers(site: Site, fetcher: Fetcher) -> None:
    """Every status is an answer; headers are told by lower-case names."""
    site.pages["/"] = page("gone", 410, Content_Type='text/html; Charset="GBK"', Retry_After="7")

    answer = fetcher.get(site.url("/"))

    assert (answer.status, answer.body, answer.charset, answer.retry_after, answer.is_passing) == (410, b"gone", "gbk", 7.0, False)


def test_retry_after_as_a_moment() -> None:
    """A moment in the past means now, rubbish means nothing."""
    assert Response("", 429, {"retry-after": "Wed, 21 Oct 2015 07:28:00 GMT"}, b"").retry_after == 0
    assert (Response("", 429, {"retry-after": "Wed, 21 Oct 2099 07:28:00 GMT"}, b"").retry_after or 0) > 1e6
    assert Response("", 429, {"retry-after": "soon"}, b"").retry_after is None


def drip(request: BaseHTTPRequestHandler) -> None:
    request.send_response(200)
    request.end_headers()
    for _ in range(100):
        request.wfile.write(b"x")
        time.sleep(0.1)


def drip_headers(request: BaseHTTPRequestHandler) -> None:
    request.wfile.write(b"HTTP/1.1 200 OK\r\n")
    for number in range(100):
        request.wfile.write(f"X-{number}: x\r\n".encode())
        time.sleep(0.1)


def endless(request: BaseHTTPRequestHandler) -> None:
    request.send_response(200)
    request.end_headers()
    while True:
        request.wfile.write(b"x" * 5000)


def silent(_: BaseHTTPRequestHandler) -> None:
    time.sleep(3)


def broken_off(request: BaseHTTPRequestHandler) -> None:
    request.send_response(200)
    request.send_header("Content-Length", "100")
    request.end_headers()
    request.wfile.write(b"half")
    request.close_connection = True


def no_http(request: BaseHTTPRequestHandler) -> None:
    request.wfile.write(b"SSH-2.0-OpenSSH_9.6\r\n")
    request.close_connection = True


@pytest.mark.parametrize(
    ("answer", "reason", "is_passing"),
    [
        (drip, "limit_fetch_time", False),
        (drip_headers, "limit_fetch_time", False),
        (silent, "limit_fetch_time", False),
        (endless, "limit_fetch_bytes", False),
        (page(b"", Content_Length="99999999"), "limit_fetch_bytes", False),
        (page(gzip.compress(bytes(9 << 20)), Content_Encoding="gzip"), "limit_fetch_bytes", False),
        (page(gzip.compress(b"text" * 99)[:-20], Content_Encoding="gzip"), "unreachable", True),
        (broken_off, "unreachable", True),
        (no_http, "unreachable", True),
    ],
    ids=["drip", "drip headers", "silent", "endless", "too long", "bomb", "cut gzip", "broken off", "no http"],
)
def test_bad_servers(site: Site, fetcher: Fetcher, answer: object, reason: str, is_passing: bool) -> None:
    """Slow, endless, bursting and broken answers end in time with their reason, and the next page is had."""
    site.pages.update({"/": answer, "/good": page("good")})  # type: ignore[dict-item]
    failed = failure(fetcher, site.url("/"))

    assert (failed.reason, failed.is_passing) == (reason, is_passing)
    assert fetcher.get(site.url("/good")).body == b"good"


def test_nobody_listens(site: Site, fetcher: Fetcher) -> None:
    """A closed port and an unknown host are passing failures."""
    site.__exit__(None, None, None)

    assert (failure(fetcher, site.url("/")).reason, failure(fetcher, site.url("/")).is_passing) == ("unreachable", True)
    assert failure(fetcher, "http://no-such-host.invalid/").reason == "unreachable"
