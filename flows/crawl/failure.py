"""Why a page could not be had."""

from __future__ import annotations


class FetchFailed(Exception):
    """``reason`` is the short code of the reject row; ``is_passing`` says that trying again may help, after ``retry_after`` seconds if told."""

    def __init__(self, reason: str, message: str, is_passing: bool = False, retry_after: float | None = None) -> None:
        super().__init__(message)
        self.reason, self.message, self.is_passing, self.retry_after = reason, message, is_passing, retry_after
