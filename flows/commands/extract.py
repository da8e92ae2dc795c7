"""taizhang extract: what notices say, as JSON, without a warehouse."""

from __future__ import annotations

import datetime
import hashlib
import json
import sys
from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path
from typing import Any

import click

from flows.batch import UNKNOWN_MEDIA, RawFile, Run, accounted, extract_files
from flows.cli import EXIT_CODES
from flows.commands.options import told
from flows.discover import MissingInput, discover, inputs
from flows.identifiers import document_id, notice_id
from flows.steps import Steps, real_steps
from transforms.contract import contract
from transforms.reading.read import Reading
from transforms.reading.refusal import Refusal
from transforms.reading.sniff import media_type
from transforms.records.notices import Notice
from transforms.records.verdicts import CheckResult
from warehouse.known import FileKey

STDIN = "stdin:"
# checks are run over this many documents at once; a greater number would only delay the first line
_TOGETHER = 50


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
            for printed in objects(_sources(files), real_steps()):
                rejected += printed["reject"] is not None
                sys.stdout.write(json.dumps(printed, ensure_ascii=False) + "\n")
                sys.stdout.flush()
    except MissingInput as error:
        raise click.UsageError(str(error)) from error
    if strict and rejected:
        raise click.exceptions.Exit(3)


def objects(sources: Iterable[tuple[str, bytes | str]], steps: Steps) -> Iterator[dict[str, Any]]:
    """The contract's object for each (uri, bytes) of ``sources``; words in place of bytes say why there are none."""
    waiting = iter(sources)
    while some := list(islice(waiting, _TOGETHER)):
        yield from _checked(some, steps)


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


def _checked(sources: list[tuple[str, bytes | str]], steps: Steps) -> Iterator[dict[str, Any]]:
    files: dict[str, RawFile] = {}
    unread: dict[str, Refusal] = {}
    for uri, raw in sources:
        if isinstance(raw, bytes):
            sha256 = hashlib.sha256(raw).hexdigest()
            key = FileKey(uri, sha256, document_id(uri, sha256), notice_id(uri))
            files[uri] = RawFile(key, raw)
        else:
            unread[uri] = Refusal("unreadable", "ingest", raw)
    extracted = extract_files(list(files.values()), steps)
    verdicts: dict[str, list[dict[str, Any]]] = {}
    if extracted.tables[Notice.TABLE.name].num_rows:
        seen = Run("", datetime.datetime.now(datetime.UTC))
        tables = accounted(extracted, list(files.values()), (), seen).tables
        for row in steps.checks(tables).select(list(CheckResult.__struct_fields__)).to_pylist():
            verdicts.setdefault(row["notice_id"], []).append(row)
    for uri, _ in sources:
        if uri in unread:
            yield contract(unread[uri], _document(uri, None, None))
        else:
            key = files[uri].key
            yield contract(
                extracted.found[key.document_id],
                _document(uri, files[uri], extracted.readings[key.document_id]),
                verdicts.get(key.notice_id, ()),
            )


def _document(uri: str, file: RawFile | None, reading: Reading | None) -> dict[str, Any]:
    raw = file.raw if file else b""
    return {
        "uri": uri,
        "sha256": file.key.sha256 if file else None,
        "media_type": reading.media_type if reading else media_type(raw) or UNKNOWN_MEDIA,
        "encoding": (reading.encoding or None) if reading else None,
        "encoding_reason": (reading.encoding_reason or None) if reading else None,
        "damage": list(reading.damage) if reading else [],
        "document_id": file.key.document_id if file else document_id(uri, ""),
        "size_bytes": len(raw) if file else None,
    }
