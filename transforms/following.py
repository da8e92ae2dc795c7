"""What a later notice of the same body says of an earlier one: promises followed, problems that recur, lines that changed.

Two passages speak of one thing when they share enough runs of two letters (transforms.similarity tells copies of whole paragraphs).
That is a lead for a reader, never a finding: what is not mentioned may well have been done.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from transforms.text.characters import HAN

OUTCOMES = ("done", "open", "measures", "not_mentioned")
_LETTERS = re.compile(rf"[^{HAN}A-Za-z0-9]")
# words that stand in every notice and tell no two things apart
_COMMON = re.compile(
    "整改|落实|问题|工作|进一步|持续|不断|加强|巩固|抓好|深化|推进|巡察|巡视|反馈|情况|成果|方面|已完成|对|的|将|要|和|与|及"
)
_FEWEST = 3
_PROMISE, _PROBLEM = 0.6, 0.5
_DONE = frozenset({"completed", "basically_completed"})


@dataclass(frozen=True, slots=True)
class Problem:
    """A problem of a notice: its number, words, state and place."""

    number: int
    statement: str
    status: str | None
    start_char: int


@dataclass(frozen=True, slots=True)
class Promise:
    """What an earlier notice promised: its words, and the problem that it names, if it names one."""

    text: str
    start_char: int
    problem: str | None = None


@dataclass(frozen=True, slots=True)
class Followed:
    """A promise and what the later notice says of it: one of ``OUTCOMES``, with the words there and their place."""

    promise: Promise
    outcome: str
    words: str = ""
    start_char: int | None = None


@dataclass(frozen=True, slots=True)
class Recurring:
    """A problem of an earlier inspection and the later one that speaks of the same."""

    earlier: Problem
    later: Problem


def pairs_of_letters(words: str) -> frozenset[str]:
    """The runs of two letters in ``words``, common words and everything but letters left out."""
    runs: set[str] = set()
    for part in _COMMON.split(_LETTERS.sub("", words)):
        runs.update(part[at : at + 2] for at in range(len(part) - 1))
    return frozenset(runs)


def share(wanted: frozenset[str], other: frozenset[str]) -> float:
    """The share of ``wanted`` that ``other`` has; 0 where too few are common to tell."""
    common = len(wanted & other)
    return common / len(wanted) if common >= min(_FEWEST, max(2, len(wanted))) else 0.0


def follow(
    promises: Iterable[Promise], problems: Sequence[Problem], measures: Sequence[tuple[str, int]], steps: Sequence[tuple[str, int]]
) -> Iterator[Followed]:
    """What a later notice, told by its problems, measures and next steps (words and place), says of each promise."""
    stated = [(pairs_of_letters(problem.statement), problem) for problem in problems]
    acts, plans = ([(pairs_of_letters(words), words, start) for words, start in each] for each in (measures, steps))
    for promise in promises:
        key = pairs_of_letters(promise.problem or promise.text)
        if len(key) < _FEWEST:
            continue
        problem = max(stated, key=lambda each: _both(key, each[0], bool(promise.problem)), default=None)
        if problem and _both(key, problem[0], bool(promise.problem)) >= _PROMISE:
            found = problem[1]
            yield Followed(promise, "done" if found.status in _DONE else "open", found.statement, found.start_char)
            continue
        for outcome, told in (("open", plans), ("measures", acts)):
            best = max(told, key=lambda each: share(key, each[0]), default=None)
            if best and share(key, best[0]) >= _PROMISE:
                yield Followed(promise, outcome, best[1], best[2])
                break
        else:
            yield Followed(promise, "not_mentioned")


def _both(key: frozenset[str], statement: frozenset[str], is_problem: bool) -> float:
    """How well a promise fits a problem: its words are a problem's own, or hold those of one among more."""
    return share(key, statement) if is_problem else share(statement, key)


def recurring(earlier: Sequence[Problem], later: Sequence[Problem]) -> Iterator[Recurring]:
    """Problems of the later inspection that speak of what an earlier one found, each with the nearest of those."""
    known = [(pairs_of_letters(problem.statement), problem) for problem in earlier]
    for problem in later:
        key = pairs_of_letters(problem.statement)
        best = max(known, key=lambda each: max(share(key, each[0]), share(each[0], key)), default=None)
        if best and min(len(key), len(best[0])) >= _FEWEST and max(share(key, best[0]), share(best[0], key)) >= _PROBLEM:
            yield Recurring(best[1], problem)


def changed_lines(before: str, after: str, most: int = 12) -> tuple[list[tuple[str, str]], int]:
    """Lines that are only in one of two versions, as (removed or added, line), at most ``most`` of them, and how many there are."""
    old, new = ([line.strip() for line in text.splitlines() if line.strip()] for text in (before, after))
    found = []
    for tag, a, b, c, d in difflib.SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag != "equal":
            found += [("removed", line) for line in old[a:b]] + [("added", line) for line in new[c:d]]
    return found[:most], len(found)
