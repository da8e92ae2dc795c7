"""Labelled cases: every field's F1, look-alikes refused, altered cases noticed, consistent ones left in peace."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from expectations.evaluation.score import Evaluation, evaluate
from flows.extracting import objects
from flows.steps import real_steps

ROOT = Path(__file__).resolve().parents[2]
FILES = {
    "blind": Path(__file__).with_name("blind.jsonl"),
    "blind2": Path(__file__).with_name("blind2.jsonl"),
    "blind3": Path(__file__).with_name("blind3.jsonl"),
    "blind5": Path(__file__).with_name("blind5.jsonl"),
    "blind6": Path(__file__).with_name("blind6.jsonl"),
    "blind7": Path(__file__).with_name("blind7.jsonl"),
    "samples": ROOT / "samples" / "cases.jsonl",
    "shared": ROOT / "../shared/acceptance/cases.jsonl",
}
LEAST_F1 = 0.97


@pytest.fixture(scope="module", params=FILES)
def scored(request: pytest.FixtureRequest) -> Evaluation:
    """The scores of one file of cases."""
    path = FILES[request.param]
    if not path.exists():
        pytest.skip(f"{path} is not there: the shared cases are no part of the project")
    cases = [json.loads(line) for line in path.read_text("utf-8").splitlines() if line.strip()]
    outputs = objects(((f"case:{case['id']}", case["text"].encode()) for case in cases), real_steps())
    return evaluate(zip(cases, outputs, strict=True))


def test_every_field_is_found_and_nothing_else(scored: Evaluation) -> None:
    """F1 of every field reaches what acceptance asks for."""
    low = {name: (score.f1, score.missed, score.wrong) for name, score in scored.fields.items() if score.f1 < LEAST_F1}

    assert low == {}


def test_look_alikes_are_refused_and_notices_are_not(scored: Evaluation) -> None:
    """No look-alike is let in, no notice is turned away."""
    assert (scored.accepted_negatives, scored.refused_notices) == ([], [])


def test_genres_are_told(scored: Evaluation) -> None:
    """Notices, news and summaries are told apart."""
    assert scored.wrong_genre == []


def test_altered_cases_are_noticed(scored: Evaluation) -> None:
    """Each case with one altered figure or date fails a check or is sent to review."""
    assert scored.unnoticed == []


def test_consistent_cases_raise_no_alarm(scored: Evaluation) -> None:
    """No check fails on a case whose figures agree."""
    assert scored.false_alarms == []
