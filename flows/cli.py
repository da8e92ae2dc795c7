"""The command line. Each command lives in a module of its own that is imported when it is called, so that help answers at once."""

from __future__ import annotations

import gc
import importlib
import importlib.util
import os
import signal
import sys
import traceback
from types import FrameType

import click

# name → one line of help; the module is flows.commands.<name>, the command its attribute ``command``
COMMANDS = {
    "run": "Bring notices into the warehouse: read, extract, check, publish.",
    "schedule": "Run by the clock, until it is stopped.",
    "check": "List the checks, or tell what they say of the notices, with both sides.",
    "report": "Write the report page of a warehouse.",
    "export": "Write the ledger as XLSX or CSV, or all tables as Parquet or DuckDB.",
    "query": "Answer one of the named questions.",
    "diff": "Tell what changed between two snapshots.",
    "sql": "Ask the warehouse in SQL, read-only.",
    "extract": "Print what notices say as JSON, without a warehouse.",
    "explain": "Show every value found in any text, with the rule behind it.",
    "text": "Print the main text of a file, one paragraph a line.",
    "status": "Tell how the warehouse is doing: runs, size, writer, snapshots.",
    "doctor": "Find damage in the warehouse, explain it, mend it.",
    "maintain": "Compact the warehouse and let old snapshots expire.",
    "backup": "Copy the warehouse to a folder, also while a run writes.",
    "restore": "Put a backup in the warehouse's place.",
    "rebuild": "Extract again from the raw store where rules have changed.",
    "evaluate": "Score extraction against labelled cases.",
}
EXIT_CODES = """\b
Exit codes:
  0  done
  1  failed: a quality gate, a full disk, a damaged or locked warehouse
  2  wrong usage: no such command, option, file or setting
  3  done, but some inputs were rejected (only with --strict)
"""


class Interrupted(KeyboardInterrupt):
    """SIGTERM, treated as Ctrl-C is: the batch at hand is rolled back and the process ends."""


class LazyGroup(click.Group):
    """A group whose commands are imported when they are asked for."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The commands in the order in which a newcomer meets them."""
        return [name for name in COMMANDS if importlib.util.find_spec(f"flows.commands.{name}")]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command, or None if there is none of that name."""
        if cmd_name not in COMMANDS or not importlib.util.find_spec(f"flows.commands.{cmd_name}"):
            return None
        command: click.Command = importlib.import_module(f"flows.commands.{cmd_name}").command
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The list of commands, without importing any."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, COMMANDS[name]) for name in self.list_commands(ctx)])


def _print_version(ctx: click.Context, _parameter: click.Parameter, is_given: bool) -> None:
    if is_given and not ctx.resilient_parsing:
        from flows.versions import code_version
        from transforms.compiled import is_used
        from transforms.version import rules_version

        click.echo(f"taizhang {code_version()} (rules {rules_version()}{', compiled' if is_used() else ''})")
        ctx.exit()


@click.group(
    cls=LazyGroup,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 110},
    help="Turn published inspection-rectification notices (巡察/巡视整改通报) into tables, verdicts and reports.\n\n"
    '\b\nExample:\n  taizhang run samples/notices\n  taizhang report --out report\n  taizhang sql "SELECT title FROM notices"\n\n'
    "Settings come from taizhang.toml, then from the environment (TAIZHANG_WAREHOUSE …), then from options.\n\n" + EXIT_CODES,
)
@click.option("--version", is_flag=True, is_eager=True, expose_value=False, callback=_print_version, help="Show the version and exit.")
def cli() -> None:
    """The group; its help is above."""


def main() -> None:
    """The program's entry: UTF-8 on every stream, signals as exit codes 130 and 143, no traceback for what a user can mend."""
    for stream in (sys.stdin, sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace" if stream is sys.stdin else "backslashreplace")
    signal.signal(signal.SIGTERM, _terminate)
    gc.set_threshold(100_000, 50, 50)  # records hold no cycles; the default thresholds cost extraction an eighth of its time
    try:
        code = cli.main(standalone_mode=False)  # what ctx.exit and Exit were given, else what the command returned
    except BaseException as error:
        if interrupt := _interrupt(error):
            click.echo("\nStopped; the batch at hand was rolled back, what was published before it stays.", err=True)
            sys.exit(143 if isinstance(interrupt, Interrupted) else 130)
        if isinstance(error, click.ClickException):
            error.show()
            sys.exit(error.exit_code)
        if isinstance(error, BrokenPipeError):  # the reader of our output has gone (| head): nobody is left to tell
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            sys.exit(0)
        if isinstance(error, Exception):  # a defect: its traceback is for a report, and may repeat a connection string
            from flows.secrets import masked

            click.echo(masked("".join(traceback.format_exception(error))), err=True, nl=False)
            sys.exit(1)
        raise
    sys.exit(code if isinstance(code, int) else 0)


def _interrupt(error: BaseException | None) -> KeyboardInterrupt | None:
    """The interrupt behind ``error``: click wraps it in Abort, DuckDB in RuntimeError where it comes within a query."""
    while error is not None:
        if isinstance(error, KeyboardInterrupt):
            return error
        error = error.__cause__ or error.__context__
    return None


def _terminate(_number: int, _frame: FrameType | None) -> None:
    raise Interrupted


if __name__ == "__main__":
    main()
