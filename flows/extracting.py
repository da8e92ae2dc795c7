"""What notices say, as the objects of the output contract, without a warehouse."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any

from flows.batch import UNKNOWN_MEDIA, RawFile, Run, Unread, accounted, extract_files
from flows.identifiers import document_id
from flows.members import documents
from flows.steps import Steps
from transforms.contract import contract
from transforms.reading.read import Reading
from transforms.reading.refusal import Refusal
from transforms.reading.sniff import media_type
from transforms.records.notices import Notice
from transforms.records.verdicts import CheckResult

# checks are run over this many documents at once; a greater number would only delay the first line
_TOGETHER = 50


def objects(sources: Iterable[tuple[str, bytes | str]], steps: Steps, seen_at: datetime.datetime | None = None) -> Iterator[dict[str, Any]]:
    """The contract's object for each (uri, bytes) of ``sources``, or for each member of an archive; words in place of bytes say why
    there are none.

    Checks that ask whether a promise is past are told by ``seen_at``, which is now if it is not given.
    """
    run = Run("", seen_at or datetime.datetime.now(datetime.UTC))
    waiting = _opened(sources, steps)
    while some := list(islice(waiting, _TOGETHER)):
        yield from _checked(some, steps, run)


def _opened(sources: Iterable[tuple[str, bytes | str]], steps: Steps) -> Iterator[RawFile | Unread]:
    for uri, raw in sources:
        if isinstance(raw, bytes):
            yield from documents(raw, uri, steps)
        else:
            yield Unread(document_id(uri, ""), uri, "unreadable", raw)


def _checked(sources: list[RawFile | Unread], steps: Steps, run: Run) -> Iterator[dict[str, Any]]:
    files = [each for each in sources if isinstance(each, RawFile)]
    extracted = extract_files(files, steps)
    verdicts: dict[str, list[dict[str, Any]]] = {}
    if extracted.tables[Notice.TABLE.name].num_rows:
        tables = accounted(extracted, files, (), run).tables
        for row in steps.checks(tables).select(list(CheckResult.__struct_fields__)).to_pylist():
            verdicts.setdefault(row["notice_id"], []).append(row)
    for each in sources:
        if isinstance(each, Unread):
            yield contract(Refusal(each.reason, each.stage, each.message), _document(each.uri, None, None))
        else:
            key = each.key
            yield contract(
                extracted.found[key.document_id],
                _document(key.uri, each, extracted.readings[key.document_id]),
                verdicts.get(key.notice_id, ()),
            )


def _document(uri: str, file: RawFile | None, reading: Reading | None) -> dict[str, Any]:
    raw = file.raw if file else b""
    return {
        "uri": uri,
        "sha256": file.key.sha256 if file else None,
        "media_type": reading.media_type if reading else media_type(raw) or UNKNOWN_MEDIA,
        "encoding": (reading.encoding or None) if reading else None,
        "encoding_reason": (reading.encoding_reason or None) if reading else None,
        "damage": list(reading.damage) if reading else [],
        "document_id": file.key.document_id if file else document_id(uri, ""),
        "size_bytes": len(raw) if file else None,
    }
