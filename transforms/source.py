"""What every extractor is given: the folded text of one notice, and the stretches that are already taken."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import repeat
from typing import Any, Final

import msgspec
import numpy as np

from transforms.records.shared import Mention, Span
from transforms.text.text import Text

# notice, start and end in the folded and in the raw text, words folded and raw, rule
Evidence = tuple[str, int, int, int, int, str, str, str]
SURFACE: Final = 5  # place of the words in it, for columns that repeat them: one string serves both
RAW: Final = 6  # place of the words as the page has them


class Source(msgspec.Struct, frozen=True, gc=False):
    """One notice to be read: its id, its text, and the fields that its page gave beside the text (HTML meta, title)."""

    notice_id: str
    text: Text
    page: Mapping[str, str] = msgspec.field(default_factory=dict)

    def evidence(self, start: int, end: int, rule: str) -> Evidence:
        """The columns of ``Mention`` for ``text.folded[start:end]``, to be put before a row's own: ``Claim(*source.evidence(…), subject=…)``.

        A method that takes the row's own columns as ``**values`` would cost four times as much, a third of all extraction in rows alone.
        """
        text = self.text
        surface = text.folded[start:end]
        if text.cuts:
            raw_start, raw_end = text.raw_span(start, end)
            return self.notice_id, start, end, raw_start, raw_end, surface, text.raw[raw_start:raw_end], rule
        return self.notice_id, start, end, start, end, surface, surface if text.raw is text.folded else text.raw[start:end], rule

    def columns(self, starts: Sequence[int], ends: Sequence[int], rules: Iterable[str]) -> tuple[Iterable[Any], ...]:
        """The columns of ``evidence`` for many rows at once: ``map(Measure, *source.columns(…), …)`` makes the rows without a call for each."""
        text = self.text
        folded, raw = text.folded, text.raw
        surfaces = [folded[start:end] for start, end in zip(starts, ends, strict=True)]
        raw_starts, raw_ends, raws = starts, ends, surfaces
        if text.cuts:
            spans = [text.raw_span(start, end) for start, end in zip(starts, ends, strict=True)]
            raw_starts, raw_ends = [start for start, _ in spans], [end for _, end in spans]
        if raw is not folded:
            raws = [raw[start:end] for start, end in zip(raw_starts, raw_ends, strict=True)]
        return repeat(self.notice_id), starts, ends, raw_starts, raw_ends, surfaces, raws, rules


# A bytearray, for a slice of one takes bytes only by way of a copy that costs more than the rest of the assignment.
_TAKEN = bytearray(b"\x01")
_LONG = 256
_RUNS = [_TAKEN * length for length in range(_LONG)]  # ready made, for to make one takes as long as to assign it


class Closed:
    """Stretches of a text that an earlier extractor has claimed, so that a later one leaves them alone."""

    __slots__ = ("_taken",)

    def __init__(self, length: int) -> None:
        self._taken = bytearray(length)

    def is_free(self, start: int, end: int) -> bool:
        """No character of ``start:end`` is claimed."""
        return self._taken.find(1, start, end) < 0

    def close(self, start: int, end: int) -> None:
        """Claim ``start:end``."""
        self._taken[start:end] = _TAKEN * (end - start)

    def close_all(self, rows: Iterable[Mention | Span]) -> None:
        """Claim the words of every row."""
        taken, runs = self._taken, _RUNS
        for row in rows:
            start, end = row.start_char, row.end_char
            length = end - start
            taken[start:end] = runs[length] if length < _LONG else _TAKEN * length

    def count(self) -> int:
        """How many characters are claimed."""
        return int(np.count_nonzero(np.frombuffer(self._taken, np.bool_)))
