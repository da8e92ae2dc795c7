"""Titles in 《》: nested marks, marks that are not balanced, and the verb that says what was done with the document."""

from __future__ import annotations

import re
from functools import cache

import regex

from transforms.lexicons.load import lexicon, words
from transforms.references.last_word import LastWord

_LONGEST_TITLE = 160
_TITLE = re.compile(
    rf"《(?P<title>[^《》\n]{{0,{_LONGEST_TITLE}}}+(?:《[^《》\n]{{1,80}}》[^《》\n]{{0,80}}+){{0,4}})》"
    # the closing mark is missing: the title ends where a document noun is followed by a mark
    r"|《(?P<open>[^《》\n,。;:(“”]{3,80})(?=[《,。;:\n(“]|$)"
)
# a clause ends here for the verb of a title; an enumeration goes on over 、
_CLAUSE_ENDS = ",。;:!?\n"
_CLAUSE_END = re.compile(f"[{_CLAUSE_ENDS}]")
_JOINT = re.compile(r" ?(?:(?:、|,|和|及|以及|与|或|等|并|文件|材料|[”\"]) ?){0,3}")
_WINDOW = 60
_TAKES_OBJECT = re.compile(r"(?:对|将|把|就|围绕)[^,。;:!?\n《》]{0,12}$")
_BEHIND_WINDOW = 14


def titles(matching: str) -> list[tuple[int, int]]:
    """Starts and ends of the titles of ``matching`` with their marks, in order; a nested title belongs to the one around it."""
    found = []
    start = matching.find("《")
    while start >= 0:
        match = _TITLE.match(matching, start)
        end = match.end() if match else start + 1
        if match is None:
            pass
        elif match.lastgroup == "title":
            if end - start > 2:
                found.append((start, end))
        elif match.group().endswith(words("citations", "document_nouns")):
            found.append((start, end))
        start = matching.find("《", end)
    return found


def is_joint(matching: str, start: int, end: int) -> bool:
    """The words at ``start:end``, between two citations, only join them: 《甲》《乙》, 《甲》、《乙》和《丙》."""
    return end - start <= 8 and _JOINT.fullmatch(matching, start, end) is not None


def verb_before(matching: str, floor: int, start: int) -> str | None:
    """Normal form of the verb nearest before ``start`` in its clause and not before ``floor``."""
    return _verbs().last(matching, max(floor, start - _WINDOW), start)


def verb_behind(matching: str, start: int, end: int) -> str | None:
    """Normal form of the verb behind a citation at ``start:end`` that 对, 将 or 把 takes as its object: 对《…》进行了修订."""
    if matching[end : end + 1] in _CLAUSE_ENDS or _TAKES_OBJECT.search(matching[max(0, start - 16) : start]) is None:
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
