"""Rows of the warehouse as the report's pages use them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from hashlib import sha256
from typing import Any

import pyarrow as pa

Query = Callable[[str], pa.Table]
Row = dict[str, Any]

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
