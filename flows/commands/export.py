"""taizhang export: the ledger and all tables as files for offices, spreadsheets and other databases."""

from __future__ import annotations

from pathlib import Path

import click

from flows.commands.options import checks_option, settings, told, warehouse_option

_FORMATS = ("xlsx", "csv", "parquet", "duckdb")


@click.command(
    "export",
    help="Write the ledger (台账) as a workbook or CSV, or all tables as plain Parquet or one DuckDB file.\n\n"
    "\b\n"
    "  xlsx     sheets 台账, 核验差异 and 目录; ids link to notices/<id>.html of a report beside it\n"
    "  csv      the ledger alone if PATH ends with .csv, else a folder with one file a sheet\n"
    "  parquet  a folder with one file a table, each column's meaning in the metadata\n"
    "  duckdb   one file that needs no extension, views included\n\n"
    "--public masks people, mobile numbers and private mailboxes everywhere, and lists in 遮蔽检查 where a notice masks a name and "
    "prints elsewhere what tells it. Read that sheet before you publish.\n\n"
    "\b\nExample:\n  taizhang export --out ledger.xlsx\n  taizhang export --format parquet --out tables --public",
)
@click.option("--out", metavar="PATH", required=True, help="File or folder to write.")
@click.option("--format", "form", type=click.Choice(_FORMATS), help="Format (default: by the ending of PATH).")
@click.option("--public", "is_public", is_flag=True, help="Mask people, mobile numbers and private mailboxes.")
@click.option("--notice", "notice_id", metavar="ID", help="Export one notice only.")
@warehouse_option
@checks_option
def command(out: str, form: str | None, is_public: bool, notice_id: str | None, warehouse: str | None, checks: str | None) -> None:
    """Export and tell what was written."""
    chosen = settings(warehouse=warehouse, checks=checks)
    form = form or Path(out).suffix.lower().removeprefix(".")
    if form not in _FORMATS:
        raise click.UsageError(f"--format is needed: {out} does not end with .xlsx, .csv or .duckdb")

    from flows.checking import all_checks
    from flows.exports import choice
    from warehouse.export.stage import NoSuchNotice
    from warehouse.export.write import PlaceTaken, export
    from warehouse.lake import open_reader

    try:
        with told(), open_reader(chosen.location, memory_limit=chosen.memory_limit, is_pinned=True) as lake:
            done = export(lake, form, Path(out), choice(lake, is_public, notice_id, all_checks(chosen)))
    except (NoSuchNotice, PlaceTaken) as error:
        raise click.UsageError(str(error)) from error
    click.echo(f"Export: {done.path}")
    click.echo(f"{done.notices} notices, {done.ledger_rows} rows in the ledger, {done.discrepancies} discrepancies")
    if done.leaks:
        click.echo(f"{done.leaks} places may tell what the notices mask: read 遮蔽检查 before you publish", err=True)
