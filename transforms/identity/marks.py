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

    ``ranks`` are the characters that end the name of a region; behind those in ``partners`` two characters stand that may begin the rest
    of a partner's name. At ``follows`` two characters stand that may begin a word which follows the name of a person.
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
    kinds = np.frombuffer(text.classes(_classes()), np.uint8)
    return Marks(
        _places(kinds),
        _places(kinds[:-2] & kinds[1:-1] >> 1 & kinds[2:] >> 2),
        _places(kinds[:-1] >> 3 & kinds[1:] >> 4),
    )


def _places(kinds: npt.NDArray[Any]) -> list[int]:
    """Where the lowest bit is set."""
    found: list[int] = (kinds & 1).view(np.bool_).nonzero()[0].tolist()
    return found


@cache
def _classes() -> Classes:
    """A bit for a rank, and one each for the first and second characters of suffixes and of words that follow a name."""
    table = table_of(RANKS)
    for bit, (lexicon_words, at) in enumerate(((suffixes(), 0), (suffixes(), 1), (follows(), 0), (follows(), 1)), 1):
        table |= table_of("".join({word[at] for word in lexicon_words})) << np.uint8(bit)
    return Classes(table)
