"""The lists in the browser: searching, sorting, filtering, paging, and the way back."""

from __future__ import annotations

import pytest

from tests.browser.conftest import Visit
from tests.expectations.report.sites import sample_tables

pytestmark = pytest.mark.browser


def _column(visit: Visit, place: int) -> list[str]:
    return [words.strip() for words in visit.page.locator(f"#list tbody tr > :nth-child({place})").all_inner_texts()]


def _count(visit: Visit, selector: str, number: int) -> None:
    """Wait until so many elements are there; a function of the page's own would need eval, which its policy forbids."""
    from playwright.sync_api import expect

    expect(visit.page.locator(selector)).to_have_count(number)


def _rows(visit: Visit, number: int) -> None:
    _count(visit, "#list tbody tr", number)


def test_searching_keeps_the_rows_that_hold_every_word(visit: Visit) -> None:
    """Words in any order, and nothing found is said."""
    page = visit.open("notices.html")
    page.fill("[name=search]", "文化馆 白鹭洲")
    _rows(visit, 1)
    assert "白鹭洲区文化馆" in _column(visit, 1)[0]

    page.fill("[name=search]", "没有这个单位")
    _rows(visit, 0)
    assert page.inner_text(".status") == "没有符合条件的记录。"


def test_sorting_goes_both_ways_and_is_told(visit: Visit) -> None:
    """Figures begin with the greatest; the second press turns the order, and the heading says so to readers of all kinds."""
    page = visit.open("notices.html")
    head = page.locator("th[data-column=pass]")
    head.locator("button").press("Enter")
    falling = [int(number) for number in _column(visit, 9)]
    assert head.get_attribute("aria-sort") == "descending"
    assert falling == sorted(falling, reverse=True)

    head.locator("button").press("Enter")
    assert head.get_attribute("aria-sort") == "ascending"
    assert [int(number) for number in _column(visit, 9)] == sorted(falling)


def test_what_is_not_told_comes_last_either_way(visit: Visit) -> None:
    """Notices without a date stand behind those with one."""
    page = visit.open("notices.html")
    for _ in range(2):
        page.click("th[data-column=signed] button")
        days = _column(visit, 5)
        told = [day for day in days if day != "—"]
        assert "—" in days
        assert days[: len(told)] == told


def test_filters_meet_and_are_cleared(visit: Visit) -> None:
    """Genre and year both hold, and one button clears all."""
    page = visit.open("notices.html")
    everything = len(_column(visit, 1))
    page.select_option("[name=genre]", "整改通报")
    page.select_option("[name=year]", "2023")
    assert set(_column(visit, 3)) == {"2023"}
    assert 0 < len(_column(visit, 1)) < everything

    page.click("button[type=reset]")
    _rows(visit, everything)


def test_verdicts_filter_both_lists(visit: Visit) -> None:
    """Notices with what does not agree, and cards of one verdict."""
    page = visit.open("notices.html")
    page.select_option("[name=verdict]", "fail")
    assert all(int(number) > 0 for number in _column(visit, 7))

    page = visit.open("ledger.html")
    page.select_option("[name=verdict]", "fail")
    _count(visit, ".card.review", 0)
    assert page.locator(".card.fail").count() == sample_tables()["check_results"]["verdict"].to_pylist().count("fail") <= 20


def test_the_way_back_finds_the_list_as_it_was(visit: Visit) -> None:
    """Conditions stand in the address, so that going to a notice and back loses nothing."""
    page = visit.open("notices.html")
    page.select_option("[name=year]", "2023")
    page.click("th[data-column=problems] button")
    before = _column(visit, 1)
    page.click("#list tbody a")
    page.go_back()
    page.wait_for_selector("th[data-column=problems][aria-sort=descending]")

    assert page.input_value("[name=year]") == "2023"
    assert _column(visit, 1) == before


def test_pages_of_the_ledger_are_turned(visit: Visit) -> None:
    """Twenty cards a page, all of them in the end, each once."""
    page = visit.open("ledger.html")
    page.wait_for_selector("#list[data-shown]")
    total = int(page.inner_text(".status").split("共 ")[1].split(" ")[0])
    seen: list[str] = []
    for number in range(1, -(-total // 20) + 1):
        page.wait_for_selector(f"#list[data-shown='{number}']")
        cards = page.locator(".card .go").evaluate_all("all => all.map(each => each.href)")
        assert len(cards) == min(20, total - len(seen))
        seen += cards
        if len(seen) < total:
            page.click("[name=next]")

    assert len(seen) == len(set(seen)) == total


@pytest.mark.parametrize("visit", [{"javascript": False}], indirect=True, ids=["no script"])
def test_lists_show_their_first_rows_without_scripts(visit: Visit) -> None:
    """The rows stand in the page itself."""
    page = visit.open("notices.html")
    assert len(_column(visit, 1)) == sample_tables()["notices"].num_rows
    page = visit.open("ledger.html")
    assert page.locator(".card").count() > 20
