"""DOC and WPS, read from the binary itself (MS-DOC): text of the piece table without deleted and hidden runs, automatic numbers, tables, text boxes.

Converting with msdoc2docx was measured at 775 ms a file and needs files on disk; this takes some milliseconds and keeps text boxes too.
Headers, footers, notes and comments are lost. Word 6 and 95 are read as plain runs of text.
"""

from __future__ import annotations

import io
import struct
from collections.abc import Iterator
from dataclasses import dataclass

import regex

from transforms.reading import sniff
from transforms.reading.decode import decode
from transforms.reading.limits import Limits
from transforms.reading.office.doc_lists import list_counters, style_lists
from transforms.reading.office.doc_properties import DELETED, HIDDEN, IN_TABLE, LIST, LIST_LEVEL, ROW_END, Runs, properties, runs
from transforms.reading.reading import Reading
from transforms.reading.refusal import Refused

# Index of a table in the list of offsets and lengths that starts at 0x9A of the header.
_STYLES, _CHARACTER_RUNS, _PARAGRAPH_RUNS, _PIECES, _LISTS, _LIST_USES = 1, 12, 13, 33, 73, 74
_MARKS = regex.compile("[\r\x07\x0c]")
_FIELD = regex.compile("[\x13-\x15]")
_UNPRINTED = regex.compile("[\x00-\x06\x08\x0e-\x12\x16-\x1d\x1f]")
_LONG_CELL = 800


@dataclass(frozen=True, slots=True)
class _Piece:
    start: int
    end: int
    offset: int
    width: int


def read_ole(raw: bytes, limits: Limits) -> Reading:
    """The text of a DOC or WPS. Raises ``Refused`` unsupported_media, encrypted, unreadable."""
    import olefile

    try:
        container = olefile.OleFileIO(io.BytesIO(raw))
    except (OSError, ValueError, IndexError, struct.error, TypeError) as error:
        raise Refused(
            "unreadable", "read", f"the Office container is damaged or cut off ({error}); download it again or save it as DOCX"
        ) from error
    with container:
        if not container.exists("WordDocument"):
            _refuse(container.exists("EncryptedPackage"))
        word = _stream(container, "WordDocument", limits)
        if len(word) < 0x200:
            raise Refused("truncated", "read", "the Word document is cut off; download it again")
        flags = struct.unpack_from("<H", word, 0x0A)[0]
        if flags & 0x0100:
            raise Refused("encrypted", "read", "the Word document is protected by a password; save it without one")
        if struct.unpack_from("<H", word, 2)[0] < 0x00C1:
            return _word_95(word)
        name = "1Table" if flags & 0x0200 else "0Table"
        if not container.exists(name):
            name = "0Table" if name == "1Table" else "1Table"
        table = _stream(container, name, limits) if container.exists(name) else b""
    lines = list(_Document(word, table).lines())
    return Reading("\n".join(lines), sniff.DOC)


def _refuse(is_encrypted: bool) -> None:
    if is_encrypted:
        raise Refused("encrypted", "read", "the document is protected by a password; save it without one")
    raise Refused(
        "unsupported_media",
        "decode",
        "an Office file that is no Word document (a sheet, slides or a mail); export the notice as DOCX or PDF",
    )


def _stream(container: object, name: str, limits: Limits) -> bytes:
    stream = container.openstream(name)  # type: ignore[attr-defined]
    content: bytes = stream.read(limits.bytes + 1)
    limits.check("bytes", len(content), f"stream {name}")
    return content


def _word_95(word: bytes) -> Reading:
    start, end = struct.unpack_from("<II", word, 0x18)
    decoded = decode(word[start : min(end, len(word))].replace(b"\0", b""), "gbk")
    lines = [_UNPRINTED.sub("", line).strip() for line in regex.split("[\r\x07\x0b\x0c\n]", decoded.text)]
    return Reading("\n".join(line for line in lines if line), sniff.DOC, decoded.encoding, decoded.reason, ("word_95", *decoded.damage))


class _Document:
    def __init__(self, word: bytes, table: bytes) -> None:
        self.word = word
        self.table = table
        self.pieces = self._pieces()
        self.text = "".join(self._piece_text(piece) for piece in self.pieces)
        self.dead = bytearray(len(self.text))
        self.paragraphs = runs(self._part(_PARAGRAPH_RUNS), word, of_paragraphs=True)
        self._bury(runs(self._part(_CHARACTER_RUNS), word, of_paragraphs=False))
        self._bury_instructions()
        styles = self._place(_STYLES)
        self.style_lists = style_lists(table, *styles) if styles[1] else {}
        self.counters = list_counters(table, self._place(_LISTS), self._place(_LIST_USES))

    def lines(self) -> Iterator[str]:
        main, *between, boxes = struct.unpack_from("<7i", self.word, 0x4C)
        yield from self._story(0, main)
        start = main + sum(max(0, size) for size in between)
        if boxes > 0:
            yield from self._story(start, start + boxes)

    def _place(self, index: int) -> tuple[int, int]:
        at = 0x9A + 8 * index
        if at + 8 > len(self.word):
            return 0, 0
        offset, size = struct.unpack_from("<II", self.word, at)
        return (offset, size) if offset <= len(self.table) else (0, 0)

    def _part(self, index: int) -> bytes:
        offset, size = self._place(index)
        return self.table[offset : offset + size]

    def _pieces(self) -> list[_Piece]:
        content = self._part(_PIECES)
        at = 0
        while at + 3 <= len(content) and content[at] == 1:  # saved properties come first
            at += 3 + struct.unpack_from("<H", content, at + 1)[0]
        if at + 5 > len(content) or content[at] != 2:
            raise Refused(
                "unreadable", "read", "the Word document has lost its table of text pieces; open it in its program and save it as DOCX"
            )
        size = min(struct.unpack_from("<I", content, at + 1)[0], len(content) - at - 5)
        plc = content[at + 5 : at + 5 + size]
        many = max(0, (len(plc) - 4) // 12)
        positions = struct.unpack_from(f"<{many + 1}I", plc) if many else (0,)
        found = []
        for index in range(many):
            offset = struct.unpack_from("<I", plc, 4 * (many + 1) + 8 * index + 2)[0]
            narrow = offset & 0x40000000
            start, end = positions[index], positions[index + 1]
            if start < end:
                found.append(_Piece(start, end, (offset & 0x3FFFFFFF) // 2 if narrow else offset, 1 if narrow else 2))
        return found

    def _piece_text(self, piece: _Piece) -> str:
        many = piece.end - piece.start
        content = self.word[piece.offset : piece.offset + many * piece.width]
        if piece.width == 1:
            text = content.decode("cp1252", "replace")
        else:
            # lone surrogates keep their place, so that positions go on counting UTF-16 units
            text = "".join(map(chr, struct.unpack(f"<{len(content) // 2}H", content[: len(content) // 2 * 2])))
        return text.ljust(min(many, len(self.word)), "\ufffd")[:many]

    def _bury(self, characters: Runs) -> None:
        """Mark what a revision deleted and what is hidden."""
        for start, end, content in zip(characters.starts, characters.ends, characters.contents, strict=True):
            if any(code in (DELETED, HIDDEN) and value == 1 for code, value in properties(content)):
                for piece in self.pieces:
                    first = piece.start + max(0, (start - piece.offset) // piece.width)
                    last = min(piece.end, piece.start + (end - piece.offset) // piece.width)
                    if first < last:
                        self.dead[first:last] = b"\x01" * (min(last, len(self.dead)) - min(first, len(self.dead)))

    def _bury_instructions(self) -> None:
        """Mark the instructions of fields: what stands between a field's begin and its separator or end."""
        opened: list[tuple[int, bool]] = []
        for found in _FIELD.finditer(self.text):
            at, mark = found.start(), found.group()
            self.dead[at] = 1
            if mark == "\x13":
                opened.append((at, True))
            elif opened:
                start, in_code = opened.pop()
                if in_code:
                    self.dead[start : at + 1] = b"\x01" * (at + 1 - start)
                if mark == "\x14":
                    opened.append((at, False))

    def _offset(self, position: int) -> int:
        for piece in self.pieces:
            if piece.start <= position < piece.end:
                return piece.offset + (position - piece.start) * piece.width
        return -1

    def _printed(self, start: int, end: int) -> str:
        text = self.text[start:end]
        if 1 in self.dead[start:end]:
            text = "".join(character for character, dead in zip(text, self.dead[start:end], strict=True) if not dead)
        text = _UNPRINTED.sub("", text.replace("\x1e", "-").replace("\x0b", "\n").replace("\t", " "))
        if any("\ud800" <= character <= "\udfff" for character in text):
            text = text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
        return text

    def _story(self, start: int, end: int) -> Iterator[str]:
        end = min(end, len(self.text))
        row: list[list[str]] = []
        cell: list[str] = []
        carried = ""
        at = start
        for mark in [*(found.start() for found in _MARKS.finditer(self.text, start, end)), end]:
            if mark > end or at > end:
                break
            text = carried + self._printed(at, mark)
            carried = ""
            at = mark + 1
            values, style = self._values(mark)
            text = self._labelled(text, values, style)
            if mark < end and self.dead[mark] and self.text[mark] == "\r":
                carried = text
                continue
            lines = [line.strip() for line in text.split("\n") if line.strip()]
            if values.get(IN_TABLE) and mark < end:
                cell += lines
                if values.get(ROW_END):
                    yield from _row(row)
                    row, cell = [], []
                elif self.text[mark] == "\x07":
                    row.append(cell)
                    cell = []
                continue
            if row or cell:
                yield from _row([*row, cell] if cell else row)
                row, cell = [], []
            yield from lines

    def _values(self, mark: int) -> tuple[dict[int, int], int]:
        content = self.paragraphs.at(self._offset(mark))
        return dict(properties(content[2:])), int.from_bytes(content[:2], "little")

    def _labelled(self, text: str, values: dict[int, int], style: int) -> str:
        of_style = self.style_lists.get(style)
        name = values.get(LIST, of_style[0] if of_style else 0)
        level = values.get(LIST_LEVEL, of_style[1] if of_style and LIST not in values else 0)
        if not 0 < name < 0x0800 or level > 8:
            return text
        label = self.counters.label(str(name), level)
        return label + text.lstrip() if text.strip() else text


def _row(cells: list[list[str]]) -> Iterator[str]:
    filled = [lines for lines in cells if lines]
    if len(cells) == 1 or any(sum(map(len, lines)) > _LONG_CELL and len(lines) > 3 for lines in filled):
        for lines in filled:
            yield from lines
    elif filled:
        yield " | ".join(" ".join(lines) for lines in cells).strip()
