"""Problem tables that reading turned into lines of cells joined by " | ": which lines are header and rows, and what each column holds."""

from __future__ import annotations

from bisect import bisect_right
from functools import cache

import msgspec

from transforms.lexicons.load import words
from transforms.outline.marks import Mark, in_order

_ROLES = ("problem", "response", "status", "leader", "department", "person", "deadline", "number")


class Cell(msgspec.Struct, frozen=True, gc=False):
    """A cell's words: its span without blanks, and what its column holds (problem, response, …) or an empty string."""

    start: int
    end: int
    role: str


@cache
def _roles() -> dict[str, str]:
    return {word: role for role in _ROLES for word in words("outline", f"columns_{role}")}


def cells(matching: str, start: int, end: int) -> list[tuple[int, int]]:
    """Spans of the cells of the line ``start:end``."""
    found = []
    at = start
    while at <= end:
        stop = matching.find("|", at, end)
        stop = end if stop < 0 else stop
        first, last = at, stop
        while first < last and matching[first] == " ":
            first += 1
        while last > first and matching[last - 1] == " ":
            last -= 1
        found.append((first, last))
        at = stop + 1
    if len(found) > 2 and found[0][0] == found[0][1] and matching[start : start + 1] == "|":
        found = found[1:]
    if len(found) > 1 and found[-1][0] == found[-1][1] and matching[end - 1 : end] == "|":
        found = found[:-1]
    return found


def header_roles(matching: str, row: list[tuple[int, int]]) -> list[str] | None:
    """What each column holds, if ``row`` is the header of a problem table."""
    roles = [_roles().get(matching[start:end].replace(" ", ""), "") for start, end in row]
    if "problem" not in roles or len([role for role in roles if role]) < 2:
        return None
    # with both 反馈问题 and 具体表现 the later column states the single problem
    return roles


def row_cells(matching: str, start: int, end: int, roles: list[str]) -> tuple[Cell, ...]:
    """The cells of one row with their roles."""
    return tuple(Cell(first, last, role) for (first, last), role in zip(cells(matching, start, end), roles, strict=False))


def table_rows(matching: str, start: int, end: int) -> list[tuple[int, int, tuple[Cell, ...]]]:
    """The rows of all problem tables in ``matching[start:end]``: their span and their cells. A merged problem cell that is empty is none."""
    found: list[tuple[int, int, tuple[Cell, ...]]] = []
    roles: list[str] | None = None
    at = matching.find("|", start, end)
    while at >= 0:
        line = max(matching.rfind("\n", start, at) + 1, start)
        stop = matching.find("\n", at, end)
        stop = end if stop < 0 else stop
        row = cells(matching, line, stop)
        header = header_roles(matching, row)
        if header is not None:
            roles = header
        elif roles is not None and len(row) == len(roles):
            made = row_cells(matching, line, stop, roles)
            if any(cell.role == "problem" and cell.end > cell.start and matching[cell.start] not in "-:" for cell in made):
                found.append((line, stop, made))
        elif len(row) < 2:
            roles = None
        at = matching.find("|", stop, end)
    return found


def table_marks(matching: str, start: int, end: int, marks: list[Mark]) -> list[Mark]:
    """``marks`` with one for each row of a problem table, and without those that stand inside a row."""
    rows = table_rows(matching, start, end)
    if not rows:
        return marks
    starts = [first for first, _, _ in rows]
    kept = [mark for mark in marks if mark.start < starts[0] or mark.start >= rows[bisect_right(starts, mark.start) - 1][1]]
    for ordinal, (_, last, made) in enumerate(rows, 1):
        # the header's columns after 序号 state the problem; the last of several problem columns is the single one
        problem = [cell for cell in made if cell.role == "problem" and cell.end > cell.start][-1]
        start = made[0].start
        label_end = made[0].end if made[0].role == "number" else start
        kept.append(Mark(start, problem.start, "table", "table", ordinal, f"行{ordinal}", label_end, False, problem.end, last))
    return in_order(kept)
