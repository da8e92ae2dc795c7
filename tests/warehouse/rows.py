"""Small factories: whole batches of Arrow tables about notices that need no words."""

from __future__ import annotations

import datetime
import hashlib
from collections.abc import Sequence
from decimal import Decimal

import pyarrow as pa

from transforms.records.documents import Document, Run
from transforms.records.notices import Notice, NoticeText
from transforms.records.shared import Span
from transforms.records.statements import Amount, DateMention
from warehouse.arrow import arrow_table

NOON = datetime.datetime(2026, 1, 1, 12, tzinfo=datetime.UTC)


def hex16(words: str) -> str:
    """The ids of this project: sixteen hex digits of a hash."""
    return hashlib.sha256(words.encode()).hexdigest()[:16]


def document(uri: str, content: str = "one", seen_at: datetime.datetime = NOON, **values: object) -> Document:
    """A document at ``uri`` whose bytes are ``content``."""
    sha256 = hashlib.sha256(content.encode()).hexdigest()
    given = {
        "document_id": hex16(f"{uri}\n{sha256}"),
        "run_id": "run-1",
        "uri": uri,
        "sha256": sha256,
        "size_bytes": len(content),
        "media_type": "text/plain",
        "outcome": "published",
        "notice_id": hex16(uri),
        "seen_at": seen_at,
    }
    return Document(**{**given, **values})  # type: ignore[arg-type]


def notice(uri: str, content: str = "one", title: str | None = None) -> Notice:
    """The notice that the document at ``uri`` gives."""
    return Notice(
        notice_id=hex16(uri),
        document_id=document(uri, content).document_id,
        genre="notice",
        title=title,
        title_lines=1,
        title_span=Span(0, 3),
        inspected_org_aliases=("青禾镇", "镇党委"),
        char_count=10,
        covered_char_count=3,
    )


def amount(uri: str, start: int, yuan: str) -> Amount:
    """One sum of money of the notice at ``uri``."""
    return Amount(
        notice_id=hex16(uri),
        start_char=start,
        end_char=start + 2,
        raw_start=start,
        raw_end=start + 2,
        surface="三元",
        raw="三元",
        rule="amount.yuan",
        yuan_low=Decimal(yuan),
        yuan_high=Decimal(yuan),
        modifier="exact",
        unit="元",
    )


def date(uri: str, day: datetime.date | None) -> DateMention:
    """One date of the notice at ``uri``."""
    return DateMention(
        notice_id=hex16(uri),
        start_char=0,
        end_char=2,
        raw_start=0,
        raw_end=2,
        surface="日期",
        raw="日期",
        rule="date.full",
        earliest=day,
        latest=day,
    )


def run(run_id: str = "run-1", **values: object) -> Run:
    """A finished run that took in nothing."""
    given = dict.fromkeys(("documents_in", "published", "duplicate", "unchanged", "rejected"), 0) | {
        "run_id": run_id,
        "started_at": NOON,
        "finished_at": NOON,
        "code_version": "0",
        "rules_version": "0",
        "outcome": "completed",
    }
    return Run(**{**given, **values})  # type: ignore[arg-type]


def batch(uris: Sequence[str], content: str = "one", amounts: int = 1) -> dict[str, pa.Table]:
    """The tables of one batch: a document, a notice, its text and ``amounts`` sums for each of ``uris``."""
    return {
        "documents": arrow_table(Document, [document(uri, content) for uri in uris]),
        "notices": arrow_table(Notice, [notice(uri, content, title=content) for uri in uris]),
        "texts": arrow_table(NoticeText, [NoticeText(notice_id=hex16(uri), text=content, raw_text=content) for uri in uris]),
        "amounts": arrow_table(Amount, [amount(uri, at, "1.50") for uri in uris for at in range(amounts)]),
    }
