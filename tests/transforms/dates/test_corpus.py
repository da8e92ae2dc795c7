"""Runs tests/corpus/dates.toml: which dates a text holds, and what they are worth."""

from __future__ import annotations

import datetime
import tomllib
from pathlib import Path
from typing import Any

import pytest

from transforms.dates.found import Found
from transforms.dates.mentions import scan_text
from transforms.text.folding import fold

CORPUS = tomllib.loads((Path(__file__).resolve().parents[2] / "corpus/dates.toml").read_text("utf-8"))
REFERENCE = datetime.date(2024, 6, 30)


def rows(section: str) -> list[Any]:
    """One parameter a row, named by its text."""
    return [pytest.param(row, id=row["text"][:24]) for row in CORPUS.get(section, [])]


def value(found: Found) -> str:
    """The value of a date as the corpus writes it."""
    if found.earliest is None:
        return f"null:{found.null_reason}"
    return str(found.earliest) if found.earliest == found.latest else f"{found.earliest}..{found.latest}"


def marks(found: Found) -> set[str]:
    """Everything that a row may say about a date beside its value."""
    told = {f"precision={found.precision}", f"clock={found.clock}", found.range_part or "", found.inferred or ""}
    return told | ({"redacted"} if found.is_redacted else set())


def check(row: dict[str, Any]) -> None:
    """Every date of the row and no other, each with its value and marks."""
    text = fold(row["text"])
    found = scan_text(text, row.get("reference", REFERENCE))
    expected = [[part.strip() for part in date.split("|")] for date in row.get("dates", [])]
    assert [[text.folded[item.start : item.end], value(item)] for item in found] == [date[:2] for date in expected]
    for item, date in zip(found, expected, strict=True):
        assert {mark for mark in "".join(date[2:]).split(",") if mark} <= marks(item)


@pytest.mark.parametrize("row", rows("found"))
def test_found(row: dict[str, Any]) -> None:
    """The text holds exactly the dates that its row lists."""
    check(row)


@pytest.mark.parametrize("row", rows("not_found"))
def test_not_found(row: dict[str, Any]) -> None:
    """The text holds no date."""
    assert scan_text(fold(row["text"]), REFERENCE) == []


@pytest.mark.parametrize("row", rows("known_failures"))
@pytest.mark.xfail(strict=True)
def test_known_failure(row: dict[str, Any]) -> None:
    """The row says what should be read and is not yet."""
    check(row)


def test_corpus_is_large_and_explained() -> None:
    """The corpus keeps its size, every row says why it is there, and no text stands twice."""
    all_rows = [row for section in CORPUS.values() for row in section]
    assert len(all_rows) >= 90
    assert all(row["why"] for row in all_rows)
    assert len({row["text"] for row in all_rows}) == len(all_rows)
