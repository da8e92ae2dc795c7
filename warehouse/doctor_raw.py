"""The raw store: bytes that are missing, that do not hash to their name, and files left half written."""

from __future__ import annotations

from collections.abc import Iterator

from warehouse.doctor import Finding
from warehouse.lake import NAME, Lake
from warehouse.raw_store import RawDamaged, RawMissing, RawStore


def examine_raw(lake: Lake | None, store: RawStore, is_thorough: bool = True) -> Iterator[Finding]:
    """What is wrong with ``store``, and which documents of ``lake`` it should hold and does not.

    Every stored file is read if ``is_thorough``; else only its existence is looked at.
    """
    wanted: dict[str, str] = {}
    if lake:
        wanted = dict(lake.execute(f"SELECT sha256, min(uri) FROM {NAME}.documents GROUP BY 1 ORDER BY 1").fetchall())
    for sha256, uri in wanted.items():
        if sha256 not in store:
            yield Finding("raw.missing", sha256, f"the bytes of {uri}")
    if is_thorough:
        for sha256 in store:
            try:
                store.get(sha256)
            except (RawDamaged, RawMissing) as error:
                yield Finding("raw.damaged", sha256, f"{error}" + (f" (from {wanted[sha256]})" if sha256 in wanted else ""))
    yield from (Finding("raw.leftover", str(path), f"{path.stat().st_size} bytes") for path in store.leftovers())
