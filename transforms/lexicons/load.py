"""Loads a lexicon once, on first use, and refuses one that is not what its readers expect."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files
from typing import Any


@cache
def lexicon(name: str) -> dict[str, Any]:
    """The contents of ``transforms/lexicons/NAME.toml``. Raises ``FileNotFoundError`` or ``tomllib.TOMLDecodeError``."""
    return tomllib.loads((files("transforms.lexicons") / f"{name}.toml").read_text("utf-8"))


@cache
def words(name: str, key: str) -> tuple[str, ...]:
    """The list of strings ``key`` of lexicon ``name``, longest first so that an alternation tries the longest.

    Raises ``ValueError`` if it is not a list of distinct, non-empty strings.
    """
    found = lexicon(name)[key]
    if not isinstance(found, list) or not all(isinstance(word, str) and word for word in found) or len(set(found)) != len(found):
        raise ValueError(f"lexicon {name}.toml: {key} must be a list of distinct, non-empty strings")
    return tuple(sorted(found, key=len, reverse=True))
