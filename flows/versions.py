"""The version of the program, as installed."""

from __future__ import annotations

from functools import cache
from importlib.metadata import PackageNotFoundError, version


@cache
def code_version() -> str:
    """The installed version of taizhang; ``0`` where it runs from a folder that was never installed."""
    try:
        return version("taizhang")
    except PackageNotFoundError:
        return "0"
