"""The trivial pass that every speed figure of extraction is divided by: decode, NFKC, one date pattern over the text."""

from __future__ import annotations

import unicodedata

import regex

DATE = regex.compile(
    r"(?:(?:19|20)\d{2}|[一二三四五六七八九〇零]{4})年(?:\d{1,2}|[一二三四五六七八九十]{1,3})月(?:(?:\d{1,2}|[一二三四五六七八九十]{1,3})[日号]|[上中下]旬)?"
    r"|\d{1,2}月\d{1,2}日|(?:19|20)\d{2}年"
)


def trivial_pass(raw: bytes, encoding: str = "utf-8") -> int:
    """Number of dates that one pattern finds in the bytes of a notice."""
    return sum(1 for _ in DATE.finditer(unicodedata.normalize("NFKC", raw.decode(encoding))))
