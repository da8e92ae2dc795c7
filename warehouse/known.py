"""What the warehouse knows of the files of a batch: unchanged, or bytes that a published notice already has."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import pyarrow as pa

from warehouse.lake import NAME, Lake

_FILES = "_taizhang_files"
# A file is unchanged if the newest document of its uri has its bytes. A duplicate counts as unchanged only as long as the
# document that it repeats is still a notice's current one; else its words would be in no notice at all.
_UNCHANGED = f"""
WITH newest AS (
    SELECT uri, arg_max(document_id, seen_at) AS document_id
    FROM {NAME}.documents WHERE uri IN (SELECT uri FROM {_FILES}) GROUP BY uri
)
SELECT f.document_id
FROM {_FILES} f
JOIN newest n ON n.uri = f.uri AND n.document_id = f.document_id
JOIN {NAME}.documents d ON d.document_id = f.document_id
WHERE d.duplicate_of IS NULL OR d.duplicate_of IN (SELECT document_id FROM {NAME}.notices)
"""
_HELD = f"""
SELECT d.sha256, min(d.document_id), any_value(d.notice_id)
FROM {NAME}.documents d JOIN {NAME}.notices n ON n.document_id = d.document_id
WHERE d.sha256 IN (SELECT sha256 FROM {_FILES}) AND d.notice_id NOT IN (SELECT notice_id FROM {_FILES})
GROUP BY d.sha256
"""


@dataclass(frozen=True, slots=True)
class FileKey:
    """A file as it is now: where it is, what its bytes hash to, and the ids that follow from both."""

    uri: str
    sha256: str
    document_id: str
    notice_id: str


def unchanged(lake: Lake, files: Sequence[FileKey]) -> frozenset[str]:
    """The document_ids of those ``files`` that need no reading: the warehouse has them as they are."""
    if not files:
        return frozenset()
    with_files(lake, files)
    try:
        return frozenset(row[0] for row in lake.execute(_UNCHANGED).fetchall())
    finally:
        lake.connection.unregister(_FILES)


def held_elsewhere(lake: Lake, files: Sequence[FileKey]) -> dict[str, tuple[str, str]]:
    """SHA-256 → (document_id, notice_id) of published documents at another uri with the bytes of one of ``files``.

    Notices that ``files`` are about to replace do not count.
    """
    if not files:
        return {}
    with_files(lake, files)
    try:
        return {sha256: (document_id, notice_id) for sha256, document_id, notice_id in lake.execute(_HELD).fetchall()}
    finally:
        lake.connection.unregister(_FILES)


def with_files(lake: Lake, files: Sequence[FileKey]) -> None:
    """Make ``files`` a view that the queries of this module join."""
    columns = {name: [getattr(file, name) for file in files] for name in FileKey.__slots__}
    lake.connection.register(_FILES, pa.table({name: pa.array(values, pa.string()) for name, values in columns.items()}))
