"""The table of places in tests/corpus/places.toml, and the reference tables behind it."""

from __future__ import annotations

from typing import Any

import pytest

from tests.transforms.identity.corpus import read, rows
from transforms.identity.identity import identity
from transforms.identity.places import places
from transforms.identity.regions import by_area_code, by_mobile_prefix, by_postcode, by_telephone, regions
from transforms.records.references import Contact


@pytest.mark.parametrize("row", rows("places", "found"))
def test_place_of_the_body(row: dict[str, Any]) -> None:
    """Levels, code and what they rest on."""
    source, parts = read(row["text"])
    contacts = [
        Contact(*source.evidence(0, 1, "contact.test"), kind=kind, value=row[kind]) for kind in ("phone", "postcode") if kind in row
    ]

    columns = identity(source, parts, contacts)

    assert row["place"] == [columns[level] or "" for level in ("province", "city", "county", "region_code")]
    assert (columns["place_rule"] is None) == (row["place"] == ["", "", "", ""])


def test_mentions_of_places() -> None:
    """Each region is one row, with a code where the name or the body's own region settles it."""
    source, parts = read(
        "中共南京市鼓楼区水务局党组关于巡察整改情况的通报\n区委第二巡察组对区水务局党组进行了巡察。赴徐州市和鼓楼区调研,召开县委会议。"
    )

    found = [(place.name, place.level, place.region_code) for place in places(source, parts, identity(source, parts))]

    assert found == [("南京市", "city", "320100"), ("鼓楼区", "county", "320106"), ("徐州市", "city", "320300")]


def test_table_of_regions_is_whole() -> None:
    """Every parent exists, codes have six digits, all 34 provinces are there, and former counties keep their years."""
    known = regions()
    every = [region for name in known.names for region in known.named(name)]

    assert all(len(region.code) == 6 and region.code.isdigit() and region.first <= region.last for region in every)
    assert all(known.coded(region.parent) for region in every if region.level != "province")
    assert sum(region.level == "province" for region in every) == 34
    assert sum(region.level == "county" and region.last == 9999 for region in every) > 2800
    assert [region.last for region in known.named("铜山县")] == [2009]


@pytest.mark.parametrize(
    ("number", "prefectures"),
    [
        ("0773-1234567", {"450300"}),
        ("(010)12345678", {"110000"}),
        ("0731-12345678", {"430100", "430200", "430300"}),
        ("1234567", set()),
        ("0000-1", set()),
        ("400-820-0000", set()),
    ],
)
def test_telephone_gives_prefectures(number: str, prefectures: set[str]) -> None:
    """An area code serves one prefecture or several; a number without one tells nothing."""
    assert prefectures == by_telephone(number)


def test_postcode_and_mobile_prefix() -> None:
    """Four digits of a postcode win over three; seven digits of a mobile number give one prefecture."""
    assert by_postcode("541000") == {"450300"}
    assert by_postcode("999999") == frozenset()
    assert by_area_code("0999") == {"654000"}
    assert by_mobile_prefix("1300000") is not None
    assert by_mobile_prefix("9999999") is None
