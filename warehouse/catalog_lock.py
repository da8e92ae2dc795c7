"""The writer's lock of a catalog in PostgreSQL: an advisory lock, which the server frees when the session that took it ends.

It holds between machines, where a lock on a file cannot. Words about the holder are the session's application_name, which every
user of the database may read and which is gone with the session. A writer whose session the server lost goes on without the lock;
then the guard row lets only one of two publishes through (warehouse.lake).
"""

from __future__ import annotations

import contextlib
import datetime
import os
import socket
import time
from collections.abc import Iterator
from typing import TYPE_CHECKING

from warehouse.lake import ExtensionMissing, WarehouseDamaged, first_line
from warehouse.lock import Holder, LockHeld

if TYPE_CHECKING:
    import psycopg

KIND = "postgres:"
# Locks are numbers within a database, which belongs to one warehouse; this one spells 台账.
_NUMBER = 0x53F0_8D26
_POLL_SECONDS = 0.2
_CONNECT_SECONDS = 10
# The server finds out within two minutes that a machine is gone; without this it would keep its lock for hours.
_KEEPALIVE = "SET tcp_keepalives_idle = 60; SET tcp_keepalives_interval = 15; SET tcp_keepalives_count = 4"
# an application_name is cut after 63 bytes
_HOST_LENGTH = 20
_HELD = """
SELECT a.application_name FROM pg_locks l JOIN pg_stat_activity a USING (pid)
WHERE l.locktype = 'advisory' AND l.granted AND l.classid = 0 AND l.objid = %s
  AND l.database = (SELECT oid FROM pg_database WHERE datname = current_database())
"""


@contextlib.contextmanager
def catalog_lock(catalog: str, purpose: str, wait_seconds: float = 0) -> Iterator[None]:
    """Hold the lock of ``catalog`` (``postgres:…``) for the length of the block.

    Raises ``LockHeld`` when it stays taken for ``wait_seconds``, and ``WarehouseDamaged`` where the server cannot be reached.
    """
    since = datetime.datetime.now(datetime.UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    name = f"{os.getpid()} {socket.gethostname()[:_HOST_LENGTH]} {since} {purpose}"
    with _session(catalog, name) as session:
        session.execute(_KEEPALIVE)
        deadline = time.monotonic() + wait_seconds
        while not _is_taken(session):
            if time.monotonic() >= deadline:
                raise LockHeld("the catalog in PostgreSQL", _holder(session))
            time.sleep(_POLL_SECONDS)
        yield


def catalog_holder(catalog: str) -> Holder | None:
    """Who holds the lock of ``catalog``; None if nobody does."""
    with _session(catalog, "taizhang") as session:
        return _holder(session)


@contextlib.contextmanager
def _session(catalog: str, name: str) -> Iterator[psycopg.Connection]:
    try:
        import psycopg
    except ImportError as error:
        raise ExtensionMissing("a catalog in PostgreSQL needs the extra: pip install 'taizhang[postgres]'") from error
    try:
        session = psycopg.connect(catalog.removeprefix(KIND), autocommit=True, application_name=name, connect_timeout=_CONNECT_SECONDS)
    except psycopg.Error as error:
        raise WarehouseDamaged(f"cannot open {catalog}: {first_line(error)}") from error
    with contextlib.closing(session):
        yield session


def _is_taken(session: psycopg.Connection) -> bool:
    row = session.execute("SELECT pg_try_advisory_lock(%s)", [_NUMBER]).fetchone()
    return bool(row and row[0])


def _holder(session: psycopg.Connection) -> Holder | None:
    row = session.execute(_HELD, [_NUMBER]).fetchone()
    if row is None:
        return None
    pid, host, since, purpose = (*row[0].split(" ", 3), "", "", "")[:4]
    return Holder(int(pid) if pid.isdigit() else 0, host, since, purpose)
