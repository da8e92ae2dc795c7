"""A decoded text beside its folded form, with a map from every folded character back to the raw ones.

Two strings of equal length serve reading: ``folded`` gives values and surfaces; ``matching`` is the same text with punctuation
brought to one (half) width, so that patterns need one form only. Offsets count in either of them.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from operator import itemgetter

import msgspec

from transforms.text.codes import runs_of, table_of
from transforms.text.kinds import Classes, Kinds, Pairs, half_width

_DIGITS = Classes(table_of("0123456789"))


class Text(msgspec.Struct, frozen=True, gc=False):
    """``raw`` is the decoded text, ``folded`` what extractors read.

    ``cuts`` holds, in rising order, the folded offsets at which raw characters were left out; ``shifts`` holds how many raw
    characters had been left out up to and including each cut.
    """

    raw: str
    folded: str
    cuts: tuple[int, ...] = ()
    shifts: tuple[int, ...] = ()
    edit_counts: Mapping[str, int] = msgspec.field(default_factory=dict)
    # made from ``folded``, here unless they are given: the kinds of its characters, its copy for patterns, starts and ends of the runs of
    # ASCII digits in it, and the character before each run, an x at the beginning
    kinds: Kinds | None = None
    matching: str = ""
    digits: tuple[Sequence[int], Sequence[int]] = ((), ())
    before_digits: str = ""

    def __post_init__(self) -> None:
        if self.kinds is None:
            matching = half_width(self.folded)
            kinds = Kinds(matching)
            digits = runs_of(kinds.classes(_DIGITS), 1)
            msgspec.structs.force_setattr(self, "matching", matching)
            msgspec.structs.force_setattr(self, "kinds", kinds)
            msgspec.structs.force_setattr(self, "digits", digits)
            msgspec.structs.force_setattr(self, "before_digits", characters_before(matching, digits[0]))

    def classes(self, reader: Classes) -> bytes:
        """The class that ``reader`` gives to each character of ``matching``."""
        assert self.kinds is not None
        return self.kinds.classes(reader)

    def offsets(self, reader: Classes) -> list[int]:
        """Offsets in ``matching`` of the characters of the first class of ``reader``, in rising order."""
        assert self.kinds is not None
        return self.kinds.offsets(reader)

    def places(self, reader: Pairs) -> list[int]:
        """Where the signs of ``reader`` that stand behind a lead are in ``matching``, in rising order; to be asked once."""
        assert self.kinds is not None
        return self.kinds.places(reader)

    def raw_offset(self, offset: int) -> int:
        """Raw offset of the folded character at ``offset``."""
        if not self.cuts:
            return offset
        position = bisect_right(self.cuts, offset)
        return offset + (self.shifts[position - 1] if position else 0)

    def raw_span(self, start: int, end: int) -> tuple[int, int]:
        """Raw range of the folded range ``start:end``: from its first to just behind its last character."""
        if not self.cuts:
            return start, end
        if end <= start:
            at = self.raw_offset(start)
            return at, at
        return self.raw_offset(start), self.raw_offset(end - 1) + 1


def characters_before(text: str, starts: Sequence[int]) -> str:
    """The character before each of ``starts``, an x at the beginning of the text."""
    return "".join(itemgetter(*starts)("x" + text)) if starts else ""
