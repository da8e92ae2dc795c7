"""taizhang query: the named questions."""

from __future__ import annotations

import datetime
import sys

import click

from flows.commands.options import settings, told, warehouse_option
from flows.commands.tabular import FORMATS, write_rows


@click.command(
    "query",
    help="Answer one of the named questions, such as late, open_problems or money_recovered. Runs as read-only as taizhang sql.\n\n"
    "\b\nExample:\n  taizhang query --list\n  taizhang query count_failures\n"
    "  taizhang query open_problems --set as_of=2026-01-31 --set county=青禾县 --format csv",
)
@click.argument("name", required=False)
@click.option("--list", "is_list", is_flag=True, help="Name all queries with their parameters.")
@click.option("--set", "given", multiple=True, metavar="NAME=VALUE", help="Value of a parameter; may be repeated. % stands for anything.")
@click.option("--format", "form", type=click.Choice(FORMATS), default="table", show_default=True, help="How rows are printed.")
@click.option("--snapshot", type=int, help="Ask the warehouse as it was at this snapshot.")
@warehouse_option
def command(name: str | None, is_list: bool, given: tuple[str, ...], form: str, snapshot: int | None, warehouse: str | None) -> None:
    """Run one named query and print its rows."""
    from warehouse.queries.catalogue import QueryError, queries, query
    from warehouse.sandbox import open_sandbox

    if is_list:
        for each in queries():
            click.echo(f"{each.number:2} {each.name:<28} {each.about}\n{'':31} {each.about_zh}")
            for parameter in each.parameters:
                click.echo(f"{'':31}   --set {parameter.name}={parameter.default:<10} {parameter.about}")
        return
    if name is None:
        raise click.UsageError("which question? taizhang query --list names all")
    try:
        chosen = query(name)
        values = chosen.values(_pairs(given), datetime.date.today().isoformat())
    except QueryError as error:
        raise click.UsageError(str(error)) from error
    place = settings(warehouse=warehouse)
    with told(), open_sandbox(place.location, snapshot, place.memory_limit) as sandbox:
        write_rows(sandbox.read(chosen.sql, values), form, sys.stdout)


def _pairs(given: tuple[str, ...]) -> dict[str, str]:
    values = {}
    for pair in given:
        name, equals, value = pair.partition("=")
        if not equals:
            raise click.UsageError(f"--set takes NAME=VALUE, not {pair}")
        values[name.strip()] = value
    return values
