"""What every extractor reads in any text, and what was refused and why: ``taizhang explain``."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from typing import Any

import msgspec

from transforms.dates.mentions import mention_rows, scan_text
from transforms.numbers.amounts import amounts
from transforms.numbers.quantities import Quantity, quantities
from transforms.records.references import Citation
from transforms.records.shared import Mention
from transforms.references.citations import citations
from transforms.references.contacts import contacts
from transforms.references.document_numbers import document_numbers
from transforms.source import Closed, Source
from transforms.text.folding import fold
from transforms.text.text import Text

# no notice stands behind a text that is only explained
_NO_NOTICE = "0" * 16


def explain(text: str, reference: datetime.date | None = None) -> dict[str, list[dict[str, Any]]]:
    """The mentions in ``text`` by kind, in the form of the output contract; JSON can hold every value.

    ``reference`` is the day from which words such as 今年 and year-less dates are counted; without it they stay without a value.
    Words that one kind claims are not read again by the next: citations, contacts, dates, amounts, quantities.
    Offsets ``start_char`` and ``end_char`` count in the folded text, ``raw_start`` and ``raw_end`` in ``text`` itself.
    """
    source = Source(_NO_NOTICE, fold(text))
    folded = source.text
    closed = Closed(len(folded.folded))
    cited = citations(source, closed)
    for citation in cited:
        closed.close(citation.start_char, _end_of_title(folded, citation))
    reached = contacts(source, closed)
    closed.close_all(reached)
    found = [item for item in scan_text(folded, reference) if closed.is_free(item.start, item.end)]
    dated = mention_rows(source, found)
    closed.close_all((*cited, *dated))
    sums = amounts(source, closed)
    closed.close_all(sums)
    refused = [
        (one.start, one.end, "document_number.refused", one.why)
        for one in document_numbers(folded)[1]
        if closed.is_free(one.start, one.end)
    ]
    for start, end, _, _ in refused:
        closed.close(start, end)
    counted, look_alikes = quantities(folded.matching, closed)
    refused += [(one.start, one.end, one.rule, one.why) for one in look_alikes]
    return {
        "date_mentions": _built(dated),
        "amounts": _built(sums),
        "quantities": [_quantity(folded, one) for one in counted],
        "contacts": _built(reached),
        "citations": _built(cited),
        "refused": [{**_place(folded, start, end), "rule": rule, "why": why} for start, end, rule, why in sorted(refused)],
    }


def _end_of_title(text: Text, citation: Citation) -> int:
    """End of the words that are only a citation: a date printed behind a title is a date as well."""
    if citation.issued_earliest is None:
        return citation.end_char
    return text.matching.rfind("》", citation.start_char, citation.end_char) + 1


def _built(rows: Iterable[Mention]) -> list[dict[str, Any]]:
    built: list[dict[str, Any]] = [msgspec.to_builtins(row) for row in rows]
    for row in built:
        del row["notice_id"]
    return built


def _quantity(text: Text, one: Quantity) -> dict[str, Any]:
    low, high = one.stated.low, one.stated.high
    return {
        **_place(text, one.start, one.end),
        "rule": one.rule,
        "kind": one.kind,
        "value_low": None if low is None else float(low),
        "value_high": None if high is None else float(high),
        "unit": one.unit,
        "modifier": one.stated.modifier,
    }


def _place(text: Text, start: int, end: int) -> dict[str, Any]:
    raw_start, raw_end = text.raw_span(start, end)
    return {
        "start_char": start,
        "end_char": end,
        "raw_start": raw_start,
        "raw_end": raw_end,
        "surface": text.folded[start:end],
        "raw": text.raw[raw_start:raw_end],
    }
