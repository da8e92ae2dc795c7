"""Reading query files. The first comment line is a query's help, the second the same in Chinese; ``-- param`` lines name its parameters.

    -- Which notices fail a count check, worst first
    -- 哪些通报的数量核验不一致
    -- param county = %: only bodies whose county is like this
    SELECT … WHERE county LIKE $county

Values are bound, never pasted into the SQL. The default ``today`` stands for the caller's day, since SQL here has no clock.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

_FILES = Path(__file__).parent
_PARAMETER = re.compile(r"-- param ([a-z_]+) = ([^:]*): (.+)")
TODAY = "today"


class QueryError(ValueError):
    """There is no such query, or it has no such parameter; the message names those there are."""


@dataclass(frozen=True, slots=True)
class Parameter:
    """A value that a query may be given: its name, default and meaning."""

    name: str
    default: str
    about: str


@dataclass(frozen=True, slots=True)
class Query:
    """One question: its number, name, help in two languages, parameters and SQL."""

    number: int
    name: str
    about: str
    about_zh: str
    parameters: tuple[Parameter, ...]
    sql: str

    def values(self, given: Mapping[str, str], today: str) -> dict[str, str]:
        """A value for every parameter: the one given, else its default. Raises ``QueryError`` for a name that the query has not."""
        names = [parameter.name for parameter in self.parameters]
        for name in given:
            if name not in names:
                raise QueryError(f"{self.name} has no parameter {name}; it has {', '.join(names) or 'none'}")
        values = {parameter.name: given.get(parameter.name, parameter.default) for parameter in self.parameters}
        return {name: today if value == TODAY else value for name, value in values.items()}


@cache
def queries() -> tuple[Query, ...]:
    """All named queries in the order of their numbers."""
    return tuple(_read(path) for path in sorted(_FILES.glob("*.sql")))


def query(name: str) -> Query:
    """The query of that name or number (late, 5, 05, 05_late). Raises ``QueryError``."""
    wanted = name.strip().lower()
    for each in queries():
        if wanted in (each.name, str(each.number), f"{each.number:02}", f"{each.number:02}_{each.name}"):
            return each
    raise QueryError(f"there is no query {name}; taizhang query --list names all")


def _read(path: Path) -> Query:
    number, _, name = path.stem.partition("_")
    lines = path.read_text("utf-8").splitlines()
    parameters = tuple(Parameter(*match.groups()) for line in lines[2:] if (match := _PARAMETER.fullmatch(line)))
    body = "\n".join(lines[2 + len(parameters) :]).strip()
    return Query(int(number), name, lines[0].removeprefix("-- "), lines[1].removeprefix("-- "), parameters, body)
