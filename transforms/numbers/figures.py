"""Figures: stated quantities that other stated quantities let one recompute, with their operands where these stand near and fit.

Operands are only taken from the sentence of the figure (a total of persons for a ratio also from the last total before). Where nothing fits,
the row has no operands, and a check of it says that it cannot be made.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from transforms.numbers.averages import averages, ratios
from transforms.numbers.changes import changes, durations, repetitions
from transforms.numbers.findings import Finding
from transforms.numbers.meetings import meetings
from transforms.numbers.percents import percents
from transforms.numbers.stocks import stocks
from transforms.records.shared import Span
from transforms.records.statements import Figure
from transforms.source import Closed, Source

if TYPE_CHECKING:
    from transforms.outline.tree import Outline

_READERS = (averages, ratios, changes, durations, repetitions, percents, stocks, meetings)


def figures(source: Source, closed: Closed, outline: Outline | None = None) -> tuple[Figure, ...]:
    """The figures of a notice, in order. Those on words already claimed are left out; a list of shares may hold its percentages."""
    taken = Closed(len(source.text.matching))
    kept: list[Finding] = []
    for reader in _READERS:
        for finding in reader(source.text):
            if not closed.is_free(finding.start, finding.end) or (
                finding.kind != "share" and not taken.is_free(finding.start, finding.end)
            ):
                continue
            taken.close(finding.start, finding.end)
            kept.append(finding)
    kept.sort(key=lambda finding: (finding.start, -finding.end))
    return tuple(_row(source, finding) for finding in kept)


def _row(source: Source, finding: Finding) -> Figure:
    stated, bound = finding.stated, finding.operands
    return Figure(
        *source.evidence(finding.start, finding.end, finding.rule),
        kind=finding.kind,
        subject=finding.subject,
        value_low=None if stated.low is None else float(stated.low),
        value_high=None if stated.high is None else float(stated.high),
        decimals=stated.decimals,
        unit=finding.unit,
        modifier=stated.modifier,
        operator=finding.operator,
        operands=tuple([float(value) for value, _, _ in bound]) if bound else (),
        operand_spans=tuple([Span(start, end) for _, start, end in bound]) if bound else (),
        equation=finding.equation if bound else None,
    )
