"""Maintenance of a warehouse as one step: what `taizhang maintain` does, and what a scheduled job does when its run is over."""

from __future__ import annotations

import contextlib
import sqlite3

from flows.settings import Settings
from flows.survey import stat_cache
from flows.writing import writing
from warehouse.doctor_checksums import note_checksums
from warehouse.lake import WarehouseMissing, open_writer
from warehouse.maintain import KEEP_DAYS, Maintained, maintain, truncate_log


def maintain_warehouse(settings: Settings, keep_days: float = KEEP_DAYS) -> Maintained:
    """Compact, expire and clean up under the writer's lock, note checksums of new files, drop what killed runs left and what is
    known of files that are gone.

    Raises ``WarehouseMissing``, ``WarehouseDamaged``, ``LockHeld``, and ``OSError`` or ``duckdb.Error`` from the disk.
    """
    catalog = settings.location.catalog_file
    if catalog and not catalog.is_file():
        raise WarehouseMissing(f"no warehouse at {catalog.parent} (taizhang run PATH makes one)")
    with writing(settings, "taizhang maintain"):
        settings.raw_store().remove_leftovers()
        with contextlib.closing(stat_cache(settings)) as cache:
            cache.forget_gone()
        with open_writer(settings.location, settings.memory_limit) as lake:
            done = maintain(lake, keep_days)
            note_checksums(lake, settings.warehouse)
        if catalog:
            with contextlib.suppress(sqlite3.OperationalError):  # a reader is at work; the log is as good
                truncate_log(catalog)
    return done
