"""Charts drawn as inline SVG by plain functions that give ``Markup``.

Widths are shares of the drawing's own width and heights are pixels, so that letters keep their size on any screen. Every chart has
a title and a description for those who cannot see it; the page puts the same data beneath as a table.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from statistics import quantiles

from markupsafe import Markup, escape

BAR = 12
_HATCH = Markup(
    '<svg class="defs" width="1" height="1" aria-hidden="true"><defs><pattern id="{id}" width="5" height="5" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">'
    '<rect class="hatch-paper" width="5" height="5"/><rect class="hatch-ink" width="1.6" height="5"/></pattern></defs></svg>'
)


@dataclass(frozen=True, slots=True)
class Part:
    """One segment of a bar: its CSS class, its length and what it stands for."""

    name: str
    value: float
    label: str


@dataclass(frozen=True, slots=True)
class Bar:
    """One row of a bar chart: its label, its segments, and the figure beside them."""

    label: str
    parts: tuple[Part, ...]
    figure: str
    href: str = ""


@dataclass(frozen=True, slots=True)
class Spread:
    """One row of a chart of spreads: the values and where their middle lies."""

    label: str
    values: tuple[float, ...]

    @property
    def quartiles(self) -> tuple[float, float, float]:
        """Lower quartile, median, upper quartile. Needs a value."""
        if len(self.values) < 2:
            return (self.values[0],) * 3
        low, middle, high = quantiles(self.values, n=4, method="inclusive")
        return low, middle, high


def bars(name: str, title: str, description: str, rows: Sequence[Bar], whole: float | None = None) -> Markup:
    """A chart of horizontal, possibly stacked bars; ``whole`` is the value of the full width, by default the longest bar.

    Labels and figures are plain text beside each bar's own drawing, so that long ones wrap instead of running into each other.
    """
    most = whole or max((sum(part.value for part in row.parts) for row in rows), default=0) or 1
    return Markup(
        '<div class="chart" role="group" aria-label="{title}" aria-describedby="{name}-d"><p class="unseen" id="{name}-d">{description}</p>{hatch}<ol class="bars">{rows}</ol></div>'
    ).format(
        name=name,
        title=title,
        description=description,
        hatch=_HATCH.format(id=f"{name}-hatch"),
        rows=Markup("").join(_row(row, most, name) for row in rows),
    )


def spreads(name: str, title: str, description: str, rows: Sequence[Spread], ticks: Sequence[float], unit: str) -> Markup:
    """A chart of dots along an axis, one row per ``Spread`` that has values, with quartiles and median."""
    most = max((max(row.values) for row in rows if row.values), default=1.0)
    end = next((tick for tick in ticks if tick >= most), most) or 1
    shown = [tick for tick in ticks if tick <= end and tick / end >= 0.07] if ticks else []
    height = len(rows) * 62 + 22
    pieces = [_tick(tick, end, height - 20) for tick in [0.0, *_spaced(shown, end)]]
    pieces += [_spread(row, at * 62, end, unit) for at, row in enumerate(rows)]
    return _svg(name, title, description, height, pieces, "spreads")


def _spaced(ticks: Iterable[float], end: float) -> list[float]:
    """Ticks far enough apart for their figures not to touch on a phone."""
    kept: list[float] = []
    for tick in ticks:
        if (tick - (kept[-1] if kept else 0)) / end >= 0.09:
            kept.append(tick)
    return kept


def _svg(name: str, title: str, description: str, height: int, pieces: Iterable[Markup], kind: str) -> Markup:
    return Markup(
        '<svg class="chart {kind}" role="group" aria-labelledby="{name}-t {name}-d" width="100%" height="{height}">'
        '<title id="{name}-t">{title}</title><desc id="{name}-d">{description}</desc>{pieces}</svg>'
    ).format(
        kind=kind,
        name=name,
        height=height,
        title=title,
        description=description,
        pieces=Markup("").join(pieces),
    )


def _row(row: Bar, most: float, name: str) -> Markup:
    label: Markup | str = Markup('<a href="{href}">{label}</a>').format(href=row.href, label=row.label) if row.href else row.label
    told = "，".join(part.label for part in row.parts if part.value > 0 and part.label) or row.figure or "0"
    return Markup(
        '<li><span class="label">{label}</span><svg class="bar" role="img" aria-label="{told}" width="100%" height="{h}"><rect class="track" width="100%" height="{h}"/>{parts}</svg>'
        '<span class="figure">{figure}</span></li>'
    ).format(label=label, told=told, h=BAR, parts=Markup("").join(_parts(row, most, name)), figure=row.figure)


def _parts(row: Bar, most: float, name: str) -> Iterable[Markup]:
    start = 0.0
    for part in row.parts:
        if part.value <= 0:
            continue
        width = 100 * part.value / most
        fill = Markup(' style="fill:url(#{}-hatch)"').format(name) if part.name == "not_checkable" else ""
        yield Markup('<rect class="part {name}" x="{x}%" width="{w}%" height="{h}"{fill}><title>{label}</title></rect>').format(
            name=part.name, x=_round(start), w=_round(width), h=BAR, fill=fill, label=part.label
        )
        start += width


def _tick(value: float, end: float, height: int) -> Markup:
    place = 100 * value / end
    anchor = "start" if place < 3 else "end" if place > 97 else "middle"
    return Markup(
        '<line class="grid" x1="{x}%" x2="{x}%" y1="0" y2="{h}"/><text class="tick" x="{x}%" y="{y}" text-anchor="{a}">{v}</text>'
    ).format(x=_round(place), h=height, y=height + 15, a=anchor, v=_round(value))


def _spread(row: Spread, top: int, end: float, unit: str) -> Markup:
    label = Markup('<text x="0" y="{y}" class="label">{label}</text>').format(y=top + 14, label=row.label)
    if not row.values:
        return label + Markup('<text x="100%" y="{y}" class="figure" text-anchor="end">—</text>').format(y=top + 14)
    low, middle, high = row.quartiles
    line = top + 34
    # beyond a few hundred, dots only hide each other: every n-th of the sorted values keeps the shape
    values = sorted(row.values)
    dots = values[:: max(1, len(values) // 200)]
    return Markup("").join(
        [
            label,
            Markup('<text x="100%" y="{y}" class="figure" text-anchor="end">{v} {unit}</text>').format(
                y=top + 14, v=_round(middle), unit=unit
            ),
            Markup('<line class="axis" x1="0" x2="100%" y1="{y}" y2="{y}"/>').format(y=line),
            Markup('<rect class="middle" x="{x}%" y="{y}" width="{w}%" height="8"/>').format(
                x=_share(low, end), y=line - 4, w=_share(high - low, end)
            ),
            *(
                Markup('<circle class="dot" cx="{x}%" cy="{y}" r="4"><title>{v} {unit}</title></circle>').format(
                    x=_share(value, end), y=line, v=_round(value), unit=unit
                )
                for value in dots
            ),
            Markup('<line class="median" x1="{x}%" x2="{x}%" y1="{a}" y2="{b}"/>').format(x=_share(middle, end), a=line - 10, b=line + 10),
        ]
    )


def _share(value: float, end: float) -> str:
    return _round(max(0.0, min(100.0, 100 * value / end)))


def _round(value: float) -> str:
    return escape(f"{value:.2f}".rstrip("0").rstrip("."))
