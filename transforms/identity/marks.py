"""Where the signs stand by which regions, partners and persons are found; a whole text is looked at once for all of them."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import Any

import msgspec
import numpy as np
import numpy.typing as npt

from transforms.identity.regions import RANKS
from transforms.lexicons.load import lexicon, words
from transforms.text.codes import table_of
from transforms.text.kinds import Classes
from transforms.text.text import Text


class Marks(msgspec.Struct, frozen=True, gc=False):
    """Offsets in a text, in rising order.

    ``ranks`` are the characters that end the name of a region; behind those in ``partners`` three characters stand (or two that are enough)
    that may begin the rest of a partner's name. At ``follows`` two characters stand that may begin a word which follows the name of a person.
    """

    ranks: Sequence[int]
    partners: Sequence[int]
    follows: Sequence[int]


@cache
def follows() -> tuple[str, ...]:
    """Words that follow a person's name."""
    return ("同志", *words("identity_persons", "follows"))


@cache
def suffixes() -> tuple[str, ...]:
    """What stands behind the rank of a region in the name of a body that a notice's own body works with."""
    return tuple(lexicon("identity")["partners"]["suffixes"])


def marks(text: Text) -> Marks:
    """All marks in ``text``.

    >>> marks(Text("", "甲县局长张某任组长,乙市公安局"))
    Marks(ranks=[1, 11], partners=[11], follows=[6])
    """
    classes = text.classes(_classes())
    kinds = np.frombuffer(classes, np.uint8)
    ranks = _places(kinds >> _RANK)
    behind = b"".join((classes, b"\0\0\0"))  # compiled by mypyc 1.20, + would keep its left side for ever
    partners = [
        at
        for at in ranks
        if behind[at + 1] & _BEGINS and (second := behind[at + 2]) & _GOES_ON and (second & _ENDS_SHORT or behind[at + 3] & _GOES_FURTHER)
    ]
    return Marks(ranks, partners, _places(kinds[:-1] & kinds[1:] >> 1 & 1))


def _places(kinds: npt.NDArray[Any]) -> list[int]:
    """Where ``kinds``, which are 0 or 1, are 1."""
    found: list[int] = kinds.view(np.bool_).nonzero()[0].tolist()
    return found


# one bit each for the first two characters of words that follow a name and the first three of suffixes, the last of suffixes of two, and ranks
_BEGINS, _GOES_ON, _GOES_FURTHER, _ENDS_SHORT = 1 << 2, 1 << 3, 1 << 4, 1 << 5
_RANK = 7


@cache
def _classes() -> Classes:
    short = [word for word in suffixes() if len(word) == 2]
    long = [word for word in suffixes() if len(word) > 2]
    table = table_of(RANKS) << np.uint8(_RANK)
    for bit, (lexicon_words, at) in enumerate(((follows(), 0), (follows(), 1), (suffixes(), 0), (suffixes(), 1), (long, 2), (short, 1))):
        table |= table_of("".join({word[at] for word in lexicon_words})) << np.uint8(bit)
    return Classes(table)
