"""Who may write: the lock of the warehouse's folder, and that of its catalog where this is a server that other machines reach."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator

from flows.settings import Settings
from warehouse.catalog_lock import KIND, catalog_holder, catalog_lock
from warehouse.lock import Holder, holder, writer_lock


@contextlib.contextmanager
def writing(settings: Settings, purpose: str) -> Iterator[None]:
    """Be the only writer for the length of the block. Raises ``LockHeld`` and, for a server, ``WarehouseDamaged``."""
    wait = settings.lock_wait_seconds
    with contextlib.ExitStack() as held:
        held.enter_context(writer_lock(settings.lock, purpose, wait))
        if settings.location.catalog.startswith(KIND):
            held.enter_context(catalog_lock(settings.location.catalog, purpose, wait))
        yield


def writer(settings: Settings) -> Holder | None:
    """Who writes at this moment, on whatever machine; None if nobody does."""
    here = holder(settings.lock)
    if here is None and settings.location.catalog.startswith(KIND):
        return catalog_holder(settings.location.catalog)
    return here
