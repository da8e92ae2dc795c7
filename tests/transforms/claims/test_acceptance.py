"""Claims and accountability on the labelled cases and seeds of ../shared, strictly: subject, status and value all right."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
import yaml

from transforms.claims.accountability import accountability
from transforms.claims.claims import claims
from transforms.layout import layout
from transforms.outline.problems import problems
from transforms.outline.tree import outline
from transforms.records.statements import Accountability, Claim
from transforms.source import Closed, Source
from transforms.text.folding import fold

SHARED = Path(__file__).resolve().parents[3] / "../shared"
CASES = SHARED / "acceptance/cases.jsonl"
SEEDS = SHARED / "acceptance/seeds.yaml"
Key = tuple[str, str | None, float | None]


def cases() -> list[dict[str, Any]]:
    """The labelled notices; none where ../shared is missing."""
    if not CASES.exists():
        return []
    rows = [json.loads(line) for line in CASES.read_text("utf-8").splitlines() if line.strip()]
    return [row for row in rows if row["gold"]["is_notice"]]


def seeds() -> list[dict[str, Any]]:
    """What a careful reader finds in the real notices; none where ../shared is missing."""
    return yaml.safe_load(SEEDS.read_text("utf-8")) if SEEDS.exists() else []


def read(text: str) -> tuple[tuple[Claim, ...], tuple[Accountability, ...]]:
    """Claims and sanctions of ``text`` with its own outline."""
    source = Source("0" * 16, fold(text))
    parts = layout(source.text)
    tree = outline(source, parts)
    closed = Closed(len(source.text.folded))
    sanctions = accountability(source, closed, tree)
    closed.close_all(sanctions)
    return claims(source, closed, tree, problems(source, parts, tree)), sanctions


def key(row: dict[str, Any]) -> Key:
    """A labelled claim in the contract's words; rules carry no status in the labels."""
    status = {"not_started": "not_completed"}.get(row["status"], row["status"])
    return row["subject"], None if row["subject"] == "制度" else status, row["value"]


@pytest.mark.skipif(not CASES.exists(), reason="../shared/acceptance is not here")
@pytest.mark.parametrize("case", cases(), ids=lambda case: case["id"])
def test_claims_of_a_case(case: dict[str, Any]) -> None:
    """Every labelled claim is found, and nothing that is neither labelled nor optional."""
    found, _ = read(case["text"])
    keys = Counter((row.subject, None if row.subject == "制度" else row.status, row.value_low) for row in found)
    gold = Counter(key(row) for row in case["gold"].get("claims", ()))
    optional = {key(row) for row in case["gold"].get("claims_optional", ())}

    assert Counter() == gold - keys, "missing"
    assert [row for row in keys - gold if row not in optional] == [], "neither labelled nor optional"


@pytest.mark.skipif(not CASES.exists(), reason="../shared/acceptance is not here")
@pytest.mark.parametrize("case", cases(), ids=lambda case: case["id"])
def test_accountability_of_a_case(case: dict[str, Any]) -> None:
    """Every labelled sanction is found with its whole, and exact rows that are not labelled are none."""
    _, found = read(case["text"])
    gold = [(row["kind"], row["persons"], row.get("part_of")) for row in case["gold"].get("accountability", ())]

    assert gold == [(row.kind, row.persons, row.part_of) for row in found if row.modifier == "exact"]


@pytest.mark.skipif(not SEEDS.exists(), reason="../shared/acceptance is not here")
@pytest.mark.parametrize("seed", seeds(), ids=lambda seed: seed["file"][:3])
def test_claims_of_a_seed(seed: dict[str, Any]) -> None:
    """Every listed claim of a real notice is found, a repetition counted once, and nothing else."""
    found, sanctions = read((SHARED / "seeds" / seed["file"]).read_text("utf-8"))

    assert {(row["subject"], row["status"], row["value"], row.get("part_of")) for row in seed["claims"]} == {
        (row.subject, row.status, row.value_low, row.part_of) for row in found
    }
    assert sanctions == ()


@pytest.mark.skipif(not SEEDS.exists(), reason="../shared/acceptance is not here")
@pytest.mark.parametrize("seed", seeds(), ids=lambda seed: seed["file"][:3])
def test_bindings_of_a_seed(seed: dict[str, Any]) -> None:
    """Totals are bound to the levels that a reader counted by hand."""
    found, _ = read((SHARED / "seeds" / seed["file"]).read_text("utf-8"))
    counted = {
        "aspects": seed["enumerated"].get("aspects"),
        "groups": seed["enumerated"].get("groups"),
        "items": seed["enumerated"]["leaf_items"],
    }

    assert [(row.surface, row.bound_count) for row in found if row.bound_level and counted[row.bound_level] != row.bound_count] == []
