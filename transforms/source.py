"""What every extractor is given: the folded text of one notice, and the stretches that are already taken."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeVar

from transforms.records.shared import Mention, Span
from transforms.text.text import Text

Row = TypeVar("Row", bound=Mention)


@dataclass(frozen=True, slots=True)
class Source:
    """One notice to be read: its id, its text, and the fields that its page gave beside the text (HTML meta, title)."""

    notice_id: str
    text: Text
    page: Mapping[str, str] = field(default_factory=dict)

    def row(self, record: type[Row], start: int, end: int, rule: str, **values: Any) -> Row:
        """A row of ``record`` for ``text.folded[start:end]``, with its columns of evidence filled in."""
        raw_start, raw_end = self.text.raw_span(start, end)
        return record(
            notice_id=self.notice_id,
            start_char=start,
            end_char=end,
            raw_start=raw_start,
            raw_end=raw_end,
            surface=self.text.folded[start:end],
            raw=self.text.raw[raw_start:raw_end],
            rule=rule,
            **values,
        )


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
        self._taken[start:end] = b"\x01" * (end - start)

    def close_all(self, rows: Iterable[Mention | Span]) -> None:
        """Claim the words of every row."""
        for row in rows:
            self.close(row.start_char, row.end_char)

    def count(self) -> int:
        """How many characters are claimed."""
        return self._taken.count(1)
