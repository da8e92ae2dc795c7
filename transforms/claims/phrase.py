"""One count with the words around it that may belong to it."""

from __future__ import annotations

import re
from typing import NamedTuple

from transforms.claims.counts import Count
from transforms.claims.endings import after_last
from transforms.claims.status import State, state_before, state_behind, state_inside
from transforms.claims.subjects import LEVEL_UNITS, ONLY_WITH_NOUN, Noun, counted_noun, noun_behind, without_connectors

RIGHT = 36
SENTENCE_MARKS = "。!?;\n"
_CLAUSE_STOP = re.compile(r"[,;。、()\n!?]")
LADDER_GAP = re.compile(r"[、,和及以与共计总合的 ]{0,4}\Z")
_ASIDE = re.compile(r"\([^()\n]{1,60}\)")
# what comes before a number of what is left of a total
_REMAINDER = re.compile(r"(?:剩余|剩下|其余|余下|仅剩|仅余|余|还剩|剩|另外|另|还有|尚有|仍有|尚余)(?:的|有)?\Z")
_LONGEST_REMAINDER, _REMAINDER_ENDS = 3, frozenset("余下剩外另有的")
# 剩2个——门诊楼、食堂,列入长期整改: names of what is left
_NAMED = re.compile(r"(?:—{1,2}|:)[^,;。\n]{1,40},")
_REASONS = ("因", "由于", "受")
_FAR = 70
# 进行中的3个明确到年底前完成: the words behind the number tell on about it
_TELLS_ON = re.compile(r"(?:包含|包括|计|列|算|含)[入在]|明确|将|计划|预计|拟|力争|确保|正|已|仍|需|因|由于|为|是|均|主要|属|按")
_CLAUSE_MARKS = ",("
_OPEN = ("not_completed", "in_progress")
_FIRM, _OBLIGED = re.compile("[已均都全]"), re.compile("[要需应将拟]")
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
    def is_overcome(self) -> bool:
        """What was open, by an attribute before the number, is done by now: 未整改到位的4个问题已全部销号."""
        if self.before is None or self.behind is None or self.before.status not in _OPEN or self.behind.status != "completed":
            return False
        words = self.right[: self.behind.end]
        return self.left.endswith("的") and _FIRM.search(words) is not None and _OBLIGED.search(words) is None

    @property
    def full_clause(self) -> str:
        """The last clause before the number, noun and connectors included."""
        return after_last(_CLAUSE_MARKS, self.left)


def phrase(matching: str, left: str, count: Count, following: Count | None, limit: int) -> Phrase | None:
    """The phrase of ``count``; ``left`` stands before it, and nothing from ``limit`` on belongs to it.

    None where the number counts something else: it has no noun of the lexicon, and words follow it that are no status (12个部门).
    """
    stop = max(count.end, min(limit, count.end + RIGHT))
    noun = counted_noun(matching, count, stop, left)
    if noun is None and count.unit in ONLY_WITH_NOUN:
        return None
    right_start = count.end if noun is None or noun.is_before else noun.end
    right = clause_behind(matching, right_start, stop)
    behind = None
    if noun is None or noun.kind not in ("rule", "body", "case"):
        behind = state_behind(right) if right else None
        further = None if behind else _further(matching, right_start, right, min(limit, right_start + _FAR), left)
        if further:
            right_start, right, behind = further
    clause_end = noun.core if noun and noun.is_before else count.start - len(left) + len(without_connectors(left))
    clause = after_last(_CLAUSE_MARKS, left[: len(left) - (count.start - clause_end)])
    # 25个问题已完成19个: words that run on to the next number belong to it
    if behind and (_GOAL.search(clause) or (following is not None and right_start + len(right) == following.start)):
        behind = None
    is_bound = (noun is None or noun.is_before) and behind is None and not _stands_alone(matching, count, following)
    if is_bound and not (left.endswith("的") and _TELLS_ON.match(right)):
        return None
    before = state_before(clause, needs_no_adverb=noun is None)
    if is_bound and before is None:
        return None
    inside = state_inside(matching[noun.start : noun.core]) if noun and not noun.is_before and noun.core - noun.start > 2 else None
    return Phrase(count, noun, left, clause, clause_end, right, right_start, before, inside, behind, following)


def is_remainder(left: str) -> bool:
    """``left`` ends with words that make the number behind it what is left of a total."""
    return left[-1:] in _REMAINDER_ENDS and _REMAINDER.search(left[-_LONGEST_REMAINDER:]) is not None


def clause_behind(matching: str, start: int, stop: int) -> str:
    """The rest of the clause in ``matching[start:stop]``."""
    mark = _CLAUSE_STOP.search(matching, start, stop)
    return matching[start : mark.start() if mark else stop]


def _further(matching: str, start: int, right: str, limit: int, left: str) -> tuple[int, str, State] | None:
    """The status of a number that is not told right behind it: behind a bracket (1项(招标流标)正在推进), or, of a remainder or with
    a reason given first, in the next clause (剩余4个均为清收类问题,正在整改). Start and text of the words read, and the status in them."""
    aside, is_rest = None, False
    if matching.startswith("(", start):
        aside = _ASIDE.match(matching, start, limit)
    if aside is None:
        is_rest = is_remainder(left)
    if is_rest:
        aside = _NAMED.match(matching, start, limit)
    if aside:
        words = clause_behind(matching, aside.end(), limit)
        state = state_behind(words)
        if state or is_rest or not is_remainder(left):
            return (aside.end(), words, state) if state else None
        start, right, is_rest = aside.end(), words, True  # 另2条(名称)列入明年计划,长期整改
    next_start = start + len(right) + 1
    if next_start < limit and matching[next_start - 1] == "," and (is_rest or right.startswith(_REASONS)):
        words = clause_behind(matching, next_start, limit)
        state = state_behind(words)
        return (next_start, words, state) if state else None
    return None


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
