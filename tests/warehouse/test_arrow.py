"""Arrow schemas, tables and DDL are derived from the records and lose nothing."""

from __future__ import annotations

import datetime
from decimal import Decimal

import pyarrow as pa
import pytest

from tests.warehouse.rows import amount, date, notice
from transforms.records.catalogue import TABLES
from transforms.records.columns import Record, fields
from transforms.records.notices import Notice
from transforms.records.shared import Span
from transforms.records.statements import Amount, DateMention
from transforms.records.verdicts import CheckResult
from warehouse.arrow import arrow_table, ddl, schema, sql_type


@pytest.mark.parametrize("record", TABLES)
def test_every_column_has_its_meaning_in_the_schema(record: type[Record]) -> None:
    """Names, order, nullability, description and Chinese label of each column come from the record."""
    derived = schema(record)

    assert [field.name for field in fields(record)] == derived.names
    for field in fields(record):
        column = derived.field(field.name)
        assert field.is_nullable == column.nullable
        assert field.column.description.encode() == column.metadata[b"description"]
        assert field.column.label.encode() == column.metadata[b"label"]


@pytest.mark.parametrize("record", TABLES)
def test_empty_table_has_the_schema(record: type[Record]) -> None:
    """No rows still give a table of the right columns and types."""
    assert schema(record) == arrow_table(record, []).schema


def test_values_come_back_as_they_were() -> None:
    """Dates, money, spans, lists and nulls survive the way into Arrow."""
    row = arrow_table(Notice, [notice("file:///a", title="标题")]).to_pylist()[0]
    assert row["title_span"] == {"start_char": 0, "end_char": 3}
    assert row["inspector_span"] is None
    assert row["inspected_org_aliases"] == ["青禾镇", "镇党委"]

    assert Decimal("1.50") == arrow_table(Amount, [amount("file:///a", 0, "1.5")]).to_pylist()[0]["yuan_low"]
    assert [datetime.date(2024, 2, 29), None] == arrow_table(DateMention, [date("a", datetime.date(2024, 2, 29)), date("a", None)])[
        "earliest"
    ].to_pylist()


def test_lists_of_spans_keep_their_rows_apart() -> None:
    """Several spans, one and none stay with the row that had them."""
    rows = [
        CheckResult(notice_id="0" * 16, check_id="K01", verdict="pass", lhs_spans=spans)
        for spans in ((Span(1, 2), Span(3, 4)), (), (Span(5, 6),))
    ]

    assert [[span["start_char"] for span in spans] for spans in arrow_table(CheckResult, rows)["lhs_spans"].to_pylist()] == [
        [1, 3],
        [],
        [5],
    ]


def test_parts_of_a_cent_are_rounded_not_refused() -> None:
    """A unit price below the cent does not stop a batch."""
    assert [Decimal("0.12"), Decimal("2.00")] == arrow_table(Amount, [amount("a", 0, "0.125"), amount("a", 1, "2")])["yuan_low"].to_pylist()


def test_number_beyond_64_bits_is_an_error() -> None:
    """What no column can hold is told, not cut."""
    with pytest.raises((OverflowError, pa.ArrowInvalid)):
        arrow_table(Amount, [amount("a", 10**20, "1")])


def test_type_without_a_column_type_is_an_error() -> None:
    """A record field of an unknown type is noticed when its schema is derived."""
    with pytest.raises(TypeError):
        sql_type(dict)


def test_ddl_names_types_and_comments() -> None:
    """DDL creates each column with DuckDB's type and comments with label and description."""
    statement = ddl(Amount)

    assert "CREATE TABLE lake.amounts (" in statement
    assert "yuan_low DECIMAL(20, 2)" in statement
    assert "COMMENT ON TABLE lake.amounts IS '金额';" in statement
    assert "COMMENT ON COLUMN lake.amounts.unit IS '单位: Measure word or unit as printed';" in statement
