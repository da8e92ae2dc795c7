"""Rows of some notices are those that a plain question gives, wherever they lie."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.warehouse.test_likeness import notice
from transforms.records.notices import Notice, NoticeText
from warehouse.arrow import arrow_table
from warehouse.lake import Lake, local, open_writer
from warehouse.lookup import batches_of, rows_of
from warehouse.publish import publish


def put(lake: Lake, texts: dict[str, str], withdrawn: tuple[str, ...] = ()) -> None:
    tables = {
        "notices": arrow_table(Notice, [notice(name) for name in texts]),
        "texts": arrow_table(NoticeText, [NoticeText(notice_id=name, text=text, raw_text=text) for name, text in texts.items()]),
    }
    publish(lake, tables, "run", withdrawn=withdrawn)


@pytest.fixture
def lake(tmp_path: Path) -> Iterator[Lake]:
    """Five notices in three files, of which one was replaced and one withdrawn; the folder's name needs quoting."""
    with open_writer(local(tmp_path / "it's here")) as opened:
        put(opened, {"a": "甲", "b": "乙"})
        put(opened, {"c": "丙", "a": "甲二"})
        put(opened, {"d": "丁", "e": "戊"}, withdrawn=("b",))
        yield opened


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        (["a"], ["甲二"]),  # a replaced row lies on in its old file
        (["a", "e"], ["甲二", "戊"]),  # two files of three
        (["b"], []),  # withdrawn
        (["z"], []),  # never there
        ([], []),
        (["e", "d", "c", "a"], ["甲二", "丙", "丁", "戊"]),
    ],
)
def test_rows_of_some_notices(lake: Lake, wanted: list[str], found: list[str]) -> None:
    """As one table, and row by row."""
    table = rows_of(lake, "texts", wanted)
    assert table.sort_by("notice_id")["text"].to_pylist() == found
    assert table.column_names == lake.query("SELECT * FROM texts").column_names
    rows = [row for batch in batches_of(lake, "texts", wanted, "notice_id, text", 1) for row in batch.to_pylist()]
    assert [row["text"] for row in sorted(rows, key=lambda row: str(row["notice_id"]))] == found


def test_only_files_that_hold_them_are_asked(lake: Lake, monkeypatch: pytest.MonkeyPatch) -> None:
    """Texts of other files are not unpacked."""
    asked: list[str] = []
    query = Lake.query
    monkeypatch.setattr(Lake, "query", lambda lake, sql: (asked.append(sql), query(lake, sql))[1])

    rows_of(lake, "texts", ["c", "a"])

    assert asked[0].count(".parquet") == 1
