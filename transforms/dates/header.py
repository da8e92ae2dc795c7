"""The five dates of a notice's head: inspection from and to, feedback, signing, publication."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from transforms.dates.labels import publication_rank
from transforms.dates.page import page_date
from transforms.layout import Layout
from transforms.records.shared import Span
from transforms.records.statements import DateMention
from transforms.source import RAW, Source

# 进驻, 启动 and 开始 tell when it began, and not that it was over
_CARRIED_OUT = re.compile(
    r"(?![^。;\n]{0,60}(?:进驻|启动|开始))[^。;\n]{2,60}(?:开展|实施|进行)了?[^,。;\n]{0,16}巡[察视](?!整改|反馈|动员)"
)

_PERIOD = ("inspection_start", "inspection_end", "feedback")
_TOLD = frozenset((*_PERIOD, "signing", "publication"))
_PARTS = ("earliest", "latest", "precision", "raw", "inferred", "is_redacted", "span")
_COLUMNS = {name: tuple(f"{name}_{part}" for part in _PARTS) for name in (*_PERIOD, "signed", "published")}


def header_dates(source: Source, layout: Layout, mentions: Sequence[DateMention]) -> dict[str, Any]:
    """The columns of ``Notice`` for the five dates (``…_earliest``, ``…_latest``, ``…_precision``, ``…_raw``, ``…_inferred``,
    ``…_is_redacted``, ``…_span``); a date that the notice does not tell has no keys."""
    columns: dict[str, Any] = {}
    told: dict[str, list[DateMention]] = {}
    for at, row in enumerate(mentions):
        role = row.role
        if role is None or role not in _TOLD:
            continue
        if role not in told:
            told[role] = []
            if role in _COLUMNS:
                _put(columns, role, row)
                if role == "feedback" and row.range_part == "start" and at + 1 < len(mentions):
                    _widen(columns, source, row, mentions[at + 1])
        told[role].append(row)
    if "inspection_start" in told and "inspection_end" not in told and _is_within(source, told["inspection_start"][0]):
        _put(columns, "inspection_end", told["inspection_start"][0])
    signed = _signed(layout, told.get("signing", ()))
    if signed is not None:
        _put(columns, "signed", signed)
    published = _published(source, told.get("publication", ()))
    if published is not None:
        _put(columns, "published", published)
    else:
        dated = page_date(source)
        if dated is not None:
            day, raw, place, rule = dated
            columns |= {
                "published_earliest": day,
                "published_latest": day,
                "published_precision": "day",
                "published_raw": raw,
                "published_inferred": rule,
            }
            if place is not None:
                columns["published_span"] = place
    return columns


def _put(columns: dict[str, Any], name: str, row: DateMention) -> None:
    earliest, latest, precision, raw, inferred, is_redacted, span = _COLUMNS[name]
    columns[earliest], columns[latest], columns[precision], columns[raw] = row.earliest, row.latest, row.precision, row.raw
    columns[inferred], columns[is_redacted], columns[span] = row.inferred, row.is_redacted, Span(row.start_char, row.end_char)


def _widen(columns: dict[str, Any], source: Source, start: DateMention, end: DateMention) -> None:
    """1月10日至12日,各巡察组分别反馈: the feedback lies between the two days."""
    if end.range_part == "end" and end.latest is not None and start.earliest is not None and end.latest >= start.earliest:
        words = source.evidence(start.start_char, end.end_char, start.rule)[RAW]
        columns |= {"feedback_latest": end.latest, "feedback_raw": words, "feedback_span": Span(start.start_char, end.end_char)}


def _is_within(source: Source, start: DateMention) -> bool:
    """The whole inspection lay in the one month or 旬 of ``start`` (7月,巡察组对…实施机动巡察), so that it ended there as well."""
    if start.range_part is not None or start.precision not in ("month", "ten_days"):
        return False
    return _CARRIED_OUT.match(source.text.matching, start.end_char) is not None


def _signed(layout: Layout, rows: Sequence[DateMention]) -> DateMention | None:
    """Of the dates of signing, the one in the signature's date line, else the page's 成文日期."""
    place = layout.signed_date
    if place is not None:
        for row in rows:
            if place.start_char <= row.start_char < place.end_char:
                return row
    return rows[-1] if rows else None


def _published(source: Source, rows: Sequence[DateMention]) -> DateMention | None:
    """Of the dates of publication, the first of those with the best label."""
    if len(rows) < 2:
        return rows[0] if rows else None
    return max(rows, key=lambda row: publication_rank(source.text.matching, row.start_char))
