"""Linking notices that are the same one in two places, batch by batch, as they are published.

Each new notice gets its band keys, which workers may make (``signed``). Those that share one with another notice, new or in the
warehouse, are compared word by word, unless their numbers of shingles already tell that they differ. Only texts of what is left are
read again, so that a batch costs one pass over the keys, which are 160 bytes a notice.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from transforms.records.likeness import NearDuplicate, Passage, Signature
from transforms.records.notices import Notice, NoticeText
from transforms.similarity import PASSAGE_KEYS, Hashes, Letters, Passages, band_keys
from warehouse.arrow import arrow_table, schema
from warehouse.lake import NAME, Lake
from warehouse.lookup import batches_of

LEAST_SIMILARITY = 0.8
"""Copies on two sites differ by page furniture and corrections; notices of one template that name other bodies stay below."""
# Texts that differ in the inspected body are one notice only if they differ in hardly anything else (a body read wrong).
_LEAST_OF_OTHER_BODIES = 0.98
# How many of their 20 band keys two notices must share before their texts are read and compared. A key is the same with the sixth power of
# the similarity: of pairs that are alike by 0.8, 98 in 100 share two; by 0.98, all but one in a hundred million share eight.
_LEAST_BANDS, _LEAST_BANDS_OF_OTHER_BODIES = 2, 8
# A key that more notices than this share is a template's, and no sign of a copy.
_MOST_SHARING = 200
# Notices whose hashes are held at a time, 50 kB for a text of the usual length; a large warehouse has many that look alike at first.
_TOGETHER = 2000
_ROWS = 200  # texts that are read at a time
_NEW, _NAMED = "_taizhang_new", "_taizhang_named"
# Two texts have no more shingles in common than the one with fewer has. A warehouse of an older version lacks the counts.
_PAIRS = f"""
WITH fresh AS (SELECT notice_id, unnest(bands) AS band FROM {_NEW}),
signature AS (FROM {_NEW} UNION ALL BY NAME SELECT notice_id, bands, shingle_count FROM {NAME}.signatures),
held AS (
    SELECT notice_id, band FROM (SELECT notice_id, unnest(bands) AS band FROM signature) WHERE band IN (SELECT band FROM fresh)
),
telling AS (SELECT band FROM held GROUP BY band HAVING count(*) BETWEEN 2 AND {_MOST_SHARING}),
pair AS (
    SELECT DISTINCT least(f.notice_id, h.notice_id) AS one, greatest(f.notice_id, h.notice_id) AS other
    FROM fresh f JOIN held h USING (band) JOIN telling USING (band) WHERE f.notice_id <> h.notice_id
),
body AS (FROM {_NAMED} UNION ALL BY NAME SELECT notice_id, inspected_org FROM {NAME}.notices),
needed AS (
    SELECT one, other, CASE WHEN a.inspected_org IS NULL OR b.inspected_org IS NULL OR contains(a.inspected_org, b.inspected_org)
        OR contains(b.inspected_org, a.inspected_org) THEN {LEAST_SIMILARITY} ELSE {_LEAST_OF_OTHER_BODIES} END AS least_similarity
    FROM pair LEFT JOIN body a ON a.notice_id = one LEFT JOIN body b ON b.notice_id = other
)
SELECT one, other, least_similarity FROM needed JOIN signature a ON a.notice_id = one JOIN signature b ON b.notice_id = other
WHERE coalesce(least(a.shingle_count, b.shingle_count) >= least_similarity * greatest(a.shingle_count, b.shingle_count), true)
    AND len(list_intersect(a.bands, b.bands))
        >= CASE WHEN least_similarity < {_LEAST_OF_OTHER_BODIES} THEN {_LEAST_BANDS} ELSE {_LEAST_BANDS_OF_OTHER_BODIES} END
ORDER BY ALL
"""


def signed(tables: Mapping[str, pa.Table]) -> dict[str, pa.Table]:
    """``signatures`` and ``passages`` of the texts in ``tables``; nothing is asked of a warehouse."""
    texts = tables.get(NoticeText.TABLE.name)
    if texts is None or not texts.num_rows:
        return {}
    ids = texts["notice_id"].to_pylist()
    signatures: list[Signature] = []
    passages: list[Passages] = []
    for notice_id, text in zip(ids, texts["text"].to_pylist(), strict=True):
        letters = Letters(text)
        hashes = letters.shingles()
        signatures.append(Signature(notice_id=notice_id, bands=band_keys(hashes), shingle_count=_distinct(hashes).size))
        passages.append(letters.passages())
    return {Signature.TABLE.name: arrow_table(Signature, signatures), Passage.TABLE.name: _passage_table(ids, passages)}


def likeness(lake: Lake, tables: Mapping[str, pa.Table]) -> dict[str, pa.Table]:
    """``near_duplicates`` for the notices of ``tables``, whose old rows are deleted already; and what ``signed`` gives if it is not there."""
    texts, signatures = tables.get(NoticeText.TABLE.name), tables.get(Signature.TABLE.name)
    if texts is None or not texts.num_rows:
        return {}
    made = signed(tables) if signatures is None or signatures.num_rows < texts.num_rows else {}
    links = list(_links(lake, {**tables, **made}))
    return {**made, NearDuplicate.TABLE.name: arrow_table(NearDuplicate, links)}


def _passage_table(ids: Sequence[str], passages: Sequence[Passages]) -> pa.Table:
    starts, ends, keys = (np.concatenate([getattr(each, name) for each in passages]) for name in ("start", "end", "keys"))
    owners = np.repeat(np.arange(len(ids)), [each.start.size for each in passages])
    offsets = np.arange(0, keys.size + 1, PASSAGE_KEYS, dtype=np.int32)
    return pa.Table.from_arrays(
        [
            pa.array(ids, pa.string()).take(pa.array(owners)),
            pa.array(starts),
            pa.array(ends),
            pa.ListArray.from_arrays(offsets, keys.ravel()),
        ],
        schema=schema(Passage),
    )


def _links(lake: Lake, tables: Mapping[str, pa.Table]) -> Iterator[NearDuplicate]:
    notices = tables.get(Notice.TABLE.name)
    named = (schema(Notice).empty_table() if notices is None else notices).select(["notice_id", "inspected_org"])
    with lake.registered(_NEW, tables[Signature.TABLE.name]), lake.registered(_NAMED, named):
        pairs = lake.execute(_PAIRS).fetchall()
    for group in _groups(pairs):
        wanted = sorted({notice_id for one, other, _ in group for notice_id in (one, other)})
        texts = _texts(lake, tables[NoticeText.TABLE.name], wanted)
        hashes = {notice_id: _distinct(Letters(text).shingles()) for notice_id, text in texts}
        for one, other, least in group:
            if one not in hashes or other not in hashes:
                continue  # damage took a text
            alike = _similarity(hashes[one], hashes[other])
            if alike >= least:
                yield NearDuplicate(notice_id=one, other_notice_id=other, similarity=round(alike, 4))
                yield NearDuplicate(notice_id=other, other_notice_id=one, similarity=round(alike, 4))


def _groups(pairs: Sequence[tuple[str, str, float]]) -> Iterator[list[tuple[str, str, float]]]:
    """``pairs`` in their order, cut so that those of a group name a bounded number of notices."""
    group: list[tuple[str, str, float]] = []
    named: set[str] = set()
    for pair in pairs:
        if len(named) >= _TOGETHER:
            yield group
            group, named = [], set()
        group.append(pair)
        named.update(pair[:2])
    if group:
        yield group


def _distinct(hashes: Hashes) -> Hashes:
    """Each hash once, in rising order; numpy's own ``unique`` takes six times as long for a text."""
    ordered = np.sort(hashes)
    distinct: Hashes = ordered[np.concatenate((ordered[:1] == ordered[:1], ordered[1:] != ordered[:-1]))]
    return distinct


def _similarity(one: Hashes, other: Hashes) -> float:
    """``similarity`` of hashes that are distinct and in order."""
    at = np.searchsorted(other, one)
    common = int(np.count_nonzero(other[np.minimum(at, other.size - 1)] == one)) if other.size else 0
    return common / max(1, one.size + other.size - common)


def _texts(lake: Lake, new: pa.Table, wanted: list[str]) -> Iterator[tuple[str, str]]:
    """The texts of the ``wanted`` notices, from the batch at hand and from the warehouse, which is not asked for none."""
    found = new.filter(pc.is_in(new["notice_id"], pa.array(wanted)))
    ids = found["notice_id"].to_pylist()
    yield from zip(ids, found["text"].to_pylist(), strict=True)
    if others := sorted(set(wanted) - set(ids)):
        for rows in batches_of(lake, NoticeText.TABLE.name, others, "notice_id, text", _ROWS):
            yield from zip(rows["notice_id"].to_pylist(), rows["text"].to_pylist(), strict=True)
