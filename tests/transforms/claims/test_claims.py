"""Claims: the corpus."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest

from transforms.claims.claims import claims
from transforms.outline.tree import Outline
from transforms.records.statements import Claim
from transforms.source import Closed, Source
from transforms.text.folding import fold

ROOT = Path(__file__).resolve().parents[3]
CORPUS = tomllib.loads((ROOT / "tests/corpus/claims.toml").read_text("utf-8"))


def read(text: str, outline: Outline | None = None) -> tuple[Claim, ...]:
    """The claims of ``text``, which is taken to have no outline unless one is given."""
    source = Source("0" * 16, fold(text))
    return claims(source, Closed(len(source.text.folded)), outline or Outline(), ())


def comparable(claim: Claim, expected: list[Any], any_status: list[str]) -> list[Any]:
    """``claim`` in the form of a corpus row, with only the columns that ``expected`` speaks of."""
    status = expected[1] if claim.subject in any_status else claim.status or ""
    value = "" if claim.value_low is None else claim.value_low
    row: list[Any] = [claim.subject, status, value]
    if len(expected) > 3:
        row.append({name: "" if (value := getattr(claim, name)) is None else value for name in expected[3]})
    return row


def check(row: dict[str, Any]) -> None:
    """Assert that the claims of a corpus row are found, all of them and no others, in the order of the text."""
    found = read(row["text"])

    short = [(claim.subject, claim.status, claim.value_low, claim.surface) for claim in found]
    assert len(row["rows"]) == len(found), short
    assert row["rows"] == [
        comparable(claim, expected, row.get("any_status", [])) for claim, expected in zip(found, row["rows"], strict=True)
    ]


@pytest.mark.parametrize("row", CORPUS["found"], ids=lambda row: row["why"])
def test_what_is_found(row: dict[str, Any]) -> None:
    """Every row of the corpus is read with the stated columns."""
    check(row)


@pytest.mark.parametrize("row", CORPUS["not_found"], ids=lambda row: row["why"])
def test_what_is_not_found(row: dict[str, Any]) -> None:
    """Look-alikes give no claim."""
    assert [claim.surface for claim in read(row["text"])] == []
