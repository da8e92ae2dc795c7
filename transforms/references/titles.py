"""Titles in 《》: nested marks, marks that are not balanced, and the verb that says what was done with the document."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache

import regex

from transforms.lexicons.load import lexicon, words
from transforms.references.last_word import LastWord

_LONGEST_TITLE = 160
_TITLE = re.compile(
    rf"《[^《》\n]{{0,{_LONGEST_TITLE}}}+(?:《[^《》\n]{{1,80}}》[^《》\n]{{0,80}}+){{0,4}}》"
    # the closing mark is missing: the title ends where a document noun is followed by a mark
    r"|《(?P<open>[^《》\n,。;:(“”]{3,80})(?=[《,。;:\n(“]|$)"
)
# a clause ends here for the verb of a title; an enumeration goes on over 、
_CLAUSE_ENDS = ",。;:!?\n"
_CLAUSE_END = re.compile(f"[{_CLAUSE_ENDS}]")
_JOINT = re.compile(r" ?(?:(?:、|,|和|及|以及|与|或|等|并|文件|材料|[”\"]) ?){0,3}")
_LONGEST_JOINT = 8
_WINDOW = 60
_TAKES_OBJECT = re.compile(r"(?:对|将|把|就|围绕)[^,。;:!?\n《》]{0,12}$")
_OBJECT_WINDOW = 14  # the longest of those words and twelve characters
_BEHIND_WINDOW = 14


def titles(matching: str) -> list[tuple[int, int, bool]]:
    """Starts and ends of the titles of ``matching`` with their marks, in order, and whether the closing mark is there.

    A nested title belongs to the one around it.
    """
    found = []
    for match in _TITLE.finditer(matching):
        start, end = match.span()
        if match.lastgroup is None:
            if end - start > 2:
                found.append((start, end, True))
        elif match.group().endswith(words("citations", "document_nouns")):
            found.append((start, end, False))
    return found


def verbs_of(matching: str, starts: Iterable[int], ends: Iterable[int]) -> list[str | None]:
    """Normal forms of the verbs of the citations at ``starts`` and ``ends``, in order.

    A citation that is only joined to the one before (《甲》《乙》, 《甲》、《乙》和《丙》) shares its verb.
    """
    last = _verbs().last
    found: list[str | None] = []
    floor, verb = 0, None
    for start, end in zip(starts, ends, strict=True):
        distance = start - floor
        if not (verb and distance <= _LONGEST_JOINT and _JOINT.fullmatch(matching, floor, start)):
            # the one behind, else the one nearest before in its clause
            verb = _verb_behind(matching, start, end) or last(matching, floor if distance < _WINDOW else start - _WINDOW, start)
        found.append(verb)
        floor = end
    return found


def _verb_behind(matching: str, start: int, end: int) -> str | None:
    """Normal form of the verb behind a citation at ``start:end`` that 对, 将 or 把 takes as its object: 对《…》进行了修订."""
    if end == len(matching) or matching[end] in _CLAUSE_ENDS:
        return None
    if _TAKES_OBJECT.search(matching, start - _OBJECT_WINDOW if start > _OBJECT_WINDOW else 0, start) is None:
        return None
    behind = matching[end : end + _BEHIND_WINDOW]
    stop = _CLAUSE_END.search(behind)
    match = _behind_verbs().search(behind[: stop.start()] if stop else behind)
    return None if match is None else str(lexicon("citations")["behind_verbs"][match.group()])


@cache
def _verbs() -> LastWord:
    return LastWord(lexicon("citations")["verbs"], stops=_CLAUSE_ENDS)


@cache
def _behind_verbs() -> regex.Pattern[str]:
    return regex.compile("|".join(sorted(lexicon("citations")["behind_verbs"], key=len, reverse=True)))
