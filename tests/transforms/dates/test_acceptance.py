"""The dates of the shared labelled notices and seeds; skipped where the folder ../shared is absent."""

from __future__ import annotations

import calendar
import json
from pathlib import Path
from typing import Any

import pytest
import yaml

from transforms.dates.header import header_dates
from transforms.dates.mentions import date_mentions
from transforms.layout import layout
from transforms.records.statements import DateMention
from transforms.source import Closed, Source
from transforms.text.folding import fold

SHARED = Path(__file__).resolve().parents[3] / "../shared"
NAMES = {
    "inspection_start": "inspection_start",
    "inspection_end": "inspection_end",
    "feedback_date": "feedback",
    "signed_date": "signed",
    "published_date": "published",
    "published_at": "published",
}

pytestmark = pytest.mark.skipif(not SHARED.is_dir(), reason="the labelled notices in ../shared are not here")


def cases() -> list[Any]:
    """The labelled notices."""
    path = SHARED / "acceptance/cases.jsonl"
    lines = path.read_text("utf-8").splitlines() if path.exists() else []
    return [pytest.param(case, id=case["id"]) for case in map(json.loads, lines) if case["gold"]["is_notice"]]


def seeds() -> list[Any]:
    """What a careful reader finds in the seeds."""
    path = SHARED / "acceptance/seeds.yaml"
    rows = yaml.safe_load(path.read_text("utf-8")) if path.exists() else []
    return [pytest.param(row, id=row["file"][:3]) for row in rows]


def read(words: str) -> tuple[dict[str, Any], tuple[DateMention, ...]]:
    """Head columns and rows of a text, with no other extractor before them."""
    source = Source("0" * 16, fold(words))
    parts = layout(source.text)
    rows = date_mentions(source, Closed(len(source.text.folded)), parts, None)
    return header_dates(source, parts, rows), rows


def interval(gold: Any) -> tuple[str, str] | None:
    """A label as first and last day: an ISO day or month, {from, to}, or [first, last]."""
    if gold is None:
        return None
    if isinstance(gold, dict):
        if "value" in gold:
            return interval(gold["value"])
        return gold["from"], gold["to"]
    if isinstance(gold, list):
        return str(gold[0]), str(gold[1])
    day = str(gold)[:10]
    if len(day) == 7:
        year, month = map(int, day.split("-"))
        return f"{day}-01", f"{day}-{calendar.monthrange(year, month)[1]:02}"
    return day, day


def found(columns: dict[str, Any], name: str) -> tuple[str, str] | None:
    """A date of the head as first and last day."""
    earliest = columns.get(f"{name}_earliest")
    return None if earliest is None else (str(earliest), str(columns[f"{name}_latest"]))


@pytest.mark.parametrize("case", cases())
def test_head_of_labelled_notice(case: dict[str, Any]) -> None:
    """Every date of the head is the labelled one; where a mask leaves only the year, the year is right as well as nothing."""
    columns, _ = read(case["text"])
    for field, name in NAMES.items():
        if field not in case["gold"]:
            continue
        told = found(columns, name)
        if columns.get(f"{name}_is_redacted") and case["gold"][field] is None:
            assert told is None or columns[f"{name}_precision"] == "year"
        else:
            assert (field, told) == (field, interval(case["gold"][field]))


@pytest.mark.parametrize("gold", seeds())
def test_seed(gold: dict[str, Any]) -> None:
    """The head and the listed dates of each seed are as a careful reader finds them."""
    columns, rows = read((SHARED / "seeds" / gold["file"]).read_text("utf-8"))
    for field, name in NAMES.items():
        if field not in gold:
            continue
        assert (field, found(columns, name)) == (field, interval(gold[field]))
        if isinstance(gold[field], dict):
            assert columns[f"{name}_precision"] == gold[field]["precision"]
            assert columns[f"{name}_is_redacted"] == gold[field].get("redacted", False)
            assert (columns[f"{name}_inferred"] is not None) == gold[field].get("year_inherited", False)
    for date in gold.get("dates_to_get_right", ()):
        matching = [row for row in rows if row.raw == date["raw"]]
        assert matching
        for row in matching:
            check(row, date)


def check(row: DateMention, date: dict[str, Any]) -> None:
    """One date of the body against its label."""
    assert row.earliest is not None and row.latest is not None
    if "precision" in date:
        assert row.precision == date["precision"]
    if date.get("precision") == "year" and "value" in date:
        assert [row.earliest.year, row.latest.year] == date["value"]
    elif "value" in date:
        assert (str(row.earliest), str(row.latest)) == interval(date["value"])
    if date.get("year_inherited"):
        assert row.inferred is not None
