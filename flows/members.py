"""From the bytes at a place to the documents in them: the file itself, or the members of an archive with uris of their own."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator

from flows.batch import RawFile, Unread
from flows.identifiers import document_id, notice_id
from flows.steps import Steps
from transforms.reading.refusal import Refusal
from warehouse.known import FileKey


def documents(raw: bytes, uri: str, steps: Steps, declared: str = "") -> Iterator[RawFile | Unread]:
    """Every document in ``raw``; a member that cannot be had is an ``Unread`` with the archive's hash.

    A document packed by itself (notice.html.gz) keeps its uri and its packed bytes. A second member of one name gets ``#2``.
    """
    seen: dict[str, int] = {}
    for name, content in steps.documents(raw, uri):
        seen[name] = seen.get(name, 0) + 1
        if name == uri:
            if seen[name] == 1:
                yield RawFile(file_key(uri, raw), raw, declared=declared, refusal=content if isinstance(content, Refusal) else None)
            continue
        place = name if seen[name] == 1 else f"{name}#{seen[name]}"
        if isinstance(content, Refusal):
            sha256 = hashlib.sha256(raw).hexdigest()
            yield Unread(document_id(place, ""), place, content.reason, content.message, content.stage, sha256)
        else:
            yield RawFile(file_key(place, content), content)
    if not seen:
        yield RawFile(
            file_key(uri, raw), raw, refusal=Refusal("empty", "read", "the archive holds no files; check that it is the right one")
        )


def file_key(uri: str, raw: bytes) -> FileKey:
    """The names that follow from a place and the bytes at it."""
    return key_of(uri, hashlib.sha256(raw).hexdigest())


def key_of(uri: str, sha256: str) -> FileKey:
    """The names that follow from a place and the SHA-256 of the bytes at it."""
    return FileKey(uri, sha256, document_id(uri, sha256), notice_id(uri))
