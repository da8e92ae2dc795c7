"""A part of the outline while it is being built: a mark with its place in the tree and its words."""

from __future__ import annotations

from transforms.lexicons.load import words
from transforms.outline.marks import RANKS, Mark, han_numeral


class Part:
    """One node in the making. ``children`` are in text order; ``words_start:words_end`` is the heading."""

    __slots__ = (
        "body_end",
        "children",
        "depth",
        "family",
        "is_irregular",
        "is_told",
        "level",
        "mark",
        "parent",
        "path",
        "section",
        "words_end",
        "words_start",
    )

    def __init__(self, mark: Mark) -> None:
        self.mark = mark
        self.family = mark.family  # 1. and 1、 are of one family
        self.parent: Part | None = None
        self.children: list[Part] = []
        self.depth = 1
        self.path = ""
        self.level = "other"
        self.section = "other"
        self.is_irregular = False
        self.is_told = False  # it stands inside a response or a step
        self.words_start = self.words_end = mark.end
        self.body_end = mark.end

    @property
    def is_section_style(self) -> bool:
        """The mark stands for the outermost numbering."""
        return self.family in ("han_comma", "part", "di")


def set_words(parts: list[Part], matching: str, end: int) -> None:
    """Give every part its heading: the words from its mark to the end of the first sentence, of the line, or to the next mark."""
    statement = words("outline", "statement")
    statement_starts = {word[0] for word in statement}
    for index, part in enumerate(parts):
        mark = part.mark
        stop = parts[index + 1].mark.start if index + 1 < len(parts) else end
        start = mark.end
        if mark.words_end:
            part.words_start, part.words_end = start, min(mark.words_end, stop)
            continue
        while start < stop and matching[start] in " ,:、*":
            start += 1
        if start < stop and matching[start] == "\n" and mark.family != "yishi":
            # the mark stands alone, its heading in the next line that is not empty
            while start < stop and matching[start] in " \n":
                start += 1
        if start >= stop:
            part.words_start = part.words_end = mark.end
            continue
        if matching[start] in statement_starts and mark.family not in ("response", "statement"):
            colon = matching.find(":", start, start + 8)
            if colon > 0 and matching[start:colon] in statement:
                start = colon + 1  # (一)反馈问题:…
        line = matching.find("\n", start, stop)
        sentence = matching.find("。", start, stop if line < 0 else line)
        at = sentence if sentence >= 0 else (line if line >= 0 else stop)
        if mark.family in ("yishi", "circled"):
            clause = matching.find(";", start, at)
            at = clause if clause >= 0 else at
        while at > start and matching[at - 1] in " \n*;:,":
            at -= 1
        part.words_start, part.words_end = start, at


def build(parts: list[Part], matching: str, next_words: tuple[str, ...]) -> None:
    """Hang every part under its parent.

    A mark is a sibling of the innermost open mark of its family, and a child of what is open where its family is new; a family
    that is new and does not start at 1 closes all that ranks below it.
    """
    stack: list[Part] = []
    for part in parts:
        family = part.family
        if family == "response":
            _close_for_response(stack)
        elif family == "yishi":
            while stack and stack[-1].family == "yishi":
                stack.pop()
            for index, above in enumerate(stack):
                if above.family == "yishi":
                    del stack[index:]
                    break
        elif _is_stray_section(part, stack, matching, next_words):
            _adopt_section(part)
            family = part.family
            stack.clear()
        else:
            _close_for_numbered(part, stack)
        if stack:
            parent = stack[-1]
            part.parent = parent
            part.depth = parent.depth + 1
            part.is_told = parent.is_told or parent.family in ("response", "yishi")
            siblings = parent.children
            if siblings and siblings[0].family == family and siblings[0].mark.style != part.mark.style and family == "arabic":
                part.is_irregular = True
            siblings.append(part)
        stack.append(part)


def _close_for_response(stack: list[Part]) -> None:
    """Leave on top of ``stack`` what the response answers."""
    for index, part in enumerate(stack):
        if part.family == "response":
            del stack[index:]
            return
    while stack and stack[-1].family in ("yishi", "circled"):
        stack.pop()
    # a label behind a list of measures answers what the list stands under
    if len(stack) > 1 and stack[-1].family in ("arabic_paren", "arabic_close"):
        siblings = stack[-2].children
        if len(siblings) > 1 and not any(child.family == "response" for sibling in siblings for child in sibling.children[:1]):
            stack.pop()


def _close_for_numbered(part: Part, stack: list[Part]) -> None:
    family, ordinal = part.family, part.mark.ordinal
    if family in ("han_comma", "part"):
        # the outermost numbering; within 第一部分 一、 is the next below
        while stack and not (family == "han_comma" and stack[-1].family == "part"):
            stack.pop()
        return
    same = [index for index, above in enumerate(stack) if above.family == family]
    if same:
        at = same[-1]
        for index in reversed(same):
            if ordinal is not None and stack[index].mark.ordinal == ordinal - 1:
                at = index
                break
        else:
            if ordinal == 1 and any(above.family == "response" for above in stack[at + 1 :]):
                return  # a list of its own inside the response
            if ordinal == 1 and part.mark.style != stack[at].mark.style and stack[at].mark.ordinal is not None:
                return
        del stack[at:]
        return
    if ordinal == 1:
        while stack and stack[-1].family == "yishi" and family != "circled" and not part.mark.is_inline:
            stack.pop()
        return
    rank = RANKS[family]
    while stack and RANKS[stack[-1].family] > rank:
        stack.pop()


def _is_stray_section(part: Part, stack: list[Part], matching: str, next_words: tuple[str, ...]) -> bool:
    """The mark stands where 三、 is due and heads the next steps, though it is printed as 3、 or (三) (seen in real notices)."""
    mark = part.mark
    if part.family not in ("arabic", "han_paren") or not stack or mark.ordinal is None or mark.ordinal < 2:
        return False
    root = stack[0]
    if root.family != "han_comma" or root.mark.ordinal != mark.ordinal - 1:
        return False
    inner = next((above for above in reversed(stack) if above.family == part.family), None)
    if inner is not None and inner.mark.ordinal == mark.ordinal - 1 and inner.mark.style == mark.style:
        return False
    heading = matching[part.words_start : part.words_end]
    return len(heading) <= 40 and any(word in heading for word in next_words)


def _adopt_section(part: Part) -> None:
    part.family = "han_comma"
    part.mark.key = han_numeral(part.mark.ordinal or 1)
    part.is_irregular = True
