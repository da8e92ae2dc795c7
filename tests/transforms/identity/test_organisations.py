"""The table of inspected bodies in tests/corpus/organisations.toml, and the rows of the organisations table."""

from __future__ import annotations

from typing import Any

import pytest

from tests.transforms.identity.corpus import read, rows
from transforms.identity.identity import identity
from transforms.identity.organisations import organisations


@pytest.mark.parametrize("row", rows("organisations", "found"))
def test_inspected_body(row: dict[str, Any]) -> None:
    """The body is found in its fullest form, and its other name is linked to it."""
    columns = identity(*read(row["text"]))

    assert row["org"] == columns["inspected_org"]
    assert "alias" not in row or row["alias"] in columns["inspected_org_aliases"]


@pytest.mark.parametrize("row", rows("organisations", "not_found"))
def test_no_body_is_made_up(row: dict[str, Any]) -> None:
    """Where no single body is named there is none."""
    assert identity(*read(row["text"]))["inspected_org"] is None


def test_roles_of_bodies() -> None:
    """Inspected body, inspector, signer, publisher and partners are told apart."""
    source, parts = read(
        "中共云溪县水务局党组关于巡察整改情况的通报\n来源:云溪县水务局\n县委第二巡察组对县水务局党组进行了巡察。\n"
        "一、积极配合县教育局和县委组织部核查。\n中共云溪县水务局党组\n2023年3月30日"
    )

    found = {(row.name, row.role) for row in organisations(source, parts, identity(source, parts))}

    assert {
        ("中共云溪县水务局党组", "inspected"),
        ("县水务局党组", "inspected"),
        ("县委第二巡察组", "inspector"),
        ("中共云溪县水务局党组", "signer"),
        ("云溪县水务局", "publisher"),
        ("县教育局", "partner"),
        ("县委组织部", "partner"),
    } == found
