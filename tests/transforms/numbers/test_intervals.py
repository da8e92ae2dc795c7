"""Stated numbers as intervals."""

from __future__ import annotations

from decimal import Decimal

import pytest

from transforms.numbers.intervals import between, interval, modified


@pytest.mark.parametrize(
    ("run", "low", "high", "modifier"),
    [
        ("60多万", 600000, None, "at_least"),
        ("两千余", 2000, None, "at_least"),
        ("3万多", 30000, None, "at_least"),
        ("1千余万", 10000000, None, "at_least"),
        ("十来", 10, 10, "about"),
        ("十几", 11, 19, "between"),
        ("二十几", 21, 29, "between"),
        ("百几", 110, 190, "between"),
        ("一百几十", 120, 199, "between"),
        ("几十", 20, 99, "between"),
        ("数百", 200, 999, "between"),
        ("数十万", 200000, 999999, "between"),
        ("两三百", 200, 300, "between"),
        ("十七八", 17, 18, "between"),
        ("三五", 3, 5, "between"),
        ("三五百", 300, 500, "between"),
        ("二〇二三", 2023, 2023, "exact"),
        ("48", 48, 48, "exact"),
    ],
)
def test_interval(run: str, low: int, high: int | None, modifier: str) -> None:
    """A vague number keeps the bounds that its words give."""
    found = interval(run)

    assert found is not None
    assert (found.low, found.high, found.modifier) == (low, high, modifier)


@pytest.mark.parametrize("run", ["几", "数", "多", "余", "", "千千", "九" * 60])
def test_no_interval(run: str) -> None:
    """Words that say no number give none."""
    assert interval(run) is None


@pytest.mark.parametrize(
    ("before", "run", "after", "low", "high", "modifier"),
    [
        ("共计不少于", "3", "", 3, None, "at_least"),
        ("超过", "3", "", 3, None, "at_least"),
        ("不超过", "3", "", None, 3, "at_most"),
        ("", "3", "以上", 3, None, "at_least"),
        ("近", "300", "以上", 300, None, "at_least"),
        ("", "65", "以下", None, 65, "at_most"),
        ("大约", "350", "", 350, 350, "about"),
        ("近", "9", "", 9, 9, "about"),
        ("最近", "9", "", 9, 9, "exact"),
        ("上", "百", "", 100, None, "at_least"),
        ("以上", "3", "", 3, 3, "exact"),
        ("", "40", "左右", 40, 40, "about"),
    ],
)
def test_modified(before: str, run: str, after: str, low: int | None, high: int | None, modifier: str) -> None:
    """Words around an exact number open one of its bounds or make it approximate."""
    stated = interval(run)
    assert stated is not None

    found = modified(stated, before, run, after)

    assert (found.low, found.high, found.modifier) == (low, high, modifier)


@pytest.mark.parametrize(
    ("low", "high", "expected"),
    [("3", "5", (3, 5)), ("5", "10万", (50000, 100000)), ("5000", "1万", (5000, 10000)), ("1.5", "2.5", (Decimal("1.5"), Decimal("2.5")))],
)
def test_between(low: str, high: str, expected: tuple[Decimal, Decimal]) -> None:
    """A range shares the scale that only its second number prints, if it stays a range then."""
    found = between(low, high)

    assert found is not None
    assert (found.low, found.high) == expected


def test_no_range_downwards() -> None:
    """A second number that is smaller makes no range."""
    assert between("10", "5") is None
