"""Patterns made of lexicon words, and the ends of stretches of text."""

from __future__ import annotations

import re
from collections.abc import Iterable


def alternation(words: Iterable[str]) -> str:
    """A group that matches any of ``words``, the longest first."""
    return "(?:" + "|".join(re.escape(word) for word in sorted(set(words), key=lambda word: (-len(word), word))) + ")"


def after_last(marks: str, text: str) -> str:
    """``text`` behind the last of ``marks``, or all of it (a pattern that does this costs ten times as much)."""
    return text[max(map(text.rfind, marks)) + 1 :]
