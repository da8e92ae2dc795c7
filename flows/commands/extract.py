"""taizhang extract: what notices say, as JSON, without a warehouse."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path

import click

from flows.cli import EXIT_CODES
from flows.commands.options import settings, told
from flows.discover import MissingInput, discover, inputs
from flows.extracting import objects
from flows.steps import real_steps

STDIN = "stdin:"


@click.command(
    "extract",
    help="Print what notices say: one JSON object a document and line (docs/contract.md lists its keys). No warehouse is used.\n\n"
    "FILE is a file, a folder or a pattern; with - one document is read from stdin. A file that gives no notice is printed too, with "
    "outcome rejected and the reason.\n\n"
    "\b\nExample:\n  taizhang extract notice.html\n  taizhang extract inbox | jq .notice.title\n  taizhang extract - < notice.txt\n\n"
    + EXIT_CODES,
)
@click.argument("files", metavar="FILE…", nargs=-1, required=True)
@click.option("--format", "form", type=click.Choice(["jsonl"]), default="jsonl", show_default=True, help="One JSON object a line.")
@click.option("--strict", is_flag=True, help="Exit with code 3 if any document was rejected.")
def command(files: tuple[str, ...], form: str, strict: bool) -> None:
    """Print one line a document."""
    rejected = 0
    try:
        with told():
            for printed in objects(_sources(files), real_steps(settings())):
                rejected += printed["reject"] is not None
                sys.stdout.write(json.dumps(printed, ensure_ascii=False) + "\n")
                sys.stdout.flush()
    except MissingInput as error:
        raise click.UsageError(str(error)) from error
    if strict and rejected:
        raise click.exceptions.Exit(3)


def _sources(files: tuple[str, ...]) -> Iterator[tuple[str, bytes | str]]:
    if "-" in files:
        if len(files) > 1:
            raise click.UsageError("- stands alone: stdin holds one document")
        yield STDIN, sys.stdin.buffer.read()
        return
    for found in discover(inputs(files)):
        try:
            yield found.uri, found.problem or Path(found.path).read_bytes()
        except OSError as error:
            yield found.uri, f"the file cannot be read: {error.strerror}"
