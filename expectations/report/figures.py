"""What the report tells, read from the warehouse by SQL and shaped for the templates."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pyarrow as pa

Query = Callable[[str], pa.Table]
Row = dict[str, Any]

# Characters of context shown on either side of a quoted passage.
CONTEXT = 24

_NOTICES = """
SELECT n.notice_id, n.genre, n.title, n.inspected_org, n.inspector, n.county, n.region_code,
       n.inspection_start_earliest, n.inspection_end_latest, n.feedback_earliest, n.feedback_latest, n.signed_earliest, n.published_earliest,
       n.char_count, n.covered_char_count, d.uri, d.encoding, d.media_type,
       (SELECT count(*) FROM problems p WHERE p.notice_id = n.notice_id) AS problem_count,
       (SELECT count(*) FROM claims c WHERE c.notice_id = n.notice_id) AS claim_count
FROM notices n LEFT JOIN documents d ON d.document_id = n.document_id
ORDER BY n.inspected_org NULLS LAST, n.notice_id
"""
_VERDICTS = """
SELECT notice_id, verdict, count(*) AS number FROM check_results GROUP BY ALL
"""
_BY_CHECK = """
SELECT check_id, verdict, count(*) AS number FROM check_results GROUP BY ALL ORDER BY check_id
"""
_DISCREPANCIES = """
SELECT r.*, t.text, n.title, n.inspected_org, d.uri
FROM check_results r JOIN notices n USING (notice_id) JOIN texts t USING (notice_id) LEFT JOIN documents d ON d.document_id = n.document_id
WHERE r.verdict IN ('fail', 'review')
ORDER BY r.verdict, r.check_id, n.inspected_org
"""
_REASONS = """
SELECT reason, count(*) AS number FROM check_results WHERE verdict = 'not_checkable' GROUP BY ALL ORDER BY number DESC, reason
"""
_REJECTS = "SELECT uri, reason, stage, message FROM rejects ORDER BY uri"
_RUNS = "SELECT * FROM runs ORDER BY started_at DESC LIMIT 1"
_EXPECTATIONS = """
SELECT * FROM expectation_results WHERE run_id = (SELECT run_id FROM runs ORDER BY started_at DESC LIMIT 1) ORDER BY is_success, severity, table_name, expectation
"""


@dataclass(frozen=True, slots=True)
class Figures:
    """All that the pages show."""

    notices: list[Row]
    discrepancies: list[Row]
    by_check: dict[str, Row]
    totals: Row
    reasons: list[Row]
    rejects: list[Row]
    run: Row | None
    expectations: list[Row]


def figures(query: Query) -> Figures:
    """The report's figures from the tables that ``query`` reaches."""
    notices = _rows(query, _NOTICES)
    verdicts: dict[str, Row] = {}
    totals: Row = {}
    for row in _rows(query, _VERDICTS):
        verdicts.setdefault(row["notice_id"], {})[row["verdict"]] = row["number"]
        totals[row["verdict"]] = totals.get(row["verdict"], 0) + row["number"]
    by_check: dict[str, Row] = {}
    for row in _rows(query, _BY_CHECK):
        by_check.setdefault(row["check_id"], {})[row["verdict"]] = row["number"]
    runs = _rows(query, _RUNS)
    return Figures(
        notices=[{**notice, "verdicts": verdicts.get(notice["notice_id"], {})} for notice in notices],
        discrepancies=[{**row, "claimed": _quotes(row, "lhs_spans"), "found": _quotes(row, "rhs_spans")} for row in _rows(query, _DISCREPANCIES)],
        by_check=by_check,
        totals=totals,
        reasons=_rows(query, _REASONS),
        rejects=_rows(query, _REJECTS),
        run=runs[0] if runs else None,
        expectations=_rows(query, _EXPECTATIONS),
    )


def _rows(query: Query, sql: str) -> list[Row]:
    rows: list[Row] = query(sql).to_pylist()
    return rows


def _quotes(row: Row, column: str) -> list[Row]:
    """Each span of ``column`` as quoted words with a little of the text around them."""
    text: str = row["text"]
    quotes = []
    for span in (row[column] or [])[:8]:
        start, end = span["start_char"], span["end_char"]
        before, after = text[max(0, start - CONTEXT) : start], text[end : end + CONTEXT]
        quotes.append({"before": before.split("\n")[-1], "words": text[start:end], "after": after.split("\n")[0]})
    return quotes
