"""Automatic numbers of a DOCX, which stand in no run of text: the 一、 and （一） of headings are lost without them (ECMA-376 part 1, 17.9)."""

from __future__ import annotations

from typing import Any

from transforms.reading.office.list_counters import LEVELS, Level, ListCounters, ListDefinition
from transforms.reading.xml_parts import attribute, child, local, value_of


class Numbering:
    """Finds the list and level of every paragraph, in its own properties or those of its style, and counts."""

    def __init__(self, numbering: Any, styles: Any) -> None:
        self._style_list: dict[str, tuple[str | None, int | None]] = {}
        self._style_parent: dict[str, str] = {}
        self._style_level: dict[str, int] = {}
        if styles is not None:
            self._read_styles(styles)
        self._counters = ListCounters(self._read_lists(numbering) if numbering is not None else {})

    def label(self, properties: Any) -> str:
        """The number of a paragraph with the properties ``w:pPr`` (or None), counted on; empty if it has none."""
        name: str | None = None
        level: int | None = None
        style = None
        if properties is not None:
            name = value_of(properties, "numPr", "numId")
            level = _int(value_of(properties, "numPr", "ilvl"))
            style = value_of(properties, "pStyle")
        for _ in range(20):  # a chain of styles; one that is based on itself ends here
            if not style or name is not None:
                break
            of_style = self._style_list.get(style)
            if of_style and of_style[0] is not None:
                name = of_style[0]
                if level is None:
                    level = self._style_level.get(style, of_style[1])
            style = self._style_parent.get(style)
        return self._counters.label(name, min(max(level or 0, 0), LEVELS - 1))

    def _read_styles(self, styles: Any) -> None:
        for style in styles:
            name = attribute(style, "styleId")
            if local(style.tag) != "style" or not name:
                continue
            parent = value_of(style, "basedOn")
            if parent:
                self._style_parent[name] = parent
            properties = child(style, "pPr", "numPr")
            if properties is not None:
                self._style_list[name] = value_of(properties, "numId"), _int(value_of(properties, "ilvl"))

    def _read_lists(self, numbering: Any) -> dict[str, tuple[ListDefinition, dict[int, int]]]:
        definitions: dict[str, ListDefinition] = {}
        links: dict[str, str] = {}
        uses: dict[str, str] = {}
        lists: dict[str, tuple[ListDefinition, dict[int, int]]] = {}
        for element in numbering:
            if local(element.tag) == "abstractNum":
                name = attribute(element, "abstractNumId") or ""
                definitions[name] = ListDefinition(
                    {_int(attribute(level, "ilvl")) or 0: self._level(level) for level in element if local(level.tag) == "lvl"}
                )
                link = value_of(element, "numStyleLink")
                if link:
                    links[name] = link
        for element in numbering:
            if local(element.tag) == "num":
                name = attribute(element, "numId") or ""
                uses[name] = value_of(element, "abstractNumId") or ""
                if name != "0":
                    lists[name] = definitions.get(uses[name]) or ListDefinition(), _starts(element)
        for name, link in links.items():
            # a list that is defined by a style takes the levels of the list that the style names
            source = definitions.get(uses.get(self._style_list.get(link, (None, None))[0] or "", ""))
            if source is not None and not definitions[name].levels:
                definitions[name].levels = source.levels
        return lists

    def _level(self, element: Any) -> Level:
        style = value_of(element, "pStyle")
        if style:
            self._style_level[style] = _int(attribute(element, "ilvl")) or 0
        start = _int(value_of(element, "start"))
        legal = child(element, "isLgl")
        return Level(
            start=1 if start is None else start,
            form=value_of(element, "numFmt") or value_of(element, "AlternateContent", "Fallback", "numFmt") or "decimal",
            text=value_of(element, "lvlText") or "",
            restart=_int(value_of(element, "lvlRestart")),
            suffix=value_of(element, "suff") or "tab",
            is_legal=legal is not None and attribute(legal, "val") not in ("0", "false"),
        )


def _starts(element: Any) -> dict[int, int]:
    starts: dict[int, int] = {}
    for inner in element:
        start = _int(value_of(inner, "startOverride")) if local(inner.tag) == "lvlOverride" else None
        if start is not None:
            starts[_int(attribute(inner, "ilvl")) or 0] = start
    return starts


def _int(text: str | None) -> int | None:
    try:
        return max(-1, min(int(text), 1_000_000)) if text else None
    except ValueError:
        return None
