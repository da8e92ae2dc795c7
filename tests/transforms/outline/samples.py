"""Invented notices for the tests of the outline, and the real ones where they lie beside the repository."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

from transforms.layout import Layout, layout
from transforms.outline.tree import Outline, outline
from transforms.records.shared import Span
from transforms.source import Source
from transforms.text.folding import fold

ROOT = Path(__file__).resolve().parents[3]
SHARED = (ROOT / "../shared").resolve()
NOTICE_ID = "0123456789abcdef"


def rows(name: str, section: str) -> list[dict[str, Any]]:
    """The rows of one section of a corpus file."""
    found: list[dict[str, Any]] = tomllib.loads((ROOT / "tests" / "corpus" / f"{name}.toml").read_text("utf-8")).get(section, [])
    return found


def whole(text: str) -> tuple[Source, Layout, Outline]:
    """The outline of ``text``, all of which is body."""
    source = Source(NOTICE_ID, fold(text))
    body = Layout((), (), (), (), Span(0, len(source.text.folded)), (), None, ())
    return source, body, outline(source, body)


def seed(number: str) -> tuple[Source, Layout, Outline]:
    """The outline of a real notice. Raises ``FileNotFoundError`` where the material is not there."""
    paths = sorted((SHARED / "seeds").glob(f"{number}_*.txt"))
    if not paths:
        raise FileNotFoundError(number)
    source = Source(NOTICE_ID, fold(paths[0].read_text("utf-8")))
    parts = layout(source.text)
    return source, parts, outline(source, parts)
