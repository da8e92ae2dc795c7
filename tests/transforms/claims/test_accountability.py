"""Accountability: the corpus."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest

from transforms.claims.accountability import accountability
from transforms.outline.tree import Outline
from transforms.records.statements import Accountability
from transforms.source import Closed, Source
from transforms.text.folding import fold

ROOT = Path(__file__).resolve().parents[3]
CORPUS = tomllib.loads((ROOT / "tests/corpus/accountability.toml").read_text("utf-8"))


def read(text: str) -> tuple[Accountability, ...]:
    """The rows of ``text``, which is taken to have no outline."""
    source = Source("0" * 16, fold(text))
    return accountability(source, Closed(len(source.text.folded)), Outline())


def comparable(row: Accountability, expected: list[Any]) -> list[Any]:
    """``row`` in the form of a corpus row, with only the columns that ``expected`` speaks of."""
    number = row.bodies if row.persons is None else row.persons
    given: list[Any] = [row.kind, "" if number is None else number]
    if len(expected) > 2:
        given.append({name: "" if (value := getattr(row, name)) is None else value for name in expected[2]})
    return given


@pytest.mark.parametrize("row", CORPUS["found"], ids=lambda row: row["why"])
def test_what_is_found(row: dict[str, Any]) -> None:
    """Every row of the corpus is read with the stated columns, and nothing else."""
    found = read(row["text"])

    assert len(row["rows"]) == len(found), [(one.kind, one.persons, one.surface) for one in found]
    assert row["rows"] == [comparable(one, expected) for one, expected in zip(found, row["rows"], strict=True)]


@pytest.mark.parametrize("row", CORPUS["not_found"], ids=lambda row: row["why"])
def test_what_is_not_found(row: dict[str, Any]) -> None:
    """Look-alikes give no row."""
    assert [one.surface for one in read(row["text"])] == []


def test_headline_of_a_reposter_is_not_read() -> None:
    """What stands above the notice tells its numbers a second time."""
    text = "问责31人!某市公布整改“成绩单”\n关于巡察整改情况的通报\n问责31人。"
    source = Source("0" * 16, fold(text))
    body = text.rindex("\n") + 1

    rows = accountability(source, Closed(len(source.text.folded)), Outline(section_starts=(body,), section_names=("lead",)))

    assert [row.start_char for row in rows] == [body]
