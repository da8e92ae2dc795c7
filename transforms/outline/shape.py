"""What the parts of the results are: aspects, groups, items, responses and steps, told by the shape of the whole notice."""

from __future__ import annotations

import re
from collections import Counter

from transforms.outline.part import Part
from transforms.outline.sections import cue

_STATED = re.compile(
    r"(?:关于|针对|反馈)[^。\n]{2,}(?:问题|不|缺|差|未|欠)|问题的?整改|“[^”\n]{2,}”的?问题|[不缺差未欠弱虚松乱].{0,16}问题$"
)
_COUNTED = re.compile(r"(\d{1,3})[个项条][^,。;\d]{0,8}\Z")
_COUNT_BEHIND = re.compile(r"(\d{1,3})[个项条]")
_COUNT_REACH = 12
_LONE = 6  # as many parts straight under the results may be aspects and not problems
_ASPECT_MARKS = ("part", "han_comma", "di", "han_paren", "heading")
_MEASURE_MARKS = ("circled", "arabic_close", "di")  # number what was done, unless their headings state problems


def set_levels(roots: list[Part], parts: list[Part], sections: list[str], matching: str, has_sections: bool) -> None:
    """Set the level of every part; ``roots`` are the parts of the notice where ``has_sections``, else its outermost parts.

    ``sections`` names the part of the notice in which each of ``parts`` stands.
    """
    heads: list[Part] = []
    if has_sections:
        for root in roots:
            root.level = "section"
        heads = [root for root in roots if root.section == "results"]
    roots_are_aspects = len(heads) > 1 and 2 * sum(_is_aspect(root, matching) for root in heads) >= len(heads)
    if roots_are_aspects:
        for root in heads:
            root.level = "aspect"
    classed: list[Part] = []
    rows: list[Part] = []
    told: list[Part] = []
    steps: list[Part] = []
    for part, section in zip(parts, sections, strict=True):
        if has_sections and part.level != "other":
            continue  # a part of the notice
        if part.family == "yishi":
            (rows if section == "results" else steps).append(part)
        elif part.family == "response":
            part.level = "response"
        elif section == "results":
            (told if part.is_told else classed).append(part)
    _set(steps, "step")
    by_family = _by_family(classed)
    families = list(by_family)
    item = _item_family(classed, rows, by_family, matching)
    is_row_item = item == "yishi" or (item is None and roots_are_aspects and not classed)
    _set(rows, "item" if is_row_item else "step")
    if item is None:
        return
    above = families[: families.index(item)] if item in families else families
    level_of = dict.fromkeys(families, "step")
    level_of |= dict.fromkeys(above, "group")
    if above and above[0] in _ASPECT_MARKS and not roots_are_aspects:
        level_of[above[0]] = "aspect"
    level_of[item] = "item"
    holders = _holders(parts, item) if any(part.is_answered and part.family in above for part in classed) else frozenset()
    for part in classed:
        family = part.family
        level = level_of[family]
        if family in above:
            if part.is_answered and id(part) not in holders:
                level = "item"
        elif level == "item" and _stands_in_item(part):
            level = "step"
        part.level = level
    _set(told, "step")


def _set(parts: list[Part], level: str) -> None:
    for part in parts:
        part.level = level


def _holders(parts: list[Part], family: str) -> frozenset[int]:
    """Identities of the parts below which one of ``family`` stands."""
    found: set[int] = set()
    for part in parts:
        if part.family == family:
            above = part.parent
            while above is not None and id(above) not in found:
                found.add(id(above))
                above = above.parent
    return frozenset(found)


def _stands_in_item(part: Part) -> bool:
    above = part.parent
    while above is not None:
        if above.level == "item":
            return True
        above = above.parent
    return False


def _by_family(classed: list[Part]) -> dict[str, list[Part]]:
    """``classed`` by their families from the outermost to the innermost, by the mean depth at which they stand."""
    found: dict[str, list[Part]] = {}
    for part in classed:
        family = part.family
        if family in found:
            found[family].append(part)
        else:
            found[family] = [part]
    if len(found) < 2:
        return found
    depths = {family: sum([part.depth for part in parts]) / len(parts) for family, parts in found.items()}
    return {family: found[family] for family in sorted(depths, key=depths.__getitem__)}


def _item_family(classed: list[Part], rows: list[Part], by_family: dict[str, list[Part]], matching: str) -> str | None:
    """The family of marks that number the single problems; ``rows`` are the steps 一是."""
    families = list(by_family)
    owners = Counter([part.family for part in classed if part.is_answered])
    if owners:
        return max(owners, key=lambda family: (owners[family], families.index(family)))
    for family in ("table", "statement", "labelled"):
        if family in families:
            return family
    if not families:
        return "yishi" if rows else None
    for index in range(len(families) - 1, -1, -1):
        if _state_problems(by_family[families[index]], index == 0 and len(families) > 1, matching):
            return families[index]
    return _by_bodies(families, by_family, rows, matching)


def _state_problems(parts: list[Part], is_outermost: bool, matching: str) -> bool:
    """At least half of the headings of ``parts`` state a problem, and a few do not name aspects instead."""
    headings = [matching[part.words_start : part.words_end] for part in parts]
    if len(parts) <= _LONE:
        aspect = cue("aspect")
        if 2 * sum(aspect.search(heading) is not None for heading in headings) >= len(parts):
            return False
        if is_outermost:
            return 2 * sum(_STATED.search(heading) is not None for heading in headings) >= len(parts)
    problem, problem_not = cue("problem"), cue("problem_not")
    wanted = len(parts)
    for heading in headings:
        if problem.search(problem_not.sub("", heading)):
            wanted -= 2
            if wanted <= 0:
                return True
    return wanted <= 0


def _by_bodies(families: list[str], by_family: dict[str, list[Part]], rows: list[Part], matching: str) -> str:
    """No heading states a problem: the innermost marks are the items, unless what they stand under has words of its own."""
    families = [family for family in families if family not in _MEASURE_MARKS] or families
    deepest = families[-1]
    if rows:
        owners = [part for part in by_family[deepest] if part.holds_steps]
        lines = [row.mark.is_inline for row in rows].count(False)
        bare = sum(_is_bare(part, matching) for part in owners)
        if len(families) == 1 and _are_aspects(by_family[deepest], matching):
            return "yishi"
        if 2 * lines > len(rows) and 2 * bare >= len(owners):
            printed = _totals(matching, by_family[deepest][0].mark.start)  # they stand before the first class
            if len(by_family[deepest]) in printed and len(rows) not in printed:
                return deepest
            return "yishi"
        return deepest
    if len(families) > 1:
        owners = [part for part in by_family[families[-2]] if part.first_below is not None]
        if owners and 2 * sum(_is_bare(part, matching) for part in owners) < len(owners):
            return families[-2]
    return deepest


def _totals(matching: str, end: int) -> set[int]:
    """The numbers of problems that the text before ``end`` counts: 39个具体问题, 问题39个."""
    found: set[int] = set()
    at = matching.find("问题", 0, end)
    while at >= 0:
        count = _COUNTED.search(matching, max(0, at - _COUNT_REACH), at) or _COUNT_BEHIND.match(matching, at + 2, end)
        if count:
            found.add(int(count.group(1)))
        at = matching.find("问题", at + 2, end)
    return found


def _is_bare(part: Part, matching: str) -> bool:
    """Nothing but its heading stands between the mark and the first part below."""
    first = part.first_below
    return first is not None and len(matching[part.words_end : first.start].strip(" \n。:;,")) < 5


def _is_aspect(part: Part, matching: str) -> bool:
    return cue("aspect").search(matching, part.words_start, part.words_end) is not None


def _are_aspects(parts: list[Part], matching: str) -> bool:
    return len(parts) <= _LONE and 2 * sum(_is_aspect(part, matching) for part in parts) >= len(parts)
