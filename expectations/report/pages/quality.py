"""The data-quality page: what the pipeline says about itself."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from expectations.check_files import Check
from expectations.report.charts import Bar, Part, bars
from expectations.report.pages.overview import check_title
from expectations.report.rows import Query, Row, body_name, file_name, rows
from expectations.report.words import Words, labels
from transforms.records.catalogue import TABLES

# Notices up to which the page shows one line each; beyond, numbers by field stand alone.
FEW = 60
SHOWN = 300
_LATEST = "(SELECT run_id FROM runs ORDER BY started_at DESC LIMIT 1)"
_EXPECTATIONS = f"SELECT * FROM expectation_results WHERE run_id = {_LATEST} ORDER BY is_success, severity, table_name, expectation"
_FOLDINGS = "SELECT kind, count(*) AS notices, sum(edit_count)::BIGINT AS edits FROM foldings GROUP BY kind ORDER BY edits DESC, kind"
_ENCODINGS = "SELECT media_type, coalesce(encoding, '') AS encoding, count(*) AS files FROM documents GROUP BY ALL ORDER BY files DESC, media_type, encoding"
_DAMAGE = "SELECT damage, count(*) AS files FROM (SELECT unnest(damage) AS damage FROM documents) GROUP BY damage ORDER BY files DESC, damage LIMIT 100"
REJECTS = "SELECT uri, reason, stage, message FROM rejects ORDER BY uri"
_INFERRED = """
SELECT inferred, count(*) AS number, count(DISTINCT notice_id) AS notices, min_by(surface, (notice_id, start_char)) AS words,
       min_by(earliest, (notice_id, start_char)) AS earliest, min_by(latest, (notice_id, start_char)) AS latest,
       min_by(notice_id, (notice_id, start_char)) AS notice_id, min_by(start_char, (notice_id, start_char)) AS start_char
FROM date_mentions WHERE inferred IS NOT NULL GROUP BY inferred ORDER BY number DESC, inferred
"""
_READINGS = """
SELECT check_id, reading, count(*) AS number, count(*) FILTER (verdict = 'pass') AS pass, count(*) FILTER (verdict IN ('fail', 'review')) AS odd
FROM check_results WHERE reading IS NOT NULL GROUP BY ALL ORDER BY check_id, number DESC, reading LIMIT 400
"""
_VAGUE = """
SELECT modifier, sum(number)::BIGINT AS number FROM (
    SELECT modifier, count(*) AS number FROM claims GROUP BY ALL UNION ALL SELECT modifier, count(*) FROM amounts GROUP BY ALL
    UNION ALL SELECT modifier, count(*) FROM accountability GROUP BY ALL UNION ALL SELECT modifier, count(*) FROM figures GROUP BY ALL
) WHERE modifier <> 'exact' GROUP BY modifier ORDER BY number DESC, modifier
"""
# Fields as the page lists them, and what tells that a notice has one.
_FIELDS = {
    "title": "title IS NOT NULL",
    "inspected_org": "inspected_org IS NOT NULL",
    "inspector": "inspector IS NOT NULL",
    "inspection_round": "inspection_round IS NOT NULL",
    "inspection_start": "inspection_start_earliest IS NOT NULL",
    "inspection_end": "inspection_end_latest IS NOT NULL",
    "feedback": "feedback_earliest IS NOT NULL",
    "signed": "signed_earliest IS NOT NULL",
    "published": "published_earliest IS NOT NULL",
    "signed_org": "signed_org IS NOT NULL",
    "county": "county IS NOT NULL",
    "totals": "notice_id IN (SELECT notice_id FROM claims WHERE is_headline AND status = 'total')",
    "problems": "notice_id IN (SELECT notice_id FROM problems)",
    "measures": "notice_id IN (SELECT notice_id FROM measures)",
    "next_steps": "notice_id IN (SELECT notice_id FROM next_steps)",
    "phone": "notice_id IN (SELECT notice_id FROM contacts WHERE kind = 'phone')",
    "post": "notice_id IN (SELECT notice_id FROM contacts WHERE kind IN ('postcode', 'address'))",
    "email": "notice_id IN (SELECT notice_id FROM contacts WHERE kind = 'email')",
}


def quality(query: Query, words: Words, checks: Mapping[str, Check]) -> dict[str, Any]:
    """What the template of the page needs."""
    expectations = [_expectation(row, words, checks) for row in rows(query, _EXPECTATIONS)]
    own = [row for row in expectations if not row["is_derived"]]
    rejects = rows(query, f"{REJECTS} LIMIT {SHOWN}")
    return {
        "broken": [row for row in own if not row["is_success"]],
        "held_count": sum(row["is_success"] for row in own),
        "held_tables": _by_table(own),
        "derived": [row for row in expectations if row["is_derived"] and not row["is_success"]],
        "foldings": rows(query, _FOLDINGS),
        "encodings": rows(query, _ENCODINGS),
        "damage": rows(query, _DAMAGE),
        "rejects": rejects,
        "reject_count": rows(query, "SELECT count(*) AS number FROM rejects")[0]["number"],
        "fields": _fields(query, words),
        "inferred": [{**row, "file": file_name(row["notice_id"])} for row in rows(query, _INFERRED)],
        "readings": [
            {**row, "title": check_title(checks.get(row["check_id"]), words), "words": words.reading(row["reading"])}
            for row in rows(query, _READINGS)
        ],
        "vague": rows(query, _VAGUE),
    }


def _expectation(row: Row, words: Words, checks: Mapping[str, Check]) -> Row:
    """An expectation in the report's words. Names are ``table.promise`` or ``check.K01``."""
    table, _, promise = row["expectation"].rpartition(".")
    is_derived = table == "check"
    title = f"{promise} {check_title(checks.get(promise), words)}" if is_derived else words.label("promise", promise)
    shown = title if promise in labels()["promise"] or is_derived else row["description"]
    return {
        **row,
        "table": _table_label(row["table_name"], words),
        "title": shown,
        "is_derived": is_derived,
        "check_id": promise if is_derived else "",
    }


def _by_table(expectations: list[Row]) -> list[tuple[str, list[str]]]:
    """What holds for each table, in the order of the tables."""
    held: dict[str, list[str]] = {record.TABLE.name: [] for record in TABLES}
    labels_of = {}
    for row in expectations:
        if row["is_success"]:
            held.setdefault(row["table_name"], []).append(row["title"])
            labels_of[row["table_name"]] = row["table"]
    return [(labels_of[name], titles) for name, titles in held.items() if titles]


def _table_label(name: str, words: Words) -> str:
    label = next((record.TABLE.label for record in TABLES if name == record.TABLE.name), "")
    return label if label and words.language == "zh" else name


def _fields(query: Query, words: Words) -> Row:
    counted = ", ".join(f"count(*) FILTER ({condition}) AS {name}" for name, condition in _FIELDS.items())
    numbers = rows(query, f"SELECT count(*) AS total, {counted} FROM notices")[0]
    total = numbers.pop("total")
    labelled = [(words.label("head", name), number) for name, number in numbers.items()]
    shown = [
        Bar(label, (Part("done", number, f"{label} {number}"),), f"{number:,}  {words.share(number, total)}") for label, number in labelled
    ]
    told = ", ".join(f"{condition} AS has_{name}" for name, condition in _FIELDS.items())
    matrix: list[Row] = []
    if total <= FEW:
        found = rows(query, f"SELECT notice_id, inspected_org, title, {told} FROM notices ORDER BY notice_id")
        matrix = [
            {"name": body_name(row), "file": file_name(row["notice_id"]), "cells": [row[f"has_{name}"] for name in _FIELDS]}
            for row in found
        ]
    return {
        "chart": bars("fields", words.text("fields"), words.text("fields_lead"), shown, float(total)) if total else None,
        "table": [(label, number, words.share(number, total)) for label, number in labelled],
        "names": [label for label, _ in labelled],
        "matrix": matrix,
    }
