"""What a crawl knows: each page as it was last had, written after every answer, so that a killed crawl goes on where it was.

One SQLite file in the warehouse folder. ``answers`` is a journal that is emptied into the table ``fetches`` when a run publishes.
Only the holder of the writer's lock opens it.
"""

from __future__ import annotations

import datetime
import json
import sqlite3
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

_TABLES = """
CREATE TABLE IF NOT EXISTS pages (
    url TEXT PRIMARY KEY, uri TEXT NOT NULL, checked_at TEXT NOT NULL, outcome TEXT NOT NULL,
    sha256 TEXT, declared TEXT NOT NULL, etag TEXT NOT NULL, last_modified TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS sessions (
    key TEXT PRIMARY KEY, started_at TEXT NOT NULL, is_finished INTEGER NOT NULL, was_whole INTEGER NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS answers (id INTEGER PRIMARY KEY, content TEXT NOT NULL);
"""


@dataclass(frozen=True, slots=True)
class Page:
    """A page as it was last asked for. ``sha256`` is the last content it had, also of a page that has vanished since."""

    url: str
    uri: str
    checked_at: datetime.datetime
    outcome: str
    sha256: str | None = None
    declared: str = ""
    etag: str = ""
    last_modified: str = ""

    @property
    def is_settled(self) -> bool:
        """The site has spoken; there is nothing to try again."""
        return self.outcome != "failed"


@dataclass(frozen=True, slots=True)
class Session:
    """A crawl of one source or of lists, from its start until it had everything; killed ones go on. ``was_whole`` says that one
    before it reached the end of the source."""

    key: str
    started_at: datetime.datetime
    was_whole: bool


class State:
    """The file at ``path``, made where it is missing."""

    def __init__(self, path: Path) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        self._connection = sqlite3.connect(path, isolation_level=None)
        self._connection.execute("PRAGMA journal_mode = WAL")
        self._connection.execute("PRAGMA synchronous = NORMAL")
        self._connection.executescript(_TABLES)

    def close(self) -> None:
        """Close the file."""
        self._connection.close()

    def page(self, url: str) -> Page | None:
        """What is known of ``url``."""
        row = self._connection.execute(f"SELECT {', '.join(_COLUMNS)} FROM pages WHERE url = ?", [url]).fetchone()
        if row is None:
            return None
        values: dict[str, Any] = dict(zip(_COLUMNS, row, strict=True))
        return Page(**{**values, "checked_at": datetime.datetime.fromisoformat(values["checked_at"])})

    def record(self, page: Page, answer: Mapping[str, Any]) -> None:
        """Keep what an answer made of a page, and the answer for the table ``fetches``, both or neither."""
        values = [value.isoformat() if isinstance(value, datetime.datetime) else value for value in _values(page)]
        with self._connection:
            self._connection.execute("BEGIN")
            self._connection.execute(
                f"INSERT OR REPLACE INTO pages ({', '.join(_COLUMNS)}) VALUES ({', '.join('?' * len(values))})", values
            )
            self._connection.execute("INSERT INTO answers (content) VALUES (?)", [json.dumps(answer, ensure_ascii=False)])

    def session(self, key: str, now: datetime.datetime) -> Session:
        """The session of ``key`` that was not finished, or a new one that starts now."""
        row = self._connection.execute("SELECT started_at, is_finished, was_whole FROM sessions WHERE key = ?", [key]).fetchone()
        if row and not row[1]:
            return Session(key, datetime.datetime.fromisoformat(row[0]), bool(row[2]))
        was_whole = bool(row and row[2])
        self._connection.execute("INSERT OR REPLACE INTO sessions VALUES (?, ?, 0, ?)", [key, now.isoformat(), was_whole])
        return Session(key, now, was_whole)

    def finish(self, session: Session, is_whole: bool) -> None:
        """The session had all there was (``is_whole``), or as much as one run may ask for."""
        whole = is_whole or session.was_whole
        self._connection.execute("UPDATE sessions SET is_finished = 1, was_whole = ? WHERE key = ?", [whole, session.key])

    def answers(self) -> list[tuple[int, dict[str, Any]]]:
        """The answers that no run has published yet."""
        rows = self._connection.execute("SELECT id, content FROM answers ORDER BY id").fetchall()
        return [(number, json.loads(content)) for number, content in rows]

    def forget_answers(self, numbers: Sequence[int]) -> None:
        """These answers are in the warehouse."""
        if numbers:
            self._connection.execute("DELETE FROM answers WHERE id BETWEEN ? AND ?", [min(numbers), max(numbers)])


_COLUMNS = [field.name for field in fields(Page)]


def _values(page: Page) -> list[Any]:
    return [getattr(page, name) for name in _COLUMNS]
