"""The table of inspectors and kinds in tests/corpus/inspectors.toml."""

from __future__ import annotations

from typing import Any

import pytest

from tests.transforms.identity.corpus import read, rows
from transforms.identity.identity import identity


def _columns(row: dict[str, Any]) -> dict[str, Any]:
    source, parts = read((row["title"] + "\n" if "title" in row else "") + row["text"])
    return identity(source, parts, genre="notice")


@pytest.mark.parametrize("row", rows("inspectors", "found"))
def test_inspector_and_kind(row: dict[str, Any]) -> None:
    """Team and kind are those of the row."""
    columns = _columns(row)

    assert (row["inspector"] or None, row["kind"]) == (columns["inspector"], columns["inspection_kind"])


@pytest.mark.parametrize("row", rows("inspectors", "not_found"))
def test_no_inspector_is_made_up(row: dict[str, Any]) -> None:
    """Offices and follow-up teams inspect nobody."""
    assert _columns(row)["inspector"] is None
