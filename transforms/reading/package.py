"""ZIP containers opened within limits: what is promised by the directory is checked against what unpacking gives."""

from __future__ import annotations

import io
import zipfile
import zlib

from transforms.reading.limits import Limits
from transforms.reading.refusal import Refused

_MEGABYTE = 1 << 20


class Package:
    """The members of one ZIP file. Raises ``Refused`` truncated, encrypted, limit_members, limit_bytes, limit_ratio, limit_expanded_bytes."""

    def __init__(self, raw: bytes, limits: Limits) -> None:
        self._limits = limits
        self._expanded = 0
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(raw))
        except (zipfile.BadZipFile, ValueError, OSError, EOFError, NotImplementedError, UnicodeError) as error:
            raise Refused(
                "truncated",
                "read",
                f"the file starts as a ZIP container (also DOCX, OFD) but its directory is missing: it was cut off; download it again ({error})",
            ) from error
        self.members = self._zip.infolist()
        limits.check("members", len(self.members), "members of the container")
        self._by_name = {info.filename.lower().replace("\\", "/").lstrip("/"): info for info in self.members}

    def names(self) -> list[str]:
        """Names in the order of the directory."""
        return [info.filename for info in self.members]

    def has(self, name: str) -> bool:
        """There is a member of that name, whatever its case."""
        return name.lower().lstrip("/") in self._by_name

    def read(self, name: str) -> bytes:
        """The bytes of the member ``name``, whatever its case; empty if there is none."""
        info = self._by_name.get(name.lower().replace("\\", "/").lstrip("/"))
        return self.unpacked(info) if info else b""

    def unpacked(self, info: zipfile.ZipInfo) -> bytes:
        """The bytes of one member. Raises ``Refused`` also if it cannot be unpacked (unreadable, encrypted)."""
        if info.flag_bits & 1:
            raise Refused("encrypted", "read", f"{info.filename} is protected by a password; save it without one")
        what = f"unpacked length of {info.filename[:100]}"
        self._limits.check("bytes", info.file_size, what)
        pieces: list[bytes] = []
        size = 0
        try:
            with self._zip.open(info) as stream:
                while piece := stream.read(_MEGABYTE):
                    pieces.append(piece)
                    size += len(piece)
                    self._limits.check("bytes", size, what)
                    if size > _MEGABYTE:
                        self._limits.check("ratio", size / max(1, info.compress_size), what + " to its packed length")
        except (zipfile.BadZipFile, zlib.error, OSError, EOFError, NotImplementedError, RuntimeError, ValueError) as error:
            raise Refused(
                "unreadable", "read", f"{info.filename[:100]} cannot be unpacked ({error}); the container is damaged: download it again"
            ) from error
        self._expanded += size
        self._limits.check("expanded_bytes", self._expanded, "unpacked length of the container")
        return b"".join(pieces)
