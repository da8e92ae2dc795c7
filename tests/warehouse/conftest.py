"""Warehouses that several modules read: samples, and four invented notices with what those lack; made once, never written."""

from __future__ import annotations

from pathlib import Path

import pytest

from tools.sample_warehouse import SAMPLES, build
from warehouse.lake import Location

INVENTED = Path(__file__).parent / "notices"


@pytest.fixture(scope="session")
def samples(tmp_path_factory: pytest.TempPathFactory) -> Location:
    """The warehouse of the first twelve samples, in which tests count by hand: eleven notices and one reject."""
    return build(tmp_path_factory.mktemp("samples") / "lake", [path for path in sorted(SAMPLES.iterdir()) if path.name[:2] <= "12"])


@pytest.fixture(scope="session")
def all_samples(tmp_path_factory: pytest.TempPathFactory) -> Location:
    """The warehouse of all samples."""
    return build(tmp_path_factory.mktemp("all-samples") / "lake")


@pytest.fixture(scope="session")
def invented(tmp_path_factory: pytest.TempPathFactory) -> Location:
    """Two rounds of one school, a bureau that copies it, and a masked school: people, mobiles, formulas."""
    return build(tmp_path_factory.mktemp("invented") / "lake", [INVENTED])
