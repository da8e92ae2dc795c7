"""taizhang schedule: run by the clock, in the foreground, until it is stopped."""

from __future__ import annotations

from pathlib import Path

import click

from flows.cli import EXIT_CODES
from flows.commands.options import settings, told, warehouse_option
from flows.settings import Settings


@click.command(
    "schedule",
    help="Run by the clock: bring the files of folders and the pages of declared sources into the warehouse at the times of a cron line.\n\n"
    "Starts a Prefect server on 127.0.0.1 whose database lies in the warehouse, or uses the one that PREFECT_API_URL names, and serves "
    "until it is stopped (Ctrl-C, SIGTERM). One run works at a time: one that comes meanwhile is cancelled. A run that was missed while "
    "nothing was served is made up at the start. After each run the report is written (setting report_dir) and the warehouse is "
    "maintained; when a run fails, on_failure_command and on_failure_url are told (docs/how-to/schedule.md).\n\n"
    "\b\nExample:\n  taizhang schedule --cron '0 3 * * *' --inbox /srv/inbox --warehouse /srv/taizhang\n"
    "  taizhang schedule --cron '*/30 8-18 * * mon-fri' --source example --once-now\n\n" + EXIT_CODES,
)
@click.option(
    "--cron", required=True, metavar="LINE", help="Minute, hour, day, month and weekday, such as '0 3 * * *' for each night at three."
)
@click.option("--inbox", "inboxes", multiple=True, metavar="DIR", help="Folder to take files from; may be given several times.")
@click.option("--source", "names", multiple=True, metavar="NAME", help="Declared source to fetch; may be given several times.")
@click.option("--time-zone", metavar="ZONE", help="Time zone of the cron line (default: setting time_zone, Asia/Shanghai).")
@click.option("--once-now", is_flag=True, help="Also run once at the start.")
@click.option("--port", type=click.IntRange(0, 65535), help="Port of the server (default: setting server_port, else a free one).")
@click.option("--name", default="scheduled", show_default=True, metavar="NAME", help="Name of the deployment, for several on one server.")
@click.option("--maintain/--no-maintain", default=True, show_default=True, help="Maintain the warehouse after each run.")
@warehouse_option
def command(
    cron: str,
    inboxes: tuple[str, ...],
    names: tuple[str, ...],
    time_zone: str | None,
    once_now: bool,
    port: int | None,
    name: str,
    maintain: bool,
    warehouse: str | None,
) -> None:
    """Check the plan, then serve it."""
    from flows.logs import configure
    from flows.schedule.api import ApiError
    from flows.schedule.plan import Plan, cron_problem, name_problem, time_zone_problem
    from flows.schedule.processes import ProcessEnded
    from flows.schedule.service import serve
    from flows.secrets import masked
    from warehouse.lock import LockHeld

    chosen = settings(warehouse=warehouse, time_zone=time_zone, server_port=port)
    for option, problem in (
        ("--cron", cron_problem(cron)),
        ("--time-zone", time_zone_problem(chosen.time_zone)),
        ("--name", name_problem(name)),
    ):
        if problem:
            raise click.UsageError(f"{option}: {problem}")
    if not inboxes and not names:
        raise click.UsageError("nothing to run: give --inbox DIR or --source NAME")
    _check_inputs(inboxes, names, chosen)
    plan = Plan(
        cron=cron,
        time_zone=chosen.time_zone,
        warehouse=str(chosen.warehouse.absolute()),
        paths=tuple(str(Path(inbox).absolute()) for inbox in inboxes),
        sources=tuple(dict.fromkeys(names)),
        name=name,
        maintain=maintain,
    )
    configure(chosen.log)
    is_text = chosen.log == "text"
    say = click.echo if is_text else lambda words: None
    with told():
        try:
            serve(plan, chosen.server_port, chosen.log, once_now, say)
        except KeyboardInterrupt:
            say("Stopped; no process is left, and the warehouse is as after the last whole batch.")
        except LockHeld as error:
            words = f"{error}. Stop that schedule, or set PREFECT_API_URL to its server and give this one another --name than {name}."
            raise click.ClickException(words) from error
        except (ApiError, ProcessEnded) as error:
            raise click.ClickException(masked(str(error))) from error


def _check_inputs(inboxes: tuple[str, ...], names: tuple[str, ...], chosen: Settings) -> None:
    """A wrong path or source is a wrong command line, not a run that fails at night."""
    for inbox in inboxes:
        if not Path(inbox).is_dir():
            raise click.UsageError(f"--inbox {inbox} is no folder")
    if not names:
        return
    from flows.crawl.sources import SourceError, sources

    try:
        declared = sources(chosen.sources)
    except SourceError as error:
        raise click.UsageError(str(error)) from error
    for name in names:
        if name not in declared:
            raise click.UsageError(f"there is no source {name}; there are {', '.join(sorted(declared))}")
