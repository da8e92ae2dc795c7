"""Counting through the lists of a word processor: every paragraph of a list gets the number that would be printed before it."""

from __future__ import annotations

from dataclasses import dataclass, field

import regex

from transforms.reading.office.number_forms import printed_number

LEVELS = 9
_PLACE = regex.compile(r"%([1-9])")


@dataclass(slots=True)
class Level:
    """One level: ``text`` such as ``（%2）``, ``restart`` the level (from 1) whose items make it start again, None for every higher one."""

    start: int = 1
    form: str = "decimal"
    text: str = ""
    restart: int | None = None
    suffix: str = "tab"
    is_legal: bool = False


@dataclass(slots=True)
class ListDefinition:
    """The levels of a list; lists that share a definition also share its counters."""

    levels: dict[int, Level] = field(default_factory=dict)
    counters: list[int | None] = field(default_factory=lambda: [None] * LEVELS)


class ListCounters:
    """``lists`` maps the name of a list to its definition and to the numbers with which its levels start anew."""

    def __init__(self, lists: dict[str, tuple[ListDefinition, dict[int, int]]]) -> None:
        self._lists = lists
        self._started: set[tuple[str, int]] = set()

    def label(self, name: str | None, level: int) -> str:
        """The number of the next paragraph of the list ``name``; empty if there is no such list."""
        if name is None or name not in self._lists:
            return ""
        definition, overrides = self._lists[name]
        here = definition.levels.get(level)
        if here is None:
            return ""
        counters = definition.counters
        before = counters[level]
        if level in overrides and (name, level) not in self._started:
            self._started.add((name, level))
            counters[level] = overrides[level]
        else:
            counters[level] = here.start if before is None else before + 1
        for deeper in range(level + 1, LEVELS):
            below = definition.levels.get(deeper)
            if below is None or below.restart is None or (below.restart and level < below.restart):
                counters[deeper] = None
        for above in range(level):
            if counters[above] is None and above in definition.levels:
                counters[above] = definition.levels[above].start
        return _printed(definition, here)


def _printed(definition: ListDefinition, here: Level) -> str:
    if here.form == "bullet":
        return ""

    def number(found: regex.Match[str]) -> str:
        at = int(found[1]) - 1
        level = definition.levels.get(at) or Level()
        value = definition.counters[at]
        return printed_number(level.start if value is None else value, "decimal" if here.is_legal else level.form)

    text = _PLACE.sub(number, here.text)
    # a number without a mark of its own needs the gap that a tab or blank prints
    return text + " " if text and here.suffix != "nothing" and text[-1].isalnum() else text
