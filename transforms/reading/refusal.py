"""Why a raw file gave no notice, in a word for counting and a sentence for the person who holds the file."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Refusal:
    """``reason`` is a short code (``empty``, ``unreadable``, ``not_a_notice`` …), ``stage`` the step that refused, as in the table
    ``rejects`` (``ingest``, ``decode``, ``read``, ``recognise``, ``extract``), ``message`` the reason in words with the way out."""

    reason: str
    stage: str
    message: str


class Refused(Exception):
    """Carries a refusal out of a reader; it never leaves ``transforms.reading``."""

    def __init__(self, reason: str, stage: str, message: str) -> None:
        super().__init__(message)
        self.refusal = Refusal(reason, stage, message)
