"""One look at all characters of a text serves every reader that tells classes of characters apart.

A kind is a set of characters that no reader tells apart. A text is looked at once for the kinds of its characters; the classes of any reader
follow from them by a table of 256 bytes, for a third of what a look of its own costs.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import msgspec
import numpy as np

from transforms.text.codes import Table, classes_of, table_of

# Pairs of printed and matching punctuation. Enumeration comma, full stop, quotes and title marks exist in one width only.
HALF_WIDTH = {"，": ",", "：": ":", "；": ";", "（": "(", "）": ")", "！": "!", "？": "?"}


def half_width(text: str) -> str:
    """``text`` with the punctuation that patterns read in half width brought to it."""
    for printed, half in HALF_WIDTH.items():
        text = text.replace(printed, half)
    return text


class Classes:
    """A class for each character, as a reader needs it; of no effect on other readers.

    Punctuation that ``Text.matching`` has in half width belongs to the class of its half-width form, or to the class ``printed``.
    """

    __slots__ = ("table",)

    def __init__(self, table: Table, printed: int | None = None) -> None:
        self.table = table.copy()
        for sign, half in HALF_WIDTH.items():
            self.table[ord(sign)] = self.table[ord(half)] if printed is None else printed


class _Catalogue(msgspec.Struct, frozen=True, gc=False):
    """The kind of each character, and the class that each reader gives to each kind. Grows with the readers that ask; never changed in place."""

    table: Table
    classes: Mapping[Classes, bytes]
    firsts: Mapping[Classes, Sequence[int]]  # the kinds of which each reader's class 1 consists

    def joined_by(self, reader: Classes) -> _Catalogue:
        """The kinds split so that ``reader`` too can tell its classes; the same catalogue where a byte cannot tell them all."""
        joint = self.table.astype(np.uint16) << np.uint16(8) | reader.table
        kinds, table = np.unique(joint, return_inverse=True)
        if len(kinds) > 256:
            return self
        former = (kinds >> np.uint16(8)).tolist()
        classes = {known: bytes([told[kind] for kind in former]).ljust(256, b"\0") for known, told in self.classes.items()}
        classes[reader] = (kinds & np.uint16(255)).astype(np.uint8).tobytes().ljust(256, b"\0")
        firsts = {known: [kind for kind, number in enumerate(told) if number == 1] for known, told in classes.items()}
        return _Catalogue(table.astype(np.uint8), classes, firsts)


_catalogue = _Catalogue(table_of(), {}, {})
_BLOCK = 8192  # nothing has been read of a text yet that takes memory


class Kinds:
    """The kinds of the characters of ``text``."""

    __slots__ = ("_catalogue", "_kinds", "_text")

    def __init__(self, text: str) -> None:
        self._text, self._catalogue = text, _catalogue
        self._kinds = classes_of(text, _catalogue.table, _BLOCK)

    def classes(self, reader: Classes) -> bytes:
        """The class that ``reader`` gives to each character.

        >>> list(Kinds("a1，b").classes(Classes(table_of("ab", "0123456789", ","))))
        [1, 2, 3, 1]
        """
        told = self._catalogue.classes.get(reader)
        if told is not None:
            return self._kinds.translate(told)
        # asked for the first time: known to the texts that follow
        global _catalogue
        _catalogue = _catalogue if reader in _catalogue.classes else _catalogue.joined_by(reader)
        return classes_of(self._text, reader.table)

    def offsets(self, reader: Classes) -> list[int]:
        """Where the characters of the first class of ``reader`` stand, in rising order.

        For one or a few rare characters: a search for a byte costs a tenth of a search for a character that shares a byte with others.

        >>> Kinds("甲省乙县丙市").offsets(Classes(table_of("县市省")))
        [1, 3, 5]
        """
        kinds, firsts = self._kinds, self._catalogue.firsts.get(reader)
        if firsts is None:
            kinds, firsts = self.classes(reader), (1,)
        find = kinds.find
        found = []
        for kind in firsts:
            at = find(kind)
            while at >= 0:
                found.append(at)
                at = find(kind, at + 1)
        if len(firsts) > 1:
            found.sort()
        return found
