"""Identity of the labelled cases and of the five real notices in ../shared; skipped where that is absent."""

from __future__ import annotations

import json
from typing import Any

import pytest
import yaml

from tests.transforms.identity.corpus import SHARED, read
from transforms.identity.identity import identity
from transforms.identity.recognise import Recognition, recognise

_CASES = SHARED / "acceptance" / "cases.jsonl"
_SEEDS = SHARED / "acceptance" / "seeds.yaml"


def _cases() -> list[Any]:
    if not _CASES.exists():
        return [pytest.param(None, id="absent", marks=pytest.mark.skip(reason=f"{_CASES} is absent"))]
    return [pytest.param(case, id=case["id"]) for case in map(json.loads, _CASES.read_text("utf-8").splitlines())]


def _seeds() -> list[Any]:
    if not _SEEDS.exists():
        return [pytest.param(None, id="absent", marks=pytest.mark.skip(reason=f"{_SEEDS} is absent"))]
    return [pytest.param(seed, id=seed["file"]) for seed in yaml.safe_load(_SEEDS.read_text("utf-8"))]


@pytest.mark.parametrize("case", _cases())
def test_labelled_case(case: dict[str, Any]) -> None:
    """Recognised or refused as labelled; title, body, inspector and kind are the labelled ones or an accepted variant."""
    gold = case["gold"]
    source, parts = read(case["text"])

    found = recognise(source, parts)

    assert gold["is_notice"] == isinstance(found, Recognition), found
    if not isinstance(found, Recognition):
        return
    columns = identity(source, parts, genre=found.genre)
    assert case["genre"] == found.genre
    for field in ("title", "inspected_org", "inspector", "inspection_kind"):
        assert columns[field] in [gold[field], *gold.get(f"{field}_alt", [])], field


@pytest.mark.parametrize("seed", _seeds())
def test_real_notice(seed: dict[str, Any]) -> None:
    """Title, its lines, body, inspector, kind, signature and place of a real notice."""
    source, parts = read((SHARED / "seeds" / seed["file"]).read_text("utf-8"))

    found = recognise(source, parts)
    columns = identity(source, parts)

    assert isinstance(found, Recognition)
    assert found.genre == "notice"
    for field in ("title", "inspected_org", "inspector", "inspection_kind", "signed_org"):
        assert seed[field] == columns[field], field
    assert seed.get("title_lines", 0) == columns["title_lines"]
    for level in ("province", "city", "county"):
        assert (seed["place"] or {}).get(level) == columns[level]
