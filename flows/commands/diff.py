"""taizhang diff: what changed between two snapshots."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from dataclasses import fields
from itertools import islice
from typing import Any

import click

from flows.commands.options import settings, told, warehouse_option
from flows.commands.tabular import FORMATS, write_rows

_SHOWN = 200
_BATCH = 1_000
_WIDEST = 60
_NOTICE_KINDS = ("added", "removed", "replaced", "reread")
_COLORS = {"added": "green", "removed": "red", "new": "red", "reopened": "red", "fixed": "green"}


@click.command(
    "diff",
    help="Tell what changed between two snapshots: notices added, removed, replaced (other bytes) or reread (same bytes, other rules), "
    "their values from old to new, and verdicts that are new, fixed or reopened.\n\n"
    "\b\nExample:\n  taizhang diff --list\n  taizhang diff 2 5\n  taizhang diff 2 latest --table problems --table check_results --format csv",
)
@click.argument("old", metavar="SNAPSHOT", required=False)
@click.argument("new", metavar="SNAPSHOT", required=False)
@click.option("--list", "is_list", is_flag=True, help="List the snapshots.")
@click.option("--table", "tables", multiple=True, metavar="NAME", help="Compare this table only; may be repeated.")
@click.option("--format", "form", type=click.Choice(FORMATS), default="table", show_default=True, help="How changes are printed.")
@warehouse_option
def command(old: str | None, new: str | None, is_list: bool, tables: tuple[str, ...], form: str, warehouse: str | None) -> None:
    """Compare two snapshots and print the changes."""
    from transforms.records.catalogue import NOTICE_TABLES
    from warehouse.changes import Totals, changes
    from warehouse.history import snapshot, snapshots
    from warehouse.lake import open_reader

    known = [record.TABLE.name for record in NOTICE_TABLES]
    if unknown := [name for name in tables if name not in known]:
        raise click.UsageError(f"no table {unknown[0]} to compare; there are {', '.join(known)}")
    if not is_list and (old is None or new is None):
        raise click.UsageError("which two snapshots? taizhang diff --list names them")
    chosen = settings(warehouse=warehouse)
    with told(), open_reader(chosen.location, memory_limit=chosen.memory_limit) as lake:
        if is_list:
            for each in snapshots(lake):
                click.echo(f"{each.number:4}  {each.taken_at:%Y-%m-%d %H:%M:%S} UTC  {each.message}")
            return
        pair = [snapshot(lake, _number(words, lake.snapshot())) for words in (old or "", new or "")]
        totals = Totals()
        found = changes(lake, pair[0].number, pair[1].number, tables, totals)
        if form == "table":
            click.echo(
                f"{pair[0].number} ({pair[0].taken_at:%Y-%m-%d %H:%M} UTC) → {pair[1].number} ({pair[1].taken_at:%Y-%m-%d %H:%M} UTC)"
            )
            _show(found)
            counts = totals.counts
            click.echo("Notices: " + ", ".join(f"{counts[kind]} {kind}" for kind in _NOTICE_KINDS))
            click.echo(f"Rows: {counts['row_added']} added, {counts['row_removed']} removed; {counts['value']} values changed")
            click.echo("Verdicts: " + ", ".join(f"{counts[kind]} {kind}" for kind in ("new", "fixed", "reopened")))
        else:
            write_rows(_reader(found), form, sys.stdout)


def _number(words: str, latest: int) -> int:
    if words == "latest":
        return latest
    if not words.isdecimal():
        raise click.UsageError(f"a snapshot is a number or latest, not {words}; taizhang diff --list names them")
    return int(words)


def _show(found: Iterable[Any]) -> None:
    """The first changes in words; all are counted."""
    shown = 0
    for change in found:
        shown += 1
        if shown > _SHOWN:
            continue
        kind = click.style(f"{change.kind:<9}", fg=_COLORS.get(change.kind))
        if change.kind in _NOTICE_KINDS:
            click.echo(f"{kind} {change.notice_id}  {change.inspected_org}")
        elif change.kind in ("row_added", "row_removed"):
            click.echo(f"  {'+' if change.kind == 'row_added' else '-'} {change.table}  {_short(change.new or change.old)}")
        else:
            mark = " " if change.kind == "value" else f" {kind.strip()} "
            click.echo(f"  {mark}{change.table} {_short(change.key)}  {change.column}: {_short(change.old)} → {_short(change.new)}")
    if shown > _SHOWN:
        click.echo(f"({_SHOWN} of {shown} changes shown; --format csv or json gives all)")


def _short(words: str | None) -> str:
    if words is None:
        return "∅"
    words = words.replace("\n", "⏎")
    return words if len(words) <= _WIDEST else words[: _WIDEST - 1] + "…"


def _reader(found: Iterable[Any]) -> Any:
    """The changes as record batches, so that a program gets them as they are found."""
    import pyarrow as pa

    from warehouse.changes import Change

    names = [each.name for each in fields(Change)]
    schema = pa.schema([(name, pa.string()) for name in names])

    def batches() -> Iterator[Any]:
        waiting = iter(found)
        while rows := list(islice(waiting, _BATCH)):
            yield pa.record_batch([[getattr(row, name) for row in rows] for name in names], schema=schema)

    return pa.RecordBatchReader.from_batches(schema, batches())
