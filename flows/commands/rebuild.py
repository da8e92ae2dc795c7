"""taizhang rebuild: extract again from the raw store."""

from __future__ import annotations

import json
from typing import Any

import click

from flows.cli import EXIT_CODES
from flows.commands.options import settings, told, wait_option, warehouse_option
from flows.commands.progress import clear_line, progress_line

_WIDEST = 60
_CHANGED_TABLES = 20


@click.command(
    "rebuild",
    help="Extract notices again from the raw store where the rules have changed since, and tell what values that changes.\n\n"
    "Only notices whose values differ are written. A rebuild that was stopped goes on where it ended when it is called again.\n\n"
    "\b\nExample:\n  taizhang rebuild --dry-run\n  taizhang rebuild --since-rules 9b1f6c20d7aa\n\n" + EXIT_CODES,
)
@click.option("--since-rules", metavar="VERSION", help="Only what this version of the rules, or one used before it, has made.")
@click.option("--all", "is_all", is_flag=True, help="Everything, also where the rules are the same: after checks changed, or in doubt.")
@click.option("--dry-run", is_flag=True, help="Tell what would change and write nothing.")
@click.option(
    "--format", "form", type=click.Choice(("text", "json")), default="text", show_default=True, help="For people or for programs."
)
@wait_option
@warehouse_option
def command(since_rules: str | None, is_all: bool, dry_run: bool, form: str, wait: float | None, warehouse: str | None) -> None:
    """Rebuild and tell what changed."""
    from flows.rebuild import rebuild
    from warehouse.stored import UnknownRules

    if since_rules and is_all:
        raise click.UsageError("--since-rules chooses a part and --all takes everything; give one of them")
    chosen = settings(warehouse=warehouse, lock_wait_seconds=wait)
    try:
        with told():
            summary = rebuild(chosen, since_rules, is_all, dry_run, progress=progress_line(form == "json"))
    except UnknownRules as error:
        raise click.UsageError(str(error)) from error
    finally:
        clear_line(form == "json")
    if form == "json":
        click.echo(json.dumps(_plain(summary), ensure_ascii=False, indent=2, default=str))
    else:
        _tell(summary, dry_run)
    if summary.outcome == "quality_gate_failed":
        raise click.ClickException(
            f"the quality gate stopped the publish: {'; '.join(summary.broken)}. Nothing of that batch was published"
            + (f"; it is kept in {summary.quarantine}" if summary.quarantine else "")
        )


def _tell(summary: Any, is_dry: bool) -> None:
    changes = summary.changes
    click.echo(
        f"{summary.documents} documents read again in {summary.seconds:.1f} s: {len(changes.notices)} notices "
        f"{'would change' if is_dry else 'changed'}, {len(summary.accepted)} accepted now, {len(summary.withdrawn)} withdrawn"
    )
    for table, kinds in list(changes.counts.items())[:_CHANGED_TABLES]:
        click.echo(f"  {table:<16} {kinds['changed']:>6} changed  {kinds['new']:>6} new  {kinds['gone']:>6} gone")
    for notice_id, shown in changes.examples.items():
        click.echo(f"  notice {notice_id}")
        for change in shown:
            key = " ".join(str(each) for each in change.key[1:])
            values = "; ".join(f"{name}: {_short(old)} → {_short(new)}" for name, (old, new) in change.values.items())
            click.echo(f"    {change.table} {key} {change.kind}{': ' + values if values else ''}".replace("  ", " "))
    if summary.without_bytes:
        click.echo(
            click.style(
                f"{len(summary.without_bytes)} documents could not be read again, for their bytes are not in the raw store", fg="yellow"
            )
            + f": {summary.without_bytes[0]} … (taizhang doctor --repair)"
        )
    if summary.snapshot is not None:
        click.echo(f"Snapshot {summary.snapshot}; to see all: taizhang diff")


def _plain(summary: Any) -> dict[str, Any]:
    changes = summary.changes
    return {
        "run_id": summary.run_id,
        "outcome": summary.outcome,
        "documents": summary.documents,
        "published": summary.published,
        "duplicate": summary.duplicate,
        "rejected": summary.rejected,
        "accepted": summary.accepted,
        "withdrawn": summary.withdrawn,
        "without_bytes": summary.without_bytes,
        "changed_notices": sorted(changes.notices),
        "changes": changes.counts,
        "examples": [
            {"notice_id": each.notice_id, "table": each.table, "kind": each.kind, "key": list(each.key), "values": each.values}
            for shown in changes.examples.values()
            for each in shown
        ],
        "snapshot": summary.snapshot,
        "seconds": summary.seconds,
    }


def _short(value: Any) -> str:
    words = json.dumps(value, ensure_ascii=False, default=str)
    return words if len(words) <= _WIDEST else words[: _WIDEST - 1] + "…"
