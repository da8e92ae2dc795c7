"""The pins without which Prefect's server does not start, or starts and schedules nothing without a word.

That something is scheduled with the versions installed is seen in test_schedule.py.
"""

from __future__ import annotations

import tomllib
from importlib.metadata import version
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.version import Version

_ROOT = Path(__file__).resolve().parents[2]
# measured: newer FastAPI stops the server with a TypeError, SQLAlchemy 2.1 makes the scheduler fail in silence
PINS = {"prefect": "==3.8.8", "fastapi": ">=0.139,<0.151", "sqlalchemy": ">=2.0.45,<2.1"}


@pytest.mark.parametrize("name", PINS)
def test_installed_version_is_within_its_pin(name: str) -> None:
    """What is installed is a version that was seen to work."""
    assert Requirement(name + PINS[name]).specifier.contains(Version(version(name)))


@pytest.mark.parametrize("name", PINS)
def test_project_declares_the_pin(name: str) -> None:
    """pyproject.toml keeps the pin, so that an installation elsewhere gets a version that works."""
    declared = tomllib.loads((_ROOT / "pyproject.toml").read_text("utf-8"))["project"]["dependencies"]
    found = {requirement.name.lower(): requirement.specifier for requirement in map(Requirement, declared)}

    assert found[name] == Requirement(name + PINS[name]).specifier
