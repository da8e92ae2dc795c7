"""Which outline level a count claim speaks of.

The measure word and the noun choose first: 方面 are the aspects of the results part, 类 and 条 its groups (an aspect without
groups counts as one, as a reader counts it), 问题 and 任务 its items. Where another level has exactly the stated number and the
first choice has not, that level is meant (关于“39项问题” a notice may number its classes only). All levels tried are kept.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from transforms.outline.tree import Outline
from transforms.records.outline import Problem

_ORDER = {
    "方面": ("aspects",),
    "类": ("groups", "aspects"),
    "大类": ("groups", "aspects"),
    "大项": ("groups", "aspects"),
    "小项": ("groups", "items"),
    "条": ("groups", "items", "aspects"),
    "项": ("groups", "items", "aspects"),
    "点": ("groups", "items"),
    "问题": ("items", "groups"),
    "具体问题": ("items", "groups"),
    "子项问题": ("items", "groups"),
    "具体表现": ("items", "groups"),
    "具体情形": ("items", "groups"),
    "问题表现": ("items", "groups"),
    "任务": ("items", "groups"),
    "事项": ("items", "groups"),
    "具体事项": ("items", "groups"),
    "反馈意见": ("items", "groups"),
    "意见": ("items", "groups"),
    "意见建议": ("items", "groups"),
}


class Binding(NamedTuple):
    """The level that a claim speaks of, the nodes counted there, and all levels tried as level=count."""

    level: str
    nodes: int
    alternatives: tuple[str, ...]


def level_counts(outline: Outline, problems: Sequence[Problem]) -> dict[str, int]:
    """How many aspects, groups and items the results part has; a level that it lacks is left out."""
    aspects: set[str] = set()
    groups = steps = items = 0
    with_groups: set[str] = set()
    for node in outline.nodes:
        if node.section != "results":
            continue
        level = node.level
        if level == "aspect":
            aspects.add(node.path)
        elif level == "group":
            groups += 1
            if node.parent_path in aspects:
                with_groups.add(node.parent_path)
        elif level == "item":
            items += 1
        elif level == "step":
            steps += 1
    counted = {
        "aspects": len(aspects),
        "groups": groups + len(aspects - with_groups) if groups else 0,
        "items": len(problems) or items or steps,
    }
    return {level: count for level, count in counted.items() if count}


def bind(subject: str, value: float, levels: dict[str, int]) -> Binding | None:
    """The binding of a total of ``value`` ``subject``, or None where the outline shows no level of that sort."""
    order = [level for level in _ORDER.get(subject, ()) if level in levels]
    if not order:
        return None
    exact = [level for level in order if levels[level] == value]
    level = (exact or order)[0]
    return Binding(level, levels[level], tuple([f"{name}={count}" for name, count in levels.items()]))
