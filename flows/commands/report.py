"""taizhang report: the report site of a warehouse."""

from __future__ import annotations

from pathlib import Path

import click

from flows.commands.options import checks_option, settings, told, warehouse_option


@click.command(
    "report",
    help="Write the report of a warehouse: a site that opens from disk and asks nothing of any server.\n\n"
    "An older report in DIR is replaced when the new one is complete.\n\n"
    "\b\nExample:\n  taizhang report --out report\n  taizhang report --out report-en --lang en\n  taizhang report --out /srv/www/taizhang --warehouse /srv/taizhang",
)
@click.option("--out", metavar="DIR", required=True, help="Folder to write to; it is made if it is missing.")
@click.option(
    "--lang", type=click.Choice(["zh", "en"]), default="zh", show_default=True, help="Language of the pages; notices stay Chinese."
)
@warehouse_option
@checks_option
def command(out: str, lang: str, warehouse: str | None, checks: str | None) -> None:
    """Write the report and name its first page."""
    from flows.checking import all_checks
    from flows.versions import code_version
    from warehouse.lake import open_reader

    chosen = settings(warehouse=warehouse, checks=checks)
    with told(), open_reader(chosen.location, memory_limit=chosen.memory_limit, is_pinned=True) as lake:
        from expectations.report.build import build

        page = build(lake.query, Path(out), code_version(), lang, all_checks(chosen))
    click.echo(f"Report: {page.resolve()}")
