"""Warehouses that several modules read: the samples, and four invented notices with what the samples lack; made once, never written."""

from __future__ import annotations

from pathlib import Path

import pytest

from tools.sample_warehouse import build
from warehouse.lake import Location

INVENTED = Path(__file__).parent / "notices"


@pytest.fixture(scope="session")
def samples(tmp_path_factory: pytest.TempPathFactory) -> Location:
    """The warehouse of samples/notices: eleven notices and one reject."""
    return build(tmp_path_factory.mktemp("samples") / "lake")


@pytest.fixture(scope="session")
def invented(tmp_path_factory: pytest.TempPathFactory) -> Location:
    """Two rounds of one school, a bureau that copies it, and a masked school: people, mobiles, formulas."""
    return build(tmp_path_factory.mktemp("invented") / "lake", [INVENTED])
