"""Reading check files: one SQL file is one check, and its comment header says what it checks and by which rule.

A header is a run of ``-- key: value`` lines at the top of the file; a line that goes on begins with ``--`` and two more blanks. The
body below it is one SELECT. Packaged checks and a user's own folder are read by the same function, so both obey the same rules.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

PACKAGED = Path(__file__).parent / "checks"
SEVERITIES = ("warning", "info")
_KEYS = ("id", "title_zh", "title_en", "rule", "severity", "since")
_ID = re.compile(r"[A-Z][A-Z0-9_]{0,30}")
_ENTRY = re.compile(r"--\s?([a-z_]+):\s*(.*)")
_SINCE = re.compile(r"\d+\.\d+\.\d+")
# Files that checks share; they hold no check of their own.
PRELUDE = ("macros.sql", "readings.sql", "comparisons.sql")


class CheckFileError(ValueError):
    """A check file cannot be used. The message names the file, the reason and the way out."""

    def __init__(self, path: Path, reason: str, way_out: str) -> None:
        super().__init__(f"{path}: {reason}. {way_out}.")
        self.path = path
        self.reason = reason
        self.way_out = way_out


@dataclass(frozen=True, slots=True)
class Check:
    """One check: what its header says, and the SELECT that gives one verdict per notice."""

    id: str
    title_zh: str
    title_en: str
    rule: str
    severity: str
    since: str
    sql: str
    path: Path


@cache
def packaged_checks() -> tuple[Check, ...]:
    """The checks that come with taizhang, in order of their ids. Raises ``CheckFileError``."""
    return load_checks((PACKAGED,))


def load_checks(folders: Iterable[Path]) -> tuple[Check, ...]:
    """The checks of all ``folders``, ids in the order of the folders. Raises ``CheckFileError``; an id may be used only once."""
    found: dict[str, Check] = {}
    for folder in folders:
        for path in _files(folder):
            check = read_check(path)
            if check.id in found:
                raise CheckFileError(path, f"id {check.id} is taken by {found[check.id].path}", "Give the check an id of its own")
            found[check.id] = check
    return tuple(found.values())


def _files(folder: Path) -> Iterator[Path]:
    if not folder.is_dir():
        raise CheckFileError(folder, "no such folder of checks", "Name a folder that holds .sql files")
    yield from sorted(path for path in folder.glob("*.sql") if path.name not in PRELUDE)


def read_check(path: Path) -> Check:
    """The check in ``path``. Raises ``CheckFileError``."""
    try:
        text = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise CheckFileError(path, f"not UTF-8 at byte {error.start}", "Save the file as UTF-8") from error
    except OSError as error:
        raise CheckFileError(path, f"cannot be read ({error.strerror})", "Check its name and permissions") from error
    head, body = _split(text)
    entries = _entries(path, head)
    _validate(path, entries, body)
    return Check(**entries, sql=body, path=path)


def _split(text: str) -> tuple[list[str], str]:
    """Comment lines at the top, and the rest."""
    lines = text.splitlines()
    stop = next((at for at, line in enumerate(lines) if not line.startswith("--")), len(lines))
    return lines[:stop], "\n".join(lines[stop:]).strip().rstrip(";").rstrip()


def _entries(path: Path, head: list[str]) -> dict[str, str]:
    entries: dict[str, str] = {}
    last = ""
    for line in head:
        match = _ENTRY.fullmatch(line.rstrip())
        if match and not line.startswith("--   "):
            last = match[1]
            if last not in _KEYS:
                raise CheckFileError(path, f"unknown header key {last!r}", f"Use only {', '.join(_KEYS)}")
            if last in entries:
                raise CheckFileError(path, f"header key {last!r} stands twice", "Keep one of them")
            entries[last] = match[2].strip()
        elif last and line.startswith("--   "):
            entries[last] += " " + line[2:].strip()
    return entries


def _validate(path: Path, entries: dict[str, str], body: str) -> None:
    missing = [key for key in _KEYS if not entries.get(key)]
    if missing:
        raise CheckFileError(path, f"header lacks {', '.join(missing)}", "Add a line such as '-- id: K01' for each at the top of the file")
    if not _ID.fullmatch(entries["id"]):
        raise CheckFileError(path, f"id {entries['id']!r} is not like K01", "Use capital letters, digits and _, a letter first")
    if not path.stem.startswith(entries["id"] + "_"):
        raise CheckFileError(path, f"file name does not begin with {entries['id']}_", f"Rename it to {entries['id']}_<name>.sql")
    if entries["severity"] not in SEVERITIES:
        raise CheckFileError(path, f"severity {entries['severity']!r} is unknown", f"Use one of {', '.join(SEVERITIES)}")
    if not _SINCE.fullmatch(entries["since"]):
        raise CheckFileError(path, f"since {entries['since']!r} is not a version", "Write it as 0.1.0")
    if not re.match(r"(?i)(?:--[^\n]*\n|\s)*(?:with|select|from)\b", body):
        raise CheckFileError(path, "the body is not a SELECT", "Write one SELECT (or WITH … SELECT) below the header")
    if ";" in re.sub(r"'[^']*'|--[^\n]*", "", body):
        raise CheckFileError(path, "the body has more than one statement", "Keep one SELECT and drop the semicolon")
