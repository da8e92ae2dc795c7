"""What files held when they were last read, so that a run need not read again what nobody has touched since.

An entry says which documents a file held, by the file's stamp: size, inode, times of modification and of change. Whether the
warehouse has those documents is asked of the warehouse each time, so nothing here can make a notice appear or vanish; a lost or
damaged cache costs one reading of all files.

As in git, a file that changed shortly before it was read is not believed ("racily clean"): a second change within the clock's
resolution would leave the same stamp. It is read again by the next run, and believed from then on.
"""

from __future__ import annotations

import contextlib
import json
import os
import sqlite3
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

Contents = Sequence[tuple[str, str]]
"""Place (uri) and SHA-256 of every document in a file."""

FILE = "files.sqlite"
RESOLUTION_NS = 2_000_000_000
"""The coarsest clock of a file system in use (FAT: two seconds)."""
_DDL = """
CREATE TABLE IF NOT EXISTS files (
    uri TEXT PRIMARY KEY, size INTEGER, inode INTEGER, modified_ns INTEGER, changed_ns INTEGER, documents TEXT
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS made_by (reader TEXT);
"""


@dataclass(frozen=True, slots=True)
class Stamp:
    """What the file system says of a file. Its time of change (ctime) cannot be set back by those who set back the other."""

    size: int
    inode: int
    modified_ns: int
    changed_ns: int

    @classmethod
    def of(cls, status: os.stat_result) -> Stamp:
        """The stamp in a stat."""
        return cls(status.st_size, status.st_ino, status.st_mtime_ns, status.st_ctime_ns)

    def is_settled(self, read_at_ns: int) -> bool:
        """Whether any later change gives another stamp, for a file that was read at ``read_at_ns`` (by the wall clock)."""
        return max(self.modified_ns, self.changed_ns) < read_at_ns - RESOLUTION_NS


class StatCache:
    """The entries in the file ``path``; those of another ``reader`` (rules and limits that tell what is in a file) are dropped.

    For one process at a time, under the writer's lock. A cache that cannot be used is one that knows nothing: no method raises for it.
    """

    def __init__(self, path: Path, reader: str) -> None:
        self._path, self._reader = path, reader
        self._connection = self._opened() or self._made_anew()

    def get(self, uri: str, stamp: Stamp) -> Contents | None:
        """The documents that the file at ``uri`` holds, or None if it must be read."""
        with self._forgiving():
            row = self._connection and self._connection.execute("SELECT * FROM files WHERE uri = ?", [uri]).fetchone()
            if row and Stamp(*row[1:5]) == stamp:
                return _unpacked(uri, row[5])
        return None

    def put(self, uri: str, stamp: Stamp, read_at_ns: int, documents: Contents) -> None:
        """Keep what the file at ``uri`` holds, unless its stamp may belong to other bytes soon."""
        with self._forgiving():
            if self._connection and stamp.is_settled(read_at_ns):
                row = (uri, stamp.size, stamp.inode, stamp.modified_ns, stamp.changed_ns, _packed(uri, documents))
                self._connection.execute("INSERT OR REPLACE INTO files VALUES (?, ?, ?, ?, ?, ?)", row)

    def save(self) -> None:
        """Write what was put to disk."""
        with self._forgiving():
            if self._connection:
                self._connection.commit()

    def close(self) -> None:
        """Save and close."""
        self.save()
        if self._connection:
            self._connection.close()

    def forget_gone(self) -> int:
        """Drop entries of files that are not there any more; returns how many."""
        gone: list[tuple[str]] = []
        with self._forgiving():
            if self._connection:
                uris = self._connection.execute("SELECT uri FROM files")
                gone = [row for row in uris if not os.path.lexists(row[0].removeprefix("file://"))]
                self._connection.executemany("DELETE FROM files WHERE uri = ?", gone)
        self.save()
        return len(gone)

    def _opened(self) -> sqlite3.Connection | None:
        """The file, emptied if another reader made it; None if it is no such database."""
        with contextlib.suppress(sqlite3.Error):
            connection = sqlite3.connect(self._path)
            try:
                connection.executescript(_DDL)
                if connection.execute("SELECT reader FROM made_by").fetchall() != [(self._reader,)]:
                    connection.execute("DELETE FROM files")
                    connection.execute("DELETE FROM made_by")
                    connection.execute("INSERT INTO made_by VALUES (?)", [self._reader])
                    connection.commit()
                return connection
            except sqlite3.Error:
                connection.close()
                raise
        return None

    def _made_anew(self) -> sqlite3.Connection | None:
        with contextlib.suppress(OSError):
            self._path.unlink(missing_ok=True)
            return self._opened()
        return None

    @contextlib.contextmanager
    def _forgiving(self) -> Iterator[None]:
        """A cache that turns out to be damaged, or has no room, is done without for the rest of the run and made anew by the next."""
        try:
            yield
        except (sqlite3.Error, ValueError, TypeError):
            if self._connection:
                self._connection.close()
            self._connection = None
            with contextlib.suppress(OSError):
                self._path.unlink(missing_ok=True)


def _packed(uri: str, documents: Contents) -> str:
    """The hash alone for a file that is a document itself, else places and hashes of its members."""
    if len(documents) == 1 and documents[0][0] == uri:
        return documents[0][1]
    return json.dumps(documents)


def _unpacked(uri: str, words: str) -> Contents:
    return [(place, sha256) for place, sha256 in json.loads(words)] if words.startswith("[") else [(uri, words)]
