"""How far inside the results part an offset lies: what is local to one problem is no claim about the whole."""

from __future__ import annotations

import re

from transforms.outline.tree import Outline

_LOCAL = frozenset({"group", "item", "response", "step", "other"})
# an （一） that reports on the whole, though it stands where aspects stand
_WHOLE = re.compile(
    r"总体|基本情况|完成情况|进展情况|整改情况|落实情况|集中整改|反馈意见|成效|(?:移交|交办)的?(?:立行立改|问题线索|线索|信访)"
)


# an item that is headed so reports on all problems and is none itself
_ALL = re.compile(
    r"反馈(?:意见|问题)(?:整改)?(?:落实|整改)|(?:总体|问题|反馈问题|巡[察视]反馈问题|集中)?整改(?:任务)?(?:落实|完成|进展|总体|工作){0,2}(?:情况|进展|成效)"
    # what the inspection handed over beside its problems: 巡察移交问题线索办理情况; 线索处置不规范 is a problem
    r"|(?:关于)?(?:巡[察视]组?)?(?:(?:移交|转交|交办|转办)的?)?(?:(?:问题)?线索|信访(?:举报|事项|问题)?件?|举报件|立行立改(?:事项|问题)|[和及与、]){1,5}的?(?:办理|处置|处理|核查|查办|办结)(?:工作|落实|情况|进展|结果){0,2}\Z"
)


class Zones:
    """Answers where an offset lies, for one outline."""

    __slots__ = ("_outline", "_results")

    def __init__(self, outline: Outline) -> None:
        self._outline = outline
        self._results: tuple[int, int] | None = None

    def is_last(self, offset: int) -> bool:
        """Whether ``offset`` lies in the last node of the results part."""
        path = self._outline.path_at(offset)
        return path is not None and self._outline.places[path] >= self._last_and_listed()[0]

    def listed(self) -> int:
        """How many problems the results part lists: its items, or its groups where it has none."""
        return self._last_and_listed()[1]

    def _last_and_listed(self) -> tuple[int, int]:
        """Place of the last node of the results part and number of its problems, told when first asked: few notices need them."""
        if self._results is None:
            nodes = self._outline.nodes
            places = [place for place, node in enumerate(nodes) if node.section == "results"]
            levels = [nodes[place].level for place in places]
            self._results = places[-1] if places else -1, levels.count("item") or levels.count("group")
        return self._results

    def at(self, offset: int) -> tuple[bool, str | None]:
        """Whether ``offset`` is inside one problem or class of them, and the aspect whose introduction it stands in."""
        outline = self._outline
        path = outline.path_at(offset) if outline.section_at(offset) == "results" else None
        if path is None:
            return False, None
        node = outline.nodes[outline.places[path]]
        level, heading = node.level, node.heading
        if level in _LOCAL:
            return not (level in ("group", "item") and _ALL.match(heading)), None
        return False, heading if level == "aspect" and not _WHOLE.search(heading) else None
