"""How files, documents and notices are named: ids are hashes of where the bytes came from, so the same input gives the same ids."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path


def file_uri(path: Path) -> str:
    """``file://`` and the absolute path, unquoted. Bytes of a name that are not UTF-8 (GBK names from old archives) are escaped."""
    return "file://" + words_of(os.path.abspath(path))  # noqa: PTH100 - resolve() follows links


def words_of(name: str) -> str:
    """A name from the file system as words that can be stored."""
    return os.fsencode(name).decode("utf-8", "backslashreplace")


def notice_id(uri: str) -> str:
    """Sixteen hex digits that stay when the content at ``uri`` changes."""
    return _hex16(uri)


def document_id(uri: str, sha256: str) -> str:
    """Sixteen hex digits for these bytes at this place; ``sha256`` is empty for a file that could not be read."""
    return _hex16(f"{uri}\n{sha256}")


def _hex16(words: str) -> str:
    return hashlib.sha256(words.encode("utf-8", "surrogatepass")).hexdigest()[:16]
