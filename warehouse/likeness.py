"""Linking notices that are the same one in two places, batch by batch, as they are published.

Each new notice gets its band keys; those that share one with another notice, new or in the warehouse, are compared word by word.
Only texts of such candidates are read again, so that a batch costs one pass over the keys, which are 160 bytes a notice.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import numpy as np
import pyarrow as pa

from transforms.records.likeness import NearDuplicate, Passage, Signature
from transforms.records.notices import Notice, NoticeText
from transforms.similarity import PASSAGE_KEYS, Hashes, Letters, band_keys, similarity
from warehouse.arrow import arrow_table, schema
from warehouse.lake import NAME, Lake

LEAST_SIMILARITY = 0.8
"""Copies on two sites differ by page furniture and corrections; notices of one template that name other bodies stay below."""
# Texts that differ in the inspected body are one notice only if they differ in hardly anything else (a body read wrong).
_LEAST_OF_OTHER_BODIES = 0.98
# A key that more notices than this share is a template's, and no sign of a copy.
_MOST_SHARING = 200
_NEW = "_taizhang_new"
_WANTED = "_taizhang_wanted"
_PAIRS = f"""
WITH fresh AS (SELECT notice_id, unnest(bands) AS band FROM {_NEW}),
held AS (
    SELECT notice_id, band FROM (SELECT notice_id, unnest(bands) AS band FROM {NAME}.signatures)
    WHERE band IN (SELECT band FROM fresh)
    UNION ALL SELECT notice_id, band FROM fresh
),
telling AS (SELECT band FROM held GROUP BY band HAVING count(*) BETWEEN 2 AND {_MOST_SHARING})
SELECT DISTINCT least(f.notice_id, h.notice_id), greatest(f.notice_id, h.notice_id)
FROM fresh f JOIN held h USING (band) JOIN telling USING (band) WHERE f.notice_id <> h.notice_id
ORDER BY ALL
"""


def likeness(lake: Lake, tables: Mapping[str, pa.Table]) -> dict[str, pa.Table]:
    """``signatures``, ``passages`` and ``near_duplicates`` for the notices of ``tables``, whose old rows are deleted already."""
    texts = tables.get(NoticeText.TABLE.name)
    if texts is None or not texts.num_rows:
        return {}
    ids = texts["notice_id"].to_pylist()
    signatures: list[Signature] = []
    passages: list[pa.Table] = []
    for notice_id, text in zip(ids, texts["text"].to_pylist(), strict=True):
        letters = Letters(text)
        signatures.append(Signature(notice_id=notice_id, bands=band_keys(letters.shingles())))
        passages.append(_passages(notice_id, letters))
    made = arrow_table(Signature, signatures)
    return {
        Signature.TABLE.name: made,
        Passage.TABLE.name: pa.concat_tables(passages),
        NearDuplicate.TABLE.name: arrow_table(NearDuplicate, list(_links(lake, made, tables))),
    }


def _passages(notice_id: str, letters: Letters) -> pa.Table:
    found = letters.passages()
    count = len(found.start)
    keys = pa.ListArray.from_arrays(np.arange(0, (count + 1) * PASSAGE_KEYS, PASSAGE_KEYS, dtype=np.int32), found.keys.ravel())
    return pa.Table.from_arrays(
        [pa.repeat(notice_id, count), pa.array(found.start), pa.array(found.end), keys],
        schema=schema(Passage),
    )


def _links(lake: Lake, signatures: pa.Table, tables: Mapping[str, pa.Table]) -> Iterator[NearDuplicate]:
    with _registered(lake, _NEW, signatures):
        pairs = lake.execute(_PAIRS).fetchall()
    if not pairs:
        return
    wanted = sorted({notice_id for pair in pairs for notice_id in pair})
    hashes: dict[str, Hashes] = {}
    for notice_id, text in _values(lake, tables, wanted, NoticeText.TABLE.name, "text"):
        hashes[notice_id] = np.unique(Letters(text).shingles())
    bodies = dict(_values(lake, tables, wanted, Notice.TABLE.name, "inspected_org"))
    for one, other in pairs:
        if one not in hashes or other not in hashes:
            continue  # damage took a text
        alike = similarity(hashes[one], hashes[other])
        if alike >= (LEAST_SIMILARITY if _may_be_one(bodies.get(one), bodies.get(other)) else _LEAST_OF_OTHER_BODIES):
            yield NearDuplicate(notice_id=one, other_notice_id=other, similarity=round(alike, 4))
            yield NearDuplicate(notice_id=other, other_notice_id=one, similarity=round(alike, 4))


def _may_be_one(one: str | None, other: str | None) -> bool:
    """Two names may be one body's: one is not told, or holds the other (县教育局, 云溪县教育局党组)."""
    return not one or not other or one in other or other in one


def _values(lake: Lake, tables: Mapping[str, pa.Table], wanted: list[str], table: str, column: str) -> Iterator[tuple[str, Any]]:
    """``column`` of the ``wanted`` notices, from the batch at hand and from the warehouse."""
    new = tables.get(table)
    if new is not None and new.num_rows:
        yield from _pairs(new.filter(pa.compute.is_in(new["notice_id"], pa.array(wanted))).select(["notice_id", column]))
    with _registered(lake, _WANTED, pa.table({"notice_id": pa.array(wanted, pa.string())})):
        yield from _pairs(
            lake.query(f"SELECT notice_id, {column} FROM {NAME}.{table} WHERE notice_id IN (SELECT notice_id FROM {_WANTED})")
        )


def _pairs(table: pa.Table) -> Iterable[tuple[str, Any]]:
    return zip(table.column(0).to_pylist(), table.column(1).to_pylist(), strict=True)


@contextlib.contextmanager
def _registered(lake: Lake, name: str, table: pa.Table) -> Iterator[None]:
    lake.connection.register(name, table)
    try:
        yield
    finally:
        lake.connection.unregister(name)
