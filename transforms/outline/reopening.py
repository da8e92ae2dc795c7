"""Which problem of the results a promise takes up again, told by the rare words that both share."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from functools import cache

from ahocorasick_rs import AhoCorasick, MatchKind

from transforms.lexicons.alternation import alternation
from transforms.lexicons.load import words
from transforms.records.outline import Problem

_ENOUGH = 3.0  # weight of shared words for a promise in general words
_ENOUGH_NAMED = 1.0  # and for a task that the notice names as open
_MOST_HOLDERS = 2  # a pair of characters that more problems share tells none of them apart
_HEADING_WEIGHT = 2.0
_LONGEST = 600
_CLAUSE = re.compile("[,;:\n]")
_RUN = re.compile(r"[\u4e00-\u9fff]{2,}")


@cache
def _stop() -> AhoCorasick:
    """Words that tell no problem from another; at one place the longest counts."""
    return AhoCorasick(
        [*words("outline_next_steps", "stop"), *"的了和与及或在对为将把被由等各其该本并也都就而以于中上下内外前后按从到向是不"],
        matchkind=MatchKind.LeftmostLongest,
    )


def _telling(text: str) -> str:
    """``text`` with a blank for every stop word."""
    kept, at = [], 0
    for _, start, end in _stop().find_matches_as_indexes(text):
        kept.append(text[at:start])
        at = end
    return " ".join([*kept, text[at:]])


@cache
def _cue() -> re.Pattern[str]:
    return re.compile(alternation(words("outline_next_steps", "open_cue")))


def _open_words(text: str) -> str:
    """The sentences of a promise that speak of one thing still to be finished, and the clauses that name a problem.

    Most promises have none.
    """
    text = text[:_LONGEST]
    if "问题" not in text and not _cue().search(text):
        return ""
    found = []
    for sentence in text.split("。"):
        if _cue().search(sentence):
            found.append(sentence)
        elif "问题" in sentence:
            found += [clause for clause in _CLAUSE.split(sentence) if "问题" in clause]
    return "。".join(found)


class Problems:
    """The problems' words, laid out so that the holders of a pair of characters are found by search and bisection."""

    __slots__ = ("_ends", "_known", "_matching", "_problems", "_starts", "_stop")

    def __init__(self, matching: str, problems: Sequence[Problem]) -> None:
        self._matching, self._problems = matching, problems
        self._starts = [problem.start_char for problem in problems]
        self._ends = [_end(problem) for problem in problems]
        self._stop = max(self._ends, default=0)
        self._known: dict[str, dict[int, bool]] = {}  # promises repeat each other's words

    def reopened(self, text: str, is_named: bool = False) -> tuple[int, str] | None:
        """The problem that ``text`` takes up and the words that tell it, or None where they are few or several problems fit as well.

        ``is_named`` says that the notice calls the task open, so that less is asked of the words.
        """
        if not self._starts:
            return None
        weights: dict[int, float] = {}
        shared: dict[int, list[str]] = {}
        seen: set[str] = set()
        words_of = text[:_LONGEST] if is_named else _open_words(text)
        if not words_of:
            return None
        for run in _RUN.findall(_telling(words_of)):
            for at in range(len(run) - 1):
                pair = run[at : at + 2]
                if pair in seen:
                    continue
                seen.add(pair)
                holders = self._known.get(pair)
                if holders is None:
                    holders = self._known[pair] = self._holders(pair)
                if not 0 < len(holders) <= _MOST_HOLDERS:
                    continue
                for holder, is_heading in holders.items():
                    weights[holder] = weights.get(holder, 0.0) + (_HEADING_WEIGHT if is_heading else 1.0) / len(holders)
                    shared.setdefault(holder, []).append(pair)
        if not weights:
            return None
        ranked = sorted(weights, key=lambda holder: (-weights[holder], holder))
        best = ranked[0]
        if weights[best] < (_ENOUGH_NAMED if is_named else _ENOUGH):
            return None
        if len(ranked) > 1 and weights[ranked[1]] > 0.7 * weights[best]:
            return None
        return self._problems[best].number, "、".join(_joined(shared[best]))

    def _holders(self, pair: str) -> dict[int, bool]:
        """Indexes of the problems whose words hold ``pair``, with whether their statement does."""
        found: dict[int, bool] = {}
        at = self._matching.find(pair, self._starts[0], self._stop)
        while at >= 0:
            index = bisect_right(self._starts, at) - 1
            if at < self._ends[index]:
                found[index] = found.get(index, False) or at < self._problems[index].end_char
                if len(found) > _MOST_HOLDERS:
                    return found
            at = self._matching.find(pair, self._next(index, at), self._stop)
        return found

    def _next(self, index: int, at: int) -> int:
        """Where to search on: behind the problem that holds ``at``."""
        first = self._starts[index]
        return self._ends[index] if first <= at < self._ends[index] else at + 1


def _end(problem: Problem) -> int:
    """Where the words of ``problem`` end, its response included."""
    end, response_end = problem.end_char, problem.response_end
    return end if response_end is None or response_end < end else response_end


def _joined(pairs: list[str]) -> list[str]:
    """Pairs that overlap in a row, put together: 物理, 理实, 实验 → 物理实验."""
    joined: list[str] = []
    for pair in pairs:
        if joined and joined[-1][-1] == pair[0]:
            joined[-1] += pair[1:]
        else:
            joined.append(pair)
    return joined[:6]
