"""Properties of characters and paragraphs in a DOC: runs of sprms on 512-byte pages, found by file offset (MS-DOC 2.6, 2.8, 2.9.32, 2.9.174)."""

from __future__ import annotations

import struct
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field

# Codes of the few properties that decide what is printed.
DELETED = 0x0800
HIDDEN = 0x083C
IN_TABLE = 0x2416
ROW_END = 0x2417
LIST_LEVEL = 0x260A
LIST = 0x460B
_LENGTHS = {0: 1, 1: 1, 2: 2, 3: 4, 4: 2, 5: 2, 7: 3}
_PAGE = 512
_MAX_PAGES = 20_000


def properties(grpprl: bytes) -> Iterator[tuple[int, int]]:
    """The code and the value of every sprm; a value of more than four bytes is given as 0."""
    at = 0
    while at + 2 <= len(grpprl):
        code = struct.unpack_from("<H", grpprl, at)[0]
        at += 2
        kind = code >> 13
        if kind == 6:
            if at >= len(grpprl):
                return
            # the two sprms of table definitions count in words, the one of tab changes may overflow its byte
            size = struct.unpack_from("<H", grpprl + b"\0\0", at)[0] + 1 if code == 0xD608 else grpprl[at] + 1
            yield code, 0
        else:
            size = _LENGTHS[kind]
            yield code, int.from_bytes(grpprl[at : at + min(size, 4)], "little")
        at += size


@dataclass(slots=True)
class Runs:
    """Ranges of file offsets in rising order, each with its property bytes (for paragraphs led by the two bytes of its style)."""

    starts: list[int] = field(default_factory=list)
    ends: list[int] = field(default_factory=list)
    contents: list[bytes] = field(default_factory=list)

    def at(self, offset: int) -> bytes:
        """The property bytes of the character at ``offset``; empty if none."""
        position = bisect_right(self.starts, offset) - 1
        return self.contents[position] if position >= 0 and offset < self.ends[position] else b""


def runs(plc: bytes, word: bytes, *, of_paragraphs: bool) -> Runs:
    """The runs whose pages are listed in ``plc`` (PlcBtePapx or PlcBteChpx) and stand in the stream ``word``."""
    many = max(0, (len(plc) - 4) // 8)
    pages = struct.unpack_from(f"<{many}I", plc, 4 * (many + 1)) if many else ()
    found: list[tuple[int, int, bytes]] = []
    for page in pages[:_MAX_PAGES]:
        start = (page & 0x3FFFFF) * _PAGE
        content = word[start : start + _PAGE]
        if len(content) == _PAGE:
            found.extend(_page(content, of_paragraphs))
    found.sort(key=lambda run: run[0])
    return Runs([run[0] for run in found], [run[1] for run in found], [run[2] for run in found])


def _page(page: bytes, of_paragraphs: bool) -> Iterator[tuple[int, int, bytes]]:
    many = page[511]
    entry = 13 if of_paragraphs else 1
    if 4 * (many + 1) + many * entry > 511:
        return
    offsets = struct.unpack_from(f"<{many + 1}I", page, 0)
    for index in range(many):
        at = page[4 * (many + 1) + index * entry] * 2
        if not at:
            continue
        size = page[at]
        if of_paragraphs:
            if size == 0 and at + 1 < 512:
                content = page[at + 2 : at + 2 + page[at + 1] * 2]
            else:
                content = page[at + 1 : at + 2 * size]
        else:
            content = page[at + 1 : at + 1 + size]
        yield offsets[index], offsets[index + 1], content
