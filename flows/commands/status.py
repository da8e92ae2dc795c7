"""taizhang status: how the warehouse is doing."""

from __future__ import annotations

import json
from typing import Any

import click

from flows.commands.options import settings, told, warehouse_option

_COLORS = {"completed": "green", "completed_with_rejects": "yellow", "quality_gate_failed": "red", "failed": "red"}


@click.command(
    "status",
    help="Tell how the warehouse is doing: the last runs and how they ended, who writes to it now, its size, its snapshots, what was "
    "refused and what waits in quarantine.\n\n"
    "Nothing is written, and a writer at work is not disturbed. For damage see taizhang doctor.\n\n"
    "\b\nExample:\n  taizhang status\n  taizhang status --format json | jq '.runs[0].outcome'",
)
@click.option(
    "--format", "form", type=click.Choice(("text", "json")), default="text", show_default=True, help="For people or for programs."
)
@warehouse_option
def command(form: str, warehouse: str | None) -> None:
    """Print the status."""
    from flows.schedule.upcoming import upcoming
    from flows.status import status

    chosen = settings(warehouse=warehouse)
    with told():
        found = status(chosen, lambda: upcoming(chosen))
    if form == "json":
        click.echo(json.dumps(found, ensure_ascii=False, indent=2))
    else:
        _tell(found)


def _tell(found: dict[str, Any]) -> None:
    size, snapshots, writer = found["size"], found["snapshots"], found["writer"]
    click.echo(f"Warehouse  {found['warehouse']}: {size['notices']} notices of {size['documents']} documents")
    click.echo(
        f"Size       {size['files']} files, {_megabytes(size['bytes'])} in use; {_megabytes(size['bytes_of_earlier_snapshots'])} for earlier "
        f"snapshots; raw store {size['raw_files']} files, {_megabytes(size['raw_bytes'])}"
    )
    click.echo(f"Snapshots  {snapshots['count']}, from {snapshots['oldest']} ({_time(snapshots['oldest_at'])}) to {snapshots['newest']}")
    if writer:
        click.echo(f"Writer     process {writer['pid']} on {writer['host']} ({writer['purpose']}, since {_time(writer['since'])})")
    else:
        click.echo("Writer     none")
    if found["rules"]["stale_documents"]:
        click.echo(f"Rules      {found['rules']['stale_documents']} notices were read with other rules; taizhang rebuild reads them again")
    if found["schedule"] is not None:
        _tell_schedule(found["schedule"])
    _tell_runs(found)
    for folder in found["quarantine"]:
        click.echo(click.style(f"Quarantine {folder}", fg="red"))


def _tell_schedule(schedule: list[dict[str, Any]]) -> None:
    for each in schedule or [{"nothing is scheduled": ""}]:
        click.echo("Schedule   " + ", ".join(f"{name} {value}".strip() for name, value in each.items()))


def _tell_runs(found: dict[str, Any]) -> None:
    click.echo("\nLast runs" if found["runs"] else "\nNo run yet")
    for run in found["runs"]:
        outcome = click.style(f"{run['outcome']:<23}", fg=_COLORS.get(run["outcome"]))
        counts = f"{run['documents_in']} in, {run['published']} published, {run['unchanged']} unchanged, {run['rejected']} rejected"
        click.echo(f"  {_time(run['started_at'])}  {run['command']:<8} {outcome} {counts}")
    rejects = found["rejects"]
    if rejects["count"]:
        reasons = ", ".join(f"{count} {reason}" for reason, count in rejects["reasons"].items())
        click.echo(f"\nRejected by the last run: {reasons}")
        for each in rejects["first"]:
            click.echo(f"  {each['uri']}: {each['message']}")


def _megabytes(count: int) -> str:
    return f"{count / 1e6:.1f} MB"


def _time(iso: str | None) -> str:
    return (iso or "").replace("T", " ")[:16]
