"""Aspects in the words of the feedback templates."""

from __future__ import annotations

from functools import cache

from transforms.lexicons.load import lexicon


@cache
def _aspects() -> tuple[tuple[str, str], ...]:
    """Words with the aspect that each tells, the words of one aspect after those of another."""
    return tuple((word, entry["norm"]) for entry in lexicon("outline_aspects")["aspect"] for word in entry["words"])


def aspect_norm(heading: str) -> str | None:
    """The aspect that ``heading`` names in the words of the templates, or None.

    >>> aspect_norm("群众身边不正之风和腐败问题方面"), aspect_norm("专项检查情况")
    ('群众身边腐败和不正之风', None)
    """
    for word, norm in _aspects():
        if word in heading:
            return norm
    return None
