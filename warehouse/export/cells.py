"""Cells that a spreadsheet must not take for formulas.

A notice's words are not ours: a cell that begins with = + - @ (or a tab or return, which Excel skips) would be run as a formula when
the file is opened. Excel for East Asian languages reads the full-width forms in the same way (OWASP, CSV injection).
"""

from __future__ import annotations

_STARTS = tuple("=+-@＝＋－＠\t\r")


def is_risky(words: str) -> bool:
    """A spreadsheet might run ``words``; white space before the sign does not hinder it."""
    return words.lstrip(" \n").startswith(_STARTS)


def guarded(words: str) -> str:
    """``words`` for a CSV cell: an apostrophe in front makes it text, the only mark that CSV has for that."""
    return "'" + words if is_risky(words) else words
