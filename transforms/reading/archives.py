"""Files that hold other files: ZIP, TAR, GZIP, BZIP2, XZ and WARC, also one inside the other, as a stream of leaf documents.

Nothing is written, so a name such as ``../../etc/passwd`` is only a name; it is kept in the uri as printed.
"""

from __future__ import annotations

import bz2
import io
import lzma
import tarfile
import zlib
from collections.abc import Callable, Iterator

from transforms.reading import sniff
from transforms.reading.containers import kind
from transforms.reading.limits import DEFAULT_LIMITS, Limits
from transforms.reading.member_names import is_debris, readable_name, zip_name
from transforms.reading.package import Package
from transforms.reading.refusal import Refusal, Refused

Leaf = tuple[str, bytes | Refusal]
_CHUNK = 1 << 20
# What a page loads beside itself; a web archive holds thousands of them and none is a document.
_ASSETS = ("text/css", "javascript", "image/", "font", "video/", "audio/", "application/x-shockwave", "application/json")


def documents(raw: bytes, uri: str = "", limits: Limits = DEFAULT_LIMITS) -> Iterator[Leaf]:
    """Every document in ``raw`` with its uri: the file itself, or ``archive!member`` for each member at any depth.

    A member (or the rest of an archive) that cannot be had comes as a ``Refusal`` in place of its bytes. Never raises.
    """
    yield from _Unpacking(limits).walk(raw, uri, 0)


class _Unpacking:
    """Counts what all archives of one raw file together have given."""

    def __init__(self, limits: Limits) -> None:
        self.limits = limits
        self.members = 0
        self.expanded = 0

    def walk(self, raw: bytes, uri: str, depth: int) -> Iterator[Leaf]:
        try:
            self.limits.check("bytes", len(raw), "length of the file")
            reader = self._reader(raw)
            if reader is None:
                yield uri, raw
                return
            self.limits.check("nesting", depth + 1, "archives inside archives")
            for name, content in reader(raw):
                inner = f"{uri}!{name}" if name else uri
                if isinstance(content, Refusal):
                    yield inner, content
                    continue
                self.members += 1
                self.expanded += len(content)
                self.limits.check("members", self.members, "members of the archive")
                self.limits.check("expanded_bytes", self.expanded, "unpacked length of the archive")
                yield from self.walk(content, inner, depth + 1)
        except Refused as refused:
            yield uri, refused.refusal
        except Exception as error:  # an archive that nobody foresaw: what came out of it stays, the rest is refused
            yield (
                uri,
                Refusal("unreadable", "read", f"the archive is damaged ({type(error).__name__}: {str(error)[:200]}); download it again"),
            )

    def _reader(self, raw: bytes) -> Callable[[bytes], Iterator[Leaf]] | None:
        found = sniff.media_type(raw)
        if found == sniff.ZIP:
            try:
                package = Package(raw, self.limits)
            except Refused as refused:
                if refused.refusal.reason != "truncated":
                    raise
                return None  # `read` says that it is cut off, and what kind it was
            return self._zip if kind(package) == sniff.ZIP else None
        readers = {sniff.TAR: self._tar, sniff.WARC: self._warc, sniff.GZIP: self._gzip, sniff.BZIP2: self._bzip2, sniff.XZ: self._xz}
        return readers.get(found or "")

    def _zip(self, raw: bytes) -> Iterator[Leaf]:
        package = Package(raw, self.limits)
        for info in package.members:
            name = zip_name(info)
            if info.is_dir() or is_debris(name):
                continue
            try:
                yield name, package.unpacked(info)
            except Refused as refused:
                if refused.refusal.reason == "limit_expanded_bytes":
                    raise
                yield name, refused.refusal

    def _tar(self, raw: bytes) -> Iterator[Leaf]:
        with tarfile.open(fileobj=io.BytesIO(raw), mode="r:", encoding="utf-8", errors="surrogateescape") as archive:
            for info in archive:
                name = readable_name(info.name.encode("utf-8", "surrogateescape"), info.name.encode("utf-8", "replace").decode("utf-8"))
                if not info.isreg() or is_debris(name):
                    continue
                self.limits.check("bytes", info.size, f"length of {name[:100]}")
                stream = archive.extractfile(info)
                yield name, stream.read(self.limits.bytes + 1) if stream else b""

    def _gzip(self, raw: bytes) -> Iterator[Leaf]:
        yield "", self._inflated(raw, lambda: zlib.decompressobj(31))

    def _bzip2(self, raw: bytes) -> Iterator[Leaf]:
        yield "", self._inflated(raw, bz2.BZ2Decompressor)

    def _xz(self, raw: bytes) -> Iterator[Leaf]:
        yield "", self._inflated(raw, lambda: lzma.LZMADecompressor(memlimit=256 << 20))

    def _inflated(self, raw: bytes, make: Callable[[], zlib._Decompress | bz2.BZ2Decompressor | lzma.LZMADecompressor]) -> bytes:
        """``raw`` unpacked within limits; further streams behind the first are unpacked, too (WARC packs every record by itself)."""
        pieces: list[bytes] = []
        size = 0
        rest = raw
        try:
            while rest:
                unpacker = make()
                for start in range(0, len(rest), _CHUNK):
                    piece = _fed(unpacker, rest[start : start + _CHUNK], self.limits.bytes + 1)
                    pieces.append(piece)
                    size += len(piece)
                    self.limits.check("bytes", size, "unpacked length")
                    if size > _CHUNK:
                        self.limits.check("ratio", size / len(raw), "unpacked to packed length")
                    if unpacker.eof:
                        rest = unpacker.unused_data + rest[start + _CHUNK :]
                        break
                else:
                    break  # the stream ends before its mark: what came is read
                rest = rest.lstrip(b"\0")
        except (zlib.error, OSError, EOFError, ValueError, lzma.LZMAError) as error:
            if not size:
                raise Refused("unreadable", "read", f"the packed file is damaged ({error}); download it again") from error
        return b"".join(pieces)

    def _warc(self, raw: bytes) -> Iterator[Leaf]:
        from warcio.archiveiterator import ArchiveIterator

        for record in ArchiveIterator(io.BytesIO(raw)):
            address = record.rec_headers.get_header("WARC-Target-URI") or ""
            if record.rec_type not in ("response", "resource") or not address:
                continue
            headers = record.http_headers
            status = headers.get_statuscode() if headers else "200"
            kind_ = ((headers.get_header("Content-Type") if headers else record.rec_headers.get_header("Content-Type")) or "").lower()
            if not status.startswith("2") or any(mark in kind_ for mark in _ASSETS):
                continue
            content = record.content_stream().read(self.limits.bytes + 1)
            if content:
                yield address, content


def _fed(unpacker: zlib._Decompress | bz2.BZ2Decompressor | lzma.LZMADecompressor, piece: bytes, most: int) -> bytes:
    # one megabyte of zeros packs into a kilobyte: never more than the limit is unpacked at a time
    return unpacker.decompress(piece, most)
