"""The table of page fields in tests/corpus/page_fields.toml."""

from __future__ import annotations

from typing import Any

import pytest

from tests.transforms.identity.corpus import read, rows
from transforms.identity.page_fields import page_fields


@pytest.mark.parametrize("row", rows("page_fields", "found"))
def test_fields(row: dict[str, Any]) -> None:
    """Fields and values come in the order of the page, each with its words."""
    source, parts = read(row["text"])

    found = page_fields(source, parts)

    assert row["fields"] == [[field.field, field.value] for field in found]
    assert all(field.surface == source.text.folded[field.start_char : field.end_char] for field in found)
    assert all(field.value in field.surface for field in found)


@pytest.mark.parametrize("row", rows("page_fields", "not_found"))
def test_body_has_no_fields(row: dict[str, Any]) -> None:
    """What stands in the body is no page field."""
    assert page_fields(*read(row["text"])) == ()
