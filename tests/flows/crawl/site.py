"""A web site on loopback whose pages a test writes down, and which counts what it is asked for."""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType

Handler = BaseHTTPRequestHandler
Answer = Callable[[Handler], None]


def page(body: str | bytes, status: int = 200, **headers: str) -> Answer:
    """An answer with ``body`` and headers (``Last_Modified`` for Last-Modified)."""
    raw = body.encode() if isinstance(body, str) else body

    def answer(request: Handler) -> None:
        request.send_response(status)
        for name, value in {"Content_Type": "text/html; charset=utf-8", "Content_Length": str(len(raw)), **headers}.items():
            request.send_header(name.replace("_", "-"), value)
        request.end_headers()
        request.wfile.write(raw)

    return answer


def tagged(body: str, tag: str) -> Answer:
    """An answer with an ETag, and 304 to whom has it."""

    def answer(request: Handler) -> None:
        (page("", 304, ETag=tag) if request.headers.get("If-None-Match") == tag else page(body, ETag=tag))(request)

    return answer


def in_turn(*answers: Answer) -> Answer:
    """One answer after the other; the last one again and again."""
    left = list(answers)

    def answer(request: Handler) -> None:
        (left.pop(0) if len(left) > 1 else left[0])(request)

    return answer


@dataclass
class Site:
    """Answers of the paths in ``pages`` (404 for others); ``asked`` lists the paths of all requests, ``seen`` their headers."""

    pages: dict[str, Answer] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)
    seen: list[Mapping[str, str]] = field(default_factory=list)

    def __enter__(self) -> Site:
        site = self

        class Serving(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_GET(self) -> None:
                site.asked.append(self.path)
                site.seen.append(dict(self.headers))
                try:
                    site.pages.get(self.path, page("not here", 404))(self)
                except OSError:  # the client has gone
                    self.close_connection = True

            def log_message(self, format: str, *args: object) -> None:
                """Nothing is printed."""

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Serving)
        self._server.daemon_threads = True
        threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self._server.shutdown()
        self._server.server_close()

    @property
    def address(self) -> str:
        """Host and port."""
        return f"127.0.0.1:{self._server.server_port}"

    def url(self, path: str) -> str:
        """The URL of ``path`` here."""
        return f"http://{self.address}{path}"

    @property
    def counts(self) -> Counter[str]:
        """How often each path was asked for."""
        return Counter(self.asked)
