"""The acceptance data beside the project; tests that need it skip where it is missing."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

import pytest

SHARED = Path(__file__).resolve().parents[3] / "shared"


@cache
def seeds() -> tuple[dict[str, Any], ...]:
    """What a careful reader finds in each seed notice; empty where ../shared is missing."""
    path = SHARED / "acceptance" / "seeds.yaml"
    if not path.exists():
        return ()
    import yaml

    return tuple(yaml.safe_load(path.read_text("utf-8")))


@cache
def cases() -> tuple[dict[str, Any], ...]:
    """The labelled short notices; empty where ../shared is missing."""
    path = SHARED / "acceptance" / "cases.jsonl"
    if not path.exists():
        return ()
    return tuple(json.loads(line) for line in path.read_text("utf-8").splitlines() if line.strip())


@cache
def output(raw: bytes, uri: str) -> dict[str, Any]:
    """What ``taizhang extract`` prints for ``raw``."""
    from flows.extracting import objects
    from flows.steps import real_steps

    (found,) = objects([(uri, raw)], real_steps())
    return found


@pytest.fixture(scope="session", autouse=True)
def _shared_is_there() -> None:
    if not SHARED.is_dir():
        pytest.skip(f"acceptance data not found: {SHARED} is missing")
