"""The list of notices: one compact row each, as the browser searches, sorts and filters them."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from typing import Any

from expectations.report.rows import Query, Row, batches, between, body_name, file_name
from expectations.report.words import Words

# In the order in which assets/notices.js reads them.
COLUMNS = (
    "file",
    "name",
    "title",
    "county",
    "genre",
    "year",
    "inspector",
    "feedback",
    "signed",
    "problems",
    "fail",
    "review",
    "pass",
    "not_checkable",
    "coverage",
    "uri",
)
_BATCH = 2000
_ROWS = """
WITH verdicts AS (
    SELECT notice_id, count(*) FILTER (verdict = 'fail') AS fail, count(*) FILTER (verdict = 'review') AS review,
           count(*) FILTER (verdict = 'pass') AS pass, count(*) FILTER (verdict = 'not_checkable') AS not_checkable
    FROM check_results WHERE {which} GROUP BY notice_id
), counted AS (
    SELECT notice_id, count(*) AS problems FROM problems WHERE {which} GROUP BY notice_id
)
SELECT n.notice_id, n.inspected_org, n.title, n.inspector, n.genre, coalesce(n.county, n.city, n.province) AS county,
       n.feedback_earliest, n.feedback_latest, n.signed_earliest, n.signed_latest, n.published_earliest, n.inspection_start_earliest,
       n.char_count, n.covered_char_count, d.uri, coalesce(c.problems, 0) AS problems,
       coalesce(v.fail, 0) AS fail, coalesce(v.review, 0) AS review, coalesce(v.pass, 0) AS pass, coalesce(v.not_checkable, 0) AS not_checkable
FROM (SELECT * FROM notices WHERE {which}) n LEFT JOIN documents d ON d.document_id = n.document_id
LEFT JOIN verdicts v ON v.notice_id = n.notice_id LEFT JOIN counted c ON c.notice_id = n.notice_id
ORDER BY n.notice_id
"""


def notice_rows(query: Query, words: Words) -> Iterator[list[Any]]:
    """The rows in the order of ``COLUMNS``, read in batches."""
    for span in batches(query, _BATCH):
        for row in query(_ROWS.format(which=between(span))).to_pylist():
            yield _compact(row, words)


def _compact(row: Row, words: Words) -> list[Any]:
    year = next(
        (
            row[name].year
            for name in ("signed_earliest", "published_earliest", "feedback_earliest", "inspection_start_earliest")
            if row[name]
        ),
        None,
    )
    return [
        file_name(row["notice_id"]),
        body_name(row),
        row["title"] or "",
        row["county"] or "",
        words.label("genre", row["genre"]),
        year or "",
        row["inspector"] or "",
        day(row["feedback_earliest"], row["feedback_latest"]),
        day(row["signed_earliest"], row["signed_latest"]),
        row["problems"],
        row["fail"],
        row["review"],
        row["pass"],
        row["not_checkable"],
        round(100 * row["covered_char_count"] / row["char_count"]) if row["char_count"] else 0,
        (row["uri"] or "").rsplit("/", 1)[-1],
    ]


def day(earliest: Any, latest: Any) -> str:
    """A day, or the month or year that two days span, else both days."""
    if not earliest or not latest:
        return ""
    first, last = earliest.isoformat(), latest.isoformat()
    if first == last:
        return str(first)
    after = latest + datetime.timedelta(days=1)
    if earliest.day == 1 and after.day == 1:
        if first[:7] == last[:7]:
            return str(first[:7])
        if first[:4] == last[:4] and earliest.month == 1 and after.month == 1:
            return str(first[:4])
    return f"{first}–{last[8:] if first[:7] == last[:7] else last}"
