"""taizhang text: what the readers make of a file."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from flows.batch import Unread
from flows.commands.options import settings, told
from flows.identifiers import file_uri
from flows.members import documents
from flows.steps import Steps, real_steps
from transforms.reading.read import Reading
from transforms.reading.refusal import Refusal

_LISTED = 50


@click.command(
    "text",
    help="Print the main text of a file, one paragraph a line, so that reading can be judged apart from extraction.\n\n"
    "With - the bytes are read from stdin. A file that cannot be read gives its reason and exit code 1. Of an archive, --member names "
    "the file in it; without it the names are listed in the message.\n\n"
    "\b\nExample:\n  taizhang text notice.html\n  taizhang text notice.docx > notice.txt\n"
    "  taizhang text inbox.zip --member 附件/通报.docx",
)
@click.argument("file", metavar="FILE")
@click.option("--member", metavar="NAME", help="Member of an archive: its path in it, or the end of that path.")
@click.option("--verbose", is_flag=True, help="Tell media type, encoding and page fields on stderr.")
def command(file: str, member: str | None, verbose: bool) -> None:
    """Print the text of one file."""
    if file != "-" and not Path(file).exists():
        raise click.UsageError(f"{file} does not exist")
    chosen = settings()
    with told():
        raw = sys.stdin.buffer.read() if file == "-" else Path(file).read_bytes()
    reading = _reading(raw, "stdin:" if file == "-" else file_uri(Path(file)), member, real_steps(chosen))
    if isinstance(reading, Refusal):
        raise click.ClickException(f"{reading.reason} ({reading.stage}): {reading.message}")
    if verbose:
        click.echo(f"{reading.media_type} {reading.encoding} ({reading.encoding_reason}) {' '.join(reading.damage)}".rstrip(), err=True)
        for name, value in reading.page.items():
            click.echo(f"{name}: {value}", err=True)
    for line in reading.text.splitlines():
        if line.strip():
            click.echo(line.strip())


def _reading(raw: bytes, uri: str, member: str | None, steps: Steps) -> Reading | Refusal:
    """The text of the one document in ``raw``, or of the ``member`` that is asked for."""
    names: list[str] = []
    for each in documents(raw, uri, steps):
        place = each.uri if isinstance(each, Unread) else each.key.uri
        name = place.removeprefix(uri).removeprefix("!")
        names.append(name)
        if name == (member or "") or (member and name.endswith((f"/{member}", f"!{member}"))):
            if isinstance(each, Unread):
                return Refusal(each.reason, each.stage, each.message)
            return each.refusal or steps.read(each.raw, place)
    listed = "".join(f"\n  {name}" for name in names[:_LISTED]) + ("\n  …" if len(names) > _LISTED else "")
    if member is None:
        return Refusal("archive", "read", f"an archive of {len(names)} files; name one with --member:{listed}")
    raise click.UsageError(f"there is no member {member}; there are{listed}")
