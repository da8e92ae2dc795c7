"""What can be wrong with a warehouse, in words: each kind of damage with its meaning and the way out of it.

The examinations are in doctor_catalog.py, doctor_files.py and doctor_raw.py; what stands here is what all of them, the command and
docs/reference/doctor.md share.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of finding. ``severity`` is error (data is missing or wrong), warning (look at it) or note (nothing needs doing)."""

    severity: str
    meaning: str
    way_out: str


KINDS: dict[str, Kind] = {
    "catalog.damaged": Kind(
        "error",
        "The catalog, which lists the data files of every table, is damaged; the data files and the raw store are not concerned.",
        "taizhang restore BACKUP --force; without a backup, taizhang doctor --repair makes a new catalog and extracts all again from the raw store.",
    ),
    "catalog.missing": Kind(
        "error",
        "There are data files or raw files, but no catalog that lists them.",
        "taizhang restore BACKUP --force; without a backup, taizhang doctor --repair makes a new catalog and extracts all again from the raw store.",
    ),
    "catalog.closed": Kind(
        "error",
        "The catalog cannot be opened: access is refused, another process has locked it, or its server does not answer.",
        "Grant access to the warehouse's folder, wait for the other process, or start the server; then run taizhang doctor again.",
    ),
    "rebuild.pending": Kind(
        "error",
        "Rows of notices were lost with a damaged file, and the repair that makes them again has not finished.",
        "taizhang doctor --repair goes on with it.",
    ),
    "catalog.table_missing": Kind(
        "error",
        "A table of this version is not in the catalog: it is older than the table, or was changed by other hands.",
        "taizhang doctor --repair (or the next taizhang run) adds the table; taizhang rebuild --all fills it.",
    ),
    "file.missing": Kind(
        "error",
        "A data file that the catalog lists is not there; queries that need its rows fail.",
        "taizhang doctor --repair --backup BACKUP puts it back; without a backup --repair extracts its notices again from the raw store.",
    ),
    "file.damaged": Kind(
        "error",
        "A data file is not as it was written; queries that need its rows fail or give wrong values.",
        "taizhang doctor --repair --backup BACKUP puts it back; without a backup --repair extracts its notices again from the raw store.",
    ),
    "file.old_damaged": Kind(
        "warning",
        "A data file of an earlier snapshot is missing or damaged; today's tables do not need it, time travel to that snapshot fails.",
        "taizhang doctor --repair --backup BACKUP puts it back; or leave it: taizhang maintain lets old snapshots expire.",
    ),
    "file.orphan": Kind(
        "note",
        "A data file that no snapshot lists: a run was killed before it could publish.",
        "Nothing needs doing: taizhang maintain deletes it when it is two days old.",
    ),
    "raw.missing": Kind(
        "error",
        "The bytes of a document are not in the raw store; its rows are right, but it cannot be extracted again.",
        "taizhang doctor --repair takes them from the source, or from a backup named by --backup.",
    ),
    "raw.damaged": Kind(
        "error",
        "A file of the raw store does not hold the bytes that it is named after.",
        "taizhang doctor --repair takes them from the source, or from a backup named by --backup.",
    ),
    "raw.leftover": Kind(
        "note", "A file that a killed run left half written in the raw store.", "taizhang doctor --repair or taizhang maintain deletes it."
    ),
    "lock.stale": Kind(
        "note",
        "The lock names a process that is gone: it was killed. The lock itself ended with it.",
        "Nothing needs doing: the next writer takes it.",
    ),
    "lock.held": Kind(
        "note",
        "A writer is at work; findings about files may be of its making.",
        "Wait until it has finished and run taizhang doctor again if anything else was found.",
    ),
    "quarantine": Kind(
        "warning",
        "A batch broke an invariant and was kept apart instead of published; its files will be read again by the next run.",
        "Look at expectation_results.parquet in the folder; after the next run that completes, delete the folder.",
    ),
    "invariant.broken": Kind(
        "error",
        "Rows in the warehouse break what must hold of them.",
        "taizhang doctor --repair extracts again whatever differs from the raw store; report it if it comes back.",
    ),
    "restore.leftover": Kind(
        "note",
        "What a restore or a repair put aside: the former warehouse, a damaged catalog, or a folder of an interrupted one.",
        "Delete it when you are sure that nothing in it is needed.",
    ),
}


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing found: its kind, what it is about (a path, a table, an id) and what exactly is the matter."""

    kind: str
    subject: str
    detail: str

    @property
    def severity(self) -> str:
        """error, warning or note."""
        return KINDS[self.kind].severity
