"""The parts of the outline while it is being built: marks with their words, hung under each other."""

from __future__ import annotations

import msgspec

from transforms.lexicons.load import words
from transforms.outline.marks import RANKS, Mark, han_numeral
from transforms.outline.stretches import ENDS_WITH_LINE, stretches_of, trimmed
from transforms.text.text import Text

_SECTION_STYLES = frozenset(("han_comma", "part", "di"))
_LONGEST_NEXT = 40  # characters of a heading of the next steps
_TELLS = frozenset(("response", "yishi"))


class Part(msgspec.Struct, gc=False):
    """One node in the making; its heading is ``words_start:words_end``, printed as ``heading``.

    It knows the part above it and nothing of those below but what is asked of them, so that parts never hold each other in a circle
    and are freed at once.
    """

    mark: Mark
    family: str
    words_start: int
    words_end: int
    heading: str
    body_end: int  # as long as nothing stands below: where it ends if nothing will
    parent: Part | None
    depth: int
    is_told: bool  # it stands inside a response or a step
    is_irregular: bool = False
    first_below: Mark | None = None
    is_answered: bool = False  # a response stands straight below it
    holds_answer: bool = False  # … or anywhere below it
    holds_answered: bool = False  # what stands straight below it begins with a response
    holds_steps: bool = False
    path: str = ""
    level: str = "other"
    section: str = "other"

    @property
    def is_section_style(self) -> bool:
        """The mark stands for the outermost numbering."""
        return self.family in _SECTION_STYLES


def build(marks: list[Mark], starts: list[int], text: Text, end: int) -> list[Part]:
    """The parts that ``marks``, which begin at ``starts``, open in the text before ``end``, in text order.

    A mark is a sibling of the innermost open mark of its family, and a child of what is open where its family is new; a family
    that is new and does not start at 1 closes all that ranks below it. A part ends before the next one that is not below it.
    """
    parts: list[Part] = []
    stack: list[Part] = []
    if not marks:
        return parts
    matching = text.matching
    stops = [*starts[1:], end]
    stretches = stretches_of(marks, stops, matching, text.folded)
    before: Part | None = None
    bare_before = 0  # where the words before the mark end
    for mark, stop, (words_start, words_end, heading, body_end, bare) in zip(marks, stops, stretches, strict=True):
        family, ordinal = mark.family, mark.ordinal
        is_told = is_irregular = is_first = False
        if before is None:
            parent = None
        elif before.family == family and ordinal and before.mark.ordinal == ordinal - 1 and before.mark.style == mark.style:
            # it counts on from the innermost part, with which all that stands above agreed
            stack.pop()
            parent, is_told, is_irregular = before.parent, before.is_told, before.is_irregular
        else:
            if (
                (family == "arabic" or family == "han_paren")
                and _is_stray(mark, stack)
                and _heads_next_steps(matching[words_start:words_end])
            ):
                # 3、 or (三) is printed for 三、 (seen in real notices)
                kept, family, is_irregular = 0, "han_comma", True
                mark.key = han_numeral(ordinal or 1)
                body_end = trimmed(matching, words_end, stop)
            elif family == "response":
                kept = _open_to_response(stack)
            elif family == "yishi":
                kept = _open_to(family, stack)
            else:
                kept = _open_to_numbered(mark, stack)
            parent = _close(stack, kept, matching, mark.start, bare_before) if 0 <= kept < len(stack) else before
            if parent is not None:
                is_told, is_first = parent.is_told or parent.family in _TELLS, True
        if mark.is_inline and parent is not None and parent.family == "table" and family in ENDS_WITH_LINE:
            cell_end = matching.find(" |", words_end, stop)
            body_end = trimmed(matching, words_end, cell_end if cell_end >= 0 else stop)
        part = Part(mark, family, words_start, words_end, heading, body_end, parent, len(stack) + 1, is_told, is_irregular)
        if is_first and parent is not None:
            _hang(part, parent)
        stack.append(part)
        parts.append(part)
        before, bare_before = part, bare
    _close(stack, 0, matching, end, bare_before)
    return parts


def _hang(part: Part, parent: Part) -> None:
    """Tell ``parent`` of ``part`` straight below it."""
    family, first = part.family, parent.first_below
    if first is None:
        parent.first_below = part.mark
    elif family == "arabic" and first.family == family and first.style != part.mark.style:
        part.is_irregular = True
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


def _close(stack: list[Part], kept: int, matching: str, stop: int, bare: int) -> Part | None:
    """End the open parts but the first ``kept`` before ``stop``, none before what stands below it; what is open then is returned.

    ``bare`` is the stop without the blanks before it.
    """
    reached = 0
    for part in reversed(stack[kept:]):
        if part.first_below is not None:
            words_end = part.words_end
            end = stop if part.family != "table" else part.mark.body_end
            if end < reached:
                end = reached
            if end != stop:
                part.body_end = trimmed(matching, words_end, end)
            else:
                part.body_end = bare if bare > words_end else words_end
        reached = part.body_end
    del stack[kept:]
    return stack[-1] if stack else None


def _open_to(family: str, stack: list[Part]) -> int:
    """How many parts of ``stack`` stay open before another part of ``family``, a response or step, of which never two are open; -1 where none is."""
    if not stack or not (stack[-1].is_told or stack[-1].family in _TELLS):
        return -1
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
        if above.first_below is not stack[kept - 1].mark and not above.holds_answered:
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


def _heads_next_steps(heading: str) -> bool:
    return len(heading) <= _LONGEST_NEXT and any(word in heading for word in words("outline", "next"))


def _is_stray(mark: Mark, stack: list[Part]) -> bool:
    """The number of ``mark`` is the next of the outermost numbering, and not of its own."""
    root, ordinal = stack[0], mark.ordinal
    if ordinal is None or ordinal < 2 or root.mark.ordinal != ordinal - 1 or root.family != "han_comma":
        return False
    inner = next((above for above in reversed(stack) if above.family == mark.family), None)
    return inner is None or inner.mark.ordinal != ordinal - 1 or inner.mark.style != mark.style
