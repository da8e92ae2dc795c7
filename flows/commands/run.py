"""taizhang run: bring notices into the warehouse."""

from __future__ import annotations

from typing import Any

import click

from flows.cli import EXIT_CODES
from flows.commands.options import settings, told, warehouse_option
from flows.commands.progress import clear_line, progress_line
from flows.discover import MissingInput
from flows.run import RunSummary, ingest

_VERDICTS = {"fail": "red", "review": "yellow", "pass": "green", "not_checkable": "blue"}


@click.command(
    "run",
    help="Bring notices into the warehouse: read, extract, check, publish.\n\n"
    "PATH is a file, a folder (with all below it) or a pattern such as 'inbox/**/*.html'. Files that the warehouse already has as "
    "they are cost nothing; a changed file replaces its notice; what is no notice is listed in the table rejects.\n\n"
    "\b\nExample:\n  taizhang run samples/notices\n  taizhang run 'inbox/*.txt' --warehouse /srv/taizhang --strict\n\n" + EXIT_CODES,
)
@click.argument("paths", metavar="PATH…", nargs=-1, required=True)
@warehouse_option
@click.option("--strict", is_flag=True, help="Exit with code 3 if any input was rejected.")
@click.option(
    "--prefect", "with_prefect", is_flag=True, help="Run as a Prefect flow (starts a local server unless PREFECT_API_URL is set)."
)
@click.option("--quiet", is_flag=True, help="Print nothing but errors.")
def command(paths: tuple[str, ...], warehouse: str | None, strict: bool, with_prefect: bool, quiet: bool) -> None:
    """Run an ingestion and tell how it ended."""
    given = {"warehouse": warehouse}
    chosen = settings(**given)
    show = progress_line(quiet)
    try:
        with told():
            summary = _as_flow(paths, given, show) if with_prefect else ingest(paths, chosen, show)
    except MissingInput as error:
        raise click.UsageError(str(error)) from error
    finally:
        clear_line(quiet)
    if not quiet:
        _tell(summary, str(chosen.warehouse))
    if summary.outcome == "quality_gate_failed":
        raise click.ClickException(
            f"the quality gate stopped the publish: {'; '.join(summary.broken)}. Nothing of that batch was published; "
            f"it is kept in {summary.quarantine}"
        )
    if strict and summary.rejected:
        raise click.exceptions.Exit(3)


def _as_flow(paths: tuple[str, ...], given: dict[str, Any], show: Any) -> RunSummary:
    from flows.discover import inputs
    from flows.ingest import ingest as flow

    inputs(paths)  # a wrong path is a wrong command line, and no server need start to say so
    state: Any = flow(list(paths), given, show, return_state=True)
    result = state.result(raise_on_failure=False)  # the summary also of a run that the quality gate failed
    if isinstance(result, BaseException):
        raise result
    assert isinstance(result, RunSummary)
    return result


def _tell(summary: RunSummary, warehouse: str) -> None:
    click.echo(
        f"{summary.documents_in} files: {summary.published} published, {summary.duplicate} duplicate "
        f"({summary.unchanged} unchanged), {summary.rejected} rejected, in {summary.seconds:.1f} s"
    )
    if summary.verdicts:
        words = [click.style(f"{summary.verdicts.get(name, 0)} {name}", fg=color) for name, color in _VERDICTS.items()]
        click.echo(f"Verdicts: {', '.join(words)}")
    if summary.rejected:
        click.echo(f'Why: taizhang sql "SELECT uri, reason, message FROM rejects" --warehouse {warehouse}')
    click.echo(f"Warehouse: {warehouse} (snapshot {summary.snapshot})")
