"""What is known around a date while the dates of a text are gone through in order."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from transforms.dates.found import Found


@dataclass(slots=True)
class Frame:
    """What is known around the dates of a text.

    ``written`` is the day the text was written (signing, else publication, else the reference day); dates told as past are not
    after it. ``is_notice`` is False outside a notice, where a bare date belongs to the reference year.
    """

    written: datetime.date | None = None
    is_notice: bool = True


@dataclass(slots=True)
class Context:
    """The text, its dates, and what those before the present one told.

    ``last`` is the nearest earlier dated mention that lends its year (``last_year``), ``last_day`` the nearest with a month.
    ``inspection`` is the earliest day on which the inspection can have ended, ``feedback`` the earliest day of the feedback.
    """

    matching: str
    found: list[Found]
    frame: Frame
    last: Found | None = None
    last_year: int | None = None
    last_day: Found | None = None
    inspection: datetime.date | None = None
    feedback: datetime.date | None = None
