"""Which part of the notice a stretch belongs to: lead, organisation, results, next steps, contact."""

from __future__ import annotations

import re
from bisect import bisect_left
from functools import cache
from operator import attrgetter

from transforms.lexicons.load import words
from transforms.outline.part import Part


@cache
def cue(key: str) -> re.Pattern[str]:
    """Any word of the list ``key`` of the outline lexicon."""
    return re.compile("|".join(map(re.escape, words("outline", key))))


@cache
def _line_cue(key: str) -> re.Pattern[str]:
    return re.compile(rf"\n[ •·▪■◆●*>-]{{0,8}}(?:{'|'.join(words('outline', key))})")


_CONTACT_REACH = 900  # characters from the first contact line to the end of the body
_NEXT_HEADING = 60
_SMALL = 6  # parts below a heading; results list more
_MOST = 6  # parts below a heading of the organisation
_MANY = 8  # parts without a frame that must be the problems


def contact_start(matching: str, start: int, end: int) -> int:
    """Where the closing contact words start, or ``end``."""
    match = _line_cue("contact").search(matching, max(start, end - _CONTACT_REACH), end)
    return end if match is None else match.start() + 1


def next_line(matching: str, start: int, end: int) -> int:
    """Where a paragraph opens the next steps without a mark, or -1."""
    match = _line_cue("next_line").search(matching, max(start - 1, 0), end)
    return -1 if match is None else match.start() + 1


_PLAIN = re.compile(r"^ {0,20}([^\n。;:,!?| ][^\n。;:,!?|]{3,29})(?=\n| {1,20}\n)", re.MULTILINE)
_ORDER = ("organisation", "results", "next_steps")


def plain_sections(matching: str, start: int, end: int, parts: list[Part]) -> list[tuple[int, str]]:
    """Starts of the parts of a notice that heads them without numbers, or not at all; problems are results wherever they stand."""
    found: list[tuple[int, str]] = []
    reached = -1
    for match in _PLAIN.finditer(matching, start, end):
        heading = match.group(1)
        names = [
            name
            for name, key in (("next_steps", "next"), ("organisation", "organisation"), ("results", "results"))
            if cue(key).search(heading)
        ]
        if names and _ORDER.index(names[0]) > reached:
            reached = _ORDER.index(names[0])
            found.append((match.start(1), names[0]))
    if not any(name == "results" for _, name in found) and parts:
        first_mark = parts[0].mark.start
        if not _are_problems(parts, matching):
            return found or [(first_mark, "organisation")]
        found = [(at, name) for at, name in found if (name == "organisation") == (at < first_mark)]
        found.append((first_mark, "results"))
        found.sort()
    return found


# (一)本轮反馈的4个方面21个问题,完成整改18个: such a list tallies the whole
_TALLY = re.compile(
    r"[^,;:。\n]{0,10}(?:反馈|指出|移交|转交|交办)(?:的|了)?[^,;:。\n0-9]{0,8}[0-9一二两三四五六七八九十]+(?:个|项|条|类|件|大)"
)


_PROBLEM_FAMILIES = ("labelled", "statement", "heading", "table")
_BELOW_PROBLEMS = ("response", "labelled", "statement", "heading")


def _are_problems(parts: list[Part], matching: str) -> bool:
    """The outermost parts are problems: by their labels or words, by what answers them, or because they are many."""
    roots = [part for part in parts if part.depth == 1]
    if len(roots) >= _MANY or any(root.family in _PROBLEM_FAMILIES for root in roots):
        return True
    if any(_TALLY.match(matching, root.words_start, root.words_end) for root in roots):
        return False
    stated = sum(
        cue("problem").search(cue("problem_not").sub("", matching[root.words_start : root.words_end])) is not None for root in roots
    )
    return (
        2 * stated >= len(roots)
        or any(root.holds_answer for root in roots)
        or any(part.depth == 2 and part.family in _BELOW_PROBLEMS for part in parts)
    )


def section_roots(roots: list[Part]) -> list[Part]:
    """Those of the outermost parts that are parts of the notice; none where problems are numbered without any frame."""
    framed = [root for root in roots if root.is_section_style]
    return framed or [root for root in roots if root.family in ("han_paren", "arabic")]


def assign(candidates: list[Part], parts: list[Part], matching: str) -> bool:
    """Name the section of each candidate by its heading, its children's headings and its length; False where none looks like one."""
    headings = [matching[part.words_start : part.words_end] for part in candidates]
    is_next = [
        len(heading) <= _NEXT_HEADING and cue("next").search(heading) is not None and not _is_results(heading) for heading in headings
    ]
    is_results = [
        part.holds_answer or _is_results(heading) or cue("aspect").search(heading) is not None
        for part, heading in zip(candidates, headings, strict=True)
    ]
    # 组织建设方面 with 整改情况 below it is an aspect of the problems
    is_organisation = [
        not (part.holds_answer and heading.endswith("方面"))
        and (cue("organisation").search(heading) is not None or _organises(part, parts, matching))
        for part, heading in zip(candidates, headings, strict=True)
    ]
    if not any(is_next) and not any(is_results) and not any(is_organisation):
        return False
    if not candidates[0].is_section_style and not (any(is_next) or (is_organisation[0] and len(candidates) <= 6)):
        return False
    first = _first_results(candidates, is_next, is_results, is_organisation)
    later = [index for index in range(first + 1, len(candidates)) if is_next[index]]
    if not later and first < len(candidates) - 1:
        last = len(candidates) - 1
        weak = cue("next_weak").search(headings[last])
        if weak and (not is_results[last] or (weak.start() == 0 and "情况" not in headings[last])):
            later = [last]
    if not is_results[first] and is_organisation[first] and len(_below(candidates[first], parts)) < _SMALL:
        first = later[0] if later else len(candidates)  # an excerpt that tells of the organisation alone
    for index, part in enumerate(candidates):
        if index < first and index not in later:
            part.section = "organisation"
        elif later and index >= later[0]:
            part.section = "contact" if cue("contact").search(headings[index]) else "next_steps"
        else:
            part.section = "results"
    return True


_START = attrgetter("mark.start")


def _below(root: Part, parts: list[Part]) -> list[Part]:
    """Those of ``parts`` that stand anywhere below ``root``, one of the outermost."""
    first = bisect_left(parts, root.mark.start, key=_START)
    while parts[first] is not root:
        first += 1
    first = last = first + 1
    while last < len(parts) and parts[last].depth > 1:
        last += 1
    return parts[first:last]


def _is_results(heading: str) -> bool:
    return (
        cue("results").search(heading) is not None
        and "下一步" not in heading
        and "打算" not in heading
        and cue("organisation_not_results").search(heading) is None
    )


def _organises(root: Part, parts: list[Part], matching: str) -> bool:
    """What stands straight below ``root`` is of the organisation, and nothing stands below that."""
    first = root.first_below
    if first is None:
        return False
    below: list[Part] = []
    for at in range(bisect_left(parts, first.start, key=_START), len(parts)):
        part = parts[at]
        if part.depth == 1:
            break
        if part.depth == 2 and part.family not in ("yishi", "response"):
            if part.first_below is not None or len(below) == _MOST:
                return False
            below.append(part)
    return 2 * sum(cue("organisation").search(matching, part.words_start, part.words_end) is not None for part in below) > len(below)


def _first_results(candidates: list[Part], is_next: list[bool], is_results: list[bool], is_organisation: list[bool]) -> int:
    """Index of the first part of the results; the longest part is taken where headings do not tell."""
    open_to = [index for index, later in enumerate(is_next) if not later] or [0]
    for index in open_to:
        if is_results[index] and not is_organisation[index]:
            return index
    longest = max(open_to, key=lambda index: candidates[index].body_end - candidates[index].mark.start)
    for index in open_to:
        if is_results[index] and index >= longest:
            return index
    return longest
