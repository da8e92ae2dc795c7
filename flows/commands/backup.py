"""taizhang backup: a copy of the warehouse that is whole."""

from __future__ import annotations

import datetime
from pathlib import Path

import click

from flows.commands.options import settings, told, warehouse_option


@click.command(
    "backup",
    help="Copy the warehouse to the folder DIR: catalog, data files, raw store, quarantine, and a manifest with checksums.\n\n"
    "It may run while a run writes; the copy is the state of one moment. A second backup into the same folder copies only what is "
    "new, and leaves the first as it is until it is complete.\n\n"
    "\b\nExample:\n  taizhang backup /mnt/backup/taizhang",
)
@click.argument("target", metavar="DIR", type=click.Path(file_okay=False, path_type=Path))
@click.option("--link", is_flag=True, help="Make hard links instead of copies: quick and small, but damage to a file is shared.")
@warehouse_option
def command(target: Path, link: bool, warehouse: str | None) -> None:
    """Back up and tell what was copied."""
    from warehouse.backup import backup

    chosen = settings(warehouse=warehouse)
    with told():
        manifest = backup(chosen.location, chosen.warehouse, target, datetime.datetime.now(datetime.UTC), link)
    click.echo(f"Backed up snapshot {manifest.snapshot}: {len(manifest.files)} files, {manifest.bytes / 1e6:.1f} MB in {target}")
