"""Charts: what is drawn stands for the numbers, and words in it are escaped."""

from __future__ import annotations

import datetime
import re
from xml.etree import ElementTree

from expectations.report.charts import Bar, Part, Spread, bars, spreads
from expectations.report.timeline import Event, strip


def _widths(markup: str) -> list[float]:
    return [float(width) for width in re.findall(r'class="part [a-z_]+" x="[\d.]+%" width="([\d.]+)%"', markup)]


def test_segments_are_shares_of_the_longest_bar() -> None:
    """The longest bar fills the width, others their share of it; empty segments are not drawn."""
    rows = [Bar("甲", (Part("fail", 1, "1"), Part("pass", 3, "3")), "1"), Bar("乙", (Part("pass", 2, "2"), Part("review", 0, "0")), "")]

    assert _widths(bars("x", "标题", "说明", rows)) == [25.0, 75.0, 50.0]


def test_a_whole_can_be_given() -> None:
    """A rate is drawn against a hundred, not against the best of its neighbours."""
    assert _widths(bars("x", "标题", "说明", [Bar("甲", (Part("done", 40, "40%"),), "40%")], 100)) == [40.0]


def test_charts_are_well_formed_and_escape_their_words() -> None:
    """A name with markup in it is text, in labels as in hints."""
    odd = '<script>"&甲'
    chart = bars("x", odd, odd, [Bar(odd, (Part("pass", 1, odd),), odd, "a.html?a=1&b=2")])
    spread = spreads("y", odd, odd, [Spread(odd, (1.0, 40.0, 60.0)), Spread("乙", ())], (30.0, 60.0), odd)

    for markup in (chart, spread):
        assert "<script" not in markup
        assert odd in "".join(ElementTree.fromstring(markup).itertext())


def test_what_cannot_be_checked_is_hatched_and_never_green() -> None:
    """The segment of what cannot be checked has the neutral pattern."""
    chart = bars("x", "标题", "说明", [Bar("甲", (Part("not_checkable", 1, "1"),), "")])

    assert "url(#x-hatch)" in chart
    assert 'id="x-hatch"' in chart


def test_quartiles_of_one_value_are_that_value() -> None:
    """One notice alone has a median."""
    assert Spread("甲", (7.0,)).quartiles == (7.0, 7.0, 7.0)
    assert Spread("甲", (1.0, 2.0, 3.0, 4.0, 5.0)).quartiles == (2.0, 3.0, 4.0)


def test_thousands_of_dots_are_thinned() -> None:
    """Ten thousand values draw at most some hundred dots."""
    chart = spreads("x", "标题", "说明", [Spread("甲", tuple(float(value) for value in range(10_000)))], (30.0,), "天")

    assert chart.count("<circle") <= 400


def _day(words: str) -> datetime.date:
    return datetime.date.fromisoformat(words)


def test_the_strip_shows_stages_in_order_and_labels_apart() -> None:
    """Two events on neighbouring days have their labels in different rows."""
    events = [
        Event("inspection", "巡察", _day("2023-01-01"), _day("2023-02-01"), True),
        Event("signed", "落款", _day("2023-12-30"), _day("2023-12-30"), True),
        Event("published", "公开", _day("2023-12-31"), _day("2023-12-31"), True),
        Event("measure", "措施", _day("2023-06-01"), _day("2023-06-01"), False),
        Event("deadline", "期限", _day("2040-01-01"), _day("2040-12-31"), False),
    ]
    root = ElementTree.fromstring(strip("时间线", "说明", events))
    labels = {node.text: node.get("y") for node in root.iter("text") if node.get("class") == "label"}

    assert list(labels) == ["巡察", "落款", "公开"]
    assert labels["落款"] != labels["公开"]
    assert len(root.findall("line")) == 2  # the axis and the measure; a promise of decades later would squeeze all else


def test_no_dates_give_no_strip() -> None:
    """Without a stage there is nothing to draw."""
    assert strip("时间线", "说明", []) == ""
