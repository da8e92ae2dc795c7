"""taizhang text: what the readers make of a file."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from flows.commands.options import told
from flows.identifiers import file_uri
from transforms.reading.read import read
from transforms.reading.refusal import Refusal


@click.command(
    "text",
    help="Print the main text of a file, one paragraph a line, so that reading can be judged apart from extraction.\n\n"
    "With - the bytes are read from stdin. A file that cannot be read gives its reason and exit code 1.\n\n"
    "\b\nExample:\n  taizhang text notice.html\n  taizhang text notice.docx > notice.txt",
)
@click.argument("file", metavar="FILE")
@click.option("--verbose", is_flag=True, help="Tell media type, encoding and page fields on stderr.")
def command(file: str, verbose: bool) -> None:
    """Print the text of one file."""
    if file != "-" and not Path(file).exists():
        raise click.UsageError(f"{file} does not exist")
    with told():
        raw = sys.stdin.buffer.read() if file == "-" else Path(file).read_bytes()
    reading = read(raw, "stdin:" if file == "-" else file_uri(Path(file)))
    if isinstance(reading, Refusal):
        raise click.ClickException(f"{reading.reason} ({reading.stage}): {reading.message}")
    if verbose:
        click.echo(f"{reading.media_type} {reading.encoding} ({reading.encoding_reason}) {' '.join(reading.damage)}".rstrip(), err=True)
        for name, value in reading.page.items():
            click.echo(f"{name}: {value}", err=True)
    for line in reading.text.splitlines():
        if line.strip():
            click.echo(line.strip())
