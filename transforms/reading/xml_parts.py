"""XML parts of office documents: parsed without entities, DTDs and network, and looked at by local names."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from lxml import etree

from transforms.reading.limits import Limits
from transforms.reading.refusal import Refused


def parse_part(raw: bytes, limits: Limits, name: str) -> Any:
    """The root element of a part. Raises ``Refused`` unreadable, limit_elements."""
    limits.check("elements", raw.count(b"</") + raw.count(b"/>"), f"elements of {name}")
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=True, recover=True, remove_comments=True, remove_pis=True
    )
    try:
        root = etree.fromstring(raw, parser)
    except etree.LxmlError as error:
        raise Refused(
            "unreadable", "read", f"the part {name} is not well-formed XML ({str(error)[:120]}); open the document and save it again"
        ) from error
    if root is None:
        raise Refused("unreadable", "read", f"the part {name} is empty; open the document and save it again")
    return root


@lru_cache(4096)
def local(tag: Any) -> str:
    """A tag or attribute name without its namespace; empty for comments and entities."""
    return tag.rsplit("}", 1)[-1] if isinstance(tag, str) else ""


def attribute(element: Any, name: str) -> str | None:
    """The attribute ``name`` of ``element`` in whatever namespace."""
    value: str | None = element.get(name)
    if value is not None:
        return value
    for key, value in element.items():
        if local(key) == name:
            return str(value)
    return None


def child(element: Any, *names: str) -> Any:
    """The first descendant along ``names``, or None."""
    for name in names:
        element = next((inner for inner in element if local(inner.tag) == name), None)
        if element is None:
            return None
    return element


def value_of(element: Any, *names: str) -> str | None:
    """The attribute ``val`` of the descendant along ``names``."""
    found = child(element, *names)
    return attribute(found, "val") if found is not None else None
