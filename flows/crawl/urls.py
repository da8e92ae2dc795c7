"""URLs in one canonical form, so that one page has one name, and lists of them as people keep them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import quote, urljoin, urlsplit, urlunsplit

from flows.crawl.failure import FetchFailed
from transforms.reading.decode import decode
from transforms.reading.refusal import Refused

_LONGEST = 2000
_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]{0,20}:")
_HOST_FIRST = re.compile(r"[\w-]{1,63}(?:\.[\w-]{1,63}){1,10}(?::\d{1,5})?(?:[/?#]|$)")
_ESCAPE = re.compile(r"%[0-9a-fA-F]{2}")
_SESSION = re.compile(r";jsessionid=[^/?#]{0,200}", re.I)
_PORTS = {"http": 80, "https": 443}


def canonical(words: str, base: str = "") -> str:
    """``words`` as an absolute http(s) URL without fragment; relative to ``base`` if that is given. Raises ``FetchFailed``.

    Scheme and host in lower case (IDNA for Chinese host names), no default port, dot segments resolved, no ``;jsessionid``,
    escapes in upper case, everything that is not ASCII escaped as UTF-8. A host without a scheme is taken for http.
    """
    words = words.strip().strip("\ufeff").replace("\\", "/") if base else words.strip().strip("\ufeff")
    if len(words) > _LONGEST:
        raise FetchFailed("invalid_url", f"longer than {_LONGEST} characters: {words[:80]}…")
    if not base and _HOST_FIRST.match(words):
        words = f"http://{words}"
    try:
        parts = urlsplit(urljoin(base, words) if base else words)
        host, port = parts.hostname, parts.port
    except ValueError as error:
        raise FetchFailed("invalid_url", f"{words[:200]} is no URL ({error})") from error
    scheme = parts.scheme.lower()
    if scheme not in _PORTS:
        named = f"{scheme}: is not fetched" if _SCHEME.match(words) else "it names no host"
        raise FetchFailed("invalid_url", f"{words[:200]} is no web page: {named}; give http or https URLs")
    if parts.username is not None or not host:
        raise FetchFailed("invalid_url", f"{words[:200]} {'carries a user name' if host else 'names no host'}; give the page's plain URL")
    place = _ascii(host, words)
    if port is not None and port != _PORTS[scheme]:
        place = f"{place}:{port}"
    path = _escaped(_without_dots(_SESSION.sub("", parts.path)), "/:@!$&'()*+,;=-._~")
    return urlunsplit((scheme, place, path or "/", _escaped(parts.query, "/?:@!$&'()*+,;=-._~[]|"), ""))


def host_of(url: str) -> str:
    """Host and port of a canonical URL."""
    return urlsplit(url).netloc


def origin_of(url: str) -> str:
    """Scheme, host and port of a canonical URL: what one robots.txt speaks for."""
    return url[: url.index("/", url.index("://") + 3)]


def url_list(raw: bytes) -> Iterator[str]:
    """The lines of a list of URLs in any encoding, without blank ones and comments (``#``)."""
    for line in decoded(raw).lstrip("\ufeff").splitlines():
        if line.strip() and not line.lstrip().startswith("#"):
            yield line.strip()


def decoded(raw: bytes, declared: str = "") -> str:
    """``raw`` as text; empty where it holds none."""
    try:
        return decode(raw, declared).text
    except Refused:
        return ""


def _ascii(host: str, words: str) -> str:
    if ":" in host:
        return f"[{host}]"
    try:
        return host.rstrip(".").encode("idna").decode("ascii").lower()
    except UnicodeError as error:
        raise FetchFailed("invalid_url", f"{words[:200]} names no possible host") from error


def _escaped(words: str, safe: str) -> str:
    pieces: list[str] = []
    end = 0
    for escape in _ESCAPE.finditer(words):
        pieces += [quote(words[end : escape.start()], safe), escape.group().upper()]
        end = escape.end()
    return "".join([*pieces, quote(words[end:], safe)])


def _without_dots(path: str) -> str:
    if "/." not in path:
        return path
    kept: list[str] = []
    parts = path.split("/")[1:]
    for part in parts:
        if part == "..":
            kept[-1:] = []
        elif part != ".":
            kept.append(part)
    return "/" + "/".join(kept) + ("/" if parts[-1] in (".", "..") and kept else "")
