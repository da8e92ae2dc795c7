"""taizhang sql: read-only SQL over the warehouse."""

from __future__ import annotations

import sys

import click

from flows.commands.options import settings, told, warehouse_option
from flows.commands.tabular import FORMATS, write_rows
from warehouse.sandbox import SqlRefused, open_sandbox


@click.command(
    "sql",
    help="Ask the warehouse in SQL (DuckDB's dialect). Only SELECT runs: nothing is written, no other file is read, no network is used.\n\n"
    "The tables are those of docs/tables.md; SHOW TABLES lists them. With - the statement is read from stdin.\n\n"
    "\b\nExample:\n"
    '  taizhang sql "SELECT title, feedback_latest FROM notices ORDER BY 2 DESC LIMIT 5"\n'
    "  taizhang sql \"SELECT check_id, count(*) FROM check_results WHERE verdict = 'fail' GROUP BY ALL\" --format csv\n"
    '  taizhang sql "SELECT count(*) FROM notices" --snapshot 3',
)
@click.argument("statement", metavar="SELECT")
@click.option("--format", "form", type=click.Choice(FORMATS), default="table", show_default=True, help="How rows are printed.")
@click.option("--snapshot", type=int, help="Ask the warehouse as it was at this snapshot.")
@warehouse_option
def command(statement: str, form: str, snapshot: int | None, warehouse: str | None) -> None:
    """Run one SELECT and print its rows."""
    chosen = settings(warehouse=warehouse)
    sql = sys.stdin.read() if statement == "-" else statement
    try:
        with told(), open_sandbox(chosen.location, snapshot, chosen.memory_limit) as sandbox:
            write_rows(sandbox.read(sql), form, sys.stdout)
    except SqlRefused as error:
        raise click.UsageError(str(error)) from error
