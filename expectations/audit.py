"""Finding the rows that break an invariant: SQL in DuckDB over the Arrow tables of a batch, spans in Python.

This does the work for the Great Expectations suite (``validate.py``) and knows nothing of it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import islice
from types import TracebackType

import duckdb
import pyarrow as pa

from expectations.invariants import Invariant

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
        found = self._connection.execute(f"SELECT key, what FROM ({invariant.sql})").fetchall()
        return Found(rows, len(found), tuple(f"{key}: {what}" for key, what in islice(found, EXAMPLES)))

    def failed_checks(self, check_id: str) -> Found:
        """The notices on which a check gave ``fail``."""
        told = self._connection.execute(
            "SELECT notice_id, verdict, equation FROM check_results WHERE check_id = ? ORDER BY notice_id", [check_id]
        ).fetchall()
        bad = [f"{notice_id}: {equation or verdict}" for notice_id, verdict, equation in told if verdict == "fail"]
        return Found(len(told), len(bad), tuple(bad[:EXAMPLES]))

    def _broken_spans(self, table: str) -> tuple[list[str], list[str]]:
        """Rows of a mention table whose words are not those at their offsets, folded and raw; slicing is cheaper here than in SQL."""
        if table not in self._spans:
            self._spans[table] = ([], [])
            for notice_id, start, is_folded, is_raw in self._compared(table):
                if not is_folded:
                    self._spans[table][0].append(f"{notice_id}: {start}")
                if not is_raw:
                    self._spans[table][1].append(f"{notice_id}: {start}")
        return self._spans[table]

    def _compared(self, table: str) -> Iterator[tuple[str, int, bool, bool]]:
        if self._texts is None:
            texts = self._tables["texts"]
            pairs = zip(texts["text"].to_pylist(), texts["raw_text"].to_pylist(), strict=True)
            self._texts = dict(zip(texts["notice_id"].to_pylist(), pairs, strict=True))
        rows = self._tables[table]
        columns = [rows[name].to_pylist() for name in ("notice_id", "start_char", "end_char", "surface", "raw_start", "raw_end", "raw")]
        for notice_id, start, end, surface, raw_start, raw_end, raw in zip(*columns, strict=True):
            text, raw_text = self._texts.get(notice_id, ("", ""))
            yield notice_id, start, text[start:end] == surface, raw_text[raw_start:raw_end] == raw
