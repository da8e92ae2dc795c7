"""Aspects in the words of the feedback templates."""

from __future__ import annotations

from functools import cache

from transforms.lexicons.load import lexicon


@cache
def _aspects() -> tuple[tuple[str, tuple[str, ...]], ...]:
    return tuple((entry["norm"], tuple(entry["words"])) for entry in lexicon("outline_aspects")["aspect"])


def aspect_norm(heading: str) -> str | None:
    """The aspect that ``heading`` names in the words of the templates, or None.

    >>> aspect_norm("群众身边不正之风和腐败问题方面"), aspect_norm("专项检查情况")
    ('群众身边腐败和不正之风', None)
    """
    return next((norm for norm, words in _aspects() if any(word in heading for word in words)), None)
