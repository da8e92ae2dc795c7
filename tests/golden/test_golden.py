"""Extraction of the project's own samples is what the golden files say."""

from __future__ import annotations

import pytest

from tools.write_golden import FORMATS, GOLDEN, SAMPLES, golden, golden_text


@pytest.mark.parametrize("path", sorted(SAMPLES.iterdir()), ids=lambda path: path.name)
def test_sample(path) -> None:  # type: ignore[no-untyped-def]
    """A sample's rows and verdicts are unchanged; `make golden` writes them anew when a rule changes on purpose."""
    expected = GOLDEN / f"{path.name}.json"
    assert expected.exists(), "no golden file: run `make golden` and read its diff"
    assert golden(path) == expected.read_text("utf-8")


@pytest.mark.parametrize("path", sorted(FORMATS.iterdir()), ids=lambda path: path.name)
def test_format(path) -> None:  # type: ignore[no-untyped-def]
    """The main text read from a sample in each format is unchanged."""
    expected = GOLDEN / "formats" / f"{path.name}.txt"
    assert expected.exists(), "no golden file: run `make golden` and read its diff"
    assert golden_text(path) == expected.read_text("utf-8")
