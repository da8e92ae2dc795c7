"""Building the site: what is written, what is kept when it fails, and what the pages and files hold."""

from __future__ import annotations

import csv
import json
import re
from pathlib import Path

import pyarrow as pa
import pytest

from expectations.report import build as build_module
from expectations.report.build import build
from expectations.report.pages.ledger import quotes
from expectations.report.pages.notice_list import day
from expectations.report.rows import file_name
from tests.expectations.report.sites import NOON, empty_tables, query_of, sample_site, sample_tables


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The samples' site in Chinese."""
    return sample_site(tmp_path_factory.mktemp("site"))


def test_all_pages_are_there(site: Path) -> None:
    """Four pages, one for each notice, and the files to take away."""
    notices = sample_tables()["notices"]["notice_id"].to_pylist()

    assert {path.name for path in site.iterdir()} == {
        "index.html",
        "notices.html",
        "ledger.html",
        "quality.html",
        "assets",
        "data",
        "notices",
        "ledger.csv",
        "notices.csv",
        "rejects.csv",
    }
    assert {path.stem for path in (site / "notices").iterdir()} == set(notices)


def test_no_page_names_another_place(site: Path) -> None:
    """No address of any server stands in a page, style or script, save in what a notice itself says."""
    for path in [*site.rglob("*.html"), *site.rglob("*.css"), *site.rglob("assets/*.js")]:
        assert re.findall(r"""(?:src|href|url|import|fetch)\s*[=(]\s*["']?(?:https?:)?//""", path.read_text("utf-8")) == [], path


def test_a_notice_page_spells_its_text(site: Path) -> None:
    """The marked text of every notice is its folded text, character by character."""
    from lxml import html

    for row in sample_tables()["texts"].to_pylist():
        tree = html.fromstring((site / "notices" / f"{row['notice_id']}.html").read_bytes())
        lines = tree.xpath("//div[contains(@class, 'doc')]/p")
        assert "\n".join(line.text_content() for line in lines) == row["text"]


def test_the_ledger_csv_opens_in_a_spreadsheet(site: Path) -> None:
    """UTF-8 with a byte order mark, one row for each discrepancy, the words of both sides in it."""
    raw = (site / "ledger.csv").read_bytes()
    rows = list(csv.DictReader(raw.decode("utf-8-sig").splitlines()))
    odd = [row for row in sample_tables()["check_results"].to_pylist() if row["verdict"] in ("fail", "review")]

    assert raw.startswith(b"\xef\xbb\xbf")
    assert len(rows) == len(odd)
    rate = next(row for row in rows if row["核验项编号"] == "K12" and row["结论"] == "不符")
    assert rate["算式"] == "18 ÷ 25 = 72% ≠ 76%"
    assert "76%" in rate["表述（原文）"]


def test_cells_that_a_spreadsheet_would_run_are_text(tmp_path: Path) -> None:
    """A title that begins with = is no formula."""
    tables = _one_notice("=1+1", "<b>正文</b>")
    build(query_of(tables), tmp_path)

    assert "'=1+1" in (tmp_path / "notices.csv").read_text("utf-8-sig")


def test_markup_in_a_notice_is_text(tmp_path: Path) -> None:
    """Hostile words are shown and never run: in pages, in cards, and in the data that scripts read."""
    hostile = "</script><script>alert(1)</script><img src=x onerror=alert(1)>"
    build(query_of(_one_notice(hostile, hostile + "\n\u2028")), tmp_path)

    for path in tmp_path.rglob("*.html"):
        assert "<script>alert" not in path.read_text("utf-8")
        assert "<img src=x" not in path.read_text("utf-8")
    data = (tmp_path / "data/notices.js").read_text("utf-8")
    assert "</script" not in data
    assert "\u2028" not in data


def test_an_empty_warehouse_gives_a_report(tmp_path: Path) -> None:
    """Without a run or a notice every page still says so."""
    build(query_of(empty_tables()), tmp_path)

    assert "首次运行" in (tmp_path / "index.html").read_text("utf-8")
    assert "没有不符或待复核的项目" in (tmp_path / "ledger.html").read_text("utf-8")


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_pages_speak_their_language(tmp_path: Path, lang: str) -> None:
    """Texts are in the language asked for and what notices say stays Chinese."""
    sample_site(tmp_path, lang)
    page = (tmp_path / "index.html").read_text("utf-8")

    assert ("Cannot be checked" in page) == (lang == "en")
    assert ("无法核验" in page) == (lang == "zh")
    assert f'<html lang="{"zh-CN" if lang == "zh" else "en"}">' in page
    assert "中共" in (tmp_path / "notices.html").read_text("utf-8")


def test_a_build_that_fails_leaves_the_old_report(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The old pages stand as they were, and nothing half-written is left beside them."""
    sample_site(tmp_path)
    before = {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()}

    def broken(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(build_module, "notice_pages", broken)
    with pytest.raises(OSError, match="No space left"):
        sample_site(tmp_path, "en")

    assert {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()} == before
    assert not list(tmp_path.glob(".taizhang*"))


def test_a_new_report_replaces_the_old_one_and_leaves_foreign_files(tmp_path: Path) -> None:
    """Pages of notices that are gone go with the old report; a file that no report writes stays."""
    sample_site(tmp_path)
    (tmp_path / "notes.txt").write_text("own")
    build(query_of(empty_tables()), tmp_path)

    assert list((tmp_path / "notices").iterdir()) == []
    assert (tmp_path / "notes.txt").read_text() == "own"


def test_a_folder_with_another_site_is_refused(tmp_path: Path) -> None:
    """Nobody's own index.html or folders are replaced."""
    (tmp_path / "index.html").write_text("<h1>mine</h1>")
    with pytest.raises(FileExistsError, match="not a report of taizhang"):
        sample_site(tmp_path)
    assert (tmp_path / "index.html").read_text() == "<h1>mine</h1>"

    other = tmp_path / "other"
    (other / "data").mkdir(parents=True)
    with pytest.raises(FileExistsError, match="empty folder"):
        sample_site(other)


def test_what_cannot_be_checked_is_counted_apart(site: Path) -> None:
    """Its tile stands in the second list, away from what agrees."""
    page = (site / "index.html").read_text("utf-8")
    first, apart = page.split('<ul class="tiles apart"')

    assert "tile not_checkable" not in first
    assert "tile not_checkable" in apart


def test_scripts_read_as_many_rows_as_there_are(site: Path) -> None:
    """The data of the list is JSON row by row, with the columns it names."""
    data = (site / "data/notices.js").read_text("utf-8")
    lines = [json.loads(line.rstrip(",")) for line in data.split("rows:[\n")[1].splitlines()[:-1]]

    assert len(lines) == sample_tables()["notices"].num_rows
    assert {len(line) for line in lines} == {16}


def test_quotations_join_what_stands_close_together() -> None:
    """Two spans of one sentence share a quotation, spans of different lines do not."""
    text = "完成18个，正在推进6个。\n完成率76%。"
    near = quotes(text, [{"start_char": 0, "end_char": 5}, {"start_char": 6, "end_char": 12}])
    far = quotes(text, [{"start_char": 0, "end_char": 5}, {"start_char": 14, "end_char": 20}])

    assert near == [
        {
            "start": 0,
            "pieces": [("", False), ("完成18个", True), ("，", False), ("正在推进6个", True), ("。", False)],
            "words": "完成18个 … 正在推进6个",
        }
    ]
    assert [quote["words"] for quote in far] == ["完成18个", "完成率76%"]


@pytest.mark.parametrize(
    ("earliest", "latest", "words"),
    [
        ("2023-06-15", "2023-06-15", "2023-06-15"),
        ("2023-06-11", "2023-06-20", "2023-06-11–20"),
        ("2023-06-01", "2023-06-30", "2023-06"),
        ("2024-02-01", "2024-02-29", "2024-02"),
        ("2023-01-01", "2023-12-31", "2023"),
        ("2023-04-01", "2023-06-30", "2023-04-01–2023-06-30"),
    ],
)
def test_intervals_are_as_short_as_they_can_be(earliest: str, latest: str, words: str) -> None:
    """A whole month or year is named as such."""
    first, last = (NOON.date().fromisoformat(each) for each in (earliest, latest))

    assert day(first, last) == words
    assert day(None, last) == ""


def test_names_of_pages_are_names() -> None:
    """An id that is no plain name cannot lead out of the folder."""
    assert file_name("0123456789abcdef") == "0123456789abcdef"
    assert "/" not in file_name("../../etc/passwd")


def _one_notice(title: str, text: str) -> dict[str, pa.Table]:
    """The tables of the first sample with its title, body and text replaced."""
    tables = dict(sample_tables())
    notice = tables["notices"].slice(0, 1)
    for name in ("title", "inspected_org"):
        notice = notice.set_column(notice.schema.get_field_index(name), notice.schema.field(name), pa.array([title]))
    key = notice["notice_id"][0].as_py()
    own = [row for row in tables["texts"].to_pylist() if row["notice_id"] == key]
    texts = pa.Table.from_pylist([{**own[0], "text": text, "raw_text": text}], schema=tables["texts"].schema)
    return {**tables, "notices": notice, "texts": texts}
