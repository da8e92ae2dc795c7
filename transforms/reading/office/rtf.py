"""RTF: text of the body, read group by group (RTF 1.9.1); automatic numbers stand in it as printed, deleted revisions and hidden text do not."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace

from transforms.reading import sniff
from transforms.reading.limits import Limits
from transforms.reading.plausibility import score
from transforms.reading.reading import Reading

_TOKEN = re.compile(rb"\\([a-zA-Z]{1,32})(-?[0-9]{1,10})? ?|((?:\\'[0-9a-fA-F]{2})+)|\\([^a-zA-Z0-9'])|([{}])|[\r\n]+|([^\\{}\r\n]+)|\\")
# Groups whose text is not part of the body.
_ASIDE = frozenset(
    b"fonttbl colortbl stylesheet info header headerl headerr headerf footer footerl footerr footerf footnote annotation pict object listtable listoverridetable rsidtbl generator "
    b"xmlnstbl themedata colorschememapping latentstyles datastore fldinst pgdsctbl filetbl revtbl pnseclvl bkmkstart bkmkend atnid atnauthor ftnsep ftnsepc aftnsep tc xe nonshppict "
    b"objdata sp template operator author title subject keywords doccomm company".split()
)
_KEPT_STARRED = frozenset((b"shptxt", b"ud", b"listtext", b"pntext", b"fldrslt", b"nesttableprops", b"shpinst", b"shp", b"shpgrp"))
_PRINTED = {
    b"emdash": "—", b"endash": "–", b"lquote": "‘", b"rquote": "’", b"ldblquote": "“", b"rdblquote": "”", b"bullet": "•", b"tab": " ",
    b"emspace": " ", b"enspace": " ", b"qmspace": " ",
}  # fmt: skip
_BREAKS = frozenset((b"par", b"line", b"sect", b"page", b"column", b"softline"))
_CHARSETS = {134: "gb18030", 136: "big5hkscs", 128: "cp932", 129: "cp949", 130: "johab"}
_PAGES = {936: "gb18030", 950: "big5hkscs", 932: "cp932", 949: "cp949", 54936: "gb18030", 65001: "utf-8"}
_LONG_CELL = 800
_DEEPEST = 5000


@dataclass(slots=True)
class _State:
    """What a group inherits and its closing brace forgets."""

    is_aside: bool = False
    is_hidden: bool = False
    is_deleted: bool = False
    in_table: bool = False
    skipped: int = 1
    font: int = -1
    far_east_font: int = -1
    in_font_table: bool = False
    is_far_east: bool = False
    is_label: bool = False


@dataclass(slots=True)
class _Reader:
    state: _State = field(default_factory=_State)
    stack: list[_State] = field(default_factory=list)
    lines: list[str] = field(default_factory=list)
    pieces: list[str] = field(default_factory=list)
    cell: list[str] = field(default_factory=list)
    row: list[list[str]] = field(default_factory=list)
    waiting: bytearray = field(default_factory=bytearray)
    fonts: dict[int, str] = field(default_factory=dict)
    code_page: str = "cp1252"
    to_skip: int = 0
    starred: bool = False

    def run(self, raw: bytes) -> list[str]:
        at = 0
        while at < len(raw):
            found = _TOKEN.match(raw, at)
            if found is None:  # nothing but NULs and the like reach here
                at += 1
                continue
            at = found.end()
            word, number, code, symbol, brace, plain = found.groups()
            if word:
                if word == b"bin" and number:
                    at += max(0, int(number))
                self._word(word, int(number) if number else None)
            elif code:
                self._bytes(bytes.fromhex(code.replace(b"\\'", b"").decode("ascii")))
            elif plain:
                self._bytes(plain)
            elif brace:
                self._brace(brace)
            elif symbol:
                self._symbol(symbol)
        self._break()
        self._end_table()
        return self.lines

    def _brace(self, brace: bytes) -> None:
        self._flush()
        self.to_skip = 0
        if brace == b"{":
            if len(self.stack) < _DEEPEST:
                self.stack.append(replace(self.state))
        elif self.stack:
            was_label = self.state.is_label
            self.state = self.stack.pop()
            if was_label and not self.state.is_label and self.pieces:
                # the gap between a number and its paragraph is not part of either
                label = "".join(self.pieces).rstrip()
                self.pieces = [label + " " if label[-1:].isalnum() else label]
        self.starred = False

    def _symbol(self, symbol: bytes) -> None:
        if symbol == b"*":
            self.starred = True
        elif symbol in (b"\n", b"\r"):
            self._break()
        elif symbol == b"~":
            self._print("\xa0")
        elif symbol == b"_":
            self._print("-")
        elif symbol in b"\\{}":
            self._bytes(symbol)

    def _word(self, word: bytes, number: int | None) -> None:
        state = self.state
        self._flush()
        if word == b"u" and number is not None:
            self._print(chr(number & 0xFFFF))
            self.to_skip = state.skipped
            return
        if self.starred:
            self.starred = False
            if word not in _KEPT_STARRED:
                state.is_aside = True
                return
        if word in _ASIDE:
            state.is_aside = True
            state.in_font_table = word == b"fonttbl"
        elif word == b"shptxt":
            state.is_aside = False
            self._break()
        elif word in (b"listtext", b"pntext"):
            state.is_label = True
        elif word in _PRINTED:
            self._print(_PRINTED[word])
        elif word in _BREAKS:
            self._break()
        elif word in (b"cell", b"nestcell"):
            self._end_cell()
        elif word in (b"row", b"nestrow"):
            self._end_row()
        else:
            self._format(word, number)

    def _format(self, word: bytes, number: int | None) -> None:
        state = self.state
        if word == b"f" and number is not None:
            state.font = number
        elif word == b"af" and number is not None:
            if state.is_far_east:
                state.far_east_font = number
        elif word == b"dbch":
            state.is_far_east = True
        elif word in (b"loch", b"hich"):
            state.is_far_east = False
        elif word == b"fcharset" and state.in_font_table and number in _CHARSETS:
            self.fonts[state.font] = _CHARSETS[number]
        elif word == b"ansicpg" and number is not None:
            self.code_page = _PAGES.get(number, "cp1252")
        elif word == b"uc" and number is not None:
            state.skipped = max(0, min(number, 100))
        elif word == b"v":
            state.is_hidden = number != 0
        elif word == b"deleted":
            state.is_deleted = number != 0
        elif word == b"plain":
            state.is_hidden = state.is_deleted = False
        elif word == b"pard":
            state.in_table = False
        elif word == b"intbl":
            state.in_table = True

    def _bytes(self, content: bytes) -> None:
        if self.to_skip:
            left = min(self.to_skip, len(content))
            self.to_skip -= left
            content = content[left:]
        if content and not (self.state.is_aside or self.state.is_hidden or self.state.is_deleted):
            self.waiting += content

    def _flush(self) -> None:
        if self.waiting:
            content = bytes(self.waiting)
            self.waiting.clear()
            self._print(content.decode("ascii") if content.isascii() else self._decoded(content))

    def _decoded(self, content: bytes) -> str:
        codecs = [
            self.fonts.get(self.state.far_east_font if self.state.is_far_east else self.state.font, ""),
            self.code_page,
            self.fonts.get(self.state.far_east_font, ""),
        ]
        for codec in [codec for codec in codecs if codec and codec != "cp1252"]:
            try:
                return content.decode(codec)
            except UnicodeDecodeError:
                continue
        chinese = content.decode("gb18030", "replace")
        return chinese if score(chinese) > 0.3 else content.decode("cp1252", "replace")

    def _print(self, text: str) -> None:
        if not (self.state.is_aside or self.state.is_hidden or self.state.is_deleted):
            self.pieces.append(text)

    def _taken(self) -> str:
        self._flush()
        text = "".join(self.pieces)
        self.pieces.clear()
        if any("\ud800" <= character <= "\udfff" for character in text):
            text = text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
        return text.replace("\0", "").strip()

    def _break(self) -> None:
        if self.state.is_aside or self.state.is_deleted:
            return
        text = self._taken()
        if self.state.in_table:
            if text:
                self.cell.append(text)
            return
        self._end_table()
        if text:
            self.lines.append(text)

    def _end_cell(self) -> None:
        text = self._taken()
        if text:
            self.cell.append(text)
        self.row.append(self.cell)
        self.cell = []

    def _end_row(self) -> None:
        cells = self.row + ([self.cell] if self.cell else [])
        self.row, self.cell = [], []
        filled = [lines for lines in cells if lines]
        if len(cells) == 1 or any(sum(map(len, lines)) > _LONG_CELL and len(lines) > 3 for lines in filled):
            for lines in filled:
                self.lines.extend(lines)
        elif filled:
            self.lines.append(" | ".join(" ".join(lines) for lines in cells).strip())

    def _end_table(self) -> None:
        if self.row or self.cell:
            self._end_row()


def read_rtf(raw: bytes, limits: Limits) -> Reading:
    """The text of an RTF. Never refuses what starts as one; a file without text is refused by the caller."""
    lines = _Reader().run(raw)
    return Reading("\n".join(lines), sniff.RTF)
