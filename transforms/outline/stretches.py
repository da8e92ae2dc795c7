"""Where the heading of each mark of the outline ends, and where its body ends if nothing stands below it."""

from __future__ import annotations

from functools import cache

from transforms.lexicons.load import words
from transforms.outline.marks import Mark

# marks whose body ends with their line where they stand inside a paragraph
ENDS_WITH_LINE = frozenset(("yishi", "circled", "arabic_paren", "arabic"))
_STEPS = frozenset(("yishi", "circled"))  # their headings end before a semicolon
_BETWEEN = " ,:、*"  # may stand between a mark and its words, with a line break where the mark stands alone
_BEHIND = " *;:,；：，"  # trails a heading and is no part of it


@cache
def _statement_labels() -> frozenset[str]:
    """Labels that may stand between a mark and the problem: (一)反馈问题:…"""
    return frozenset(words("outline", "statement"))


@cache
def _unlike() -> str:
    """Characters behind a mark that may be none of its heading: what stands between, as printed, and the first of a label."""
    return _BETWEEN + "，：\n" + "".join({label[0] for label in _statement_labels()})


def stretches_of(marks: list[Mark], stops: list[int], matching: str, folded: str) -> list[tuple[int, int, str, int, int]]:
    """Start and end of the heading of each mark, the heading as printed, where its body ends if nothing stands below it, and its bare stop.

    A heading is the words from the mark to the end of the first sentence, of the line, or to the next mark, which is the mark's stop; a bare
    stop is that without the blanks before it. A body ends there, but the one of a step inside a paragraph ends with the paragraph.
    """
    found: list[tuple[int, int, str, int, int]] = []
    unlike = _unlike()
    for mark, stop in zip(marks, stops, strict=True):
        start, family = mark.end, mark.family
        if start >= stop or mark.words_end or folded[start] in unlike:
            first, last, body_end = _stretch(mark, matching, stop)
            found.append((first, last, folded[first:last], body_end, trimmed(matching, 0, stop)))
            continue
        body = folded[start:stop].rstrip(" \n")
        line, body_end = body, start + len(body)
        bare = body_end
        if "\n" in body:
            line = body.partition("\n")[0]
            if mark.is_inline and family in ENDS_WITH_LINE:
                body_end = start + len(line.rstrip(" "))
        heading = line.partition("。")[0]
        if family in _STEPS:
            if ";" in heading:
                heading = heading.partition(";")[0]
            if "；" in heading:
                heading = heading.partition("；")[0]
        heading = heading.rstrip(_BEHIND)
        found.append((start, start + len(heading), heading, body_end, bare))
    return found


def _stretch(mark: Mark, matching: str, stop: int) -> tuple[int, int, int]:
    """The same for one mark whose heading may not open right behind it."""
    start, last = _words(mark, matching, stop)
    end = stop
    if mark.family == "table":
        end = mark.body_end
    elif mark.is_inline and mark.family in ENDS_WITH_LINE:
        line_end = matching.find("\n", last, stop)
        end = line_end if line_end >= 0 else stop
    return start, last, trimmed(matching, last, end)


def _words(mark: Mark, matching: str, stop: int) -> tuple[int, int]:
    start, family = mark.end, mark.family
    if mark.words_end:
        return start, max(mark.label_end, min(mark.words_end, stop))
    rest = matching[start:stop].lstrip(_BETWEEN)
    if family != "yishi" and rest.startswith("\n"):
        rest = rest.lstrip(" \n")
    if not rest:
        return start, start
    start, is_step = stop - len(rest), family in _STEPS
    if family != "response" and family != "statement":
        label, colon, _ = rest[:8].partition(":")
        if colon and label in _statement_labels():
            start, rest, is_step = start + len(label) + 1, rest[len(label) + 1 :], False
    heading = rest.partition("\n")[0].partition("。")[0]
    if is_step:
        heading = heading.partition(";")[0]
    return start, start + len(heading.rstrip(_BEHIND))


def trimmed(matching: str, start: int, end: int) -> int:
    """``end`` of what begins at ``start``, without the blanks before it."""
    while end > start and matching[end - 1] in " \n":
        end -= 1
    return end if end > start else start
