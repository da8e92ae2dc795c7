"""Finding the rows that break an invariant: SQL in DuckDB over the Arrow tables of a batch, spans in Python.

This does the work for the Great Expectations suite (``validate.py``) and knows nothing of it. Spans are not compared in SQL, because
``substr`` of DuckDB walks from the start of the text for every row: measured seven times slower than slices of Python's strings.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, reduce
from itertools import islice
from types import TracebackType
from typing import Any

import duckdb
import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from expectations.invariants import Invariant, invariants

EXAMPLES = 5


@dataclass(frozen=True, slots=True)
class Found:
    """How many rows were examined, how many are bad, and the first of them as ``key: what``."""

    row_count: int
    unexpected_count: int
    examples: tuple[str, ...]


class Audit:
    """The tables of one batch, open for questions. A context manager, since it holds a DuckDB connection."""

    def __init__(self, tables: Mapping[str, pa.Table]) -> None:
        self._tables = tables
        self._connection = duckdb.connect(":memory:", config={"threads": 1, "enable_external_access": "false"})
        for name, table in tables.items():
            self._connection.register(name, table)
        if (texts := tables.get("texts")) is not None:
            lengths = pa.table({"notice_id": texts["notice_id"], "length": pc.utf8_length(texts["text"])})
            self._connection.register("text_lengths", lengths)
        self._bad_rows: dict[str, dict[str, int]] = {}
        self._texts: dict[str, tuple[str, str]] | None = None
        self._spans: dict[str, tuple[list[str], list[str]]] = {}

    def __enter__(self) -> Audit:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self._connection.close()

    def find(self, invariant: Invariant) -> Found:
        """What breaks ``invariant``. Raises ``KeyError`` for a table that is not there."""
        rows = self._tables[invariant.table].num_rows
        if not rows:
            return Found(0, 0, ())
        if invariant.sql is None:
            folded, raw = self._broken_spans(invariant.table)
            bad = folded if invariant.name.endswith(".surface") else raw
            return Found(rows, len(bad), tuple(bad[:EXAMPLES]))
        if invariant.where and not self._counted(invariant):
            return Found(rows, 0, ())
        found = self._connection.execute(f"SELECT key, what FROM ({invariant.sql})").fetchall()
        return Found(rows, len(found), tuple(f"{key}: {what}" for key, what in islice(found, EXAMPLES)))

    def failed_checks(self, check_id: str) -> Found:
        """The notices on which a check gave ``fail``."""
        told = self._tables["check_results"]
        told = told.filter(pc.equal(told["check_id"], check_id))
        bad = told.filter(pc.equal(told["verdict"], "fail")).select(["notice_id", "verdict", "equation"])
        first = bad.sort_by("notice_id").slice(0, EXAMPLES).to_pylist()
        examples = tuple(f"{row['notice_id']}: {row['equation'] or row['verdict']}" for row in first)
        return Found(told.num_rows, bad.num_rows, examples)

    def _counted(self, invariant: Invariant) -> int:
        """How many rows of a table break ``invariant``; one pass over the table counts for all of its kind."""
        counts = self._bad_rows.get(invariant.table)
        if counts is None:
            same = _row_wise()[invariant.table]
            columns = ", ".join(f"count(*) FILTER (WHERE {each.where})" for each in same)
            row = self._connection.execute(f"SELECT {columns} FROM {invariant.table}").fetchone()
            counts = self._bad_rows[invariant.table] = dict(zip((each.name for each in same), row or (), strict=True))
        # an invariant that is not of the list was made by a caller: it is asked by itself
        return counts.get(invariant.name, 1)

    def _broken_spans(self, table: str) -> tuple[list[str], list[str]]:
        """Rows of a mention table whose words are not those at their offsets, folded and raw."""
        if table not in self._spans:
            rows = self._tables[table]
            self._spans[table] = (
                self._told_otherwise(rows, 0, "start_char", "end_char", "surface"),
                self._told_otherwise(self._changed(rows), 1, "raw_start", "raw_end", "raw"),
            )
        return self._spans[table]

    def _changed(self, rows: pa.Table) -> pa.Table:
        """``rows`` without those that are the same in the raw text as in the folded one, in a notice where the two texts are equal."""
        texts = self._tables["texts"]
        unfolded = texts["notice_id"].filter(pc.equal(texts["text"], texts["raw_text"]))
        pairs = (("start_char", "raw_start"), ("end_char", "raw_end"), ("surface", "raw"))
        equal = [pc.is_in(rows["notice_id"], unfolded), *(pc.equal(rows[one], rows[other]) for one, other in pairs)]
        return rows.filter(pc.invert(pc.fill_null(reduce(pc.and_, equal), False)))

    def _told_otherwise(self, rows: pa.Table, which: int, start: str, end: str, column: str) -> list[str]:
        """``notice: start`` of the rows whose ``column`` is not what stands between their offsets in the folded (0) or raw (1) text."""
        notices, told = _column(rows, "notice_id"), _column(rows, column)
        cut = self._cut(notices, rows[start].to_pylist(), rows[end].to_pylist(), which)
        if _are(told, cut):
            return []
        first = rows["start_char"].to_pylist()
        return [f"{notices[at].as_py()}: {first[at]}" for at, words in enumerate(told.to_pylist()) if words != cut[at]]

    def _cut(self, notices: pa.Array, starts: list[int], ends: list[int], which: int) -> list[str]:
        """What stands in the folded (0) or raw (1) text between ``starts`` and ``ends``; rows of a notice lie together."""
        if self._texts is None:
            texts = self._tables["texts"]
            pairs = zip(texts["text"].to_pylist(), texts["raw_text"].to_pylist(), strict=True)
            self._texts = dict(zip(texts["notice_id"].to_pylist(), pairs, strict=True))
        cut: list[str] = []
        runs = pc.run_end_encode(notices)
        first = 0
        for notice_id, stop in zip(runs.values.to_pylist(), runs.run_ends.to_pylist(), strict=True):
            text = self._texts.get(notice_id, ("", ""))[which]
            cut += [text[start:end] for start, end in zip(starts[first:stop], ends[first:stop], strict=True)]
            first = stop
        return cut


def _are(told: pa.StringArray, words: list[str]) -> bool:
    """Whether the array holds just ``words``; its bytes are compared as one, for to make Python's strings of them takes as long as the rest."""
    if told.null_count or not pc.utf8_length(told).equals(pa.array(map(len, words), pa.int32())):
        return False
    _, offsets, held = told.buffers()
    at = np.frombuffer(offsets, np.int32)[told.offset : told.offset + len(told) + 1]
    return memoryview(held or b"").cast("B")[at[0] : at[-1]] == "".join(words).encode()  # Arrow's bytes are signed


def _column(table: pa.Table, name: str) -> pa.Array:
    whole: Any = table[name].combine_chunks()
    return pa.concat_arrays(whole.chunks) if isinstance(whole, pa.ChunkedArray) else whole


@cache
def _row_wise() -> dict[str, list[Invariant]]:
    """Invariants that a row breaks by itself, by table."""
    found: dict[str, list[Invariant]] = {}
    for invariant in invariants():
        if invariant.where:
            found.setdefault(invariant.table, []).append(invariant)
    return found
