"""What the warehouse knows of the files of a batch: unchanged, or bytes that a published notice already has."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import pyarrow as pa

from warehouse.lake import NAME, Lake

_FILES = "_taizhang_files"
# A file is unchanged if the newest document of its uri has its bytes. A duplicate counts as unchanged only as long as the
# document that it repeats is still a notice's current one, and stays so as far as these files show; else its words would be in
# no notice at all.
_UNCHANGED = f"""
WITH newest AS (
    SELECT uri, arg_max(document_id, seen_at) AS document_id
    FROM {NAME}.documents WHERE uri IN (SELECT uri FROM {_FILES}) GROUP BY uri
),
current AS (
    SELECT n.document_id FROM {NAME}.notices n LEFT JOIN {_FILES} f ON f.notice_id = n.notice_id
    WHERE f.document_id IS NULL OR f.document_id = n.document_id
)
SELECT f.document_id
FROM {_FILES} f
JOIN newest n ON n.uri = f.uri AND n.document_id = f.document_id
JOIN {NAME}.documents d ON d.document_id = f.document_id
WHERE d.duplicate_of IS NULL OR d.duplicate_of IN (SELECT document_id FROM current)
"""
_HELD = f"""
SELECT arg_min(d.uri, d.document_id), d.sha256, min(d.document_id), arg_min(d.notice_id, d.document_id)
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
    return frozenset(row[0] for row in _joined(lake, files, _UNCHANGED))


def held_elsewhere(lake: Lake, files: Sequence[FileKey]) -> list[FileKey]:
    """Published documents at other uris that have the bytes of one of ``files``, one for each SHA-256.

    Notices that ``files`` are about to replace do not count.
    """
    return [FileKey(*row) for row in _joined(lake, files, _HELD)]


def with_own_notice(lake: Lake, files: Sequence[FileKey]) -> frozenset[str]:
    """The notice_ids of those ``files`` whose place has a notice in the warehouse, of whatever content."""
    return frozenset(
        row[0] for row in _joined(lake, files, f"SELECT notice_id FROM {NAME}.notices WHERE notice_id IN (SELECT notice_id FROM {_FILES})")
    )


def _joined(lake: Lake, files: Sequence[FileKey], sql: str) -> list[tuple[Any, ...]]:
    """The rows of ``sql``, which joins ``files`` as a view."""
    if not files:
        return []
    columns = {name: [getattr(file, name) for file in files] for name in ("uri", "sha256", "document_id", "notice_id")}
    lake.connection.register(_FILES, pa.table({name: pa.array(values, pa.string()) for name, values in columns.items()}))
    try:
        return lake.execute(sql).fetchall()
    finally:
        lake.connection.unregister(_FILES)
