"""taizhang run: bring notices into the warehouse."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from flows.cli import EXIT_CODES
from flows.commands.options import checks_option, settings, told, wait_option, warehouse_option
from flows.commands.progress import clear_line, progress_line
from flows.discover import MissingInput
from flows.run import RunSummary, ingest
from flows.runners.runner import NAMES, RunnerError
from flows.secrets import masked
from flows.settings import Settings

if TYPE_CHECKING:
    from flows.crawl.crawl import Web

_VERDICTS = {"fail": "red", "review": "yellow", "pass": "green", "not_checkable": "blue"}


@click.command(
    "run",
    help="Bring notices into the warehouse: read, extract, check, publish.\n\n"
    "PATH is a file, a folder (with all below it) or a pattern such as 'inbox/**/*.html'. Files that the warehouse already has as "
    "they are cost nothing; a changed file replaces its notice; what is no notice is listed in the table rejects. Archives are read "
    "member by member.\n\n"
    "With --urls and --source pages are fetched from the web, politely and once: a run that was stopped goes on where it was "
    "(docs/how-to/sources.md).\n\n"
    "One writer works at a time. Where another one is at work, the command names it, waits for --wait seconds and then gives up.\n\n"
    "\b\nExample:\n  taizhang run samples/notices\n  taizhang run 'inbox/*.txt' --warehouse /srv/taizhang --strict\n"
    "  taizhang run --urls list.txt\n\n" + EXIT_CODES,
)
@click.argument("paths", metavar="[PATH…]", nargs=-1)
@click.option("--urls", metavar="LIST", help="Fetch the pages of a text file with one URL a line (# begins a comment); - reads stdin.")
@click.option("--source", "names", metavar="NAME", multiple=True, help="Fetch a declared source; may be given several times.")
@warehouse_option
@checks_option
@click.option("--strict", is_flag=True, help="Exit with code 3 if any input was rejected.")
@click.option(
    "--prefect", "with_prefect", is_flag=True, help="Run as a Prefect flow (starts a local server unless PREFECT_API_URL is set)."
)
@click.option(
    "--runner",
    type=click.Choice(NAMES),
    help="Who extracts: this process (serial), threads, processes, a Dask or a Ray cluster. Default: setting runner, else processes "
    "where there is much to do.",
)
@click.option("--workers", type=click.IntRange(0), help="How many workers (default: one for each processor).")
@wait_option
@click.option("--quiet", is_flag=True, help="Print nothing but errors.")
def command(
    paths: tuple[str, ...],
    urls: str | None,
    names: tuple[str, ...],
    warehouse: str | None,
    checks: str | None,
    strict: bool,
    with_prefect: bool,
    runner: str | None,
    workers: int | None,
    wait: float | None,
    quiet: bool,
) -> None:
    """Run an ingestion and tell how it ended."""
    given = {"warehouse": warehouse, "checks": checks, "runner": runner, "workers": workers, "lock_wait_seconds": wait}
    chosen = settings(**given)
    web = _web(urls, names, chosen)
    if not paths and web is None:
        raise click.UsageError("nothing to run: give a PATH, --urls LIST or --source NAME")
    show = progress_line(quiet)
    try:
        with told():
            summary = _as_flow(paths, given, show, web) if with_prefect else ingest(paths, chosen, show, web=web)
    except RunnerError as error:
        raise click.ClickException(masked(str(error))) from error
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


def _as_flow(paths: tuple[str, ...], given: dict[str, Any], show: Any, web: Web | None) -> RunSummary:
    from flows.discover import inputs
    from flows.ingest import ingest as flow

    inputs(paths)  # a wrong path is a wrong command line, and no server need start to say so
    state: Any = flow(list(paths), given, show, web, return_state=True)
    result = state.result(raise_on_failure=False)  # the summary also of a run that the quality gate failed
    if isinstance(result, BaseException):
        raise result
    assert isinstance(result, RunSummary)
    return result


def _web(urls: str | None, names: tuple[str, ...], chosen: Settings) -> Web | None:
    """What is to be fetched; a list that cannot be read or a source that is not declared is a wrong command line."""
    if urls is None and not names:
        return None
    from flows.crawl.crawl import Web
    from flows.crawl.sources import SourceError, sources
    from flows.crawl.urls import url_list

    listed: tuple[str, ...] = ()
    if urls is not None:
        try:
            listed = tuple(url_list(sys.stdin.buffer.read() if urls == "-" else Path(urls).read_bytes()))
        except OSError as error:
            raise click.UsageError(f"--urls {urls} cannot be read: {error.strerror}") from error
        if not listed:
            raise click.UsageError(f"--urls {urls} names no URL; give one a line")
    try:
        declared = sources(chosen.sources) if names else {}
        return Web(listed, tuple(declared[name] for name in dict.fromkeys(names)))
    except SourceError as error:
        raise click.UsageError(str(error)) from error
    except KeyError as error:
        raise click.UsageError(f"there is no source {error.args[0]}; there are {', '.join(sorted(declared))}") from error


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
