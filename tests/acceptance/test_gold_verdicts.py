"""The verdicts of all checks on the five seeds, against those of a careful reader."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest

from tests.acceptance.conftest import SHARED, output, seeds

_WORDS = {"P": "pass", "F": "fail", "W": "review", "N": "not_checkable", "-": "not_applicable"}
_TABLE: dict[str, Any] = tomllib.loads((Path(__file__).parent / "gold_verdicts.toml").read_text("utf-8"))
_SEEDS = ("000", "001", "002", "003", "004")


def _wanted(check: str, seed: str) -> str:
    """The gold verdict, or the listed one where the checks differ on purpose."""
    listed = dict(entry.split(":") for entry in _TABLE["expected"].get(check, ()))
    return _WORDS[listed.get(seed, _TABLE["gold"][check][_SEEDS.index(seed)])]


def _verdicts(seed: str) -> dict[str, dict[str, Any]]:
    path = next(SHARED / "seeds" / found["file"] for found in seeds() if found["file"].startswith(seed))
    return {row["check_id"]: row for row in output(path.read_bytes(), path.name)["check_results"]}


@pytest.mark.parametrize("seed", _SEEDS)
def test_every_verdict_is_the_gold_one(seed: str) -> None:
    """All 56 checks answer on the seed as the table says."""
    found = _verdicts(seed)
    wanted = {check: _wanted(check, seed) for check in _TABLE["gold"]}

    assert {check: found[check]["verdict"] for check in wanted} == wanted


def test_differences_are_listed_with_a_reason() -> None:
    """What differs from the gold table says why, and really differs."""
    assert set(_TABLE["expected"]) == set(_TABLE["why"])
    assert all(
        _wanted(check, entry[:3]) != _WORDS[_TABLE["gold"][check][_SEEDS.index(entry[:3])]]
        for check, entries in _TABLE["expected"].items()
        for entry in entries
    )


@pytest.mark.parametrize("seed", _SEEDS)
def test_an_accusing_verdict_shows_its_words(seed: str) -> None:
    """A fail or review quotes a place in the text, unless it says that something is missing from it."""
    silent = [
        row["check_id"]
        for row in _verdicts(seed).values()
        if row["verdict"] in ("fail", "review") and not row["lhs_spans"] and not row["rhs_spans"]
    ]

    assert set(silent) <= {"F01", "F02", "F03", "F08"}
