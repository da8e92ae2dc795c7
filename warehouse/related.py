"""Notices that a batch is related to: those of the same inspection of a body, and those of a round that a summary speaks of.

Some checks read them too (``-- scope: related``), so their verdicts change when such a notice comes, changes or goes.
"""

from __future__ import annotations

from collections.abc import Sequence

import pyarrow as pa

from warehouse import lookup
from warehouse.lake import NAME, Lake

TABLES = ("notices", "claims", "problems", "next_steps")
"""What is handed over of a related notice; its text is left out, since a round may have hundreds of notices."""
_IDS, _NEW = "_taizhang_ids", "_taizhang_batch"
_COLUMNS = "inspected_org, feedback_earliest, inspection_round, genre, province, city, county"
# the place whose committee names the round, as K28 has it: rounds of other places have the same names
_PLACE = """CASE WHEN inspection_round LIKE '%省委%' OR inspection_round LIKE '%自治区党委%' THEN province
    WHEN inspection_round LIKE '%市委%' THEN city ELSE coalesce(county, city, province) END"""
_RELATED = f"""
WITH touched AS (
    -- the batch as it is, and what the warehouse held of it, whose relatives lose one
    SELECT {_COLUMNS} FROM {_NEW}
    UNION ALL SELECT {_COLUMNS} FROM {NAME}.notices WHERE notice_id IN (SELECT notice_id FROM {_IDS})
), inspections AS (
    SELECT DISTINCT inspected_org, feedback_earliest FROM touched WHERE inspected_org IS NOT NULL AND feedback_earliest IS NOT NULL
), rounds AS (
    -- bodies of a round are counted only where a summary of it is held
    SELECT DISTINCT inspection_round, {_PLACE} AS place FROM touched WHERE inspection_round IS NOT NULL AND {_PLACE} IS NOT NULL
        AND (genre = 'summary' OR (inspection_round, {_PLACE}) IN (SELECT (inspection_round, {_PLACE}) FROM {NAME}.notices WHERE genre = 'summary'))
), told AS (
    SELECT n.notice_id FROM {NAME}.notices n JOIN inspections USING (inspected_org, feedback_earliest)
    UNION SELECT n.notice_id FROM (SELECT notice_id, inspection_round, {_PLACE} AS place FROM {NAME}.notices) n JOIN rounds USING (inspection_round, place)
)
SELECT notice_id FROM told WHERE notice_id NOT IN (SELECT notice_id FROM {_IDS}) ORDER BY notice_id
"""


def related(lake: Lake, notices: pa.Table, gone: Sequence[str] = ()) -> dict[str, pa.Table]:
    """The rows of the notices that those of the table ``notices`` and the ``gone`` ones are related to; empty where there are none.

    Call it before the batch is published: what it replaces still counts.
    """
    ids = pa.table({"notice_id": pa.array([*notices["notice_id"].to_pylist(), *gone], pa.string())})
    with lake.registered(_IDS, ids), lake.registered(_NEW, notices.select(_COLUMNS.split(", "))):
        found = [row[0] for row in lake.execute(_RELATED).fetchall()]
    return rows_of(lake, found, TABLES) if found else {}


def rows_of(lake: Lake, notices: Sequence[str], tables: Sequence[str]) -> dict[str, pa.Table]:
    """The rows of ``notices`` in each of ``tables``."""
    return {name: lookup.rows_of(lake, name, notices) for name in tables}
