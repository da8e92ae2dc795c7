"""The rows of date_mentions: found, tied into ranges, given a role, resolved."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING

from transforms.dates.context import Frame
from transforms.dates.found import Found
from transforms.dates.labels import is_page_line_date, is_publication_label, is_signing_label
from transforms.dates.page import page_date
from transforms.dates.ranges import tie
from transforms.dates.resolve import resolve
from transforms.dates.roles import assign_roles
from transforms.dates.scan import scan
from transforms.layout import Layout
from transforms.records.statements import DateMention
from transforms.source import Closed, Source
from transforms.text.text import Text

if TYPE_CHECKING:
    from transforms.outline.tree import Outline


def date_mentions(source: Source, closed: Closed, layout: Layout, outline: Outline | None) -> tuple[DateMention, ...]:
    """Every date or period of ``source`` that no earlier extractor took, in the order of the text."""
    matching = source.text.matching
    found = tie(matching, [item for item in scan(source.text) if closed.is_free(item.start, item.end) or _is_open(matching, item, layout)])
    assign_roles(matching, found, layout)
    resolve(matching, found, Frame(_written(found, source)))
    rows = []
    found.reverse()
    while found:  # each is let go when its row is made: a text of nothing but dates would hold both at once
        item = found.pop()
        rows.append(_row(source, item, None if outline is None else outline.path_at(item.start)))
    return tuple(rows)


def scan_text(text: Text, reference: datetime.date | None) -> list[Found]:
    """The dates of a text that is no notice, resolved against ``reference`` (None: what it leaves open stays without a value).

    The spans count in ``text.folded``; roles stay None.
    """
    found = tie(text.matching, scan(text))
    resolve(text.matching, found, Frame(reference, is_notice=False))
    return found


def mention_rows(source: Source, found: list[Found]) -> tuple[DateMention, ...]:
    """Rows of ``found`` without an outline."""
    return tuple(_row(source, item, None) for item in found)


def _is_open(matching: str, item: Found, layout: Layout) -> bool:
    """An earlier extractor that took the words took them for a date.

    A page field (发布日期:2023-05-09) and a citation with its date (《…》(2019.8)) take a date as what it is; those are dates all the same.
    """
    start = item.start
    if matching.rfind("》", max(0, start - 2), start) >= 0:
        return True
    if layout.body.start_char <= start < layout.body.end_char or item.day is None:
        return False
    return is_publication_label(matching, start) or is_signing_label(matching, start) or is_page_line_date(matching, start, item.end)


def _written(found: list[Found], source: Source) -> datetime.date | None:
    """The day on which the notice was written: its signature, else its page's date, as far as they print a year."""
    for role in ("signing", "publication"):
        for item in reversed(found):
            if item.role == role and item.year is not None and item.month is not None and not item.is_redacted:
                try:
                    return _month_end(item.year, item.month) if item.day is None else datetime.date(item.year, item.month, item.day)
                except ValueError:
                    continue
    published = page_date(source)
    return None if published is None else published[0]


def _month_end(year: int, month: int) -> datetime.date:
    return datetime.date(year + month // 12, month % 12 + 1, 1) - datetime.timedelta(1)


def _row(source: Source, item: Found, path: str | None) -> DateMention:
    return DateMention(
        *source.evidence(item.start, item.end, item.rule),
        path,
        item.earliest,
        item.latest,
        item.precision,
        item.role,
        item.range_part,
        item.inferred,
        item.year_from_char,
        item.alternative_earliest,
        item.alternative_latest,
        item.is_redacted,
        item.null_reason,
        item.clock,
    )
