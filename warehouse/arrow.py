"""Arrow schemas and tables of the records, and the DDL that DuckLake is given; all derived from the record classes.

Types: ``str`` → string, ``int`` → int64, ``float`` → double, ``bool`` → bool, ``Decimal`` → decimal128(20, 2),
``date`` → date32, ``datetime`` → timestamp(us, UTC), ``Span`` → struct<start_char: int32, end_char: int32>,
``tuple[X, ...]`` → list of X. A column's description and Chinese label stand in the field's metadata, and so in the Parquet files.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Sequence
from decimal import ROUND_HALF_EVEN, Decimal
from functools import cache
from typing import Any, get_args, get_origin

import msgspec
import pyarrow as pa

from transforms.records.columns import Field, Record, fields
from transforms.records.shared import Span

_CENT = Decimal("0.01")
_SPAN = pa.struct([pa.field("start_char", pa.int32(), nullable=False), pa.field("end_char", pa.int32(), nullable=False)])
_ARROW: dict[Any, pa.DataType] = {
    str: pa.string(),
    int: pa.int64(),
    float: pa.float64(),
    bool: pa.bool_(),
    Decimal: pa.decimal128(20, 2),
    datetime.date: pa.date32(),
    datetime.datetime: pa.timestamp("us", tz="UTC"),
    Span: _SPAN,
}
_SQL: dict[Any, str] = {
    str: "VARCHAR",
    int: "BIGINT",
    float: "DOUBLE",
    bool: "BOOLEAN",
    Decimal: "DECIMAL(20, 2)",
    datetime.date: "DATE",
    datetime.datetime: "TIMESTAMP WITH TIME ZONE",
    Span: "STRUCT(start_char INTEGER, end_char INTEGER)",
}


@cache
def schema(record: type[Record]) -> pa.Schema:
    """The Arrow schema of ``record``'s table, with its meaning in the metadata."""
    return pa.schema(
        [
            pa.field(
                field.name,
                _arrow_type(field.type),
                nullable=field.is_nullable,
                metadata={"description": field.column.description, "label": field.column.label} | _unit(field),
            )
            for field in fields(record)
        ],
        metadata={"table": record.TABLE.name, "label": record.TABLE.label, "key": ",".join(record.TABLE.key)},
    )


def arrow_table(record: type[Record], rows: Sequence[Any]) -> pa.Table:
    """``rows`` of ``record`` as an Arrow table, built column by column.

    Raises ``pa.ArrowInvalid``, ``OverflowError`` or ``UnicodeEncodeError`` for a value that its column cannot hold, such as a
    number beyond 64 bits; the caller then looks for the notice that brought it.
    """
    if not rows:
        return schema(record).empty_table()
    columns = zip(*map(msgspec.structs.astuple, rows), strict=True)  # half the time of reading attributes column by column
    return pa.Table.from_arrays(
        [_column(field, values) for field, values in zip(fields(record), columns, strict=True)], schema=schema(record)
    )


def ddl(record: type[Record], catalog: str = "lake") -> str:
    """The statements that create ``record``'s table in ``catalog`` and comment on it and each of its columns.

    Columns carry no NOT NULL: the audit checks nulls before a publish, and a column that is added later is null in older rows.
    """
    name = f"{catalog}.{record.TABLE.name}"
    columns = ",\n".join(f"    {field.name} {sql_type(field.type)}" for field in fields(record))
    return "\n".join([f"CREATE TABLE {name} (\n{columns}\n);", *comments(record, catalog)])


def comments(record: type[Record], catalog: str = "lake") -> Iterator[str]:
    """COMMENT ON statements for ``record``'s table and columns: Chinese label, then the description."""
    name = f"{catalog}.{record.TABLE.name}"
    yield f"COMMENT ON TABLE {name} IS {_quoted(record.TABLE.label)};"
    for field in fields(record):
        yield comment(record, field, catalog)


def comment(record: type[Record], field: Field, catalog: str = "lake") -> str:
    """The COMMENT ON statement of one column."""
    return (
        f"COMMENT ON COLUMN {catalog}.{record.TABLE.name}.{field.name} IS {_quoted(f'{field.column.label}: {field.column.description}')};"
    )


def sql_type(python_type: Any) -> str:
    """The DuckDB type of a column's Python type. Raises ``TypeError`` for one that no column may have."""
    if get_origin(python_type) is tuple:
        return f"{sql_type(get_args(python_type)[0])}[]"
    try:
        return _SQL[python_type]
    except KeyError:
        raise TypeError(f"no column type for {python_type!r}") from None


def _arrow_type(python_type: Any) -> pa.DataType:
    if get_origin(python_type) is tuple:
        return pa.list_(_arrow_type(get_args(python_type)[0]))
    try:
        return _ARROW[python_type]
    except KeyError:
        raise TypeError(f"no column type for {python_type!r}") from None


def _unit(field: Field) -> dict[str, str]:
    return {"unit": field.column.unit} if field.column.unit else {}


def _quoted(words: str) -> str:
    return "'" + words.replace("'", "''") + "'"


def _column(field: Field, values: Sequence[Any]) -> pa.Array:
    if field.type is Span:
        return _spans(values)
    if get_origin(field.type) is tuple and get_args(field.type)[0] is Span:
        return _span_lists(values)
    arrow = _arrow_type(field.type)
    if field.type is Decimal:
        return _decimals(values, arrow)
    return pa.array(values, arrow)


def _spans(values: Sequence[Span | None]) -> pa.Array:
    """Arrow builds a struct from two arrays far faster than from a dict a row."""
    missing = [value is None for value in values]
    start = pa.array([0 if value is None else value.start_char for value in values], pa.int32())
    end = pa.array([0 if value is None else value.end_char for value in values], pa.int32())
    return pa.StructArray.from_arrays([start, end], fields=list(_SPAN), mask=pa.array(missing) if any(missing) else None)


def _span_lists(values: Sequence[Sequence[Span] | None]) -> pa.Array:
    offsets: list[int | None] = []
    flat: list[Span] = []
    for value in values:
        offsets.append(None if value is None else len(flat))
        flat.extend(value or ())
    offsets.append(len(flat))
    return pa.ListArray.from_arrays(pa.array(offsets, pa.int32()), _spans(flat))


def _decimals(values: Sequence[Decimal | None], arrow: pa.DataType) -> pa.Array:
    try:
        return pa.array(values, arrow)
    except pa.ArrowInvalid:  # parts of a cent: 0.0001万元 is a yuan, but 0.125元 may be printed as a unit price
        return pa.array([None if value is None else value.quantize(_CENT, ROUND_HALF_EVEN) for value in values], arrow)
