"""The discrepancy ledger: every verdict that does not agree or is to be reviewed, with the words of both sides."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from expectations.check_files import Check
from expectations.report.pages.overview import check_title
from expectations.report.rows import COUNTED, Query, Row, body_name, file_name, quoted, rows
from expectations.report.words import Words

# Characters of context shown on either side of a quoted passage, and the longest passage quoted whole.
CONTEXT = 24
LONGEST = 160
QUOTES = 8
_BATCH = 500
_ROWS = """
WITH wanted AS (
    SELECT * FROM check_results WHERE verdict = '{verdict}' AND check_id = '{check}' AND notice_id > '{after}' AND {counted}
    ORDER BY notice_id LIMIT {limit}
)
SELECT r.*, t.text, n.title, n.inspected_org, n.genre, coalesce(n.county, n.city, n.province) AS county,
       coalesce(n.signed_earliest, n.published_earliest, n.feedback_earliest) AS dated, d.uri
FROM wanted r JOIN notices n USING (notice_id) JOIN texts t USING (notice_id) LEFT JOIN documents d ON d.document_id = n.document_id
ORDER BY r.notice_id
"""
_GROUPS = f"SELECT verdict, check_id, count(*) AS number FROM check_results WHERE verdict IN ('fail', 'review') AND {COUNTED} GROUP BY ALL ORDER BY verdict, check_id"


def groups(query: Query) -> list[Row]:
    """How many discrepancies there are, by verdict and check, in the ledger's order."""
    return rows(query, _GROUPS)


def discrepancies(query: Query, words: Words, checks: Mapping[str, Check]) -> Iterator[Row]:
    """The ledger's rows, what does not agree first, then by check and notice; read in batches."""
    for group in groups(query):
        after = ""
        while True:
            sql = _ROWS.format(
                verdict=group["verdict"], check=quoted(group["check_id"]), after=quoted(after), limit=_BATCH, counted=COUNTED
            )
            found = rows(query, sql)
            for row in found:
                yield _shaped(row, words, checks.get(row["check_id"]))
            if len(found) < _BATCH:
                break
            after = found[-1]["notice_id"]


def _shaped(row: Row, words: Words, check: Check | None) -> Row:
    return {
        "file": file_name(row["notice_id"]),
        "notice_id": row["notice_id"],
        "body": body_name(row),
        "county": row["county"] or "",
        "genre": row["genre"],
        "year": row["dated"].year if row["dated"] else "",
        "uri": row["uri"] or "",
        **verdict_words(row, words, check),
        "claimed": quotes(row["text"], row["lhs_spans"]),
        "found": quotes(row["text"], row["rhs_spans"]),
    }


def verdict_words(row: Row, words: Words, check: Check | None) -> Row:
    """A verdict in the report's words; shared by the ledger and the notice's own page."""
    reason = row["reason"] or ""
    advice = words.label("suggestion", reason) if reason else ""
    return {
        "check_id": row["check_id"],
        "title": check_title(check, words),
        "rule": words.rule(check.id, check.rule) if check else "",
        "severity": check.severity if check else "info",
        "verdict": row["verdict"],
        "reason": words.label("reason", reason) if reason else "",
        "lhs": row["lhs"] or "",
        "rhs": row["rhs"] or "",
        "equation": row["equation"] or "",
        "reading": words.reading(row["reading"]),
        "suggestion": advice if advice != reason else "",
    }


def quotes(text: str, spans: list[Row] | None) -> list[Row]:
    """``spans`` as quotations: pieces of a line, those of the spans marked; spans that stand close together share one.

    Each has ``start``, ``words`` (the marked pieces in one string) and ``pieces``, pairs of words and whether they are marked.
    """
    found: list[Row] = []
    stop = -1
    for start, end in sorted((span["start_char"], span["end_char"]) for span in (spans or [])[:QUOTES]):
        between = text[stop:start] if 0 <= stop <= start else ""
        if found and start >= stop and start - stop <= 2 * CONTEXT and "\n" not in between:
            found[-1]["pieces"] += [(between, False), (_shortened(text[start:end]), True)]
        elif start >= stop:
            if found:
                found[-1]["pieces"].append((_after(text, stop), False))
            before = text[max(0, start - CONTEXT) : start].rsplit("\n", 1)[-1]
            found.append({"start": start, "pieces": [(before, False), (_shortened(text[start:end]), True)]})
        stop = max(stop, end)
    if found:
        found[-1]["pieces"].append((_after(text, stop), False))
    for quote in found:
        quote["words"] = " … ".join(words for words, is_marked in quote["pieces"] if is_marked)
    return found


def _shortened(words: str) -> str:
    return words if len(words) <= LONGEST else f"{words[: LONGEST - 20]}……{words[-16:]}"


def _after(text: str, stop: int) -> str:
    return text[stop : stop + CONTEXT].split("\n", 1)[0]


CSV_COLUMNS = (
    "notice_id",
    "body",
    "county",
    "year",
    "check_id",
    "title",
    "verdict",
    "severity",
    "claimed",
    "found",
    "lhs",
    "rhs",
    "equation",
    "reading",
    "reason",
    "rule",
    "suggestion",
    "uri",
)


def csv_row(row: Row, words: Words) -> list[Any]:
    """``row`` in the order of ``CSV_COLUMNS``."""
    said = {
        **row,
        "verdict": words.label("verdict", row["verdict"]),
        "severity": words.label("severity", row["severity"]),
        "claimed": " ｜ ".join(quote["words"] for quote in row["claimed"]),
        "found": " ｜ ".join(quote["words"] for quote in row["found"]),
    }
    return [said[name] for name in CSV_COLUMNS]
