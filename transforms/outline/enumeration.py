"""How many parts a notice really lists at each level, for claims such as 4个方面13条39项."""

from __future__ import annotations

from collections.abc import Sequence

from transforms.records.outline import Node, Problem


def enumeration(nodes: Sequence[Node], problems: Sequence[Problem]) -> dict[str, int]:
    """Counts by level: sections, and in the results aspects, groups, numbered_groups, items, responses, steps, and problems.

    ``groups`` counts an aspect that has items but no class of its own as one class, where other aspects have classes.
    """
    results = [node for node in nodes if node.section == "results"]
    counts = dict.fromkeys(("section", "aspect", "group", "item", "response", "step", "other"), 0)
    for node in results:
        counts[node.level] += 1
    classed = {node.parent_path for node in results if node.level == "group"}
    filled = {node.parent_path for node in results if node.level in ("item", "step", "response")}
    unnumbered = (
        sum(node.level == "aspect" and node.path not in classed and node.path in filled for node in results) if counts["group"] else 0
    )
    return {
        "sections": sum(node.level == "section" for node in nodes),
        "aspects": counts["aspect"],
        "groups": counts["group"] + unnumbered,
        "numbered_groups": counts["group"],
        "items": counts["item"],
        "responses": counts["response"],
        "steps": counts["step"],
        "problems": len(problems),
    }
