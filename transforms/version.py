"""The version of the rules: a hash over the code and lexicons that turn bytes into records."""

from __future__ import annotations

import hashlib
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable


@cache
def rules_version() -> str:
    """Twelve hex digits that change whenever a rule or a lexicon does."""
    digest = hashlib.sha256()
    for name, content in sorted(_sources(files("transforms"), "")):
        digest.update(name.encode() + b"\0" + content + b"\0")
    return digest.hexdigest()[:12]


def _sources(folder: Traversable, prefix: str) -> list[tuple[str, bytes]]:
    found: list[tuple[str, bytes]] = []
    for entry in folder.iterdir():
        name = f"{prefix}/{entry.name}"
        if entry.is_dir():
            found += _sources(entry, name)
        elif entry.name.endswith((".py", ".toml", ".csv", ".gz")):
            found.append((name, entry.read_bytes()))
    return found
