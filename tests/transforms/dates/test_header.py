"""Runs tests/corpus/dates_header.toml: the five dates of a notice's head."""

from __future__ import annotations

import datetime
import tomllib
from pathlib import Path
from typing import Any

import pytest

from transforms.dates.header import header_dates
from transforms.dates.mentions import date_mentions
from transforms.layout import layout
from transforms.source import Closed, Source
from transforms.text.folding import fold

CORPUS = tomllib.loads((Path(__file__).resolve().parents[2] / "corpus/dates_header.toml").read_text("utf-8"))
COLUMNS = {"start": "inspection_start", "end": "inspection_end", "feedback": "feedback", "signed": "signed", "published": "published"}


def head(words: str, page: dict[str, str] | None = None) -> dict[str, Any]:
    """The date columns of a notice."""
    source = Source("0" * 16, fold(words), page or {})
    parts = layout(source.text)
    return header_dates(source, parts, date_mentions(source, Closed(len(source.text.folded)), parts, None))


def values(columns: dict[str, Any]) -> dict[str, str]:
    """The dates that were found, as the corpus writes them."""
    told = {}
    for name, column in COLUMNS.items():
        if f"{column}_raw" in columns:
            earliest, latest = columns[f"{column}_earliest"], columns[f"{column}_latest"]
            told[name] = "null" if earliest is None else str(earliest) if earliest == latest else f"{earliest}..{latest}"
    return told


@pytest.mark.parametrize("row", [pytest.param(row, id=row["why"]) for row in CORPUS["found"]])
def test_head(row: dict[str, Any]) -> None:
    """The head has exactly the dates that the row names, and the years come from where it says."""
    columns = head(row["text"])
    assert values(columns) == {name: row[name] for name in COLUMNS if name in row}
    assert row.get("inferred", {}) == {name: columns[f"{COLUMNS[name]}_inferred"] for name in row.get("inferred", {})}


def test_page_fields_give_the_publication() -> None:
    """Where the text prints no day of publication, the page's own field does, then its address."""
    day = datetime.date(2024, 7, 26)
    assert head("正文。", {"published": "2024-07-26 10:00"})["published_earliest"] == day
    assert head("正文。", {"url": "https://www.example.cn/art/2024/7/26/art_1_2.html"})["published_earliest"] == day
    assert head("正文。", {"url": "https://www.example.cn/xxgk/202407/t20240726_55.html"})["published_latest"] == day
    assert "published_raw" not in head("正文。", {"url": "https://www.example.cn/list/2024/index.html"})


def test_printed_publication_comes_before_the_page_field() -> None:
    """What the text prints is better evidence than a field of the page."""
    columns = head("发布日期:2024-07-26\n正文开始。", {"published": "2024-07-30"})
    assert columns["published_earliest"] == datetime.date(2024, 7, 26)
    assert columns["published_span"].start_char == 5
