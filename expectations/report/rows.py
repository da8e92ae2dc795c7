"""Rows of the warehouse as the report's pages use them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from hashlib import sha256
from typing import Any

import pyarrow as pa

Query = Callable[[str], pa.Table]
Row = dict[str, Any]

# Holds for notices that are counted: of copies of one notice on several sites only the one published first (view v_notices).
COUNTED = "notice_id NOT IN (SELECT notice_id FROM v_notices WHERE NOT is_primary)"

_NAME = re.compile(r"[0-9A-Za-z_-]{1,64}")


def rows(query: Query, sql: str) -> list[Row]:
    """The rows of ``sql`` as dictionaries; for results that are small whatever the number of notices."""
    found: list[Row] = query(sql).to_pylist()
    return found


def batches(query: Query, size: int) -> Iterator[tuple[str, str]]:
    """First and last ``notice_id`` of each batch of at most ``size`` notices, in order of the ids."""
    first = ""
    while True:
        ids = query(f"SELECT notice_id FROM notices WHERE notice_id > '{quoted(first)}' ORDER BY notice_id LIMIT {size}")[
            "notice_id"
        ].to_pylist()
        if not ids:
            return
        yield ids[0], ids[-1]
        first = ids[-1]


def between(span: tuple[str, str]) -> str:
    """The condition that a row's notice belongs to a batch."""
    return f"notice_id BETWEEN '{quoted(span[0])}' AND '{quoted(span[1])}'"


def quoted(words: str) -> str:
    """``words`` for the inside of an SQL string."""
    return words.replace("'", "''")


def file_name(notice_id: str) -> str:
    """A name that no file system reads as anything but a name."""
    return notice_id if _NAME.fullmatch(notice_id) else sha256(notice_id.encode()).hexdigest()[:32]


def body_name(row: Row) -> str:
    """What a notice is called in lists: the inspected body, else its title, else the last part of where it came from."""
    return row.get("inspected_org") or row.get("title") or (row.get("uri") or "").rsplit("/", 1)[-1] or str(row["notice_id"])


class Groups:
    """The rows of many notices in one Arrow table, taken notice by notice, so that only one notice at a time is made into Python objects."""

    def __init__(self, table: pa.Table) -> None:
        """``table`` is ordered by ``notice_id``."""
        self._table = table.combine_chunks()
        self._places: dict[str, tuple[int, int]] = {}
        start, last = 0, None
        for at, notice_id in enumerate(table["notice_id"].to_pylist()):
            if notice_id != last:
                start, last = at, notice_id
            self._places[notice_id] = (start, at - start + 1)

    @property
    def ids(self) -> list[str]:
        """The notices that have rows, in the order of the table."""
        return list(self._places)

    def of(self, notice_id: str) -> list[Row]:
        """The rows of one notice; none where it has none."""
        start, length = self._places.get(notice_id, (0, 0))
        found: list[Row] = self._table.slice(start, length).to_pylist() if length else []
        return found
