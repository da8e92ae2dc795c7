"""A site for every test that wants one."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.flows.crawl.site import Site


@pytest.fixture
def site() -> Iterator[Site]:
    """A site without pages."""
    with Site() as served:
        yield served
