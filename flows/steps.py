"""The steps of an ingestion that other packages supply, as one value, so that a flow is told what it runs."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Protocol

import pyarrow as pa

from flows.settings import Settings
from transforms.notice import Extraction
from transforms.reading.read import Reading
from transforms.reading.refusal import Refusal
from transforms.records.catalogue import TABLES
from warehouse.arrow import arrow_table

Tables = Mapping[str, pa.Table]


class Read(Protocol):
    """Reads one document; ``declared`` is the charset that a server or a source named."""

    def __call__(self, raw: bytes, uri: str, *, declared: str = "") -> Reading | Refusal:
        """The text, or why there is none."""


def _itself(raw: bytes, uri: str) -> Iterable[tuple[str, bytes | Refusal]]:
    """A file as the one document that it is."""
    return ((uri, raw),)


def _as_counted(totals: pa.Table, _run_id: str) -> pa.Table:
    """The counts are the results."""
    return totals


@dataclass(frozen=True, slots=True)
class Steps:
    """``documents`` gives the members of an archive, or the file itself, with their uris;
    ``read`` and ``extract`` never raise by contract; ``checks`` gives ``check_results`` for a batch's tables;
    ``audit(tables, run_id)`` counts what breaks the expectations in a batch, in the columns of ``expectation_results``; a failed
    critical one stops the publish. ``validate(totals, run_id)`` holds the sum of those counts over a run to the suite."""

    read: Read
    extract: Callable[[Reading, str, str], Extraction | Refusal]
    checks: Callable[[Tables], pa.Table]
    audit: Callable[[Tables, str], pa.Table]
    documents: Callable[[bytes, str], Iterable[tuple[str, bytes | Refusal]]] = _itself
    validate: Callable[[pa.Table, str], pa.Table] = _as_counted


def real_steps(settings: Settings | None = None) -> Steps:
    """The steps of the product. Great Expectations takes seconds to load, and does so once, when a run's counts are validated."""
    from flows.isolation import IsolatedReader
    from transforms.notice import extract

    chosen = settings or Settings()
    reader = IsolatedReader(chosen.limits, chosen.reader_memory, office=chosen.office)
    return Steps(
        read=reader.read,
        extract=extract,
        checks=packaged_check_results,
        audit=_audit,
        documents=reader.documents,
        validate=_validate,
    )


def packaged_check_results(tables: Tables) -> pa.Table:
    """Verdicts of all packaged checks on the notices of ``tables``; a table that is not handed over counts as empty."""
    from expectations.check_files import packaged_checks
    from expectations.run import run_checks

    return run_checks({**_empty_tables(), **tables}, packaged_checks())


@cache
def _empty_tables() -> Tables:
    return {record.TABLE.name: arrow_table(record, ()) for record in TABLES}


def _audit(tables: Tables, run_id: str) -> pa.Table:
    from expectations.check_files import packaged_checks
    from expectations.measure import measure

    return measure(tables, run_id, packaged_checks())


def _validate(totals: pa.Table, run_id: str) -> pa.Table:
    from expectations.check_files import packaged_checks
    from expectations.validate import validate_totals

    return validate_totals(totals, run_id, packaged_checks())
