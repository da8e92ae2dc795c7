"""Every page in the browser: it opens from disk, fits its screen, and passes the rules of accessibility."""

from __future__ import annotations

import json
from typing import Any

import pytest

from tests.browser.conftest import Visit

pytestmark = pytest.mark.browser

_OPEN = "document.querySelectorAll('details').forEach((each) => { each.open = true; })"
PAGES = ("index.html", "notices.html", "ledger.html", "quality.html", "notice")
# what WCAG 2.2 AA asks for, and the best practices of axe
RULES = {"preload": False, "runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}}


def page_name(visit: Visit, name: str) -> str:
    """``name``, or the page of a notice with a discrepancy for ``notice``."""
    if name != "notice":
        return name
    found = next(path for path in sorted((visit.site / "notices").iterdir()) if 'class="card fail" id="K12"' in path.read_text("utf-8"))
    return f"notices/{found.name}"


def axe(page: Any) -> list[str]:
    """Rules of axe that the page breaks, with the elements that break them."""
    axe_playwright = pytest.importorskip(
        "axe_playwright_python.sync_playwright", reason="axe is not installed (pip install axe-playwright-python)"
    )
    found = axe_playwright.Axe().run(page, options=RULES).response["violations"]
    return [
        f"{rule['id']}: {json.dumps([node['target'] for node in rule['nodes'][:4]], ensure_ascii=False)} {rule['nodes'][0]['failureSummary'][:200]}"
        for rule in found
    ]


@pytest.mark.parametrize(
    ("visit", "names"),
    # axe takes seconds a page: what differs by language, scheme or width is seen on the pages named
    [
        ({"lang": "zh"}, PAGES),
        ({"lang": "en"}, ("quality.html",)),
        ({"scheme": "dark"}, ("index.html", "notice")),
        ({"width": 360}, ("notices.html",)),
    ],
    indirect=["visit"],
    ids=["zh", "en", "dark", "phone"],
)
def test_pages_pass_the_rules_of_accessibility(visit: Visit, names: tuple[str, ...]) -> None:
    """In both languages, light and dark, and on a phone no rule of axe is broken, folded parts opened."""
    for name in names:
        page = visit.open(page_name(visit, name))
        page.evaluate(_OPEN)
        assert (name, axe(page)) == (name, [])


@pytest.mark.parametrize("visit", [{"lang": "zh"}, {"lang": "en"}], indirect=True, ids=["zh", "en"])
def test_pages_fit_their_screen(visit: Visit) -> None:
    """Nothing but a table in its own frame is wider than the screen, from phones to desks."""
    for name in PAGES:
        page = visit.open(page_name(visit, name))
        page.evaluate(_OPEN)
        for width in (360, 820, 1280, 1920):
            page.set_viewport_size({"width": width, "height": 800})
            assert (name, width, page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0) == (name, width, True)


@pytest.mark.parametrize("visit", [{"javascript": False}], indirect=True, ids=["no script"])
def test_pages_say_the_same_without_scripts(visit: Visit) -> None:
    """Without JavaScript every page still shows its content."""
    for name in PAGES:
        page = visit.open(page_name(visit, name))
        assert len(page.inner_text("main")) > 300
        assert page.locator(".controls:visible, .pager:visible, .show:visible").count() == 0


def test_the_overview_counts_what_the_tables_hold(visit: Visit) -> None:
    """Tiles show the verdicts' numbers, and charts one bar for each check."""
    page = visit.open("index.html")

    assert page.locator(".tile").count() == 5
    assert page.locator(".families .bars li").count() == 56
    assert page.locator("svg [class~='part']").count() > 80


def test_a_bar_leads_to_the_discrepancies_of_its_check(visit: Visit) -> None:
    """Following a check's bar opens the ledger filtered to that check."""
    page = visit.open("index.html")
    page.click(".bars a:has-text('K12')")
    page.wait_for_selector("#list[data-shown]")

    assert page.input_value("[name=check]") == "K12"
    assert set(page.locator(".card .code").all_inner_texts()) == {"K12"}


def test_the_keyboard_reaches_everything(visit: Visit) -> None:
    """The first stop is the way past the head of the page, and each stop after it is seen."""
    page = visit.open("notices.html")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    assert page.evaluate("document.activeElement.getBoundingClientRect().top >= 0")
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("document.querySelector('main').contains(document.activeElement)")
    for _ in range(12):
        page.keyboard.press("Tab")
        assert page.evaluate("getComputedStyle(document.activeElement).outlineStyle") == "solid"


def test_print_shows_the_paper_without_controls(visit: Visit) -> None:
    """On paper there is no navigation, no filter and no button, and the text of the notice is there."""
    page = visit.open(page_name(visit, "notice"))
    page.emulate_media(media="print")

    assert page.locator(".mast nav:visible, .legend:visible, .show:visible, .outline:visible").count() == 0
    assert page.locator(".doc:visible").count() == 1
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"


def test_no_letter_is_slanted_or_thickened_by_the_browser(visit: Visit) -> None:
    """Chinese has no italics, and where a font has no bold cut none is faked."""
    page = visit.open(page_name(visit, "notice"))

    assert page.evaluate("getComputedStyle(document.body).fontSynthesis") == "none"
    assert (
        page.evaluate("[...document.querySelectorAll('body *')].filter((each) => getComputedStyle(each).fontStyle !== 'normal').length")
        == 0
    )
