"""One notice in the browser: from a verdict to both its sides, marks by kind, outline, values."""

from __future__ import annotations

from typing import Any

import pytest

from tests.browser.conftest import Visit
from tests.browser.test_pages import page_name

pytestmark = pytest.mark.browser

_IN_VIEW = "each => { const place = each.getBoundingClientRect(); return place.top >= 0 && place.bottom <= innerHeight; }"


def _words(page: Any, selector: str) -> str:
    return "".join(page.locator(selector).all_text_contents())


def test_a_discrepancy_goes_to_both_its_sides(visit: Visit) -> None:
    """Showing a verdict marks the words of both sides, brings the claimed ones into view, and steps to each of the others."""
    page = visit.open(page_name(visit, "notice"))
    page.locator("#K12 .show").click()

    assert "76%" in _words(page, ".hit-l")
    assert "18个" in _words(page, ".hit-r")
    assert "25个" in _words(page, ".hit-r")
    assert page.locator(".hit-l").first.evaluate(_IN_VIEW)
    chips = page.locator(".evidence .chips button")
    assert chips.count() == 1 + page.locator(".evidence .r").count() >= 3
    for number in range(chips.count()):
        chips.nth(number).click()
        page.wait_for_timeout(30)
        assert page.locator(".doc .here").last.evaluate(_IN_VIEW)


def test_marks_are_those_of_one_verdict_at_a_time(visit: Visit) -> None:
    """Another verdict takes the marks over, and Escape takes them away and gives the focus back."""
    page = visit.open(page_name(visit, "notice"))
    page.locator("#K12 .show").click()
    page.locator("#K01 .show").click()
    assert page.locator(".card.on").count() == 1
    assert "76%" not in _words(page, ".hit-l")

    page.keyboard.press("Escape")
    assert page.locator(".hit-l, .hit-r").count() == 0
    assert page.locator(".evidence:visible").count() == 0
    assert page.evaluate("document.activeElement.closest('article').id") == "K01"


def test_the_ledger_opens_the_notice_at_the_words(visit: Visit) -> None:
    """The link of a card arrives at its notice with both sides marked."""
    page = visit.open("ledger.html#check=K12&verdict=fail")
    page.wait_for_selector("#list[data-shown]")
    page.locator(".card .go").first.click()
    page.wait_for_selector(".hit-l")

    assert page.locator(".card.on").get_attribute("id") == "K12"
    assert "76%" in _words(page, ".hit-l")


def test_marks_fall_on_the_very_words_of_every_verdict(visit: Visit) -> None:
    """On every notice the marked words of each verdict are those that its quotation shows first."""
    for path in sorted((visit.site / "notices").iterdir()):
        page = visit.open(f"notices/{path.name}")
        for card in page.locator(".checks article").all():
            first = card.locator("dd.claimed mark").first
            if not first.count() or not card.locator(".show").count():
                continue
            card.locator(".show").click()
            start = first.inner_text().split(" … ")[0].split("……")[0]
            assert _words(page, ".hit-l").startswith(start[:40])


def test_the_legend_turns_kinds_off_and_on(visit: Visit) -> None:
    """A kind that is switched off loses its colour and the words stay."""
    page = visit.open(page_name(visit, "notice"))
    colour = "getComputedStyle(document.querySelector('.doc .k-date:not(.k-claim)')).backgroundColor"
    text = page.inner_text(".doc")
    shown = page.evaluate(colour)
    page.uncheck(".legend [name=date]")
    assert page.evaluate(colour) == "rgba(0, 0, 0, 0)" != shown
    page.check(".legend [name=date]")
    assert page.evaluate(colour) == shown
    page.click(".legend [name=none]")
    assert page.locator(".legend input:checked").count() == 0
    assert page.inner_text(".doc") == text


def test_unparsed_words_are_underlined(visit: Visit) -> None:
    """What no row accounts for is seen as such, and the share of the rest is told."""
    page = visit.open(page_name(visit, "notice"))

    assert page.locator(".doc .u").count() > 0
    assert "dotted" in page.evaluate("getComputedStyle(document.querySelector('.doc .u')).textDecoration")
    assert "%" in page.inner_text(".facts")


def test_a_value_says_what_it_was_read_as(visit: Visit) -> None:
    """The pointer over a sum of money shows its value and rule."""
    page = visit.open(page_name(visit, "notice"))
    page.locator(".doc .k-amount").first.hover()

    assert "71,320元" in page.inner_text(".hint")
    assert "amount." in page.inner_text(".hint")


def test_the_outline_leads_into_the_text(visit: Visit) -> None:
    """A heading of the outline brings its place into view."""
    page = visit.open(page_name(visit, "notice"))
    last = page.locator(".outline a").last
    last.click()

    assert page.locator(".doc span:target").evaluate(_IN_VIEW)


def test_the_timeline_tells_its_stages(visit: Visit) -> None:
    """The strip has a title, a description with the days, and the same events as a list."""
    page = visit.open(page_name(visit, "notice"))

    assert "2023-11-03" in page.locator(".strip desc").text_content()
    assert page.locator(".events .main").count() == 4
