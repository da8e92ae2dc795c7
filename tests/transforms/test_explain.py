"""``explain``: the form of its output, the order of its extractors, and spans that point at their surface."""

from __future__ import annotations

import datetime
import itertools
import json
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from transforms.explain import explain

TEXT = "2023年4月上旬至7月，严格按《招生通知》（2019.8）和云教发〔2020〕3号、4号要求，追缴资金21.3万元，召开会议3次，增强“四个意识”，完成率96%以上。联系电话：0762-7654321。"
KINDS = ("date_mentions", "amounts", "quantities", "contacts", "citations")


def test_every_kind_is_there() -> None:
    """One text with every kind of mention gives rows of every kind, in the form of the output contract."""
    found = explain(TEXT, datetime.date(2024, 1, 1))

    assert set(found) == {*KINDS, "refused"}
    assert [(row["earliest"], row["precision"]) for row in found["date_mentions"]] == [
        ("2023-04-01", "ten_days"),
        ("2023-07-01", "month"),
        ("2019-08-01", "month"),
    ]
    assert [(row["yuan_low"], row["role"], row["raw"]) for row in found["amounts"]] == [("213000", "追缴", "21.3万元")]
    assert [(row["kind"], row["value_low"], row["value_high"], row["unit"]) for row in found["quantities"]] == [
        ("number", 3.0, 3.0, "次"),
        ("percent", 96.0, None, "%"),
    ]
    assert [(row["kind"], row["value"]) for row in found["contacts"]] == [("phone", "0762-7654321")]
    assert [row["document_number"] for row in found["citations"]] == [None, "云教发〔2020〕3号", "云教发〔2020〕4号"]
    assert [(row["raw"], row["rule"]) for row in found["refused"]] == [("四个意识", "number.refused.slogan")]


def test_json_can_hold_it() -> None:
    """Every value survives JSON, money as a string."""
    found = explain(TEXT, datetime.date(2024, 1, 1))

    assert json.loads(json.dumps(found, ensure_ascii=False)) == found


def test_rows_name_span_and_rule() -> None:
    """Every row has its span and the rule that made it; refused words have a reason."""
    found = explain(TEXT)

    assert all({"start_char", "end_char", "rule", "raw"} <= set(row) for rows in found.values() for row in rows)
    assert all(row["why"] for row in found["refused"])


def test_refused_document_numbers() -> None:
    """A year and serial without an agency code is refused with its reason."""
    found = explain("根据〔2020〕5号文件")

    assert [row["rule"] for row in found["refused"]] == ["document_number.refused"]


def test_empty_text() -> None:
    """Nothing in, nothing out."""
    assert all(rows == [] for rows in explain("").values())


def spans(found: dict[str, list[dict[str, Any]]], kinds: tuple[str, ...]) -> list[tuple[int, int]]:
    """Spans of the rows of ``kinds`` in order."""
    return sorted((row["start_char"], row["end_char"]) for kind in kinds for row in found[kind])


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.sampled_from(
            [
                "2023年4月",
                "3日",
                "《通知》",
                "(2019.8)",
                "云教发〔2020〕3号",
                "21.3万元",
                "追缴",
                "3次",
                "四个意识",
                "96%",
                "电话:",
                "0762-7654321",
                "，",
                "。",
                "\n",
                "约",
                "　",
                "\u200b",
            ]
        ),
        max_size=15,
    )
)
def test_no_word_is_read_twice(parts: list[str]) -> None:
    """Amounts, quantities, contacts and citations share no character, and raw offsets point at what was printed."""
    text = "".join(parts)
    found = explain(text)
    taken = spans(found, ("amounts", "quantities", "contacts", "citations"))

    assert all(first[1] <= second[0] for first, second in itertools.pairwise(taken))
    assert all(text[row["raw_start"] : row["raw_end"]] == row["raw"] for rows in found.values() for row in rows)
