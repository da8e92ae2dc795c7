"""The parts of the outline while it is being built: marks with their words, hung under each other."""

from __future__ import annotations

import re
from functools import cache

import msgspec

from transforms.lexicons.load import words
from transforms.outline.marks import RANKS, Mark, han_numeral

_SECTION_STYLES = frozenset(("han_comma", "part", "di"))
_ENDS_WITH_LINE = frozenset(("yishi", "circled", "arabic_paren", "arabic"))


class Part(msgspec.Struct, gc=False):
    """One node in the making; its heading is ``words_start:words_end``.

    It knows the part above it and nothing of those below but what is asked of them, so that parts never hold each other in a circle
    and are freed at once.
    """

    mark: Mark
    family: str
    words_start: int
    words_end: int
    parent: Part | None
    depth: int
    is_told: bool  # it stands inside a response or a step
    is_irregular: bool = False
    first_below: Mark | None = None
    count_below: int = 0
    is_answered: bool = False  # a response stands straight below it
    holds_answer: bool = False  # … or anywhere below it
    holds_answered: bool = False  # what stands straight below it begins with a response
    holds_steps: bool = False
    body_end: int = 0  # while the part is open: where the last part straight below it ended
    path: str = ""
    level: str = "other"
    section: str = "other"

    @property
    def is_section_style(self) -> bool:
        """The mark stands for the outermost numbering."""
        return self.family in _SECTION_STYLES


def build(marks: list[Mark], matching: str, end: int) -> list[Part]:
    """The parts that ``marks`` open in the text before ``end``, in text order.

    A mark is a sibling of the innermost open mark of its family, and a child of what is open where its family is new; a family
    that is new and does not start at 1 closes all that ranks below it. A part ends before the next one that is not below it.
    """
    parts: list[Part] = []
    stack: list[Part] = []
    next_words, labels = words("outline", "next"), _statement_labels()
    bounds = [*(mark.start for mark in marks[1:]), end]
    for mark, stop in zip(marks, bounds, strict=False):
        start, last = _words(mark, matching, stop, labels)
        family, is_stray = mark.family, False
        if family == "response":
            kept = _open_to_response(stack)
        elif family == "yishi":
            kept = _open_to(family, stack)
            if kept < 0:
                kept = len(stack)
        elif family in ("arabic", "han_paren") and stack and _is_stray_section(mark, stack, matching[start:last], next_words):
            kept, family, is_stray = 0, "han_comma", True
            mark.key = han_numeral(mark.ordinal or 1)
        else:
            kept = _open_to_numbered(mark, stack)
        while len(stack) > kept:
            _close(stack.pop(), matching, mark.start)
        if stack:
            parent = stack[-1]
            above = parent.family
            part = Part(mark, family, start, last, parent, kept + 1, parent.is_told or above == "response" or above == "yishi")
            _hang(part, parent)
        else:
            part = Part(mark, family, start, last, None, 1, False, is_stray)
        stack.append(part)
        parts.append(part)
    while stack:
        _close(stack.pop(), matching, end)
    return parts


# Behind a mark: blanks, a line break where the mark stands alone, then the heading without what trails it.
_HEADING = re.compile(r"[ ,:、*]*(?:\n[ \n]*)?([^。\n]*[^。\n *;:,]|)")
_STEP = re.compile(r"[ ,:、*]*([^。;\n]*[^。;\n *:,]|)")
_CIRCLED = re.compile(r"[ ,:、*]*(?:\n[ \n]*)?([^。;\n]*[^。;\n *:,]|)")
_HEADINGS = {"yishi": _STEP, "circled": _CIRCLED}
_BETWEEN = frozenset(" ,:、*\n")
_BEHIND_LABEL = re.compile(r"([^。\n]*[^。\n *;:,]|)")


@cache
def _statement_labels() -> tuple[frozenset[str], frozenset[str]]:
    """Labels that may stand between a mark and the problem, and the characters with which they begin."""
    labels = words("outline", "statement")
    return frozenset(labels), frozenset(label[0] for label in labels)


def _words(mark: Mark, matching: str, stop: int, labels: tuple[frozenset[str], frozenset[str]]) -> tuple[int, int]:
    """The heading of ``mark``: the words from it to the end of the first sentence, of the line, or to the next mark at ``stop``."""
    end, family = mark.end, mark.family
    if mark.words_end:
        return end, min(mark.words_end, stop)
    if end < stop and matching[end] not in _BETWEEN:
        start, last = end, _sentence_end(matching, end, stop, family in _HEADINGS)
    else:
        heading = _HEADINGS.get(family, _HEADING).match(matching, end, stop)
        if heading is None:
            return end, end
        start, last = heading.span(1)
        if start >= stop:
            return end, end
    if matching[start] in labels[1] and family != "response" and family != "statement":
        colon = matching.find(":", start, start + 8)
        if 0 < colon < stop and matching[start:colon] in labels[0]:  # (一)反馈问题:…
            heading = _BEHIND_LABEL.match(matching, colon + 1, stop)
            return heading.span() if heading else (end, end)
    return start, last


def _sentence_end(matching: str, start: int, stop: int, is_step: bool) -> int:
    """Where the heading that opens at ``start`` ends, as the patterns above have it: most begin right behind their mark."""
    find = matching.find
    last = find("。", start, stop)
    if last < 0:
        last = stop
    line = find("\n", start, last)
    if line >= 0:
        last = line
    if is_step and (part := find(";", start, last)) >= 0:
        last = part
    while last > start and matching[last - 1] in " *;:,":
        last -= 1
    return last


def _hang(part: Part, parent: Part) -> None:
    """Tell ``parent`` of ``part`` straight below it."""
    family, first = part.family, parent.first_below
    if first is None:
        parent.first_below = part.mark
    elif family == "arabic" and first.family == family and first.style != part.mark.style:
        part.is_irregular = True
    parent.count_below += 1
    if family == "yishi":
        parent.holds_steps = True
    elif family == "response":
        parent.is_answered = True
        if first is None and parent.parent is not None:
            parent.parent.holds_answered = True
        above: Part | None = parent
        while above is not None and not above.holds_answer:
            above.holds_answer = True
            above = above.parent


def _close(part: Part, matching: str, stop: int) -> None:
    """Set where ``part`` ends, at the latest at ``stop``; the last step inside a paragraph ends with that."""
    parent = part.parent
    if part.mark.is_inline and part.first_below is None and part.family in _ENDS_WITH_LINE:
        line = matching.find(" |" if parent is not None and parent.family == "table" else "\n", part.words_end, stop)
        stop = line if line >= 0 else stop
    elif part.family == "table":
        stop = part.mark.body_end
    if stop < part.body_end:
        stop = part.body_end
    least = part.words_end
    while stop > least and matching[stop - 1] in " \n":
        stop -= 1
    if stop < least:
        stop = least
    part.body_end = stop
    if parent is not None:
        parent.body_end = stop


def _open_to(family: str, stack: list[Part]) -> int:
    """How many parts of ``stack`` stay open before another part of ``family``, of which never two are open; -1 where none is."""
    at = len(stack) - 1
    while at >= 0 and stack[at].family != family:
        at -= 1
    return at


def _open_to_response(stack: list[Part]) -> int:
    """How many parts of ``stack`` stay open before a response: the last of them is what it answers."""
    kept = _open_to("response", stack)
    if kept >= 0:
        return kept
    kept = len(stack)
    while kept and stack[kept - 1].family in ("yishi", "circled"):
        kept -= 1
    # a label behind a list of measures answers what the list stands under
    if kept > 1 and stack[kept - 1].family in ("arabic_paren", "arabic_close"):
        above = stack[kept - 2]
        if above.count_below > 1 and not above.holds_answered:
            kept -= 1
    return kept


def _open_to_numbered(mark: Mark, stack: list[Part]) -> int:
    """How many parts of ``stack`` stay open before a numbered mark."""
    family, ordinal = mark.family, mark.ordinal
    kept = len(stack)
    if family == "han_comma" or family == "part":
        # the outermost numbering; within 第一部分 一、 is the next below
        while kept and not (family == "han_comma" and stack[kept - 1].family == "part"):
            kept -= 1
        return kept
    before = None if ordinal is None else ordinal - 1
    innermost = -1
    for index in range(kept - 1, -1, -1):
        above = stack[index]
        if above.family == family:
            if above.mark.ordinal == before and before is not None:
                return index
            if innermost < 0:
                innermost = index
    if innermost >= 0:
        if ordinal == 1:
            if any(above.family == "response" for above in stack[innermost + 1 :]):
                return kept  # a list of its own inside the response
            same = stack[innermost].mark
            if mark.style != same.style and same.ordinal is not None:
                return kept
        return innermost
    if ordinal == 1:
        while kept and stack[kept - 1].family == "yishi" and family != "circled" and not mark.is_inline:
            kept -= 1
        return kept
    rank = RANKS[family]
    while kept and RANKS[stack[kept - 1].family] > rank:
        kept -= 1
    return kept


def _is_stray_section(mark: Mark, stack: list[Part], heading: str, next_words: tuple[str, ...]) -> bool:
    """The mark stands where 三、 is due and heads the next steps, though it is printed as 3、 or (三) (seen in real notices)."""
    root, ordinal = stack[0], mark.ordinal
    if ordinal is None or ordinal < 2 or root.mark.ordinal != ordinal - 1 or root.family != "han_comma":
        return False
    inner = next((above for above in reversed(stack) if above.family == mark.family), None)
    if inner is not None and inner.mark.ordinal == ordinal - 1 and inner.mark.style == mark.style:
        return False
    return len(heading) <= 40 and any(word in heading for word in next_words)
