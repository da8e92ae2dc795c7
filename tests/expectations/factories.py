"""Hand-made tables for tests of checks: records with defaults, as Arrow tables complete with the empty ones."""

from __future__ import annotations

import datetime
import typing
from decimal import Decimal
from typing import Any, get_origin

import pyarrow as pa

from transforms.records.catalogue import TABLES
from transforms.records.columns import Record, fields
from transforms.records.documents import Document
from transforms.records.notices import Notice, NoticeText
from transforms.records.outline import NextStep, Node, Problem
from transforms.records.references import Citation, Contact
from transforms.records.shared import Span
from transforms.records.statements import Accountability, Amount, Claim, DateMention, Figure
from warehouse.arrow import arrow_table

NOTICE_ID = "00000000000000aa"
DOCUMENT_ID = "00000000000000dd"
_SEEN = datetime.datetime(2026, 1, 2, 3, 4, 5, tzinfo=datetime.UTC)
_PLAIN: dict[Any, Any] = {
    str: "x",
    int: 1,
    float: 1.0,
    bool: False,
    Decimal: Decimal(1),
    datetime.date: _SEEN.date(),
    datetime.datetime: _SEEN,
    Span: Span(0, 1),
}


def make(record: type[Record], **values: Any) -> Any:
    """A row of ``record``: ``values`` as given, nothing where null is allowed, something plain and allowed elsewhere."""
    row: dict[str, Any] = {}
    for field in fields(record):
        if field.name in values:
            row[field.name] = values.pop(field.name)
        elif field.name == "notice_id" and not field.is_nullable:
            row[field.name] = NOTICE_ID
        elif field.name == "document_id":
            row[field.name] = DOCUMENT_ID
        elif field.is_nullable:
            row[field.name] = None
        elif get_origin(field.type) is tuple:
            row[field.name] = ()
        elif field.column.allowed:
            row[field.name] = field.column.allowed[0]
        else:
            row[field.name] = _PLAIN[field.type]
    assert not values, f"{record.__name__} has no column {', '.join(values)}"
    return typing.cast(Any, record)(**row)


def tables(*rows: Any) -> dict[str, pa.Table]:
    """Every table, filled with ``rows``. A notice, its text and its document are added where no row gives them."""
    given = list(rows)
    if not any(isinstance(row, Notice) for row in given):
        given.append(notice())
    for one in [row for row in given if isinstance(row, Notice)]:
        if not any(isinstance(row, NoticeText) and row.notice_id == one.notice_id for row in given):
            given.append(make(NoticeText, notice_id=one.notice_id, text="", raw_text=""))
    if not any(isinstance(row, Document) for row in given):
        given.append(make(Document, notice_id=NOTICE_ID))
    return {record.TABLE.name: arrow_table(record, [row for row in given if isinstance(row, record)]) for record in TABLES}


def notice(**values: Any) -> Any:
    """A whole notice of one body, without any date; ``feedback=…`` and the like take an ISO day, ``a~b``, or ``None``."""
    for name in ("inspection_start", "inspection_end", "feedback", "signed", "published"):
        if name in values:
            values = _dated(name, values.pop(name)) | values
    return make(Notice, **({"genre": "notice", "char_count": 3000} | values))


def _dated(name: str, told: str) -> dict[str, Any]:
    low, high = interval(told)
    return {
        f"{name}_earliest": low,
        f"{name}_latest": high,
        f"{name}_precision": "day" if low == high else "month",
        f"{name}_raw": told,
        f"{name}_span": Span(1, 9),
    }


def interval(told: str) -> tuple[datetime.date, datetime.date]:
    """``2024-01-29`` or ``2024-01-01~2024-01-31`` as first and last day."""
    low, _, high = told.partition("~")
    return datetime.date.fromisoformat(low), datetime.date.fromisoformat(high or low)


def claim(subject: str, status: str | None, value: float | None, at: int = 0, **values: Any) -> Any:
    """A headline claim at character ``at``; ``value=None`` is a masked one."""
    exact = {"modifier": "exact" if value is not None else "redacted", "value_low": value, "value_high": value}
    return make(
        Claim,
        **(
            {"subject": subject, "status": status, "decimals": 0, "is_headline": True, "start_char": at, "end_char": at + 5}
            | exact
            | values
        ),
    )


def figure(kind: str, value: float | None, operands: tuple[float, ...] = (), at: int = 0, decimals: int = 0, **values: Any) -> Any:
    """A figure with its operands, each with a span of its own."""
    given = {"kind": kind, "value_low": value, "value_high": value, "decimals": decimals, "modifier": "exact", "operands": operands}
    return make(
        Figure,
        **(given | {"operand_spans": tuple(Span(i, i + 1) for i in range(len(operands))), "start_char": at, "end_char": at + 5} | values),
    )


def dated(told: str | None, role: str | None = "measure", at: int = 0, **values: Any) -> Any:
    """A date mention; ``told=None`` is one without a value."""
    low, high = interval(told) if told else (None, None)
    precision = None if told is None else "day" if low == high else "month"
    return make(
        DateMention,
        **({"earliest": low, "latest": high, "precision": precision, "role": role, "start_char": at, "end_char": at + 5} | values),
    )


def sanction(kind: str, persons: int | None, at: int = 0, **values: Any) -> Any:
    """A row of accountability."""
    return make(
        Accountability,
        **({"kind": kind, "persons": persons, "unit": "人", "modifier": "exact", "start_char": at, "end_char": at + 5} | values),
    )


def amount(yuan: str | None, role: str | None = None, at: int = 0, **values: Any) -> Any:
    """A sum of money in yuan."""
    value = Decimal(yuan) if yuan else None
    return make(
        Amount,
        **(
            {"yuan_low": value, "yuan_high": value, "modifier": "exact", "unit": "元", "role": role, "start_char": at, "end_char": at + 5}
            | values
        ),
    )


def node(
    level: str, ordinal: int | None, at: int, section: str = "results", parent: str | None = None, mark: str = "arabic_dot", **values: Any
) -> Any:
    """An outline node at character ``at``; its path is made of its parent and that character."""
    path = f"{parent or ''}/{at}"
    given = {"level": level, "ordinal": ordinal, "section": section, "parent_path": parent, "mark": mark, "path": path, "depth": 1}
    return make(Node, **(given | {"start_char": at, "end_char": at + 2, "body_start": at, "body_end": at + 9} | values))


def nodes(level: str, count: int, at: int, **values: Any) -> list[Any]:
    """``count`` siblings numbered from 1."""
    return [node(level, number, at + 10 * number, **values) for number in range(1, count + 1)]


def whole() -> list[Any]:
    """What makes a notice a whole one: a results part and a part on next steps."""
    return [node("section", 1, 1000, mark="han_comma"), node("section", 2, 9000, section="next_steps", mark="han_comma")]


def problem(number: int, status: str | None = None, at: int | None = None, **values: Any) -> Any:
    """A problem that is answered at once behind it."""
    start = 2000 + 20 * number if at is None else at
    given = {"number": number, "path": f"p/{number}", "status": status, "response_start": start + 5, "response_end": start + 9}
    return make(Problem, **(given | {"start_char": start, "end_char": start + 5} | values))


def problems(count: int, status: str | None = None, **values: Any) -> list[Any]:
    """``count`` problems in one state."""
    return [problem(number, status, **values) for number in range(1, count + 1)]


def contact(kind: str, value: str, at: int = 0, **values: Any) -> Any:
    """A way to reach the body."""
    return make(Contact, **({"kind": kind, "value": value, "start_char": at, "end_char": at + len(value)} | values))


def citation(title: str | None, number: str | None = None, at: int = 0, **values: Any) -> Any:
    """A citation; the year is read from a number such as 云办〔2020〕4号."""
    year = int(number.split("〔")[1][:4]) if number else None
    return make(
        Citation,
        **({"title": title, "document_number": number, "number_raw": number, "year": year, "start_char": at, "end_char": at + 5} | values),
    )


def step(ordinal: int, reopens: int | None = None, **values: Any) -> Any:
    """A promise, which may take up a problem again."""
    given = {"ordinal": ordinal, "path": f"n/{ordinal}", "reopens_problem": reopens}
    return make(NextStep, **(given | {"start_char": 9100 + 10 * ordinal, "end_char": 9105 + 10 * ordinal} | values))


def words(text: str) -> Any:
    """The notice's text."""
    return make(NoticeText, text=text, raw_text=text)
