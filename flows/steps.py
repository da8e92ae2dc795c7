"""The steps of an ingestion that other packages supply, as one value, so that a flow is told what it runs."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Protocol

import pyarrow as pa

from flows.settings import Settings
from transforms.notice import Extraction
from transforms.reading.read import Reading
from transforms.reading.refusal import Refusal

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
    critical one stops the publish. ``validate(totals, run_id)`` holds the sum of those counts over a run to the suite;
    ``related`` gives the verdicts that hang on other notices, for a batch's tables with those of related notices (flows.related)."""

    read: Read
    extract: Callable[[Reading, str, str], Extraction | Refusal]
    checks: Callable[[Tables], pa.Table]
    audit: Callable[[Tables, str], pa.Table]
    documents: Callable[[bytes, str], Iterable[tuple[str, bytes | Refusal]]] = _itself
    validate: Callable[[pa.Table, str], pa.Table] = _as_counted
    related: Callable[[Tables], pa.Table] | None = None


def real_steps(settings: Settings | None = None) -> Steps:
    """The steps of the product. Great Expectations takes seconds to load, and does so once, when a run's counts are validated.

    Raises ``SettingsError`` for a check of the user's own that cannot be used.
    """
    from flows import checking
    from flows.isolation import IsolatedReader
    from transforms.notice import extract

    chosen = settings or Settings()
    reader = IsolatedReader(chosen.limits, chosen.reader_memory, office=chosen.office)
    own = checking.own_checks(chosen)
    return Steps(
        read=reader.read,
        extract=extract,
        checks=partial(checking.check_results, own),
        audit=partial(checking.count, own),
        documents=reader.documents,
        validate=partial(checking.validate, own),
        related=partial(checking.related_results, own),
    )
