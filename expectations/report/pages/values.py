"""The values extracted from a notice, each with its place in the text and what it was read as."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from expectations.report.pages.notice_list import day
from expectations.report.rows import Row
from expectations.report.words import Words

Read = Callable[[Row, Words], str]


@dataclass(frozen=True, slots=True)
class Source:
    """A table whose rows are shown as values of one kind: the columns that are fetched and how a row is put in words."""

    table: str
    kind: str
    columns: str
    read: Read


@dataclass(frozen=True, slots=True)
class Listed:
    """One line of the list of values."""

    start: int
    end: int
    kind: str
    words: str
    value: str
    rule: str


def _span(low: float | None, high: float | None) -> str:
    if low is None and high is None:
        return ""
    ends = ["" if value is None else f"{value:,.4f}".rstrip("0").rstrip(".") for value in (low, high)]
    return ends[0] if ends[0] == ends[1] else f"{ends[0]}–{ends[1]}"


def _claim(row: Row, words: Words) -> str:
    status = words.label("status", row["status"]) if row["status"] else ""
    return " ".join(
        filter(None, (row["subject"], status, _span(row["value_low"], row["value_high"]) + (row["unit"] or ""), _modifier(row, words)))
    )


def _modifier(row: Row, words: Words) -> str:
    return "" if row["modifier"] == "exact" else words.label("modifier", row["modifier"])


def _figure(row: Row, words: Words) -> str:
    value = _span(row["value_low"], row["value_high"]) + (row["unit"] or "")
    return " ".join(filter(None, (words.label("figure", row["kind"]), value, row["equation"] or "")))


def _date(row: Row, words: Words) -> str:
    value = day(row["earliest"], row["latest"]) or (words.label("null_reason", row["null_reason"]) if row["null_reason"] else "")
    role = words.label("role", row["role"]) if row["role"] else ""
    inferred = words.label("inferred", row["inferred"]) if row["inferred"] else ""
    return " · ".join(filter(None, (role, value, inferred)))


def _amount(row: Row, words: Words) -> str:
    low, high = row["yuan_low"], row["yuan_high"]
    value = _span(None if low is None else float(low), None if high is None else float(high))
    return " ".join(
        filter(None, (row["role"] or "", f"{value}元" if value else words.label("modifier", "redacted"), _modifier(row, words)))
    )


def _accountability(row: Row, words: Words) -> str:
    low, high = row["persons"] if row["bodies"] is None else row["bodies"], row["persons_high"]
    value = _span(low, high if high is not None else low)
    return f"{row['kind']} {value}{row['unit']}" if value else f"{row['kind']} {words.label('modifier', 'redacted')}"


def _citation(row: Row, words: Words) -> str:
    return " ".join(filter(None, (row["verb"], f"《{row['title']}》" if row["title"] else "", row["document_number"])))


def _contact(row: Row, words: Words) -> str:
    return f"{words.label('contact', row['kind'])} {row['value'] or '×'}"


SOURCES = (
    Source("claims", "claim", "subject, status, value_low, value_high, unit, modifier", _claim),
    Source("figures", "figure", "kind, value_low, value_high, unit, equation", _figure),
    Source("date_mentions", "date", "earliest, latest, role, inferred, null_reason", _date),
    Source("amounts", "amount", "role, yuan_low, yuan_high, modifier", _amount),
    Source("accountability", "accountability", "kind, persons, persons_high, bodies, unit, modifier", _accountability),
    Source("citations", "citation", "title, document_number, verb", _citation),
    Source("contacts", "contact", "kind, value", _contact),
    Source("organisations", "organisation", "name, role", lambda row, words: f"{words.label('role', row['role'])} {row['name']}"),
    Source("persons", "person", "name, office", lambda row, _: f"{row['office']} {row['name']}"),
    Source(
        "places",
        "place",
        "name, level, region_code",
        lambda row, words: " ".join(filter(None, (words.label("region", row["level"]), row["name"], row["region_code"]))),
    ),
    Source("page_fields", "page_field", "label, value", lambda row, _: f"{row['label']} {row['value']}"),
    Source(
        "problems",
        "problem",
        "number, status",
        lambda row, words: f"{row['number']} {words.label('status', row['status']) if row['status'] else ''}".strip(),
    ),
    Source(
        "measures",
        "measure",
        "ordinal, act, problem",
        lambda row, words: " · ".join(filter(None, (words.label("act", row["act"]), f"← {row['problem']}" if row["problem"] else ""))),
    ),
    Source("next_steps", "next_step", "ordinal, due_earliest, due_latest", lambda row, _: day(row["due_earliest"], row["due_latest"])),
)
# Columns of notices whose words are marked in the text, by the name of their label.
HEAD = ("title", "inspected_org", "inspector", "signed_org")


def listed(tables: dict[str, list[Row]], notice: Row, words: Words) -> Iterator[Listed]:
    """All values of one notice; passages (problems, measures, next steps) among them."""
    for name in HEAD:
        span = notice[f"{name}_span"]
        if span:
            yield Listed(span["start_char"], span["end_char"], "head", str(notice[name] or ""), words.label("head", name), "")
    for source in SOURCES:
        for row in tables.get(source.table, ()):
            yield Listed(row["start_char"], row["end_char"], source.kind, row["surface"], source.read(row, words), row["rule"])
