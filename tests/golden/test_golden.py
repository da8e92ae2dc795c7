"""Extraction of the project's own samples is what the golden files say."""

from __future__ import annotations

import pytest

from tools.write_golden import GOLDEN, SAMPLES, golden


@pytest.mark.parametrize("path", sorted(SAMPLES.iterdir()), ids=lambda path: path.name)
def test_sample(path) -> None:  # type: ignore[no-untyped-def]
    """A sample's rows and verdicts are unchanged; `make golden` writes them anew when a rule changes on purpose."""
    expected = GOLDEN / f"{path.name}.json"
    assert expected.exists(), "no golden file: run `make golden` and read its diff"
    assert golden(path) == expected.read_text("utf-8")
