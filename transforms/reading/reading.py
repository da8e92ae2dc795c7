"""What reading a raw file gives."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Reading:
    """The main text of a document, one paragraph or table row (cells joined by `` | ``) a line.

    ``media_type`` is told by the bytes; ``encoding`` and ``encoding_reason`` are empty for formats that carry their own;
    ``damage`` lists codes such as ``bad_bytes:3``; ``page`` has fields beside the text: title, published, source, author, editor,
    publisher, written_on, index_number, document_number, site, column, url, attachments (one link a line).
    """

    text: str
    media_type: str
    encoding: str = ""
    encoding_reason: str = ""
    damage: tuple[str, ...] = ()
    page: Mapping[str, str] = field(default_factory=dict)
