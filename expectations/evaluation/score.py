"""Precision, recall and F1 per field, refusal of negatives, and whether altered cases were noticed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from expectations.evaluation.items import ANY, FIELDS, Item, found_items, gold_items


@dataclass(slots=True)
class FieldScore:
    """Counts for one field over all cases, with the wrong items named."""

    right: int = 0
    missed: list[tuple[str, Any]] = field(default_factory=list)
    wrong: list[tuple[str, Any]] = field(default_factory=list)

    @property
    def precision(self) -> float:
        """Share of what was found that is right; 1 if nothing was found."""
        return self.right / (self.right + len(self.wrong)) if self.right + len(self.wrong) else 1.0

    @property
    def recall(self) -> float:
        """Share of what was asked for that was found; 1 if nothing was asked for."""
        return self.right / (self.right + len(self.missed)) if self.right + len(self.missed) else 1.0

    @property
    def f1(self) -> float:
        """Harmonic mean of precision and recall."""
        total = self.precision + self.recall
        return 2 * self.precision * self.recall / total if total else 0.0


@dataclass(slots=True)
class Evaluation:
    """Scores over a set of cases; the lists hold case ids."""

    cases: int = 0
    fields: dict[str, FieldScore] = field(default_factory=lambda: {name: FieldScore() for name in FIELDS})
    negatives: int = 0
    accepted_negatives: list[str] = field(default_factory=list)
    refused_notices: list[str] = field(default_factory=list)
    wrong_genre: list[str] = field(default_factory=list)
    altered: int = 0
    unnoticed: list[str] = field(default_factory=list)
    consistent: int = 0
    false_alarms: list[tuple[str, tuple[str, ...]]] = field(default_factory=list)


def evaluate(pairs: Iterable[tuple[Mapping[str, Any], Mapping[str, Any]]]) -> Evaluation:
    """Scores of ``(case, output)`` pairs; ``output`` is what ``taizhang extract`` prints for the case's text."""
    evaluation = Evaluation()
    for case, output in pairs:
        evaluation.cases += 1
        name, gold = str(case["id"]), case["gold"]
        if not gold["is_notice"]:
            evaluation.negatives += 1
            if output["notice"] is not None:
                evaluation.accepted_negatives.append(name)
            continue
        if output["notice"] is None:
            evaluation.refused_notices.append(name)
        elif output["notice"]["genre"] != case.get("genre", output["notice"]["genre"]):
            evaluation.wrong_genre.append(name)
        _score_fields(evaluation.fields, name, case, output)
        _score_checks(evaluation, name, case, output)
    return evaluation


def _score_fields(scores: dict[str, FieldScore], name: str, case: Mapping[str, Any], output: Mapping[str, Any]) -> None:
    wanted: dict[str, list[Item]] = {field: [] for field in FIELDS}
    for item in gold_items(case):
        wanted[item.field].append(item)
    damaged = {*case.get("redacted", ()), *case.get("damaged", ())}
    for field_name, value, is_exact in found_items(output):
        match = _take(wanted[field_name], value)
        if match is None:
            # an approximate figure or a masked date is told as such: it claims no exact value
            if is_exact and field_name not in damaged:
                scores[field_name].wrong.append((name, value))
        elif match.is_required:
            scores[field_name].right += 1
    for field_name, items in wanted.items():
        scores[field_name].missed += [(name, item.accepted[0]) for item in items if item.is_required]


def _take(items: list[Item], value: Any) -> Item | None:
    """Remove and return the item that ``value`` answers; a required one before an optional one."""
    for item in sorted(items, key=lambda item: not item.is_required):
        if any(_answers(value, form) for form in item.accepted):
            items.remove(item)
            return item
    return None


def _answers(value: Any, form: Any) -> bool:
    """``value`` is of the accepted ``form``, part by part where they have parts."""
    if value == form or not isinstance(value, tuple) or ANY not in form:
        return bool(value == form)
    return all(wanted in (ANY, told) for told, wanted in zip(value, form, strict=True))


def _score_checks(evaluation: Evaluation, name: str, case: Mapping[str, Any], output: Mapping[str, Any]) -> None:
    failed = tuple(result["check_id"] for result in output["check_results"] if result["verdict"] == "fail")
    asked = tuple(result["check_id"] for result in output["check_results"] if result["verdict"] == "review")
    if case.get("mutated"):
        evaluation.altered += 1
        if not failed and not asked:
            evaluation.unnoticed.append(name)
    elif case["gold"].get("consistent"):
        evaluation.consistent += 1
        if failed:
            evaluation.false_alarms.append((name, failed))
