"""From the paths on a command line to the files they name, in one fixed order, without reading any."""

from __future__ import annotations

import glob
import os
import stat
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from flows.identifiers import file_uri, words_of
from warehouse.stat_cache import Stamp

_GLOB = frozenset("*?[")


class MissingInput(Exception):
    """A path or pattern names nothing: the command line is wrong, so nothing is run."""


@dataclass(frozen=True, slots=True)
class Found:
    """A file to read, or a place that cannot be read; then ``problem`` says why and there is nothing else to do with it.

    Of what came from the web the bytes are in the raw store under ``sha256``, and ``declared`` is the charset that its server named.
    ``stamp`` is there for files on a disk.
    """

    path: Path
    uri: str
    problem: str | None = None
    reason: str = "unreadable"
    sha256: str | None = None
    declared: str = ""
    stamp: Stamp | None = None


def inputs(paths: Sequence[str]) -> tuple[Path, ...]:
    """The files and folders that ``paths`` (files, folders, glob patterns with ``**``) name. Raises ``MissingInput``."""
    named: list[Path] = []
    for given in paths:
        path = Path(given)
        if os.path.lexists(path):
            named.append(path)
        elif _GLOB & set(given):
            matches = sorted(glob.glob(given, recursive=True))  # noqa: PTH207 - Path.glob takes no absolute pattern
            if not matches:
                raise MissingInput(f"no file matches {given}")
            named += map(Path, matches)
        else:
            raise MissingInput(f"{given} does not exist")
    return tuple(named)


def discover(named: Sequence[Path], leave_out: Path | None = None) -> Iterator[Found]:
    """Every file in ``named`` once: folders with all below them, in the order of names.

    Names that begin with a dot or ``~$`` inside a folder are left out (editors and office programs keep theirs there), as is the
    folder ``leave_out``, the warehouse itself. A folder that may not be opened and what is no regular file come with a problem.
    """
    barred = os.path.realpath(leave_out) if leave_out else None
    seen: set[str] | None = set() if len(named) > 1 else None
    for path in named:
        for found in _below(path, barred) if path.is_dir() else (_file(path, file_uri(path)),):
            if seen is not None:
                if found.uri in seen:
                    continue
                seen.add(found.uri)
            yield found


def _below(folder: Path, barred: str | None) -> Iterator[Found]:
    if barred and os.path.realpath(folder) == barred:
        return
    try:
        entries = sorted(os.scandir(folder), key=lambda entry: entry.name)
    except OSError as error:
        yield Found(folder, file_uri(folder), f"the folder cannot be opened: {error.strerror}; grant access to it")
        return
    place = file_uri(folder).rstrip("/")
    for entry in entries:
        if entry.name.startswith((".", "~$")):
            continue
        path = Path(entry.path)
        # folders behind links are not entered: links may go round in a circle
        if entry.is_dir(follow_symlinks=False):
            yield from _below(path, barred)
        elif not (entry.is_symlink() and path.is_dir()):
            yield _file(path, f"{place}/{words_of(entry.name)}")


def _file(path: Path, uri: str) -> Found:
    try:
        status = path.stat()
    except OSError as error:
        return Found(path, uri, f"the file cannot be opened: {error.strerror}")
    if not stat.S_ISREG(status.st_mode):
        return Found(path, uri, "not a regular file (a device, pipe or socket)")
    return Found(path, uri, stamp=Stamp.of(status))
