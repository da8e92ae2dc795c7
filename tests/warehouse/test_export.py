"""Exports: each format opened by something that is not taizhang, whole and masked."""

from __future__ import annotations

import csv
import dataclasses
import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

import duckdb
import openpyxl
import pyarrow.parquet as pq
import pytest

from flows.exports import choice
from transforms.records.catalogue import TABLES
from warehouse.export.cells import guarded, is_risky
from warehouse.export.stage import NoSuchNotice
from warehouse.export.write import Exported, PlaceTaken, export
from warehouse.lake import Location, open_reader
from warehouse.views import NOT_TOLD, VIEWS

PEOPLE = ("陈志远", "欧阳文远", "许立", "许 立", "周小川", "李建设")
SECRETS = (*PEOPLE, "13811112222", "138-1111-2222", "zhouxc")


def written(location: Location, form: str, out: Path, is_public: bool = False, notice_id: str | None = None) -> Exported:
    """Export as the command does."""
    with open_reader(location) as lake:
        return export(lake, form, out, choice(lake, is_public, notice_id))


def workbook(path: Path) -> dict[str, list[tuple[Any, ...]]]:
    """The cells of every sheet, read by openpyxl."""
    book = openpyxl.load_workbook(path)
    return {sheet.title: list(sheet.iter_rows(values_only=True)) for sheet in book}


@pytest.fixture(scope="module")
def ledger(samples: Location, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The workbook of the samples."""
    out = tmp_path_factory.mktemp("export") / "ledger.xlsx"
    written(samples, "xlsx", out)
    return out


def test_a_workbook_has_three_sheets_with_every_row(ledger: Path, samples: Location) -> None:
    """台账, 核验差异 and 目录; 目录 counts the rows of the others."""
    sheets = workbook(ledger)
    with open_reader(samples) as lake:
        counted = [lake.query(f"SELECT count(*) AS n FROM {view}").to_pylist()[0]["n"] for view in ("v_taizhang", "v_discrepancies")]

    assert list(sheets) == ["台账", "核验差异", "目录"]
    assert [len(sheets[name]) - 1 for name in ("台账", "核验差异")] == counted
    assert [row[1] for row in sheets["目录"] if row[0] in ("台账", "核验差异")] == counted
    assert sheets["台账"][0][:4] == ("通报编号", "被巡察党组织", "序号", "反馈问题")


def test_a_workbook_is_made_for_reading_and_printing(ledger: Path) -> None:
    """Frozen header, filter, wrapped cells, widths, a Chinese font, A4 landscape with the header on each page."""
    sheet = openpyxl.load_workbook(ledger)["台账"]

    assert sheet.freeze_panes == "C2"
    assert sheet.auto_filter.ref == f"A1:O{sheet.max_row}"
    assert sheet["F2"].alignment.wrap_text and sheet["F2"].font.name == "宋体"
    assert sheet["A1"].font.name == "黑体" and sheet["A1"].font.bold
    assert sheet.column_dimensions["F"].width > sheet.column_dimensions["C"].width > 4
    assert (sheet.page_setup.orientation, sheet.page_setup.paperSize) == ("landscape", 9)
    assert sheet.print_title_rows == "$1:$1" and sheet.sheet_properties.pageSetUpPr.fitToPage
    assert sheet["C2"].value == 1 and sheet["C2"].data_type == "n"


def test_ids_link_to_the_report(ledger: Path) -> None:
    """A relative link, so that the workbook and the report move together."""
    sheet = openpyxl.load_workbook(ledger)["台账"]

    assert sheet["A2"].hyperlink.target == f"notices/{sheet['A2'].value}.html"


def test_discrepancies_are_in_the_words_of_people(ledger: Path) -> None:
    """The check's Chinese title, the reason in words, both quotes."""
    head, *rows = workbook(ledger)["核验差异"]
    row = next(dict(zip(head, each, strict=True)) for each in rows if each[2] == "K23")

    assert (row["结论"], row["表述值"], row["核算值"]) == ("不一致", "37", "38")
    assert re.search("[一-鿿]", row["核验内容"]) and re.search("[一-鿿]", row["原因"])
    assert "37人" in row["表述原文"]


def test_one_snapshot_gives_the_same_bytes(samples: Location, ledger: Path, tmp_path: Path) -> None:
    """Workbooks are compared by offices; nothing of the clock is in them."""
    written(samples, "xlsx", tmp_path / "again.xlsx")

    assert (tmp_path / "again.xlsx").read_bytes() == ledger.read_bytes()


def test_no_cell_is_a_formula(invented: Location, tmp_path: Path) -> None:
    """A measure that begins with =SUM stays words: a string cell with Excel's text mark, and an apostrophe in CSV."""
    written(invented, "xlsx", tmp_path / "a.xlsx")
    written(invented, "csv", tmp_path / "a.csv")
    (cell,) = [
        cell
        for row in openpyxl.load_workbook(tmp_path / "a.xlsx")["台账"].iter_rows()
        for cell in row
        if str(cell.value).startswith("=SUM")
    ]
    with (tmp_path / "a.csv").open(encoding="utf-8-sig", newline="") as file:
        measures = [row["整改措施"] for row in csv.DictReader(file)]

    assert cell.data_type == "s" and cell.quotePrefix
    assert next(words for words in measures if "SUM" in words).startswith("'=SUM(A1:A9)")


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("=1+1", True),
        ("+86", True),
        ("-1", True),
        ("@SUM", True),
        ("＝1", True),
        (" =1", True),
        ("\t=1", True),
        ("1-2", False),
        ("通报", False),
        ("", False),
    ],
)
def test_what_a_spreadsheet_would_run_is_guarded(words: str, expected: bool) -> None:
    """The four signs, their full-width forms, and white space that Excel skips."""
    assert is_risky(words) is expected
    assert guarded(words) == ("'" + words if expected else words)


def test_csv_opens_in_excel(samples: Location, tmp_path: Path) -> None:
    """A byte order mark, CRLF, and every row with the ledger's columns."""
    done = written(samples, "csv", tmp_path / "ledger.csv")
    raw = (tmp_path / "ledger.csv").read_bytes()
    rows = list(csv.DictReader(raw.decode("utf-8-sig").splitlines(keepends=True)))

    assert raw.startswith(b"\xef\xbb\xbf") and b"\r\n" in raw
    assert len(rows) == done.ledger_rows
    assert rows[0]["整改目标"] == NOT_TOLD


def test_a_csv_folder_has_a_file_for_each_sheet(invented: Location, tmp_path: Path) -> None:
    """With the masking audit where it is public."""
    written(invented, "csv", tmp_path / "folder", is_public=True)

    assert {path.name for path in (tmp_path / "folder").iterdir()} == {"台账.csv", "核验差异.csv", "遮蔽检查.csv"}


def test_parquet_is_plain_and_describes_itself(samples: Location, tmp_path: Path) -> None:
    """One file a table with all rows, each column's meaning in the metadata, views and words of checks beside."""
    written(samples, "parquet", tmp_path / "tables")
    names = {path.stem for path in (tmp_path / "tables").iterdir()}
    schema = pq.read_schema(tmp_path / "tables" / "contacts.parquet")
    with open_reader(samples) as lake:
        for record in TABLES:
            held = lake.query(f"SELECT * FROM {record.TABLE.name} ORDER BY ALL")
            read = duckdb.sql(f"SELECT * FROM '{tmp_path}/tables/{record.TABLE.name}.parquet' ORDER BY ALL").to_arrow_table()
            assert read.num_rows == held.num_rows
            assert read.column_names == held.column_names

    assert names == {record.TABLE.name for record in TABLES} | set(VIEWS) | {"checks", "reasons", "export_info"}
    assert schema.field("value").metadata[b"label"].decode() == "内容" and schema.metadata[b"table"] == b"contacts"


def test_a_duckdb_file_needs_no_extension(samples: Location, tmp_path: Path) -> None:
    """Tables, comments and views in one file that a bare DuckDB opens, with extensions shut off."""
    done = written(samples, "duckdb", tmp_path / "all.duckdb")
    config: dict[str, Any] = {"autoinstall_known_extensions": "false", "autoload_known_extensions": "false"}
    with duckdb.connect(str(tmp_path / "all.duckdb"), read_only=True, config=config) as connection:
        counted = connection.execute("SELECT (SELECT count(*) FROM notices), (SELECT count(*) FROM v_taizhang)").fetchone()
        comment = connection.execute(
            "SELECT comment FROM duckdb_columns() WHERE table_name = 'notices' AND column_name = 'title'"
        ).fetchone()

    assert counted == (done.notices, done.ledger_rows) == (11, done.ledger_rows)
    assert comment is not None and "标题" in comment[0]


def test_one_notice_can_be_exported(samples: Location, tmp_path: Path) -> None:
    """With its own document, and neither runs nor rejects; an id that is none is told."""
    with open_reader(samples) as lake:
        chosen = lake.query("SELECT notice_id FROM notices WHERE inspected_org LIKE '%青禾县%'").to_pylist()[0]["notice_id"]
    done = written(samples, "parquet", tmp_path / "one", notice_id=chosen)

    assert (done.notices, done.ledger_rows) == (1, 7)
    assert pq.read_table(tmp_path / "one" / "documents.parquet").num_rows == 1
    assert pq.read_table(tmp_path / "one" / "rejects.parquet").num_rows == 0
    with pytest.raises(NoSuchNotice, match="0123456789abcdef"):
        written(samples, "csv", tmp_path / "none.csv", notice_id="0123456789abcdef")


@pytest.mark.parametrize("form", ["xlsx", "csv", "parquet", "duckdb"])
def test_nothing_that_is_masked_is_left_in_any_format(invented: Location, tmp_path: Path, form: str) -> None:
    """No name, mobile number or private mailbox in any table, view, sheet or raw text."""
    out = tmp_path / f"public.{form}" if form != "csv" else tmp_path / "public"
    done = written(invented, form, out, is_public=True)
    if form == "xlsx":
        words = str(workbook(out))
    elif form == "csv":
        words = "".join(path.read_text("utf-8-sig") for path in out.iterdir())
    else:
        words = _everything(out, form)

    assert not [secret for secret in SECRETS if secret in words]
    assert "陈某某" in words and done.leaks


def _everything(out: Path, form: str) -> str:
    if form == "parquet":
        return "".join(str(pq.read_table(path).to_pylist()) for path in sorted(out.iterdir()))
    with duckdb.connect(str(out), read_only=True) as connection:
        names = [row[0] for row in connection.execute("SELECT table_name FROM information_schema.tables").fetchall()]
        return "".join(str(connection.execute(f"SELECT * FROM {name}").fetchall()) for name in names)


def test_masked_tables_still_fit_together(invented: Location, tmp_path: Path) -> None:
    """The words of a row are the words of the masked text at its place, in the text as read and as printed."""
    written(invented, "duckdb", tmp_path / "public.duckdb", is_public=True)
    with duckdb.connect(str(tmp_path / "public.duckdb"), read_only=True) as connection:
        for table in ("persons", "contacts", "measures", "accountability", "nodes", "organisations"):
            broken = connection.execute(
                f"SELECT surface, raw FROM {table} JOIN texts t USING (notice_id) WHERE substr(t.text, start_char + 1, end_char - start_char) <> surface "
                "OR substr(t.raw_text, raw_start + 1, raw_end - raw_start) <> raw"
            ).fetchall()
            assert broken == []


def test_a_public_workbook_audits_the_masks_of_its_sources(invented: Location, tmp_path: Path) -> None:
    """遮蔽检查 lists what tells the masked school; links to a report that is not masked are left out."""
    written(invented, "xlsx", tmp_path / "public.xlsx", is_public=True)
    head, *rows = workbook(tmp_path / "public.xlsx")["遮蔽检查"]
    found = {(row[1], row[3]) for row in rows}

    assert head[:4] == ("通报编号", "类别", "原文遮蔽写法", "未遮蔽文字")
    assert found >= {("单位名称", "云岭中学"), ("单位名称", "XX七中"), ("单位名称", "云岭学校"), ("地名", "四川省")}
    assert openpyxl.load_workbook(tmp_path / "public.xlsx")["台账"]["A2"].hyperlink is None


def test_an_export_never_replaces_what_it_did_not_make(samples: Location, tmp_path: Path) -> None:
    """A folder with other files is left alone; its own older export is replaced; a failed one leaves no trace."""
    taken = tmp_path / "mine"
    taken.mkdir()
    (taken / "letter.txt").write_text("keep")
    with pytest.raises(PlaceTaken, match="mine"):
        written(samples, "parquet", taken)
    with pytest.raises(PlaceTaken):
        written(samples, "xlsx", taken)
    written(samples, "csv", tmp_path / "own")
    written(samples, "csv", tmp_path / "own")
    with pytest.raises(NoSuchNotice):
        written(samples, "xlsx", tmp_path / "failed.xlsx", notice_id="0123456789abcdef")

    assert (taken / "letter.txt").read_text() == "keep"
    assert {path.name for path in tmp_path.iterdir()} == {"mine", "own"}


def test_a_failed_export_keeps_the_file_that_was_there(samples: Location, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The old workbook stays until the new one is whole."""
    out = tmp_path / "ledger.xlsx"
    out.write_text("old")

    def fail(*_arguments: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("warehouse.export.write.write_xlsx", fail)
    with pytest.raises(OSError, match="No space"):
        written(samples, "xlsx", out)

    assert out.read_text() == "old"
    assert [path.name for path in tmp_path.iterdir()] == ["ledger.xlsx"]


def test_a_long_cell_is_cut_and_says_so(samples: Location, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Excel refuses files with cells beyond 32,767 characters; a second sheet takes rows beyond the limit."""
    monkeypatch.setattr("warehouse.export.xlsx._LONGEST_CELL", 20)
    monkeypatch.setattr("warehouse.export.xlsx._MOST_ROWS", 15)
    written(samples, "xlsx", tmp_path / "cut.xlsx")
    sheets = workbook(tmp_path / "cut.xlsx")

    assert [name for name in sheets if name.startswith("台账")] == ["台账", "台账2", "台账3"]
    assert max(len(str(cell)) for row in sheets["台账"][1:] for cell in row) == 20
    assert any(str(cell).endswith("已截断）") for row in sheets["台账"] for cell in row)


def test_words_of_checks_are_added_by_the_caller(samples: Location, tmp_path: Path) -> None:
    """A check of a user's own has no title here; its row stands all the same."""
    with open_reader(samples) as lake:
        given = choice(lake, False, None)
        bare = dataclasses.replace(given, words={name: table.slice(0, 0) for name, table in given.words.items()})
        done = export(lake, "csv", tmp_path / "bare", bare)
    rows = list(csv.DictReader((tmp_path / "bare" / "核验差异.csv").read_text("utf-8-sig").splitlines()))

    assert len(rows) == done.discrepancies
    assert {row["核验内容"] for row in rows} == {""}


@pytest.mark.slow
def test_libreoffice_opens_the_workbook(ledger: Path, tmp_path: Path) -> None:
    """A third program reads it and finds the same rows."""
    office = shutil.which("soffice") or shutil.which("libreoffice")
    if office is None:
        pytest.skip("LibreOffice is not installed (apt-get install libreoffice-calc-nogui)")
    profile = f"-env:UserInstallation=file://{tmp_path}/profile"
    subprocess.run(
        [office, profile, "--headless", "--convert-to", "csv:Text - txt - csv (StarCalc):44,34,76,1", "--outdir", tmp_path, ledger],
        check=True,
        timeout=120,
        capture_output=True,
    )
    rows = list(csv.DictReader((tmp_path / "ledger.csv").read_text("utf-8-sig").splitlines(keepends=True)))

    assert len(rows) == len(workbook(ledger)["台账"]) - 1
    assert rows[0]["整改目标"] == NOT_TOLD
