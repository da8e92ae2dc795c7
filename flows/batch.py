"""One batch of files: read, extracted, and turned into the Arrow tables that are audited and published together."""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any

import pyarrow as pa

from flows.steps import Steps
from transforms.notice import Extraction
from transforms.reading.read import Reading
from transforms.reading.refusal import Refusal
from transforms.reading.sniff import media_type
from transforms.records.catalogue import NOTICE_TABLES, TABLES
from transforms.records.documents import Document, Reject
from transforms.records.verdicts import CheckResult
from transforms.version import rules_version
from warehouse.arrow import arrow_table, schema
from warehouse.known import FileKey

UNKNOWN_MEDIA = "application/octet-stream"
_TOGETHER = 250


@dataclass(frozen=True, slots=True)
class RawFile:
    """A file's names and bytes; ``copy_of`` is set when its bytes are those of a published document or an earlier file.

    ``declared`` is the charset that a server or a source named; ``refusal`` is set where the file is known to hold no document.
    """

    key: FileKey
    raw: bytes
    copy_of: FileKey | None = None
    declared: str = ""
    refusal: Refusal | None = None


@dataclass(frozen=True, slots=True)
class Unread:
    """A place whose bytes could not be had: there is a reject row and no document.

    ``sha256`` is set for a member of an archive, and is the archive's.
    """

    document_id: str
    uri: str
    reason: str
    message: str
    stage: str = "ingest"
    sha256: str | None = None


@dataclass(frozen=True, slots=True)
class Run:
    """What every row of a run carries."""

    run_id: str
    seen_at: datetime.datetime


@dataclass(frozen=True, slots=True)
class Batch:
    """The tables of a batch by name (empty ones too, ``check_results`` not yet filled) and how its files ended."""

    tables: dict[str, pa.Table]
    published: int
    duplicate: int
    rejected: int

    @property
    def documents_in(self) -> int:
        """Files that the batch accounts for."""
        return self.published + self.duplicate + self.rejected

    def with_check_results(self, results: pa.Table) -> Batch:
        """The batch with its verdicts, their columns in the order and types of the record."""
        arrow = schema(CheckResult)
        return replace(self, tables={**self.tables, CheckResult.TABLE.name: results.select(arrow.names).cast(arrow)})


@dataclass(frozen=True, slots=True)
class Extracted:
    """What files gave, by document_id: how each was read, its rows or why it has none, and the notice tables of all.

    Where the tables hold the rows, ``found`` may name refusals only.
    """

    readings: dict[str, Reading | None]
    found: dict[str, Extraction | Refusal]
    tables: dict[str, pa.Table]


def extract_batch(
    files: Sequence[RawFile], unread: Sequence[Unread], run: Run, steps: Steps, tell: Callable[[int], None] | None = None
) -> Batch:
    """The tables of ``files``. A file that gives no notice becomes a reject; nothing a file holds makes the batch fail.

    Rows become Arrow after every few hundred files, which takes a tenth of the memory; ``tell`` then hears how many are done.
    """
    readings: dict[str, Reading | None] = {}
    found: dict[str, Extraction | Refusal] = {}
    parts: list[dict[str, pa.Table]] = []
    for start in range(0, len(files), _TOGETHER):
        part = extract_files(files[start : start + _TOGETHER], steps)
        parts.append(part.tables)
        readings |= {name: reading and replace(reading, text="", page={}) for name, reading in part.readings.items()}
        found |= {name: result for name, result in part.found.items() if isinstance(result, Refusal)}
        if tell:
            tell(min(start + _TOGETHER, len(files)))
    tables = {name: pa.concat_tables([part[name] for part in parts]) for name in parts[0]} if parts else {}
    return accounted(Extracted(readings, found, tables), files, unread, run)


def extract_files(files: Sequence[RawFile], steps: Steps) -> Extracted:
    """Read and extract ``files``, copies left out."""
    readings: dict[str, Reading | None] = {}
    found: dict[str, Extraction | Refusal] = {}
    for file in files:
        if not file.copy_of:
            name = file.key.document_id
            readings[name], found[name] = _extracted(file, steps)
    return Extracted(readings, found, _fitting_tables(found))


def accounted(extracted: Extracted, files: Sequence[RawFile], unread: Sequence[Unread], run: Run) -> Batch:
    """``extracted`` with a row in documents for each of ``files`` and one in rejects for each that gave no notice."""
    documents: list[Document] = []
    rejects = [
        Reject(
            document_id=each.document_id,
            run_id=run.run_id,
            uri=each.uri,
            sha256=each.sha256,
            reason=each.reason,
            stage=each.stage,
            message=each.message,
        )
        for each in unread
    ]
    for file in files:
        # what a copy repeats is an earlier file of this batch, or a published document, which is not among those found
        result = extracted.found.get((file.copy_of or file.key).document_id)
        reading = extracted.readings.get(file.key.document_id)
        if isinstance(result, Refusal):
            documents.append(_document(file, run, reading, "rejected"))
            rejects.append(_reject(file, run, result))
        elif file.copy_of:
            copied = file.copy_of
            documents.append(_document(file, run, None, "duplicate", duplicate_of=copied.document_id, notice_id=copied.notice_id))
        else:
            documents.append(_document(file, run, reading, "published", notice_id=file.key.notice_id))
    outcomes = Counter(document.outcome for document in documents)
    own = {Document.TABLE.name: arrow_table(Document, documents), Reject.TABLE.name: arrow_table(Reject, rejects)}
    empty = {record.TABLE.name: schema(record).empty_table() for record in TABLES}
    return Batch(
        {**empty, **extracted.tables, **own}, published=outcomes["published"], duplicate=outcomes["duplicate"], rejected=len(rejects)
    )


def _extracted(file: RawFile, steps: Steps) -> tuple[Reading | None, Extraction | Refusal]:
    """What ``file`` reads as, if it does, and its rows or why it has none. Never raises."""
    if file.refusal:
        return None, file.refusal
    reading: Reading | None = None
    try:
        read = steps.read(file.raw, file.key.uri, declared=file.declared) if file.declared else steps.read(file.raw, file.key.uri)
        if isinstance(read, Refusal):
            return None, read
        reading = _with_address(read, file.key.uri)
        return reading, steps.extract(reading, file.key.notice_id, file.key.document_id)
    except Exception as error:
        return reading, _defect(error)


def _with_address(reading: Reading, uri: str) -> Reading:
    """``reading`` of a page from the web, whose address may tell the day of publication."""
    if not uri.startswith(("http://", "https://")) or "url" in reading.page:
        return reading
    return replace(reading, page={**reading.page, "url": uri})


def _defect(error: Exception) -> Refusal:
    """A defect of a rule costs one notice, not the run; the bytes are kept, so a later version can read them."""
    words = f"extraction failed ({type(error).__name__}: {str(error)[:200]}); this is a defect of taizhang, please report it with the file"
    return Refusal("extraction_failed", "extract", words)


def _fitting_tables(found: dict[str, Extraction | Refusal]) -> dict[str, pa.Table]:
    """The notice tables of what was ``found``; a notice with a value that no column can hold is turned into a refusal there."""
    notices = {name: result for name, result in found.items() if isinstance(result, Extraction)}
    try:
        return _notice_tables(list(notices.values()))
    except (pa.ArrowException, OverflowError, UnicodeError, ArithmeticError, TypeError):
        for name, notice in notices.items():
            try:
                _notice_tables([notice])
            except (pa.ArrowException, OverflowError, UnicodeError, ArithmeticError, TypeError) as error:
                found[name] = _defect(error)
        return _notice_tables([result for result in found.values() if isinstance(result, Extraction)])


def _notice_tables(notices: Sequence[Extraction]) -> dict[str, pa.Table]:
    tables: dict[str, pa.Table] = {}
    for record in NOTICE_TABLES:
        rows: list[Any] = []
        for notice in notices:
            rows.extend(notice.tables.get(record, ()))
        tables[record.TABLE.name] = arrow_table(record, rows)
    return tables


def _document(file: RawFile, run: Run, reading: Reading | None, outcome: str, **values: Any) -> Document:
    key = file.key
    return Document(
        document_id=key.document_id,
        run_id=run.run_id,
        uri=key.uri,
        sha256=key.sha256,
        size_bytes=len(file.raw),
        media_type=reading.media_type if reading else media_type(file.raw) or UNKNOWN_MEDIA,
        encoding=reading.encoding or None if reading else None,
        encoding_reason=reading.encoding_reason or None if reading else None,
        declared_encoding=file.declared or None,
        damage=reading.damage if reading else (),
        outcome=outcome,
        seen_at=run.seen_at,
        rules_version=rules_version(),
        **values,
    )


def _reject(file: RawFile, run: Run, refusal: Refusal) -> Reject:
    key = file.key
    return Reject(
        document_id=key.document_id,
        run_id=run.run_id,
        uri=key.uri,
        sha256=key.sha256,
        reason=refusal.reason,
        stage=refusal.stage,
        message=refusal.message,
    )
