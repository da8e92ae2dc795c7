"""Numerals: forms of notices, and round trips through Han digits."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from transforms.numbers.numerals import decimals, numeral

_HAN = "零一二三四五六七八九"


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("48", "48"),
        ("1,234.5", "1234.5"),
        ("二〇二三", "2023"),
        ("二○二三", "2023"),
        ("十", "10"),
        ("二十", "20"),
        ("廿三", "23"),
        ("一百零一", "101"),
        ("一百一十", "110"),
        ("二百五", "250"),
        ("三千零五", "3005"),
        ("一万五", "15000"),
        ("一万零五百", "10500"),
        ("二十万三千", "203000"),
        ("十六亿三千万", "1630000000"),
        ("1亿2千万", "120000000"),
        ("3.5万", "35000.0"),
        ("2千5", "2500"),
        ("三万亿", "3000000000000"),
        ("壹万贰仟", "12000"),
        ("叁拾陆", "36"),
        ("两千", "2000"),
        ("三点五", "3.5"),
        ("1.5万点5", "15000.5"),
        ("零", "0"),
    ],
)
def test_value(text: str, value: str) -> None:
    """A numeral in any of the forms that notices print has its exact value."""
    assert numeral(text) == Decimal(value)


@pytest.mark.parametrize("text", ["", "万", "千千", "三五百", "1,23", "1.2.3", "1.", "甲", "十元", "1-2", "九" * 60, "٣"])
def test_no_numeral(text: str) -> None:
    """What is no single numeral has no value."""
    assert numeral(text) is None


def in_han(value: int) -> str:
    """``value`` below 10000 in Han numerals, as one writes it."""
    text, pending_zero = "", False
    for scale, sign in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit = value // scale % 10
        if digit:
            text += ("零" if pending_zero and text else "") + _HAN[digit] + sign
            pending_zero = False
        else:
            pending_zero = True
    return text or "零"


@settings(max_examples=200, deadline=None)
@given(st.integers(0, 9999), st.integers(0, 9999))
def test_han_round_trip(high: int, low: int) -> None:
    """A number written in Han numerals, with 万 between its halves, has the value it was written from."""
    text = in_han(low) if not high else in_han(high) + "万" + ((("零" if low < 1000 else "") + in_han(low)) if low else "")

    assert numeral(text) == high * 10000 + low


@settings(max_examples=200, deadline=None)
@given(st.text("0123456789.,零一二十百千万亿点壹拾廿〇两", max_size=12))
def test_any_mixture(text: str) -> None:
    """Any mixture of numeral characters gives a value that is not negative, or none."""
    value = numeral(text)

    assert value is None or value >= 0


@pytest.mark.parametrize(("text", "count"), [("63.69", 2), ("3.5万", 1), ("三点五", 1), ("48", 0), ("十六亿", 0)])
def test_decimals(text: str, count: int) -> None:
    """Digits behind the decimal point are counted as printed."""
    assert decimals(text) == count
