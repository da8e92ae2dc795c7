"""Lists and styles of a DOC, from its table stream (MS-DOC 2.9.131 LFO, 2.9.147 LSTF, 2.9.150 LVL, 2.9.271 STSH)."""

from __future__ import annotations

import struct
from collections.abc import Iterator

from transforms.reading.office.doc_properties import LIST, LIST_LEVEL, properties
from transforms.reading.office.list_counters import LEVELS, Level, ListCounters, ListDefinition

# MSONFC -> ST_NumberFormat
_FORMS = {
    0: "decimal", 1: "upperRoman", 2: "lowerRoman", 3: "upperLetter", 4: "lowerLetter", 0x0A: "ideographDigital", 0x0B: "japaneseCounting", 0x0E: "decimalFullWidth",
    0x10: "japaneseLegal", 0x11: "japaneseDigitalTenThousand", 0x12: "decimalEnclosedCircle", 0x13: "decimalFullWidth2", 0x16: "decimalZero", 0x17: "bullet",
    0x1A: "decimalEnclosedFullstop", 0x1B: "decimalEnclosedParen", 0x1C: "decimalEnclosedCircleChinese", 0x1D: "ideographEnclosedCircle", 0x1E: "ideographTraditional",
    0x1F: "ideographZodiac", 0x21: "taiwaneseCounting", 0x22: "ideographLegalTraditional", 0x23: "taiwaneseCountingThousand", 0x24: "taiwaneseDigital",
    0x25: "chineseCounting", 0x26: "chineseLegalSimplified", 0x27: "chineseCountingThousand", 0x28: "ideographDigital", 0xFF: "none",
}  # fmt: skip
_MOST = 4000


class _Cursor:
    """Reads on through bytes; past the end it gives zeros, so that a cut table ends quietly."""

    def __init__(self, data: bytes, at: int) -> None:
        self.data = data
        self.at = at

    def take(self, size: int) -> bytes:
        piece = self.data[self.at : self.at + size]
        self.at += size
        return piece.ljust(size, b"\0")

    def number(self, form: str) -> int:
        return int(struct.unpack(form, self.take(struct.calcsize(form)))[0])

    @property
    def is_past(self) -> bool:
        return self.at > len(self.data)


def list_counters(table: bytes, lists: tuple[int, int], overrides: tuple[int, int]) -> ListCounters:
    """Counters of the lists at ``lists`` and ``overrides`` (offset and length of PlfLst and PlfLfo); a list is named by its index from 1."""
    definitions = _definitions(table, *lists) if lists[1] else {}
    return ListCounters(_uses(table, overrides[0], definitions) if overrides[1] else {})


def _definitions(table: bytes, offset: int, size: int) -> dict[int, ListDefinition]:
    cursor = _Cursor(table, offset)
    heads = []
    for _ in range(min(max(0, cursor.number("<h")), _MOST)):
        head = cursor.take(28)
        heads.append((struct.unpack_from("<i", head)[0], head[26] & 1))
    cursor.at = offset + size
    found: dict[int, ListDefinition] = {}
    for list_id, is_simple in heads:
        if cursor.is_past:
            break
        found[list_id] = ListDefinition({index: _level(cursor) for index in range(1 if is_simple else LEVELS)})
    return found


def _level(cursor: _Cursor) -> Level:
    head = cursor.take(28)
    start, form, flags = struct.unpack_from("<iBB", head)
    follow, chpx, papx, restart = head[15], head[24], head[25], head[26]
    cursor.take(papx + chpx)
    text = cursor.take(2 * min(max(0, cursor.number("<h")), 255)).decode("utf-16-le", "replace")
    places = "".join(f"%{ord(character) + 1}" if ord(character) < LEVELS else character for character in text)
    return Level(
        start=max(0, min(start, 1_000_000)),
        form=_FORMS.get(form, "decimal"),
        text=places,
        restart=restart if flags & 0x08 else None,
        suffix="nothing" if follow == 2 else "tab",
        is_legal=bool(flags & 0x04),
    )


def _uses(table: bytes, offset: int, definitions: dict[int, ListDefinition]) -> dict[str, tuple[ListDefinition, dict[int, int]]]:
    cursor = _Cursor(table, offset)
    heads = []
    for _ in range(min(max(0, cursor.number("<i")), _MOST)):
        head = cursor.take(16)
        heads.append((struct.unpack_from("<i", head)[0], head[12]))
    found: dict[str, tuple[ListDefinition, dict[int, int]]] = {}
    for index, (list_id, changed) in enumerate(heads, 1):
        definition = definitions.get(list_id) or ListDefinition()
        starts: dict[int, int] = {}
        cursor.take(4)
        for _ in range(min(changed, LEVELS)):
            start, flags = cursor.number("<i"), cursor.number("<I")
            at = flags & 0x0F
            if flags & 0x20:
                level = _level(cursor)
                definition = ListDefinition({**definition.levels, at: level})
                start = level.start
            if flags & 0x10:
                starts[at] = max(0, min(start, 1_000_000))
        found[str(index)] = definition, starts
        if cursor.is_past:
            break
    return found


def style_lists(table: bytes, offset: int, size: int) -> dict[int, tuple[int, int]]:
    """List and level of every paragraph style that has one, its own or that of the style it is based on."""
    cursor = _Cursor(table[: offset + size], offset)
    head = cursor.take(cursor.number("<H"))
    if len(head) < 4:
        return {}
    many, fixed = struct.unpack_from("<HH", head)
    own: dict[int, tuple[int | None, int]] = {}
    base: dict[int, int] = {}
    for index in range(min(many, _MOST)):
        content = cursor.take(cursor.number("<H"))
        if cursor.is_past:
            break
        if len(content) >= fixed >= 10:
            flags = struct.unpack_from("<HHH", content)
            base[index] = flags[1] >> 4
            if flags[1] & 0x0F == 1:  # a paragraph style
                own[index] = _style_properties(content, fixed)
    return {index: found for index in own for found in [_inherited(index, own, base)] if found}


def _style_properties(content: bytes, fixed: int) -> tuple[int | None, int]:
    cursor = _Cursor(content, fixed)
    cursor.take(2 * cursor.number("<H") + 2)  # the name and its closing zero
    size = cursor.number("<H")
    values = dict(_known(cursor.take(size)[2:]))
    return values.get(LIST), values.get(LIST_LEVEL, 0)


def _known(grpprl: bytes) -> Iterator[tuple[int, int]]:
    return (pair for pair in properties(grpprl) if pair[0] in (LIST, LIST_LEVEL))


def _inherited(index: int, own: dict[int, tuple[int | None, int]], base: dict[int, int]) -> tuple[int, int] | None:
    for _ in range(20):
        found = own.get(index)
        if found is not None and found[0] is not None:
            return found[0], found[1]
        index = base.get(index, 0xFFF)
        if index == 0xFFF:
            break
    return None
