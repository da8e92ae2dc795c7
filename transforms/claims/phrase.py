"""One count with the words around it that may belong to it."""

from __future__ import annotations

import re
from typing import NamedTuple

from transforms.claims.counts import Count
from transforms.claims.endings import after_last
from transforms.claims.status import State, state_before, state_behind, state_inside
from transforms.claims.subjects import LEVEL_UNITS, ONLY_WITH_NOUN, Noun, counted_noun, noun_behind, without_connectors

LEFT, RIGHT = 60, 36
SENTENCE_MARKS = "。!?;\n"
CLAUSE_STOP = re.compile(r"[,;。、()\n!?]")
LADDER_GAP = re.compile(r"[、,和及以与共计总合的 ]{0,4}\Z")
_CLAUSE_MARKS = ",("
_GOAL = re.compile(r"推动|确保|促进|力争|督促|狠抓|努力")


class Phrase(NamedTuple):
    """``left`` reaches back to the last count or sentence; ``clause`` is its last clause without noun and connectors, and
    ends at ``clause_end``; ``right`` is the rest of the clause behind the counted noun, from ``right_start`` on.

    ``before``, ``inside`` and ``behind`` are the statuses found in the clause, in the noun's modifiers and in ``right``;
    their offsets count in those strings. ``following`` is the count behind, if any.
    """

    number: Count
    noun: Noun | None
    left: str
    clause: str
    clause_end: int
    right: str
    right_start: int
    before: State | None
    inside: State | None
    behind: State | None
    following: Count | None

    @property
    def before_start(self) -> int:
        """Offset in the text of the status before the number."""
        return self.clause_end - len(self.clause) + (self.before.start if self.before else len(self.clause))

    @property
    def full_clause(self) -> str:
        """The last clause before the number, noun and connectors included."""
        return after_last(_CLAUSE_MARKS, self.left)


def phrase(matching: str, floor: int, count: Count, following: Count | None, limit: int) -> Phrase | None:
    """The phrase of ``count``; nothing before ``floor`` and nothing from ``limit`` on belongs to it.

    None where the number counts something else: it has no noun of the lexicon, and words follow it that are no status (12个部门).
    """
    left = after_last(SENTENCE_MARKS, matching[max(floor, count.start - LEFT) : count.start])
    stop = max(count.end, min(limit, count.end + RIGHT))
    noun = counted_noun(matching, count, stop, left)
    if noun is None and count.unit in ONLY_WITH_NOUN:
        return None
    right_start = count.end if noun is None or noun.is_before else noun.end
    right = CLAUSE_STOP.split(matching[right_start:stop], maxsplit=1)[0]
    behind = state_behind(right) if right and (noun is None or noun.kind not in ("rule", "body", "case")) else None
    if (noun is None or noun.is_before) and behind is None and not _stands_alone(matching, count, following):
        return None
    clause_end = noun.core if noun and noun.is_before else count.start - len(left) + len(without_connectors(left))
    clause = after_last(_CLAUSE_MARKS, left[: len(left) - (count.start - clause_end)])
    # 25个问题已完成19个: words that run on to the next number belong to it
    if behind and (_GOAL.search(clause) or (following is not None and right_start + len(right) == following.start)):
        behind = None
    before = state_before(clause, needs_no_adverb=noun is None)
    inside = state_inside(matching[noun.start : noun.core]) if noun and not noun.is_before and noun.core - noun.start > 2 else None
    return Phrase(count, noun, left, clause, clause_end, right, right_start, before, inside, behind, following)


def _stands_alone(matching: str, count: Count, following: Count | None) -> bool:
    """Nothing but punctuation or the next count follows a number without a noun behind it."""
    end = count.end
    ahead = matching[end : end + 1]
    if not ahead or ahead in ',;。、:()!?\n ”"':
        return True
    if ahead in "的中和及并已均以":
        return matching[end : end + 2] not in ("的单", "的人", "的学", "的班", "以上")
    return following is not None and following.start - end <= 2


def is_counted_on(matching: str, found: Phrase) -> bool:
    """The next rung of a ladder (方面, 类, 条, 问题) stands right behind the counted noun."""
    following = found.following
    if (
        following is None
        or following.start - found.right_start > 6
        or not LADDER_GAP.fullmatch(matching[found.right_start : following.start])
    ):
        return False
    return (
        following.unit in LEVEL_UNITS
        or following.unit in ("条", "项")
        or noun_behind(matching, following.end, following.end + RIGHT) is not None
    )
