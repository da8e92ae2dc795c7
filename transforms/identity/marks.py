"""Where the signs stand by which regions, partners and persons are found; a whole text is looked at once for all of them."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

import msgspec
import numpy as np

from transforms.identity.regions import RANKS
from transforms.lexicons.load import words
from transforms.text.codes import Table, classes_of, table_of


class Marks(msgspec.Struct, frozen=True, gc=False):
    """Offsets in a text, in rising order.

    ``ranks`` are the characters that end the name of a region. At ``follows`` two characters stand that may begin a word which follows
    the name of a person.
    """

    ranks: Sequence[int]
    follows: Sequence[int]


@cache
def follows() -> tuple[str, ...]:
    """Words that follow a person's name."""
    return ("同志", *words("identity_persons", "follows"))


def marks(text: str) -> Marks:
    """All marks in ``text``.

    >>> marks("甲县局长张某任组长")
    Marks(ranks=[1], follows=[6])
    """
    kinds = np.frombuffer(classes_of(text, _table()), np.uint8)
    is_rank = (kinds & 1).view(np.bool_)
    does_follow = (kinds[:-1] >> 1 & kinds[1:] >> 2 & 1).view(np.bool_)
    return Marks(np.flatnonzero(is_rank).tolist(), np.flatnonzero(does_follow).tolist())


@cache
def _table() -> Table:
    """Bits for a rank, for the first and for the second character of a word that follows a name."""
    firsts, seconds = ("".join({word[at] for word in follows()}) for at in (0, 1))
    table: Table = table_of(RANKS) | table_of(firsts) << np.uint8(1) | table_of(seconds) << np.uint8(2)
    return table
