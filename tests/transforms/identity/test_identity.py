"""What holds of the identity columns of any text."""

from __future__ import annotations

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.transforms.identity.corpus import read
from transforms.identity.identity import identity
from transforms.identity.organisations import organisations
from transforms.identity.page_fields import page_fields
from transforms.identity.persons import persons
from transforms.identity.places import places
from transforms.identity.recognise import recognise
from transforms.records.notices import Notice
from transforms.records.shared import Span

_PIECES = st.lists(
    st.sampled_from(
        [
            "中共",
            "云溪县",
            "水务局党组",
            "关于",
            "巡察整改情况的通报",
            "\n",
            "。",
            "，",
            "县委第二巡察组",
            "对",
            "进行了",
            "巡视",
            "第",
            "反馈",
            "我县",
            "2023年3月30日",
            "来源：",
            "（",
            "4个",
            "同志",
            "书记",
            "林",
        ]
    ),
    max_size=30,
).map("".join)


@given(_PIECES)
@settings(max_examples=150, deadline=None)
def test_nothing_raises_and_every_span_points_at_words(text: str) -> None:
    """Odd text gives columns of the right names, and rows whose surface is the text between their offsets."""
    source, parts = read(text)
    folded = source.text.folded

    recognise(source, parts)
    columns = identity(source, parts)
    rows = [*page_fields(source, parts), *persons(source, parts), *places(source, parts, columns), *organisations(source, parts, columns)]

    assert set(columns) <= {field.name for field in msgspec.structs.fields(Notice)}
    assert all(row.surface == folded[row.start_char : row.end_char] for row in rows)
    assert all(0 <= span.start_char < span.end_char <= len(folded) for span in columns.values() if isinstance(span, Span))


@given(
    st.sampled_from(["县委第二巡察组", "省委巡视七组", "校党委第三巡察组"]),
    st.sampled_from(["云溪县水务局党组", "青禾镇党委", "临江中学党支部"]),
    st.sampled_from(["", "　　", "\n\n"]),
)
@settings(max_examples=30, deadline=None)
def test_values_do_not_depend_on_blanks(team: str, body: str, blank: str) -> None:
    """Indents and blank lines change neither body nor inspector."""
    columns = identity(*read(f"{blank}关于巡察整改情况的通报\n{blank}2022年3月至5月，{team}对{body}进行了巡察。{blank}现予公布。"))

    assert (columns["inspector"], columns["inspected_org"]) == (team, body)


def test_title_of_the_page_is_taken_where_the_text_has_none() -> None:
    """A title from the page's metadata has no lines and no span."""
    source, parts = read("县委第二巡察组对县水务局党组进行了巡察。", {"title": "中共云溪县水务局党组关于巡察整改情况的通报-云溪县人民政府"})

    columns = identity(source, parts)

    assert columns["title"] == "中共云溪县水务局党组关于巡察整改情况的通报"
    assert (columns["title_lines"], columns["title_span"]) == (0, None)
    assert columns["inspected_org"] == "中共云溪县水务局党组"


def test_traditional_text_gives_the_same_values() -> None:
    """Values of a page in traditional characters are those of the simplified one."""
    simplified = identity(
        *read("中共云溪县水务局党组关于巡察整改情况的通报\n根据县委统一部署,县委第二巡察组对县水务局党组进行了巡察,发现问题。")
    )
    traditional = identity(
        *read("中共雲溪縣水務局黨組關於巡察整改情況的通報\n根據縣委統一部署,縣委第二巡察組對縣水務局黨組進行了巡察,發現問題。")
    )

    assert simplified == traditional


@pytest.mark.parametrize(
    "text",
    [
        "1" * 300_000,
        "(" * 100_000,
        "县委第二巡察组对" * 20_000,
        "中共" * 60_000 + "关于",
        "同志" * 50_000,
        "市" * 100_000,
        "对" * 100_000 + "进行了巡察",
    ],
)
def test_hostile_text_is_read_in_linear_time(text: str) -> None:
    """Long runs of one mark end without a row too many and without backtracking."""
    source, parts = read(text)

    recognise(source, parts)
    columns = identity(source, parts)

    assert len(places(source, parts, columns)) + len(persons(source, parts)) + len(organisations(source, parts, columns)) < 20
