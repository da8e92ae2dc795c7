"""The table of persons in tests/corpus/persons.toml."""

from __future__ import annotations

from typing import Any

import pytest

from tests.transforms.identity.corpus import read, rows
from transforms.identity.persons import is_name, persons


@pytest.mark.parametrize("row", rows("persons", "found"))
def test_persons_with_office(row: dict[str, Any]) -> None:
    """Names are found with the office they are printed with."""
    source, parts = read(row["text"])

    found = persons(source, parts)

    assert row["persons"] == [[person.name, person.office] for person in found]
    assert all(person.surface == person.name for person in found)


@pytest.mark.parametrize("row", rows("persons", "not_found"))
def test_no_person_is_made_up(row: dict[str, Any]) -> None:
    """Offices without a name, and names without an office, are no rows."""
    assert persons(*read(row["text"])) == ()


@pytest.mark.parametrize(
    ("name", "is_one"),
    [("林知远", True), ("欧阳青", True), ("欧阳明远", True), ("林", False), ("林abc", False), ("知远", False), ("林知远山", False)],
)
def test_form_of_a_name(name: str, is_one: bool) -> None:
    """A name is a surname with one or two characters."""
    assert is_one == is_name(name)
