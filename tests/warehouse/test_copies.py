"""The same notice on two sites is linked and counted once: in the questions that count or sum, and in the report's overview and ledger."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from expectations.check_files import packaged_checks
from expectations.report.build import build as build_report
from expectations.report.pages.ledger import discrepancies, groups
from expectations.report.pages.overview import overview
from expectations.report.words import Words
from tools.sample_warehouse import SAMPLES, build
from transforms.reading.read import Reading, read
from warehouse.lake import Lake, Location, open_reader
from warehouse.queries.catalogue import query
from warehouse.sandbox import open_sandbox

COUNTING = ["days_between", "problem_types", "money_recovered", "people_handled", "cited_documents", "round_coverage"]
COPIED = ("01_ladder.txt", "03_rate.html", "06_accountability.gbk.html", "12_entries.txt")


@pytest.fixture(scope="module")
def copied(tmp_path_factory: pytest.TempPathFactory) -> Location:
    """The samples, and four of them as another site prints them."""
    folder = tmp_path_factory.mktemp("copied")
    inbox = folder / "elsewhere"
    inbox.mkdir()
    for name in COPIED:
        reading = read((SAMPLES / name).read_bytes())
        assert isinstance(reading, Reading)
        (inbox / f"{name}.txt").write_text("您的位置：首页 > 巡察整改 > 正文\n" + reading.text, "utf-8")
    build(folder / "lake", [SAMPLES])
    return build(folder / "lake", [inbox])


@pytest.fixture
def lake(copied: Location) -> Iterator[Lake]:
    with open_reader(copied) as opened:
        yield opened


def _answers(location: Location, name: str) -> list[dict[str, Any]]:
    chosen = query(name)
    with open_sandbox(location) as sandbox:
        rows = sandbox.read(chosen.sql, chosen.values({}, "2025-01-01")).read_all().to_pylist()
    # notices that tie are ordered by their ids, which follow the path they were read from
    return sorted(({key: value for key, value in row.items() if key != "notice_id"} for row in rows), key=repr)


def test_copies_are_there_and_linked(all_samples: Location, lake: Lake) -> None:
    """All are held, each copy is linked with its original."""
    counted = "SELECT count(*), count(*) FILTER (is_primary) FROM v_notices"
    with open_reader(all_samples) as other:
        held, primary = other.execute(counted).fetchall()[0]
    assert lake.execute(counted).fetchall() == [(held + len(COPIED), primary)]


@pytest.mark.parametrize("name", COUNTING)
def test_questions_that_count(all_samples: Location, copied: Location, name: str) -> None:
    """A copy changes no number."""
    rows = _answers(all_samples, name)
    assert rows and _answers(copied, name) == rows


def test_overview_and_ledger(all_samples: Location, lake: Lake) -> None:
    """Verdicts, rates, days, reasons and money of the overview, and the ledger's rows, are those without the copies."""
    words, checks = Words("zh"), {check.id: check for check in packaged_checks()}
    with open_reader(all_samples) as other:
        expected, once = overview(lake.query, words, checks), overview(other.query, words, checks)
        for name in ("totals", "results", "reasons", "money", "intervals"):
            assert expected[name] == once[name]
        assert [family["table"] for family in expected["families"]] == [family["table"] for family in once["families"]]
        assert (expected["completion"]["known"], expected["completion"]["table"]) == (
            once["completion"]["known"],
            once["completion"]["table"],
        )
        assert groups(lake.query) == groups(other.query)
        assert len(list(discrepancies(lake.query, words, checks))) == len(list(discrepancies(other.query, words, checks)))


def test_report_tells_of_copies(lake: Lake, tmp_path: Path) -> None:
    """The pages say how many copies there are, and the page of a copy leads to its original."""
    build_report(lake.query, tmp_path)
    copies = lake.execute("SELECT count(*) FROM v_notices WHERE NOT is_primary").fetchall()[0][0]
    assert f"另有 {copies} 份" in (tmp_path / "index.html").read_text("utf-8")
    assert f"另有 {copies} 份" in (tmp_path / "ledger.html").read_text("utf-8")
    for copy, original in lake.execute("SELECT notice_id, primary_notice_id FROM v_notices WHERE NOT is_primary").fetchall():
        page = (tmp_path / "notices" / f"{copy}.html").read_text("utf-8")
        assert f'href="{original}.html"' in page and "只计那一份" in page
