"""The table of titles in tests/corpus/titles.toml."""

from __future__ import annotations

from typing import Any

import pytest

from tests.transforms.identity.corpus import read, rows
from transforms.identity.title import title


@pytest.mark.parametrize("row", rows("titles", "found"))
def test_title_is_found(row: dict[str, Any]) -> None:
    """The title and the number of its lines are those of the row."""
    source, parts = read(row["text"])

    found = title(source, parts)

    assert found is not None
    assert (row["title"], row["lines"]) == (found.text, found.lines)


@pytest.mark.parametrize("row", rows("titles", "not_found"))
def test_no_title_is_made_up(row: dict[str, Any]) -> None:
    """A page without a title has none."""
    source, parts = read(row["text"])

    assert title(source, parts) is None
