"""The last word of a lexicon in a stretch of text: the verb nearest before a title, the edge nearest before an agency code."""

from __future__ import annotations

import re
from collections.abc import Mapping

from transforms.lexicons.alternation import alternation


class LastWord:
    """Words that are looked for backwards, each with what it stands for. The look ends at the first of ``stops``, single characters.

    Text and words are turned round, for an alternation that is searched backwards tries every word at every place.
    """

    __slots__ = ("_meanings", "_pattern")

    def __init__(self, words: Mapping[str, str], stops: str = "") -> None:
        self._meanings = {word[::-1]: meaning for word, meaning in words.items()}
        self._pattern = re.compile(alternation([*self._meanings, *stops]))

    def last(self, text: str, start: int, end: int) -> str | None:
        """What the word that ends last in ``text[start:end]`` stands for, the longest of those that end there."""
        match = self._pattern.search(text[end - 1 : start - 1 if start else None : -1]) if start < end else None
        return None if match is None else self._meanings.get(match[0])
