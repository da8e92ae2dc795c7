"""taizhang doctor: find damage, explain it, mend it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from flows.commands.options import settings, told, wait_option, warehouse_option
from flows.commands.progress import clear_line, progress_line

_COLORS = {"error": "red", "warning": "yellow", "note": None}
_SHOWN = 10


@click.command(
    "doctor",
    help="Find damage in the warehouse and explain it: catalog, data files, raw store, what must hold of the rows, and what killed runs "
    "left. Each finding comes with its meaning and the way out.\n\n"
    "With --repair, what is safe to mend is mended: from the backup named by --backup where it has what is missing, else by "
    "extracting again from the raw store. Nothing is thrown away by it.\n\n"
    "At the end it says which optional readers (LibreOffice, OCR) this machine has.\n\n"
    "Exit code 0 if no error was found (notes and warnings may be), else 1.\n\n"
    "\b\nExample:\n  taizhang doctor\n  taizhang doctor --repair --backup /mnt/backup/taizhang",
)
@click.option("--repair", "is_repair", is_flag=True, help="Mend what is safe to mend, then examine again.")
@click.option(
    "--backup",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    metavar="DIR",
    help="Backup to take missing files from (with --repair).",
)
@click.option("--quick", is_flag=True, help="Do not read whole files: look at their existence and size only.")
@wait_option
@warehouse_option
def command(is_repair: bool, backup: Path | None, quick: bool, wait: float | None, warehouse: str | None) -> None:
    """Examine, mend if asked to, and print what was found."""
    from flows.doctor import examine

    if backup and not is_repair:
        raise click.UsageError("--backup is of use with --repair only")
    chosen = settings(warehouse=warehouse, lock_wait_seconds=wait)
    with told():
        if is_repair:
            _repair(chosen, backup)
        found = examine(chosen, is_thorough=not quick)
    _tell(found)
    _tell_readers(chosen)
    if any(finding.severity == "error" for finding in found):
        raise click.exceptions.Exit(1)


def _tell_readers(chosen: Any) -> None:
    """Which of the readers that are no part of the base install are there."""
    from flows.office_suite import OFF
    from transforms.reading.paged import ocr

    missing = "not wanted" if chosen.office_suite == OFF else "not found (Debian: libreoffice-writer-nogui, or setting office_suite)"
    click.echo(f"LibreOffice, for DOC and WPS files that the own reader cannot read: {chosen.office.program or missing}")
    click.echo(f"OCR, for scans and pictures: {'installed' if ocr.is_available() else 'not installed (pip install taizhang[ocr])'}")


def _repair(chosen: Any, backup: Path | None) -> None:
    from flows.repair import repair

    try:
        done = repair(chosen, backup, progress_line(False))
    finally:
        clear_line(False)
    for words in done or ["nothing had to be mended"]:
        click.echo(f"Repaired: {words}")


def _tell(found: list[Any]) -> None:
    from warehouse.doctor import KINDS

    if not found:
        click.echo("No damage was found.")
        return
    kinds: dict[str, list[Any]] = {}
    for finding in found:
        kinds.setdefault(finding.kind, []).append(finding)
    for name, findings in sorted(kinds.items(), key=lambda item: list(_COLORS).index(KINDS[item[0]].severity)):
        kind = KINDS[name]
        click.echo(click.style(f"{kind.severity}: {name} ({len(findings)})", fg=_COLORS[kind.severity], bold=True))
        click.echo(f"  meaning: {kind.meaning}")
        click.echo(f"  way out: {kind.way_out}")
        for finding in findings[:_SHOWN]:
            click.echo(f"  - {finding.subject}: {finding.detail}")
        if len(findings) > _SHOWN:
            click.echo(f"  … and {len(findings) - _SHOWN} more")
