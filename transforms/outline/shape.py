"""What the parts of the results are: aspects, groups, items, responses and steps, told by the shape of the whole notice."""

from __future__ import annotations

import re
from collections import Counter

from transforms.outline.part import Part
from transforms.outline.sections import cue

_STATED = re.compile(
    r"(?:关于|针对|反馈)[^。\n]{2,}(?:问题|不|缺|差|未|欠)|问题的?整改|“[^”\n]{2,}”的?问题|[不缺差未欠弱虚松乱].{0,16}问题$"
)
_COUNT = re.compile(r"(\d{1,3})(?:个|项|条)[^,。;\d]{0,8}问题|问题(\d{1,3})[个项条]")
_LONE = 6  # as many parts straight under the results may be aspects and not problems
_ASPECT_MARKS = ("part", "han_comma", "di", "han_paren", "heading")
_MEASURE_MARKS = ("circled", "arabic_close", "di")  # number what was done, unless their headings state problems


def set_levels(roots: list[Part], parts: list[Part], matching: str, has_sections: bool) -> None:
    """Set the level of every part; ``roots`` are the parts of the notice where ``has_sections``, else its outermost parts."""
    for part in parts:
        family = part.family
        part.level = "response" if family == "response" else "step" if family == "yishi" else "other"
    results = [part for part in parts if part.section == "results"]
    frame: set[int] = set()
    roots_are_aspects = False
    if has_sections:
        frame = {id(root) for root in roots}
        for root in roots:
            root.level = "section"
        heads = [root for root in roots if root.section == "results"]
        roots_are_aspects = len(heads) > 1 and 2 * sum(_is_aspect(root, matching) for root in heads) >= len(heads)
        if roots_are_aspects:
            for root in heads:
                root.level = "aspect"
    inner = [part for part in results if id(part) not in frame]
    classed = [part for part in inner if not part.is_told and part.family not in ("response", "yishi")]
    families = _families(classed)
    item = _item_family(inner, classed, families, matching)
    if item is None:
        if roots_are_aspects and inner and not classed:
            _mark_items([part for part in inner if part.family == "yishi"])
        return
    above = families[: families.index(item)] if item in families else families
    if item == "yishi":
        _mark_items([part for part in inner if part.family == "yishi"])
    level_of = dict.fromkeys(above, "group")
    if above and above[0] in _ASPECT_MARKS and not roots_are_aspects:
        level_of[above[0]] = "aspect"
    level_of[item] = "item"
    for part in classed:
        part.level = level_of.get(part.family, "step")
        if part.level != "item" and part.family in above and _owns_response(part) and not _holds(part, item):
            part.level = "item"
        elif part.level == "item" and any(ancestor.level == "item" for ancestor in _ancestors(part)):
            part.level = "step"
    for part in inner:
        if part.level == "other":
            part.level = "step"


def _mark_items(rows: list[Part]) -> None:
    for part in rows:
        part.level = "item"


def _families(classed: list[Part]) -> list[str]:
    """Families of ``classed`` from the outermost to the innermost, by the mean depth at which they stand."""
    depths: dict[str, list[int]] = {}
    for part in classed:
        depths.setdefault(part.family, []).append(part.depth)
    return sorted(depths, key=lambda family: sum(depths[family]) / len(depths[family]))


def _item_family(inner: list[Part], classed: list[Part], families: list[str], matching: str) -> str | None:
    """The family of marks that number the single problems."""
    owners = Counter(part.family for part in classed if _owns_response(part))
    if owners:
        return max(owners, key=lambda family: (owners[family], families.index(family)))
    for family in ("table", "statement", "labelled"):
        if family in families:
            return family
    rows = [part for part in inner if part.family == "yishi"]
    if not families:
        return "yishi" if rows else None
    by_family = {family: [part for part in classed if part.family == family] for family in families}
    for index in range(len(families) - 1, -1, -1):
        if _states_problems(by_family[families[index]], index == 0 and len(families) > 1, bool(rows), matching):
            return families[index]
    return _by_bodies(families, by_family, rows, matching)


def _states_problems(parts: list[Part], is_outermost: bool, has_rows: bool, matching: str) -> bool:
    headings = [matching[part.words_start : part.words_end] for part in parts]
    stated = sum(_STATED.search(heading) is not None for heading in headings)
    aspects = sum(cue("aspect").search(heading) is not None for heading in headings)
    if 2 * aspects >= len(parts) and len(parts) <= _LONE:
        return False
    if is_outermost and len(parts) <= _LONE:
        return 2 * stated >= len(parts)
    stated = sum(cue("problem").search(cue("problem_not").sub("", heading)) is not None for heading in headings)
    return 2 * stated >= len(parts)


def _by_bodies(families: list[str], by_family: dict[str, list[Part]], rows: list[Part], matching: str) -> str:
    """No heading states a problem: the innermost marks are the items, unless what they stand under has words of its own."""
    families = [family for family in families if family not in _MEASURE_MARKS] or families
    deepest = families[-1]
    if rows:
        owners = [part for part in by_family[deepest] if any(child.family == "yishi" for child in part.children)]
        lines = sum(not row.mark.is_inline for row in rows)
        bare = sum(_is_bare(part, matching) for part in owners)
        if len(families) == 1 and _are_aspects(by_family[deepest], matching):
            return "yishi"
        if 2 * lines > len(rows) and 2 * bare >= len(owners):
            printed = {
                int(first or second) for first, second in _COUNT.findall(matching, 0, by_family[deepest][0].mark.start)
            }  # totals stand before the first class
            if len(by_family[deepest]) in printed and len(rows) not in printed:
                return deepest
            return "yishi"
        return deepest
    if len(families) > 1:
        owners = [part for part in by_family[families[-2]] if part.children]
        if owners and 2 * sum(_is_bare(part, matching) for part in owners) < len(owners):
            return families[-2]
    return deepest


def _is_bare(part: Part, matching: str) -> bool:
    """Nothing but its heading stands between the mark and the first part below."""
    return bool(part.children) and len(matching[part.words_end : part.children[0].mark.start].strip(" \n。:;,")) < 5


def _is_aspect(part: Part, matching: str) -> bool:
    return cue("aspect").search(matching, part.words_start, part.words_end) is not None


def _are_aspects(parts: list[Part], matching: str) -> bool:
    return len(parts) <= _LONE and 2 * sum(_is_aspect(part, matching) for part in parts) >= len(parts)


def _owns_response(part: Part) -> bool:
    return any(child.family == "response" for child in part.children)


def _holds(part: Part, family: str) -> bool:
    return any(child.family == family or _holds(child, family) for child in part.children)


def _ancestors(part: Part) -> list[Part]:
    found = []
    above = part.parent
    while above is not None:
        found.append(above)
        above = above.parent
    return found
