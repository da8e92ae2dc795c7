"""What changed between two snapshots: notices that came, went or were read again, their values from old to new, and verdicts.

Rows of tables with a key of their own (problem 3, check K01) are compared by it. Mentions have none but their place, which any edit
above moves, so the two rows of mentions are aligned by their words, as a text diff aligns lines.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from typing import Any

import duckdb

from transforms.records.catalogue import NOTICE_TABLES
from transforms.records.columns import Record
from transforms.records.notices import Notice, NoticeText
from transforms.records.verdicts import CheckResult
from warehouse.history import columns_compared, differing_notices, snapshots, table_at
from warehouse.lake import NAME, Lake

_WRONG = ("fail", "review")
_AT_A_TIME = 200


@dataclass(frozen=True, slots=True)
class Change:
    """One change. ``kind`` is added, removed, replaced (other bytes) or reread (same bytes, other rows) for a notice as a whole,
    row_added, row_removed or value for its rows, and new, fixed, reopened or verdict for a check's verdict."""

    kind: str
    notice_id: str
    inspected_org: str
    table: str = ""
    key: str = ""
    column: str = ""
    old: str | None = None
    new: str | None = None


@dataclass(slots=True)
class Totals:
    """How often each kind of change came, filled while changes are read."""

    counts: Counter[str] = field(default_factory=Counter)


def changes(lake: Lake, old: int, new: int, tables: Sequence[str] = (), totals: Totals | None = None) -> Iterator[Change]:
    """All changes from snapshot ``old`` to ``new``, notice by notice; ``tables`` limits rows and values to those tables."""
    totals = totals or Totals()
    records = [record for record in NOTICE_TABLES if not tables or record.TABLE.name in tables]
    differing = {record: differing_notices(lake, record, old, new) for record in records}
    heads = {version: _heads(lake, version) for version in (old, new)}
    both = heads[old].keys() & heads[new].keys()
    rest = {notice for notices in differing.values() for notice in notices} & both
    rest |= {notice for notice in both if heads[old][notice][0] != heads[new][notice][0]}
    alone = [(notice, "removed", heads[old][notice][1]) for notice in heads[old].keys() - both]
    alone += [(notice, "added", heads[new][notice][1]) for notice in heads[new].keys() - both]
    everything = [*((name, notice, kind) for notice, kind, name in alone), *((heads[new][each][1], each, "") for each in rest)]
    everything.sort()
    for start in range(0, len(everything), _AT_A_TIME):
        chunk = everything[start : start + _AT_A_TIME]
        for change in _of_chunk(lake, old, new, chunk, records, differing, heads):
            totals.counts[change.kind] += 1
            yield change


_Heads = dict[int, dict[str, tuple[str, str]]]


def _heads(lake: Lake, version: int) -> dict[str, tuple[str, str]]:
    """Document and name of every notice at a snapshot."""
    rows = lake.execute(
        f"SELECT notice_id, document_id, coalesce(inspected_org, title, '') FROM {table_at(lake, Notice, version)}"
    ).fetchall()
    return {notice: (document, name) for notice, document, name in rows}


def _of_chunk(
    lake: Lake,
    old: int,
    new: int,
    chunk: Sequence[tuple[str, str, str]],
    records: Sequence[type[Record]],
    differing: dict[type[Record], frozenset[str]],
    heads: _Heads,
) -> Iterator[Change]:
    found: dict[str, list[Change]] = {notice: [] for _, notice, _ in chunk}
    names = {notice: name for name, notice, _ in chunk}
    for record in records:
        touched = sorted(differing[record] & {notice for _, notice, kind in chunk if not kind})
        if record is not CheckResult and touched:
            for change in _of_table(lake, old, new, record, touched, names):
                found[change.notice_id].append(change)
    if CheckResult in records:
        for change in _verdicts(lake, old, new, sorted(differing[CheckResult] & found.keys()), names):
            found[change.notice_id].append(change)
    for name, notice, kind in chunk:
        whole = kind or ("replaced" if heads[old][notice][0] != heads[new][notice][0] else "reread")
        yield Change(whole, notice, name)
        yield from found[notice]


def _rows(
    lake: Lake, record: type[Record], version: int, notices: Sequence[str], columns: Sequence[str]
) -> dict[str, list[dict[str, Any]]]:
    """The rows of each notice in the order of the table's key."""
    chosen = dict.fromkeys((*columns, *record.TABLE.key))
    cursor = lake.execute(
        f"SELECT {', '.join(chosen)} FROM {table_at(lake, record, version)} WHERE notice_id IN (SELECT unnest($notices)) "
        f"ORDER BY {', '.join(record.TABLE.key)}",
        {"notices": list(notices)},
    )
    rows: dict[str, list[dict[str, Any]]] = {notice: [] for notice in notices}
    for values in cursor.fetchall():
        row = dict(zip(chosen, values, strict=True))
        rows[row["notice_id"]].append(row)
    return rows


def _of_table(lake: Lake, old: int, new: int, record: type[Record], notices: Sequence[str], names: dict[str, str]) -> Iterator[Change]:
    columns = columns_compared(lake, record, [table_at(lake, record, version) for version in (old, new)])
    before, after = (_rows(lake, record, version, notices, columns) for version in (old, new))
    for notice in notices:
        if record is NoticeText:
            yield from _of_text(notice, names[notice], before[notice], after[notice])
            continue
        for one, other in _paired(record, before[notice], after[notice]):
            yield from _of_rows(record, columns, notice, names[notice], one, other)


def _of_rows(
    record: type[Record], columns: Sequence[str], notice: str, name: str, one: dict[str, Any] | None, other: dict[str, Any] | None
) -> Iterator[Change]:
    table, key = record.TABLE.name, _key(record, one or other or {})
    if one is None or other is None:
        kind = "row_added" if one is None else "row_removed"
        yield Change(kind, notice, name, table, key, old=_told(record, one), new=_told(record, other))
        return
    changed = [column for column in columns if column != "document_id" and one[column] != other[column]]
    telling = [column for column in changed if column not in ("surface", "raw")]
    for column in telling or changed[:1]:  # other words mostly are another value, which says it better
        yield Change("value", notice, name, table, key, column, _words(one[column]), _words(other[column]))


def _paired(
    record: type[Record], before: Sequence[dict[str, Any]], after: Sequence[dict[str, Any]]
) -> Iterator[tuple[dict[str, Any] | None, dict[str, Any] | None]]:
    """Rows that are the same thing at both snapshots; None on one side for what came or went."""
    if "start_char" not in record.TABLE.key:
        keyed = [{_key(record, row): row for row in rows} for rows in (before, after)]
        for key in dict.fromkeys((*keyed[0], *keyed[1])):
            yield keyed[0].get(key), keyed[1].get(key)
        return
    surfaces = [[_identity(record, row) for row in rows] for rows in (before, after)]
    for kind, a, b, c, d in SequenceMatcher(None, surfaces[0], surfaces[1], autojunk=False).get_opcodes():
        if kind == "equal" or (kind == "replace" and b - a == d - c):
            yield from zip(before[a:b], after[c:d], strict=True)
        else:
            yield from ((row, None) for row in before[a:b])
            yield from ((None, row) for row in after[c:d])


def _identity(record: type[Record], row: dict[str, Any]) -> tuple[str, ...]:
    """The words of a mention, with what tells two rows of one place apart."""
    return tuple(str(row[column]) for column in ("surface", *record.TABLE.key[2:]))


def _key(record: type[Record], row: dict[str, Any]) -> str:
    if "start_char" in record.TABLE.key:
        return str(row.get("surface", ""))
    return ", ".join(f"{column}={row.get(column)}" for column in record.TABLE.key[1:])


def _told(record: type[Record], row: dict[str, Any] | None) -> str | None:
    """What a row that came or went says, in the column that says most."""
    if row is None:
        return None
    return _words(next((row[column] for column in ("statement", "text", "heading", "surface") if row.get(column)), _key(record, row)))


def _words(value: Any) -> str | None:
    if value is None:
        return None
    return json.dumps(value, ensure_ascii=False, default=str) if isinstance(value, list | dict) else str(value)


def _of_text(notice: str, name: str, before: Sequence[dict[str, Any]], after: Sequence[dict[str, Any]]) -> Iterator[Change]:
    """Lines of the text that changed; of the text as printed, where folding hides the difference."""
    pair = [rows[0] if rows else {"text": "", "raw_text": ""} for rows in (before, after)]
    column = "text" if pair[0]["text"] != pair[1]["text"] else "raw_text"
    lines = [row[column].split("\n") for row in pair]
    for kind, a, b, c, d in SequenceMatcher(None, lines[0], lines[1], autojunk=False).get_opcodes():
        if kind != "equal":
            old, new = "\n".join(lines[0][a:b]), "\n".join(lines[1][c:d])
            yield Change("value", notice, name, "texts", f"line {c + 1}", column, old if a < b else None, new if c < d else None)


def _verdicts(lake: Lake, old: int, new: int, notices: Sequence[str], names: dict[str, str]) -> Iterator[Change]:
    """Verdicts that changed: new (was not wrong before), fixed, reopened (new, and wrong once before), else another verdict."""
    if not notices:
        return
    before, after = (
        {
            (notice, row["check_id"]): row
            for notice, rows in _rows(lake, CheckResult, version, notices, ("verdict", "equation")).items()
            for row in rows
        }
        for version in (old, new)
    )
    appeared = [key for key in after if after[key]["verdict"] in _WRONG and (key not in before or before[key]["verdict"] not in _WRONG)]
    known = _wrong_before(lake, old, appeared)
    for key in sorted(dict.fromkeys((*before, *after))):
        one, other = before.get(key), after.get(key)
        was, now = (row["verdict"] if row else None for row in (one, other))
        if was == now and (one or {}).get("equation") == (other or {}).get("equation"):
            continue
        if was is None and now not in _WRONG:
            continue  # a notice that came brings a verdict of every check
        if now in _WRONG and was not in _WRONG:
            kind = "reopened" if key in known else "new"
        elif was in _WRONG and now not in _WRONG:
            kind = "fixed"
        else:
            kind = "verdict"
        yield Change(kind, key[0], names[key[0]], "check_results", key[1], "verdict", _verdict(one), _verdict(other))


def _verdict(row: dict[str, Any] | None) -> str | None:
    if row is None:
        return None
    return f"{row['verdict']} ({row['equation']})" if row["equation"] else str(row["verdict"])


def _wrong_before(lake: Lake, old: int, keys: Sequence[tuple[str, str]]) -> frozenset[tuple[str, str]]:
    """Those of ``keys`` (notice, check) that were wrong at a snapshot before ``old``; what maintenance removed is not known."""
    first = snapshots(lake)[0].number
    if not keys:
        return frozenset()
    try:
        rows = lake.execute(
            f"SELECT DISTINCT notice_id, check_id FROM {NAME}.table_changes('check_results', {first}, {int(old)}) "
            "WHERE change_type = 'insert' AND verdict IN ('fail', 'review') AND notice_id IN (SELECT unnest($notices))",
            {"notices": sorted({notice for notice, _ in keys})},
        ).fetchall()
    except duckdb.Error:
        return frozenset()
    return frozenset((notice, check) for notice, check in rows) & frozenset(keys)
