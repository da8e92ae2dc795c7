"""The timeline strip of a notice: what is dated in it, on one axis."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from expectations.report.limits import Limit

# Height with a row of labels or years below the axis, and without.
_HEIGHT, _LOW = 118, 80
_AXIS = 62
# Share of the width that a label needs, so that two labels of one row do not touch at the narrowest drawing.
_LABEL = 17.0
# Height of a limit: its words and the bar below them.
_BAR = 32


@dataclass(frozen=True, slots=True)
class Event:
    """Something dated: ``kind`` is inspection, feedback, signed, published, measure, meeting or deadline; days are inclusive.

    ``is_main`` events are labelled on the strip, the others are ticks with a title.
    """

    kind: str
    label: str
    first: datetime.date
    last: datetime.date
    is_main: bool
    is_inferred: bool = False
    start_char: int = -1

    @property
    def words(self) -> str:
        """The days in ISO form, one or a range."""
        return self.first.isoformat() if self.first == self.last else f"{self.first.isoformat()} – {self.last.isoformat()}"


def strip(title: str, description: str, events: Sequence[Event], limits: Sequence[tuple[Limit, str]] = ()) -> Markup:
    """The strip as SVG; empty where nothing is dated. Background of years before the inspection does not stretch the axis.

    ``limits`` are drawn below with their words; one that ends behind the last event is left open.
    """
    main = [event for event in events if event.is_main]
    if not main:
        return Markup("")
    first, last = min(event.first for event in main), max(event.last for event in main)
    shown = [event for event in events if event.is_main or (first <= event.first and event.last <= last + (last - first) / 2)]
    last = max(event.last for event in shown)
    axis = _Axis(first, last)
    pieces = [_year(axis, year) for year in range(first.year + 1, last.year + 1)]
    pieces += [_mark(axis, event) for event in sorted(shown, key=lambda event: event.is_main)]
    labels, has_lower = _labels(axis, sorted(main, key=lambda event: event.first))
    pieces += labels
    height = _HEIGHT if has_lower or first.year < last.year else _LOW
    pieces += [_bar(axis, limit, words, height + _BAR * row) for row, (limit, words) in enumerate(limits)]
    height += _BAR * len(limits)
    return Markup(
        '<svg class="strip" role="img" aria-labelledby="strip-t strip-d" width="100%" height="{h}"><title id="strip-t">{title}</title><desc id="strip-d">{description}</desc>'
        '<line class="axis" x1="0" x2="100%" y1="{y}" y2="{y}"/>{pieces}</svg>'
    ).format(h=height, title=title, description=description, y=_AXIS, pieces=Markup("").join(pieces))


def _bar(axis: _Axis, limit: Limit, words: str, top: int) -> Markup:
    start, end = axis.place(limit.first), min(100.0, axis.place(limit.due))
    is_right = start > 60
    return Markup(
        '<g class="limit l-{state}{example}"><text x="{t}%" y="{y}" text-anchor="{anchor}">{words}</text>'
        '<rect x="{x}%" y="{b}" width="{w}%" height="7" rx="{r}"/></g>'
    ).format(
        state=limit.state,
        example=" l-example" if limit.is_example else "",
        t=100 if is_right else start,
        anchor="end" if is_right else "start",
        y=top + 14,
        words=words,
        x=start,
        b=top + 19,
        w=round(max(0.6, end - start), 2),
        r=0 if end == 100.0 else 2,
    )


class _Axis:
    """Days as shares of the width, with a margin on both sides."""

    def __init__(self, first: datetime.date, last: datetime.date) -> None:
        self.first = first
        self.days = max(1, (last - first).days)

    def place(self, day: datetime.date) -> float:
        """Where ``day`` lies, from 4 to 96."""
        return round(4 + 92 * (day - self.first).days / self.days, 2)


def _year(axis: _Axis, year: int) -> Markup:
    x = axis.place(datetime.date(year, 1, 1))
    return Markup(
        '<line class="grid" x1="{x}%" x2="{x}%" y1="{a}" y2="{b}"/><text class="tick" x="{x}%" y="{t}" text-anchor="middle">{year}</text>'
    ).format(x=x, a=_AXIS - 6, b=_AXIS + 6, t=_HEIGHT - 2, year=year)


def _mark(axis: _Axis, event: Event) -> Markup:
    x, end = axis.place(event.first), axis.place(event.last)
    hint = Markup("<title>{}: {}</title>").format(event.label, event.words)
    if event.first != event.last:
        return Markup('<rect class="e-{kind}" x="{x}%" y="{y}" width="{w}%" height="10" rx="2">{hint}</rect>').format(
            kind=event.kind, x=x, y=_AXIS - 5, w=round(max(0.6, end - x), 2), hint=hint
        )
    if event.is_main:
        return Markup('<circle class="e-{kind}" cx="{x}%" cy="{y}" r="6">{hint}</circle>').format(kind=event.kind, x=x, y=_AXIS, hint=hint)
    return Markup('<line class="e-{kind}" x1="{x}%" x2="{x}%" y1="{a}" y2="{b}">{hint}</line>').format(
        kind=event.kind, x=x, a=_AXIS - 9, b=_AXIS + 9, hint=hint
    )


def _labels(axis: _Axis, events: Sequence[Event]) -> tuple[list[Markup], bool]:
    """Labels above the axis, those that would touch their neighbour below it; and whether any stands below."""
    ends = dict.fromkeys((0, 1), -100.0)
    pieces: list[Markup] = []
    for event in events:
        place = (axis.place(event.first) + axis.place(event.last)) / 2
        row = next((row for row in (0, 1) if place - ends[row] >= _LABEL), min(ends, key=lambda row: ends[row]))
        ends[row] = place
        anchor = "start" if place < 10 else "end" if place > 90 else "middle"
        x = 0 if place < 10 else 100 if place > 90 else round(place, 2)
        top = 16 if row == 0 else _AXIS + 24
        pieces.append(
            Markup(
                '<text class="label" x="{x}%" y="{a}" text-anchor="{anchor}">{label}</text><text class="day" x="{x}%" y="{b}" text-anchor="{anchor}">{days}</text>'
            ).format(x=x, a=top, b=top + 16, anchor=anchor, label=event.label, days=event.words)
        )
    return pieces, ends[1] >= 0
