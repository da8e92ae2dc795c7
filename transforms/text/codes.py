"""Looks at all characters of a text at once, by their code points; a search for a class of characters takes five times as long."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
import numpy.typing as npt

# one byte for each code point of the Basic Multilingual Plane; what lies beyond is of no class
Table = npt.NDArray[np.uint8]

_PLANE = 0x10000
_BLOCK = 1024


def table_of(*classes: str) -> Table:
    """A table that gives the characters of the first of ``classes`` a 1, those of the second a 2, and so on; a later one decides."""
    table = np.zeros(_PLANE, np.uint8)
    for number, characters in enumerate(classes, 1):
        table[[ord(character) for character in characters]] = number
    table[-1] = 0  # where everything beyond the plane is clipped to
    return table


def classes_of(text: str, table: Table, block: int = _BLOCK) -> bytes:
    """The class that ``table`` gives to each character of ``text``.

    >>> list(classes_of("a1b", table_of("ab", "0123456789")))
    [1, 2, 1]
    """
    # in blocks, for numpy needs twelve bytes for each character that it looks up; fewer of them where memory is not short yet
    size = max(block, len(text) // 16)
    return b"".join([table.take(_codes(text[at : at + size]), mode="clip").tobytes() for at in range(0, len(text), size)])


def places_of(classes: bytes, pairs: Iterable[bytes]) -> list[int]:
    """Where the second of two characters stands whose classes are one of ``pairs``, in rising order."""
    found = []
    for pair in pairs:
        at = classes.find(pair)
        while at >= 0:
            found.append(at + 1)
            at = classes.find(pair, at + 1)
    found.sort()
    return found


def members_of(text: str, classes: bytes, number: int) -> set[str]:
    """The characters of ``text`` to which ``classes`` gives the class ``number``."""
    return set(map(chr, np.unique(_codes(text)[np.frombuffer(classes, np.uint8) == number]).tolist()))


def runs_of(classes: bytes, number: int) -> tuple[list[int], list[int]]:
    """Starts and ends of the runs of the class ``number``, which is not 0, in order.

    >>> runs_of(bytes([0, 1, 1, 2, 1]), 1)
    ([1, 4], [3, 5])
    """
    # a sign on both sides, so that every run has two edges
    members = np.frombuffer(b"\0%b\0" % classes, np.uint8) == number
    edges: list[int] = (members[1:] != members[:-1]).nonzero()[0].tolist()
    return edges[::2], edges[1::2]


def _codes(text: str) -> npt.NDArray[np.uint32]:
    # an array of one text is filled in two thirds of the time that an encoding takes
    return np.array([text]).view(np.uint32)[: len(text)]
