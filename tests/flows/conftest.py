"""Fixtures for tests that fill warehouses."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from warehouse.lake import local, open_writer


@pytest.fixture(scope="session")
def empty_warehouse(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A warehouse with its tables and no rows; making one takes a second, copying it a millisecond."""
    root = tmp_path_factory.mktemp("empty") / "warehouse"
    open_writer(local(root)).close()
    return root


@pytest.fixture
def warehouse(empty_warehouse: Path, tmp_path: Path) -> Path:
    """A fresh empty warehouse at ``tmp_path / "warehouse"``."""
    target = tmp_path / "warehouse"
    shutil.copytree(empty_warehouse, target)
    return target
