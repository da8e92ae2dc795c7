"""taizhang maintain: few large files, no old snapshots."""

from __future__ import annotations

import click

from flows.commands.options import settings, told, wait_option, warehouse_option
from warehouse.maintain import KEEP_DAYS


@click.command(
    "maintain",
    help="Compact the warehouse and let old snapshots expire. Queries get faster and disk space is freed; no row of today's changes.\n\n"
    "Run it daily or weekly; a scheduled job does at its end. Readers may go on: files are deleted two days after they fell out of use.\n\n"
    "\b\nExample:\n  taizhang maintain\n  taizhang maintain --keep-days 7",
)
@click.option(
    "--keep-days",
    type=click.FloatRange(min=0),
    default=KEEP_DAYS,
    show_default=True,
    help="How long earlier states can still be asked for (--snapshot).",
)
@wait_option
@warehouse_option
def command(keep_days: float, wait: float | None, warehouse: str | None) -> None:
    """Maintain and tell what came of it."""
    from flows.maintenance import maintain_warehouse

    chosen = settings(warehouse=warehouse, lock_wait_seconds=wait)
    with told():
        done = maintain_warehouse(chosen, keep_days)
    click.echo(
        f"{done.files_before} files ({done.bytes_before / 1e6:.1f} MB) in use before, {done.files_after} ({done.bytes_after / 1e6:.1f} MB) now; "
        f"{done.snapshots_expired} snapshots expired, {done.files_deleted} files deleted"
    )
