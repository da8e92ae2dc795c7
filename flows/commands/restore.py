"""taizhang restore: put a backup in the warehouse's place."""

from __future__ import annotations

import datetime
from pathlib import Path

import click

from flows.commands.options import settings, told, wait_option, warehouse_option


@click.command(
    "restore",
    help="Put the backup in the folder DIR in the place of the warehouse. Every file is compared with the manifest first, and the "
    "change is made in one step.\n\n"
    "A warehouse that is there stays as it is unless --force is given; it is then kept beside the new one under a name that tells.\n\n"
    "\b\nExample:\n  taizhang restore /mnt/backup/taizhang --warehouse /srv/taizhang",
)
@click.argument("source", metavar="DIR", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("--force", is_flag=True, help="Take the place of the warehouse that is there.")
@wait_option
@warehouse_option
def command(source: Path, force: bool, wait: float | None, warehouse: str | None) -> None:
    """Restore and tell where everything is."""
    from warehouse.backup_restore import restore

    chosen = settings(warehouse=warehouse, lock_wait_seconds=wait)
    if chosen.catalog or chosen.data:
        raise click.UsageError(
            "restore makes warehouses on a disk; remove the settings catalog and data, or restore to a folder and copy from there"
        )
    now = datetime.datetime.now(datetime.UTC)
    with told():
        manifest, former = restore(source, chosen.warehouse.absolute(), now, force, chosen.lock_wait_seconds)
    click.echo(f"Restored snapshot {manifest.snapshot} of {manifest.made_at} to {chosen.warehouse}")
    if former:
        click.echo(f"The former warehouse is kept in {former}; delete it when it is not needed any more")
