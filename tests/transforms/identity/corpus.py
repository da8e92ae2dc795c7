"""Reads the corpora of this package's tests."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest

from transforms.layout import Layout, layout
from transforms.source import Source
from transforms.text.folding import fold

FOLDER = Path(__file__).resolve().parents[2] / "corpus"
SHARED = Path(__file__).resolve().parents[4] / "shared"


def rows(name: str, section: str) -> list[Any]:
    """Rows of ``section`` in ``tests/corpus/NAME.toml``, with known failures as strict xfail behind them, named by their ``why``."""
    data = tomllib.loads((FOLDER / f"{name}.toml").read_text("utf-8"))
    found = [pytest.param(row, id=row["why"]) for row in data.get(section, [])]
    failing = [row for row in data.get("known_failures", []) if row.get("section", "found") == section]
    return found + [pytest.param(row, id=row["why"], marks=pytest.mark.xfail(strict=True)) for row in failing]


def read(text: str, page: dict[str, str] | None = None) -> tuple[Source, Layout]:
    """``text`` as extractors are given it."""
    source = Source("0" * 16, fold(text), page or {})
    return source, layout(source.text)
