"""taizhang evaluate: how good extraction is on labelled cases."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click

from expectations.evaluation.score import Evaluation, evaluate
from flows.extracting import objects
from flows.steps import real_steps


@click.command(
    "evaluate",
    help="Score extraction against the labelled CASES of a JSONL file: precision, recall and F1 for each field, the wrong items by case, "
    "negatives refused, altered cases noticed by a check, and false alarms on consistent ones (docs/explanation/evaluation.md).\n\n"
    "\b\nExample:\n  taizhang evaluate samples/cases.jsonl\n  taizhang evaluate samples/cases.jsonl --format json --minimum 0.97",
)
@click.argument("cases", metavar="CASES.jsonl", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option(
    "--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True, help="For people or for programs."
)
@click.option(
    "--minimum",
    type=click.FloatRange(0, 1),
    help="Exit with code 1 if a field's F1 is below this, or a negative, altered or consistent case is judged wrong.",
)
def command(cases: Path, form: str, minimum: float | None) -> None:
    """Score the cases of one file."""
    found = evaluate(_outputs(cases))
    click.echo(json.dumps(_as_object(found), ensure_ascii=False) if form == "json" else _as_text(found))
    if minimum is not None and (any(score.f1 < minimum for score in found.fields.values()) or _misjudged(found)):
        raise click.exceptions.Exit(1)


def _outputs(path: Path) -> Iterator[tuple[dict[str, Any], dict[str, Any]]]:
    cases = list(_cases(path))
    sources = ((f"case:{case['id']}", case["text"].encode()) for case in cases)
    yield from zip(cases, objects(sources, real_steps()), strict=True)


def _cases(path: Path) -> Iterator[dict[str, Any]]:
    for number, line in enumerate(path.read_text("utf-8").splitlines(), 1):
        if not line.strip():
            continue
        try:
            case = json.loads(line)
            yield {**case, "id": case["id"], "text": case["text"], "gold": {**case["gold"], "is_notice": case["gold"]["is_notice"]}}
        except (ValueError, KeyError, TypeError) as error:
            raise click.ClickException(
                f"{path}, line {number} is no labelled case ({error}); each line is an object with id, text and gold"
            ) from error


def _misjudged(found: Evaluation) -> bool:
    return bool(found.accepted_negatives or found.refused_notices or found.unnoticed or found.false_alarms)


def _as_object(found: Evaluation) -> dict[str, Any]:
    fields = {
        name: {
            "precision": round(score.precision, 4),
            "recall": round(score.recall, 4),
            "f1": round(score.f1, 4),
            "right": score.right,
            "missed": [[case, str(value)] for case, value in score.missed],
            "wrong": [[case, str(value)] for case, value in score.wrong],
        }
        for name, score in found.fields.items()
    }
    names = (
        "cases",
        "negatives",
        "accepted_negatives",
        "refused_notices",
        "wrong_genre",
        "altered",
        "unnoticed",
        "consistent",
        "false_alarms",
    )
    return {"fields": fields, **{name: getattr(found, name) for name in names}}


def _as_text(found: Evaluation) -> str:
    lines = [f"{'field':18}{'precision':>10}{'recall':>8}{'F1':>7}{'right':>7}{'missed':>8}{'wrong':>7}"]
    for name, score in found.fields.items():
        lines.append(
            f"{name:18}{score.precision:>10.3f}{score.recall:>8.3f}{score.f1:>7.3f}{score.right:>7}{len(score.missed):>8}{len(score.wrong):>7}"
        )
    lines += [
        "",
        f"negatives refused      {found.negatives - len(found.accepted_negatives)} of {found.negatives}",
        f"altered cases noticed  {found.altered - len(found.unnoticed)} of {found.altered}",
        f"false alarms           {len(found.false_alarms)} on {found.consistent} consistent cases",
    ]
    for name, score in found.fields.items():
        lines += [f"missed  {name}: {case}: {value}" for case, value in score.missed]
        lines += [f"wrong   {name}: {case}: {value}" for case, value in score.wrong]
    lines += [f"let in, though no notice: {case}" for case in found.accepted_negatives]
    lines += [f"refused, though a notice: {case}" for case in found.refused_notices]
    lines += [f"other genre: {case}" for case in found.wrong_genre]
    lines += [f"altered, not noticed: {case}" for case in found.unnoticed]
    lines += [f"false alarm: {case}: {', '.join(checks)}" for case, checks in found.false_alarms]
    return "\n".join(lines)
