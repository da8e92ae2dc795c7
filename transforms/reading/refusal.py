"""Why a file gave no notice."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Refusal:
    """``reason`` is a short code (``empty``, ``unreadable``, ``not_a_notice`` …), ``stage`` the step that refused, as in the table
    ``rejects`` (``ingest``, ``decode``, ``read``, ``recognise``, ``extract``), ``message`` the reason in words with the way out."""

    reason: str
    stage: str
    message: str
