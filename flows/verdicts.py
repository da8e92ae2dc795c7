"""Verdicts of a warehouse's notices: those it stores, and those of checks that it has not run yet, told then and there.

Nothing is written. A check of one's own that was added or changed after the last run is run on the tables of the warehouse, a few
hundred notices at a time.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import pyarrow as pa

from expectations.check_files import Check
from flows.checking import results
from flows.related import together
from transforms.records.catalogue import NOTICE_TABLES
from transforms.records.verdicts import CheckResult
from warehouse.lake import NAME, Lake
from warehouse.related import related, rows_of

_BATCH = 300
_STORED = CheckResult.TABLE.name
_READ = [*(record.TABLE.name for record in NOTICE_TABLES if record is not CheckResult), "documents"]
_FEWEST = 6
_IDS = f"""
SELECT notice_id, n.inspected_org, n.title, d.uri FROM {NAME}.notices n LEFT JOIN {NAME}.documents d USING (document_id, notice_id)
WHERE notice_id > ? AND starts_with(notice_id, ?) ORDER BY notice_id LIMIT {_BATCH}
"""


class NoSuchNotice(Exception):
    """No notice, or more than one, has the id that was given."""


@dataclass(frozen=True, slots=True)
class Told:
    """One verdict: the notice it speaks of, the row of ``check_results``, and the words of both sides' spans."""

    notice: dict[str, Any]
    row: dict[str, Any]
    text: str
    is_fresh: bool

    def quotes(self, side: str) -> list[dict[str, Any]]:
        """The spans of ``lhs`` or ``rhs`` with their words."""
        spans = self.row[f"{side}_spans"] or ()
        return [{**span, "words": self.text[span["start_char"] : span["end_char"]]} for span in spans]


def verdicts(lake: Lake, checks: Sequence[Check], notice: str | None = None, is_again: bool = False) -> Iterator[Told]:
    """The verdict of each of ``checks`` on each notice, ordered by notice and check.

    ``notice`` is an id or its beginning. With ``is_again`` no stored verdict is used. Raises ``NoSuchNotice`` and ``CheckError``.
    """
    if notice is not None:
        _one(lake, notice)
    last = ""
    while found := lake.execute(_IDS, [last, notice or ""]).fetchall():
        notices = {row[0]: dict(zip(("notice_id", "inspected_org", "title", "uri"), row, strict=True)) for row in found}
        last = found[-1][0]
        yield from _of(lake, checks, notices, is_again)


def _one(lake: Lake, notice: str) -> None:
    named = [
        row[0] for row in lake.execute(f"SELECT notice_id FROM {NAME}.notices WHERE starts_with(notice_id, ?) LIMIT 2", [notice]).fetchall()
    ]
    if len(notice) < _FEWEST or not named:
        raise NoSuchNotice(f"no notice has the id {notice}; give its 16 digits or at least the first {_FEWEST}")
    if len(named) > 1:
        raise NoSuchNotice(f"several notices have an id that begins with {notice}; give more of it")


def _of(lake: Lake, checks: Sequence[Check], notices: dict[str, dict[str, Any]], is_again: bool) -> Iterator[Told]:
    wanted = {(notice_id, check.id) for notice_id in notices for check in checks}
    rows = {} if is_again else {key: row for key, row in _rows(rows_of(lake, list(notices), (_STORED,))[_STORED]) if key in wanted}
    missing = wanted - set(rows)
    fresh = {
        key: row
        for key, row in _run(lake, [check for check in checks if any(check.id == one for _, one in missing)], list(notices))
        if key in missing
    }
    texts = dict(
        zip(
            *(column.to_pylist() for column in rows_of(lake, list(notices), ("texts",))["texts"].select(["notice_id", "text"])), strict=True
        )
    )
    for notice_id, notice in notices.items():
        for check in checks:
            row = rows.get((notice_id, check.id)) or fresh[notice_id, check.id]
            yield Told(notice, row, texts.get(notice_id, ""), (notice_id, check.id) in fresh)


def _rows(table: pa.Table) -> Iterator[tuple[tuple[str, str], dict[str, Any]]]:
    for row in table.to_pylist():
        yield (row["notice_id"], row["check_id"]), row


def _run(lake: Lake, checks: Sequence[Check], notices: Sequence[str]) -> Iterator[tuple[tuple[str, str], dict[str, Any]]]:
    """The verdicts of ``checks`` on ``notices``, from the tables of the warehouse."""
    if not checks:
        return
    tables = rows_of(lake, notices, _READ)
    for scope in ("notice", "related"):
        if chosen := [check for check in checks if check.scope == scope]:
            given = together(tables, related(lake, tables["notices"])) if scope == "related" else tables
            yield from _rows(results(chosen, given))
