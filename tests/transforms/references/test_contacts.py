"""Contacts: the corpus, invariants on arbitrary text, and the labels of the real notices."""

from __future__ import annotations

import itertools
import json
import re
import tomllib
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from transforms.records.references import Contact
from transforms.references.contact_values import _BEGINS_EMAIL, _BEGINS_POSTCODE, _DISGUISED, _MASKED, _PHONE, _POSTCODE, phones
from transforms.references.contact_windows import around
from transforms.references.contacts import _AFTER_COLON, _BEFORE_VALUE, _holds_a_word, _lexicon_pattern, contacts
from transforms.source import Closed, Source
from transforms.text.folding import fold
from transforms.text.script import simplified
from transforms.text.text import Text

ROOT = Path(__file__).resolve().parents[3]
SHARED = ROOT / "../shared"
CORPUS = tomllib.loads((ROOT / "tests/corpus/contacts.toml").read_text("utf-8"))


def read(text: str) -> tuple[Text, tuple[Contact, ...]]:
    """``text`` folded, with its contacts."""
    folded = fold(text)
    return folded, contacts(Source("0" * 16, folded), Closed(len(folded.folded)))


@pytest.mark.parametrize("row", CORPUS["found"], ids=lambda row: row["why"])
def test_what_is_found(row: dict[str, Any]) -> None:
    """Every row of the corpus is read with the stated columns; an empty string stands for null."""
    _, found = read(simplified(row["text"]) if row.get("fold_traditional") else row["text"])

    assert len(found) == len(row["rows"]), [(contact.kind, contact.value) for contact in found]
    for contact, expected in zip(found, row["rows"], strict=True):
        assert {name: getattr(contact, name) for name in expected} == {
            name: None if value == "" else value for name, value in expected.items()
        }


@pytest.mark.parametrize("row", CORPUS["not_found"], ids=lambda row: row["why"])
def test_what_is_not_found(row: dict[str, Any]) -> None:
    """Look-alikes give no row."""
    _, found = read(row["text"])

    assert [(contact.kind, contact.value) for contact in found] == []


@settings(max_examples=150, deadline=None)
@given(
    st.lists(
        st.sampled_from(
            [
                "电话",
                ":",
                "0762-7654321",
                "7654321",
                "邮编",
                "517000",
                "@",
                "a.b",
                ".cn",
                "***",
                "、",
                " ",
                "地址",
                "青禾镇",
                ";",
                "。",
                "\n",
                "(",
                ")",
                "（0760）",
                "联系",
            ]
        ),
        max_size=25,
    )
)
def test_spans_point_at_their_surface(parts: list[str]) -> None:
    """On any mixture of labels and values, surfaces match their spans and no two contacts overlap."""
    text, found = read("".join(parts))

    assert all(text.folded[contact.start_char : contact.end_char] == contact.surface for contact in found)
    assert all(one.end_char <= other.start_char for one, other in itertools.pairwise(found))


@pytest.mark.parametrize(
    "hostile",
    [
        "1" * 500_000,
        "@" * 100_000,
        "电话:" * 60_000,
        "a@" * 60_000,
        "0762-7654321、" * 10_000,
        "联系" + "7654321 " * 30_000,
        "地址:" * 50_000,
    ],
)
def test_hostile_text_is_read(hostile: str) -> None:
    """Long runs of digits, signs and labels are read without an error, and in time."""
    text, found = read(hostile)

    assert all(contact.end_char <= len(text.folded) for contact in found)


def seeds() -> list[dict[str, Any]]:
    """The labelled real notices, none where the material is not there."""
    path = SHARED / "acceptance/seeds.yaml"
    return yaml.safe_load(path.read_text("utf-8")) if path.exists() else []


def cases() -> list[dict[str, Any]]:
    """The labelled short cases that speak of contacts."""
    path = SHARED / "acceptance/cases.jsonl"
    return [case for case in map(json.loads, path.read_text("utf-8").splitlines()) if case["gold"].get("contacts")] if path.exists() else []


def values(found: tuple[Contact, ...], kind: str) -> list[str]:
    """Values of one kind, masked ones aside."""
    return [contact.value for contact in found if contact.kind == kind and not contact.is_redacted]


@pytest.mark.skipif(not seeds(), reason="the real notices of ../shared are not there")
@pytest.mark.parametrize("seed", seeds(), ids=lambda seed: seed["file"][:3])
def test_real_notices(seed: dict[str, Any]) -> None:
    """The contacts of the real notices are those of their labels, and there are no others."""
    _, found = read((SHARED / "seeds" / seed["file"]).read_text("utf-8"))
    expected = seed["contacts"]

    assert values(found, "phone") == expected["phones"]
    for kind in ("postcode", "email", "address"):
        assert values(found, kind) == [expected[kind]] * (expected[kind] is not None)


@pytest.mark.skipif(not cases(), reason="the labelled cases of ../shared are not there")
@pytest.mark.parametrize("case", cases(), ids=lambda case: case["id"])
def test_labelled_cases(case: dict[str, Any]) -> None:
    """The contacts of the labelled cases are found, and there are no others."""
    _, found = read(case["text"])
    expected = case["gold"]["contacts"]

    assert values(found, "phone") == expected["phone"]
    for kind in ("postcode", "email", "address"):
        assert values(found, kind) == [expected[kind]] * (expected[kind] is not None)


_PIECES = ["0762", "010", "1234567", "22345678", "13812345678", "400", "110", "5", "(", ")", "+86", "-", " ", "/", "转12", "年", "A", "\n"]


@given(st.lists(st.sampled_from(_PIECES), max_size=12).map("".join))
def test_phones_start_where_their_pattern_would_find_them(text: str) -> None:
    """The places where a phone may start, asked for before its pattern, are all that matter."""
    expected = []
    for found in _PHONE.finditer(text):
        if found["tail"]:  # 0762-7654321/4322 is two
            expected += [(found.start(), found.start("tail") - 1), found.span("tail")]
        else:
            expected.append(found.span())
    assert [(value.start, value.end) for value, _ in phones(text, 0, len(text))] == expected


@given(st.text(st.sampled_from("08X×*•aZ#@.(- 号１"), min_size=1, max_size=12))
def test_first_characters_hide_no_value(text: str) -> None:
    """A value begins with one of the characters that are asked for before its pattern."""
    assert text[0] in _BEGINS_POSTCODE or not (_POSTCODE.match(text) or _MASKED.match(text))
    assert text[0] in _BEGINS_EMAIL or not (_DISGUISED.match(text) or _MASKED.match(text))


@given(st.sampled_from(["", "(室)", "号码"]), st.text(st.sampled_from(": 为(室0-"), max_size=4))
def test_a_colon_alone_is_all_that_stands_before_a_value(before: str, behind: str) -> None:
    """Where no blank and no second colon follows a colon, the pattern for what stands before a value ends behind it."""
    match = _BEFORE_VALUE.match(f":{before}{behind}")
    assert match is not None
    assert f"{before}{behind} "[0] in _AFTER_COLON or (match.end(), match["mark"]) == (1, ":")


@given(st.lists(st.sampled_from(["电话:7654321", ",邮编517000", "主办单位", "。", "\n", "某" * 30, " 技术支持"]), max_size=12).map("".join))
def test_site_words_are_asked_for_where_they_stand(text: str) -> None:
    """The stretches around contacts hold every line that is asked for words of a page's footer."""
    matching = fold(text).matching
    places = sorted(found.start() for found in re.finditer("7654321|517000", matching))
    held = [_lexicon_pattern("site_words").search(matching, *stretch) is not None for stretch in around(matching, places)]
    assert any(held) or not any(_holds_a_word(matching, place, "site_words") for place in places)
