"""One request and its answer within limits of time and size; what an answer means is for the crawl to say."""

from __future__ import annotations

import datetime
import email.utils
import time
import zlib
from collections.abc import Mapping
from dataclasses import dataclass

import httpcore

from flows.crawl.failure import FetchFailed
from flows.crawl.network import Addresses, Backend, tls_context

_CONNECT_SECONDS = 10.0
_SILENCE_SECONDS = 20.0
_PASSING = frozenset((408, 425, 429, 500, 502, 503, 504))


@dataclass(frozen=True, slots=True)
class Response:
    """An answer of a server, its body unpacked."""

    url: str
    status: int
    headers: Mapping[str, str]
    body: bytes

    @property
    def is_passing(self) -> bool:
        """The server asks for another try, later."""
        return self.status in _PASSING

    @property
    def retry_after(self) -> float | None:
        """Seconds to wait before that, if the server tells."""
        return _retry_after(self.headers.get("retry-after", ""))

    @property
    def charset(self) -> str:
        """The charset of the Content-Type header, or empty."""
        for part in self.headers.get("content-type", "").lower().split(";")[1:]:
            name, _, value = part.strip().partition("=")
            if name.strip() == "charset":
                return value.strip(" \"'")[:40]
        return ""


class Fetcher:
    """Fetches one page after the other; keeps connections open between them. Close it after use."""

    def __init__(self, addresses: Addresses, agent: str, seconds: float, most_bytes: int) -> None:
        self._backend = Backend(addresses)
        self._pool = httpcore.ConnectionPool(ssl_context=tls_context(), max_keepalive_connections=20, keepalive_expiry=15, network_backend=self._backend)  # fmt: skip
        self._agent, self._seconds, self._most_bytes = agent, seconds, most_bytes

    def close(self) -> None:
        """Close all connections."""
        self._pool.close()

    def get(self, url: str, headers: Mapping[str, str] | None = None) -> Response:
        """The answer to one request for the canonical ``url``, whatever its status. Raises ``FetchFailed`` where there is none."""
        self._backend.until = time.monotonic() + self._seconds
        sent = {"User-Agent": self._agent, "Accept": "*/*", "Accept-Encoding": "gzip, deflate", **(headers or {})}
        timeouts = {"connect": _CONNECT_SECONDS, "read": _SILENCE_SECONDS, "write": _SILENCE_SECONDS, "pool": _CONNECT_SECONDS}
        try:
            with self._pool.stream("GET", url, headers=list(sent.items()), extensions={"timeout": timeouts}) as answer:
                told = {name.decode("latin-1").lower(): value.decode("latin-1") for name, value in answer.headers}
                body = self._unpacked(self._body(answer, told, url), told.get("content-encoding", ""), url)
                return Response(url, answer.status, told, body)
        except httpcore.TimeoutException as error:
            if time.monotonic() >= self._backend.until:
                words = (
                    f"{url} took longer than limit_fetch_time = {self._seconds:g} seconds; raise that setting if the server is only slow"
                )
                raise FetchFailed("limit_fetch_time", words) from error
            raise FetchFailed("unreachable", f"{url} does not answer ({type(error).__name__})", is_passing=True) from error
        except (httpcore.NetworkError, httpcore.ProtocolError, httpcore.UnsupportedProtocol, OSError) as error:
            raise FetchFailed("unreachable", f"{url} cannot be fetched ({error or type(error).__name__})", is_passing=True) from error

    def _body(self, answer: httpcore.Response, told: Mapping[str, str], url: str) -> bytes:
        length = told.get("content-length", "")
        if length.isdecimal() and int(length[:20]) > self._most_bytes:
            raise self._too_long(url)
        pieces: list[bytes] = []
        size = 0
        for piece in answer.iter_stream():
            pieces.append(piece)
            size += len(piece)
            if size > self._most_bytes:
                raise self._too_long(url)
        return b"".join(pieces)

    def _unpacked(self, body: bytes, encoding: str, url: str) -> bytes:
        """``body`` without its content encoding. One that is not packed, whatever its header says, stays as it is."""
        if encoding.strip().lower() not in ("gzip", "x-gzip", "deflate") or not body:
            return body
        for window in (zlib.MAX_WBITS | 32, -zlib.MAX_WBITS):  # some servers send deflate without its header
            unpacker = zlib.decompressobj(window)
            try:
                unpacked = unpacker.decompress(body, self._most_bytes + 1)
                break
            except zlib.error:
                continue
        else:
            return body
        if len(unpacked) > self._most_bytes:
            raise self._too_long(url)
        if not unpacker.eof:
            raise FetchFailed("unreachable", f"{url} broke off within its packed body", is_passing=True)
        return unpacked

    def _too_long(self, url: str) -> FetchFailed:
        words = f"{url} is longer than limit_fetch_bytes = {self._most_bytes:,}; raise that setting if the page is genuine"
        return FetchFailed("limit_fetch_bytes", words)


def _retry_after(value: str) -> float | None:
    """Seconds of a Retry-After header, which tells seconds or a moment."""
    if value.strip().isdecimal():
        return float(value.strip()[:9])
    try:
        moment = email.utils.parsedate_to_datetime(value)
    except (TypeError, ValueError):
        return None
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=datetime.UTC)
    return max(0.0, (moment - datetime.datetime.now(datetime.UTC)).total_seconds())
