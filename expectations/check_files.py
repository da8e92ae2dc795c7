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
SCOPES = ("notice", "related")
"""What a check reads: the notice alone, or also the notices that it is related to (docs/checks.md)."""
_KEYS = ("id", "title_zh", "title_en", "rule", "severity", "since")
_OPTIONAL = ("scope",)
_ID = re.compile(r"[A-Z][A-Z0-9_]{0,30}")
_ENTRY = re.compile(r"--\s?([a-z_]+):\s*(.*)")
_SINCE = re.compile(r"\d+\.\d+\.\d+")
# Files that checks share; they hold no check of their own.
PRELUDE = ("macros.sql", "readings.sql", "comparisons.sql")


class CheckFileError(ValueError):
    """A check file cannot be used. The message names the file, the line where there is one, the reason and the way out."""

    def __init__(self, path: Path, reason: str, way_out: str, line: int | None = None) -> None:
        super().__init__(f"{path}{f', line {line}' if line else ''}: {reason}. {way_out}.")
        self.path = path
        self.line = line
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
    scope: str = "notice"
    first_line: int = 1
    """Line of the file on which ``sql`` begins."""


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
    head, body, first_line = _split(text)
    entries, lines = _entries(path, head)
    _validate(path, entries, lines, body, first_line)
    return Check(**entries, sql=body, path=path, first_line=first_line)


def _split(text: str) -> tuple[list[str], str, int]:
    """Comment lines at the top, the rest, and the line on which the rest begins."""
    lines = text.splitlines()
    stop = next((at for at, line in enumerate(lines) if not line.startswith("--")), len(lines))
    first = next((at for at, line in enumerate(lines[stop:], stop) if line.strip()), stop)
    return lines[:stop], "\n".join(lines[first:]).rstrip().rstrip(";").rstrip(), first + 1


def _entries(path: Path, head: list[str]) -> tuple[dict[str, str], dict[str, int]]:
    """What the header says by key, and on which line."""
    entries: dict[str, str] = {}
    lines: dict[str, int] = {}
    last = ""
    for number, line in enumerate(head, 1):
        match = _ENTRY.fullmatch(line.rstrip())
        if match and not line.startswith("--   "):
            last = match[1]
            if last not in (*_KEYS, *_OPTIONAL):
                raise CheckFileError(path, f"unknown header key {last!r}", f"Use only {', '.join((*_KEYS, *_OPTIONAL))}", number)
            if last in entries:
                raise CheckFileError(path, f"header key {last!r} stands twice", "Keep one of them", number)
            entries[last], lines[last] = match[2].strip(), number
        elif last and line.startswith("--   "):
            entries[last] += " " + line[2:].strip()
    return entries, lines


def _validate(path: Path, entries: dict[str, str], lines: dict[str, int], body: str, first_line: int) -> None:
    def refuse(reason: str, way_out: str, key: str) -> CheckFileError:
        return CheckFileError(path, reason, way_out, lines.get(key))

    missing = [key for key in _KEYS if not entries.get(key)]
    if missing:
        raise CheckFileError(
            path, f"header lacks {', '.join(missing)}", "Add a line such as '-- id: K01' for each at the top of the file", 1
        )
    if not _ID.fullmatch(entries["id"]):
        raise refuse(f"id {entries['id']!r} is not like K01", "Use capital letters, digits and _, a letter first", "id")
    if not path.stem.startswith(entries["id"] + "_"):
        raise refuse(f"file name does not begin with {entries['id']}_", f"Rename it to {entries['id']}_<name>.sql", "id")
    if entries["severity"] not in SEVERITIES:
        raise refuse(f"severity {entries['severity']!r} is unknown", f"Use one of {', '.join(SEVERITIES)}", "severity")
    if not _SINCE.fullmatch(entries["since"]):
        raise refuse(f"since {entries['since']!r} is not a version", "Write it as 0.1.0", "since")
    if entries.get("scope", "notice") not in SCOPES:
        raise refuse(f"scope {entries['scope']!r} is unknown", f"Use one of {', '.join(SCOPES)}, or leave the line out", "scope")
    if not re.match(r"(?i)(?:--[^\n]*\n|\s)*(?:with|select|from)\b", body):
        raise CheckFileError(path, "the body is not a SELECT", "Write one SELECT (or WITH … SELECT) below the header", first_line)
    # what stands in quotes and comments is no statement; its length stays, so that the place of a semicolon can be told
    bare = re.sub(r"'[^']*'|--[^\n]*", lambda match: re.sub(r"[^\n]", " ", match[0]), body)
    if ";" in bare:
        line = first_line + bare[: bare.index(";")].count("\n")
        raise CheckFileError(path, "the body has more than one statement", "Keep one SELECT and drop the semicolon", line)
