"""What `taizhang status` tells of a warehouse: runs, refusals, sizes, snapshots, who writes, and what waits for someone."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flows.settings import Settings
from flows.writing import writer
from transforms.version import rules_version
from warehouse.doctor_files import data_files
from warehouse.lake import NAME, Lake, open_reader

_RUNS, _REJECTS = 10, 10


def status(settings: Settings, schedule: Callable[[], list[dict[str, Any]]] | None = None) -> dict[str, Any]:
    """Everything as plain values for JSON; times are ISO in UTC, sizes are bytes.

    ``schedule`` is asked for what is scheduled where there is a Prefect server; its answer stands under ``schedule``, which is null
    without it. Raises ``WarehouseMissing`` and ``WarehouseDamaged``.
    """
    held = writer(settings)
    with open_reader(settings.location, memory_limit=settings.memory_limit, is_pinned=True) as lake:
        runs = _runs(lake)
        return {
            "warehouse": str(settings.warehouse),
            "writer": {"pid": held.pid, "host": held.host, "since": held.since, "purpose": held.purpose} if held else None,
            "runs": runs,
            "rejects": _rejects(lake, runs[0]["run_id"]) if runs else {"count": 0, "reasons": {}, "first": []},
            "rules": {"version": rules_version(), "stale_documents": _stale(lake)},
            "size": _size(lake, settings),
            "snapshots": _snapshots(lake),
            "quarantine": sorted(str(path) for path in settings.quarantine.iterdir()) if settings.quarantine.is_dir() else [],
            "schedule": schedule() if schedule else None,
        }


def _rows(lake: Lake, sql: str, *parameters: Any) -> list[dict[str, Any]]:
    cursor = lake.execute(sql, parameters)
    names = [column[0] for column in cursor.description or ()]
    return [
        {name: value.isoformat() if hasattr(value, "isoformat") else value for name, value in zip(names, row, strict=True)}
        for row in cursor.fetchall()
    ]


def _runs(lake: Lake) -> list[dict[str, Any]]:
    there = {row[0] for row in lake.execute(f"SELECT column_name FROM (DESCRIBE {NAME}.runs)").fetchall()}
    command = "coalesce(command, 'run')" if "command" in there else "'run'"
    return _rows(
        lake,
        f"SELECT run_id, {command} AS command, outcome, started_at, finished_at, documents_in, published, duplicate, unchanged, rejected,"
        f" code_version, rules_version FROM {NAME}.runs ORDER BY started_at DESC LIMIT {_RUNS}",
    )


def _rejects(lake: Lake, run_id: str) -> dict[str, Any]:
    reasons = lake.execute(
        f"SELECT reason, count(*) FROM {NAME}.rejects WHERE run_id = ? GROUP BY 1 ORDER BY 2 DESC, 1", [run_id]
    ).fetchall()
    first = _rows(lake, f"SELECT uri, reason, message FROM {NAME}.rejects WHERE run_id = ? ORDER BY uri LIMIT {_REJECTS}", run_id)
    return {"count": sum(count for _, count in reasons), "reasons": dict(reasons), "first": first}


def _stale(lake: Lake) -> int:
    """Documents behind today's notices that other rules read: `taizhang rebuild` reads them again."""
    there = {row[0] for row in lake.execute(f"SELECT column_name FROM (DESCRIBE {NAME}.documents)").fetchall()}
    condition = f"d.rules_version IS DISTINCT FROM '{rules_version()}'" if "rules_version" in there else "true"
    found = lake.execute(f"SELECT count(*) FROM {NAME}.documents d JOIN {NAME}.notices n USING (document_id) WHERE {condition}").fetchall()
    return int(found[0][0])


def _size(lake: Lake, settings: Settings) -> dict[str, Any]:
    files = data_files(lake)
    current = [file for file in files if file.is_current]
    catalog = settings.location.catalog_file
    raw_count, raw_bytes = settings.raw_store().size()
    return {
        "notices": int(lake.execute(f"SELECT count(*) FROM {NAME}.notices").fetchall()[0][0]),
        "documents": int(lake.execute(f"SELECT count(*) FROM {NAME}.documents").fetchall()[0][0]),
        "files": len(current),
        "bytes": sum(file.size for file in current),
        "files_of_earlier_snapshots": len(files) - len(current),
        "bytes_of_earlier_snapshots": sum(file.size for file in files) - sum(file.size for file in current),
        "catalog_bytes": catalog.stat().st_size if catalog else None,
        "raw_files": raw_count,
        "raw_bytes": raw_bytes,
    }


def _snapshots(lake: Lake) -> dict[str, Any]:
    row = _rows(
        lake,
        "SELECT count(*) AS count, min(snapshot_id) AS oldest, min(snapshot_time) AS oldest_at, max(snapshot_id) AS newest,"
        f" max(snapshot_time) AS newest_at FROM ducklake_snapshots('{NAME}')",
    )
    return row[0]
