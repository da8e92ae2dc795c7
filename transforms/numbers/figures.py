"""Figures: stated quantities that other stated quantities let one recompute, with their operands where these stand near and fit.

Operands are only taken from the sentence of the figure (a total of persons for a ratio also from the last total before). Where nothing fits,
the row has no operands, and a check of it says that it cannot be made.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain
from typing import TYPE_CHECKING

from transforms.numbers.averages import averages, ratios
from transforms.numbers.changes import changes, durations
from transforms.numbers.findings import Finding
from transforms.numbers.meetings import meetings
from transforms.numbers.percents import percents
from transforms.numbers.repetitions import periods, repetitions
from transforms.numbers.stocks import stocks
from transforms.records.shared import Span
from transforms.records.statements import Figure
from transforms.source import Closed, Source
from transforms.text.text import Text

if TYPE_CHECKING:
    from transforms.outline.tree import Outline


def figures(source: Source, closed: Closed, outline: Outline | None = None) -> tuple[Figure, ...]:
    """The figures of a notice, in order. Those on words already claimed are left out; a list of shares may hold its percentages."""
    taken = Closed(len(source.text.matching))
    kept: list[Finding] = []
    for finding in _findings(source.text):
        start, end = finding.start, finding.end
        if closed.is_free(start, end) and (finding.kind == "share" or taken.is_free(start, end)):
            taken.close(start, end)
            kept.append(finding)
    kept.sort(key=lambda finding: (finding.start, -finding.end))
    return tuple(_row(source, finding) for finding in kept)


def _findings(text: Text) -> Iterator[Finding]:
    """All that some reader finds; of two that share a character the former is kept."""
    each = periods(text)
    return chain(
        averages(text),
        ratios(text),
        changes(text),
        durations(text),
        repetitions(text, each),
        percents(text),
        stocks(text),
        meetings(text, each),
    )


def _row(source: Source, finding: Finding) -> Figure:
    stated, bound = finding.stated, finding.operands
    low = None if stated.low is None else float(stated.low)
    return Figure(
        *source.evidence(finding.start, finding.end, finding.rule),
        kind=finding.kind,
        subject=finding.subject,
        value_low=low,
        value_high=low if stated.high is stated.low else None if stated.high is None else float(stated.high),
        decimals=stated.decimals,
        unit=finding.unit,
        modifier=stated.modifier,
        operator=finding.operator,
        operands=tuple([float(value) for value, _, _ in bound]) if bound else (),
        operand_spans=tuple([Span(start, end) for _, start, end in bound]) if bound else (),
        equation=finding.equation if bound else None,
    )
