"""A backup of a warehouse that is whole although a run writes meanwhile.

The order makes it so: SQLite's backup gives the catalog of one moment; the data files that it lists never change, and stay two days
after nothing new refers to them; raw bytes are stored before the documents that name them are published. The manifest comes last
and by a rename: a backup is the one that its manifest describes, so that a killed backup leaves the one before it as it was. Backing
up into the same folder again copies only what is new.
"""

from __future__ import annotations

import contextlib
import datetime
import hashlib
import json
import os
import shutil
import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from warehouse.doctor_checksums import checksums
from warehouse.lake import Location, WarehouseDamaged, WarehouseMissing
from warehouse.readable_catalog import readable

MANIFEST = "manifest.json"
FORMAT = 1
_ATTEMPTS = 3
_FILES = """
SELECT s.path || t.path || f.path, f.file_size_bytes, f.path_is_relative AND t.path_is_relative
FROM (SELECT table_id, path, file_size_bytes, path_is_relative FROM ducklake_data_file
      UNION ALL SELECT table_id, path, file_size_bytes, path_is_relative FROM ducklake_delete_file) f
JOIN (SELECT DISTINCT table_id, schema_id, path, path_is_relative FROM ducklake_table) t USING (table_id)
JOIN (SELECT DISTINCT schema_id, path FROM ducklake_schema) s USING (schema_id)
"""


class BackupFailed(Exception):
    """A backup cannot be made, or what is there is none, or it is not as its manifest says."""


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a backup holds: the catalog's file, the newest snapshot, and size and SHA-256 of every file by path in the backup."""

    made_at: str
    snapshot: int
    catalog: str
    files: dict[str, tuple[int, str]]

    @property
    def bytes(self) -> int:
        """All files together."""
        return sum(size for size, _ in self.files.values())


def backup(location: Location, folder: Path, target: Path, now: datetime.datetime, is_linked: bool = False) -> Manifest:
    """Copy the warehouse in ``folder`` to ``target``, which is new or holds an earlier backup of it.

    ``is_linked`` makes hard links of data and raw files instead of copies: no room is needed, but damage to a file is shared.
    Raises ``BackupFailed``, ``WarehouseMissing``, ``WarehouseDamaged`` and ``OSError``.
    """
    catalog = location.catalog_file
    if catalog is None or "://" in location.data:
        raise BackupFailed(
            "taizhang backup copies warehouses on a disk; dump a PostgreSQL catalog with pg_dump, then copy the bucket and the raw store"
        )
    if not catalog.is_file():
        raise WarehouseMissing(f"no warehouse at {folder} (taizhang run PATH makes one)")
    if target.resolve().is_relative_to(folder.resolve()):
        raise BackupFailed(f"{target} lies inside the warehouse; name a folder elsewhere, best on another disk")
    earlier = _earlier(target)
    target.mkdir(parents=True, exist_ok=True)
    for attempt in range(1, _ATTEMPTS + 1):
        try:
            return _copy_all(catalog, Path(location.data), folder, target, earlier, now, is_linked)
        except FileNotFoundError as error:  # maintenance deleted a file between the catalog's copy and the file's
            if attempt == _ATTEMPTS:
                raise BackupFailed(f"{error.filename} is listed by the catalog and is not there; see taizhang doctor") from error
    raise AssertionError("unreachable")


def read_manifest(target: Path) -> Manifest:
    """The manifest of the backup in ``target``. Raises ``BackupFailed`` where there is none or it cannot be read."""
    try:
        given = json.loads((target / MANIFEST).read_text("utf-8"))
        if given["format"] != FORMAT:
            raise BackupFailed(f"{target / MANIFEST} has format {given['format']}, which this version of taizhang does not know")
        files = {str(name): (int(size), str(digest)) for name, (size, digest) in given["files"].items()}
        return Manifest(str(given["made_at"]), int(given["snapshot"]), str(given["catalog"]), files)
    except FileNotFoundError as error:
        raise BackupFailed(f"no backup in {target}: it has no {MANIFEST}") from error
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise BackupFailed(f"{target / MANIFEST} is damaged: {error!r}") from error


def verify(target: Path, manifest: Manifest) -> list[str]:
    """The files of the backup that are missing or not as its manifest says."""
    wrong = []
    for name, (size, digest) in manifest.files.items():
        path = target / name
        if not path.is_file() or path.stat().st_size != size or _sha256(path) != digest:
            wrong.append(name)
    return wrong


def file_of(target: Path, manifest: Manifest, name: str) -> Path:
    """The path of one file of the backup, verified. Raises ``BackupFailed`` if the backup does not hold it whole."""
    held, path = manifest.files.get(name), target / name
    if held is None or not path.is_file() or _sha256(path) != held[1]:
        raise BackupFailed(f"the backup in {target} does not hold {name}")
    return path


def _earlier(target: Path) -> Manifest | None:
    if not target.exists() or not any(target.iterdir()):
        return None
    if not (target / MANIFEST).exists() and {path.name for path in target.iterdir()} - {"data", "raw", "quarantine"}:
        # what a killed first backup leaves has these folders only, or a catalog's copy beside them
        if not any(path.name.startswith("catalog-") for path in target.iterdir()):
            raise BackupFailed(f"{target} holds something else than a backup; name an empty or new folder")
        return None
    return read_manifest(target) if (target / MANIFEST).exists() else None


def _copy_all(
    catalog: Path, data: Path, folder: Path, target: Path, earlier: Manifest | None, now: datetime.datetime, is_linked: bool
) -> Manifest:
    stamp = now.strftime("%Y%m%dT%H%M%SZ")
    held = earlier.files if earlier else {}
    copy = target / f"catalog-{stamp}.sqlite"
    snapshot, listed = _copy_catalog(catalog, copy)
    files = {copy.name: (copy.stat().st_size, _sha256(copy))}
    noted = checksums(folder)
    for name, size in listed:
        files[f"data/{name}"] = _copied(data / name, target / "data" / name, held.get(f"data/{name}"), is_linked, size, noted.get(name))
    for path in _others(folder):
        name = str(path.relative_to(folder))
        with contextlib.suppress(FileNotFoundError):  # a quarantined batch that was just deleted; raw bytes never are
            # a raw file is named after its content, a quarantined one may be written again
            files[name] = _copied(path, target / name, held.get(name) if name.startswith("raw/") else None, is_linked, None, None)
    manifest = Manifest(now.isoformat(timespec="seconds"), snapshot, copy.name, files)
    _write_manifest(target, manifest)
    _remove_unlisted(target, manifest)
    return manifest


def _copy_catalog(catalog: Path, copy: Path) -> tuple[int, list[tuple[str, int]]]:
    """Copy the catalog with SQLite's backup; return its newest snapshot and the data files that it lists."""
    try:
        with (
            readable(catalog.absolute()) as path,
            contextlib.closing(sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True, timeout=30)) as source,
            contextlib.closing(sqlite3.connect(copy)) as written,
        ):
            source.backup(written)
            if (found := written.execute("PRAGMA quick_check(1)").fetchone()[0]) != "ok":
                raise WarehouseDamaged(f"{catalog} is damaged: {found}")
            written.execute("PRAGMA journal_mode = DELETE")  # one file, without a log beside it
            snapshot = written.execute("SELECT max(snapshot_id) FROM ducklake_snapshot").fetchone()[0]
            rows = written.execute(_FILES).fetchall()
    except sqlite3.DatabaseError as error:
        raise WarehouseDamaged(f"{catalog} cannot be read: {error}") from error
    if outside := [path for path, _, is_relative in rows if not is_relative]:
        raise BackupFailed(f"the catalog lists a file outside the warehouse: {outside[0]}")
    with copy.open("rb") as handle:
        os.fsync(handle.fileno())
    return int(snapshot or 0), [(path, size) for path, size, _ in rows]


def _others(folder: Path) -> Iterator[Path]:
    """Raw bytes and quarantined batches; what is half written has a name that begins with a dot."""
    for name in ("raw", "quarantine"):
        for path in sorted((folder / name).rglob("*")):
            if path.is_file() and not path.name.startswith("."):
                yield path


def _copied(
    source: Path, place: Path, held: tuple[int, str] | None, is_linked: bool, size: int | None, noted: str | None
) -> tuple[int, str]:
    """Size and SHA-256 of ``source``, copied to ``place`` unless the backup holds it (``held``)."""
    if held and place.is_file() and place.stat().st_size == held[0]:
        return held
    place.parent.mkdir(parents=True, exist_ok=True)
    part = place.with_name(f".{place.name}.tmp")
    part.unlink(missing_ok=True)
    if is_linked:
        os.link(source, part)
        digest = _sha256(part)
    else:
        digest = _copy(source, part)
    found = part.stat().st_size
    if (size is not None and found != size) or (noted and noted != digest):
        part.unlink()
        raise BackupFailed(f"{source} is damaged and would make a damaged backup; see taizhang doctor")
    part.replace(place)
    return found, digest


def _copy(source: Path, part: Path) -> str:
    digest = hashlib.sha256()
    with source.open("rb") as reading, part.open("wb") as writing:
        while block := reading.read(1 << 20):
            digest.update(block)
            writing.write(block)
        writing.flush()
        os.fsync(writing.fileno())
    shutil.copystat(source, part)
    return digest.hexdigest()


def _sha256(path: Path) -> str:
    with path.open("rb") as handle:
        return hashlib.file_digest(handle, "sha256").hexdigest()


def _write_manifest(target: Path, manifest: Manifest) -> None:
    part = target / f".{MANIFEST}.tmp"
    words = {
        "format": FORMAT,
        "made_at": manifest.made_at,
        "snapshot": manifest.snapshot,
        "catalog": manifest.catalog,
        "files": manifest.files,
    }
    with part.open("w", encoding="utf-8") as handle:
        json.dump(words, handle, ensure_ascii=False, indent=1)
        handle.flush()
        os.fsync(handle.fileno())
    part.replace(target / MANIFEST)


def _remove_unlisted(target: Path, manifest: Manifest) -> None:
    """Delete what only earlier backups needed, and leftovers of killed ones."""
    for path in target.rglob("*"):
        name = str(path.relative_to(target))
        is_ours = name.startswith(("data/", "raw/", "quarantine/", "catalog-")) or path.name.startswith(".")
        if path.is_file() and is_ours and name not in manifest.files and name != MANIFEST:
            path.unlink()
