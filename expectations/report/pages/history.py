"""What changed since the run before, where the warehouse lets one look back.

The lake keeps a snapshot for every publish and writes the run's id into its message, so the newest snapshot of an earlier run holds
the verdicts after it. Where ``query`` reaches no snapshots (tables in memory, a lake that was compacted), there is no history.
"""

from __future__ import annotations

import duckdb

from expectations.report.rows import Query, Row, quoted, rows

# How many earlier runs are looked at to tell a discrepancy that is back again from a new one.
_EARLIER = 5
_SHOWN = 200
_LAST_SNAPSHOTS = """
SELECT run_id, max(snapshot_id) AS snapshot_id
FROM (SELECT snapshot_id, regexp_extract(commit_message, '^run ([^ :]+)', 1) AS run_id FROM ducklake_snapshots(current_database()))
WHERE run_id <> '' GROUP BY run_id ORDER BY snapshot_id DESC LIMIT {limit}
"""
_ODD = "SELECT notice_id, check_id FROM check_results{at} WHERE verdict IN ('fail', 'review')"
_CHANGES = """
WITH present AS ({present}), previous AS ({previous}), older AS ({older}), joined AS (
    SELECT coalesce(p.notice_id, q.notice_id) AS notice_id, coalesce(p.check_id, q.check_id) AS check_id,
           CASE WHEN p.notice_id IS NULL THEN 'fixed' WHEN q.notice_id IS NOT NULL THEN 'same'
                WHEN (p.notice_id, p.check_id) IN (SELECT (notice_id, check_id) FROM older) THEN 'reopened' ELSE 'new' END AS change
    FROM present p FULL JOIN previous q ON p.notice_id = q.notice_id AND p.check_id = q.check_id
)
"""


def drift(query: Query) -> Row | None:
    """Numbers of new, gone, returned and unchanged discrepancies and the first of them; None without an earlier run."""
    try:
        runs = rows(query, _LAST_SNAPSHOTS.format(limit=_EARLIER + 1))
        if len(runs) < 2:
            return None
        at = [f" AT (VERSION => {int(run['snapshot_id'])})" for run in runs]
        older = " UNION ".join(_ODD.format(at=each) for each in at[2:]) or "SELECT '' AS notice_id, '' AS check_id WHERE false"
        with_changes = _CHANGES.format(present=_ODD.format(at=""), previous=_ODD.format(at=at[1]), older=older)
        numbers = {
            row["change"]: row["number"]
            for row in rows(query, with_changes + "SELECT change, count(*) AS number FROM joined GROUP BY change")
        }
        listed = with_changes + (
            "SELECT j.*, n.inspected_org, n.title, n.notice_id IS NOT NULL AS is_held FROM joined j LEFT JOIN notices n USING (notice_id) "
            f"WHERE change <> 'same' ORDER BY change, check_id, j.notice_id LIMIT {_SHOWN}"
        )
        ended = rows(
            query, f"SELECT strftime(finished_at, '%Y-%m-%d %H:%M') AS ended FROM runs WHERE run_id = '{quoted(runs[1]['run_id'])}'"
        )
        return {"run": ended[0]["ended"] if ended else runs[1]["run_id"], "numbers": numbers, "rows": rows(query, listed)}
    except duckdb.Error:
        return None
