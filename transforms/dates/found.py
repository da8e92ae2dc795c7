"""A date expression as printed: its parts, before any missing part is supplied."""

from __future__ import annotations

import datetime

import msgspec


class Found(msgspec.Struct):
    """One printed date or period, ``matching[start:end]``.

    ``year``, ``month`` and ``day`` are the numbers printed, None where absent or masked. ``part`` names a stretch of the year or month
    (see ``intervals.PARTS``). ``relative`` is the word that a missing year, month or day must be taken from context by: 今年, 上月, 次日.
    ``range_part`` and ``pair`` tie the two sides of a range. The lower half is filled in by ``roles`` and ``resolve``.
    """

    start: int
    end: int
    rule: str
    year: int | None = None
    month: int | None = None
    day: int | None = None
    part: str = ""
    relative: str = ""
    is_redacted: bool = False
    is_year_masked: bool = False
    is_lost: bool = False
    clock: str | None = None
    range_part: str | None = None
    pair: Found | None = None
    is_joined: bool = False

    role: str | None = None
    is_promise: bool = False
    earliest: datetime.date | None = None
    latest: datetime.date | None = None
    precision: str | None = None
    inferred: str | None = None
    year_from_char: int | None = None
    alternative_earliest: datetime.date | None = None
    alternative_latest: datetime.date | None = None
    null_reason: str | None = None
