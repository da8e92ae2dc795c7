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

_ROLES = {"inspection_start": "inspection_start", "inspection_end": "inspection_end", "feedback": "feedback"}


def header_dates(source: Source, layout: Layout, mentions: Sequence[DateMention]) -> dict[str, Any]:
    """The columns of ``Notice`` for the five dates (``…_earliest``, ``…_latest``, ``…_precision``, ``…_raw``, ``…_inferred``,
    ``…_is_redacted``, ``…_span``); a date that the notice does not tell has no keys."""
    columns: dict[str, Any] = {}
    for at, row in enumerate(mentions):
        name = _ROLES.get(row.role or "")
        if name is not None and f"{name}_raw" not in columns:
            _put(columns, name, row)
            if name == "feedback" and row.range_part == "start" and at + 1 < len(mentions):
                _widen(columns, source, row, mentions[at + 1])
    within = _within(source, mentions) if "inspection_end_raw" not in columns else None
    if within is not None:
        _put(columns, "inspection_end", within)
    signed = _signed(layout, mentions)
    if signed is not None:
        _put(columns, "signed", signed)
    published = _published(source, layout, mentions, signed)
    if published is not None:
        _put(columns, "published", published)
    else:
        told = page_date(source)
        if told is not None:
            day, raw, place, rule = told
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
    columns[f"{name}_earliest"] = row.earliest
    columns[f"{name}_latest"] = row.latest
    columns[f"{name}_precision"] = row.precision
    columns[f"{name}_raw"] = row.raw
    columns[f"{name}_inferred"] = row.inferred
    columns[f"{name}_is_redacted"] = row.is_redacted
    columns[f"{name}_span"] = Span(row.start_char, row.end_char)


def _widen(columns: dict[str, Any], source: Source, start: DateMention, end: DateMention) -> None:
    """1月10日至12日,各巡察组分别反馈: the feedback lies between the two days."""
    if end.range_part == "end" and end.latest is not None and start.earliest is not None and end.latest >= start.earliest:
        words = source.evidence(start.start_char, end.end_char, start.rule)[RAW]
        columns |= {"feedback_latest": end.latest, "feedback_raw": words, "feedback_span": Span(start.start_char, end.end_char)}


def _within(source: Source, mentions: Sequence[DateMention]) -> DateMention | None:
    """The one month or 旬 in which the whole inspection lay (7月,巡察组对…实施机动巡察), so that it ended there as well."""
    start = next((row for row in mentions if row.role == "inspection_start"), None)
    if start is None or start.range_part is not None or start.precision not in ("month", "ten_days"):
        return None
    return start if _CARRIED_OUT.match(source.text.matching, start.end_char) else None


def _signed(layout: Layout, mentions: Sequence[DateMention]) -> DateMention | None:
    """The signature's date line, else the page's 成文日期."""
    rows = [row for row in mentions if row.role == "signing"]
    place = layout.signed_date
    if place is not None:
        for row in rows:
            if place.start_char <= row.start_char < place.end_char:
                return row
    return rows[-1] if rows else None


def _published(source: Source, layout: Layout, mentions: Sequence[DateMention], signed: DateMention | None) -> DateMention | None:
    best: DateMention | None = None
    best_rank = -1
    for row in mentions:
        if row.role != "publication" or row is signed:
            continue
        rank = publication_rank(source.text.matching, row.start_char)
        if rank > best_rank:
            best, best_rank = row, rank
    return best
