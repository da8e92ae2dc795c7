"""The ledger and the discrepancies as every reader of a warehouse sees them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import duckdb
import pytest

from warehouse.lake import Lake, Location, local, open_reader, open_writer
from warehouse.sandbox import open_sandbox
from warehouse.views import NOT_TOLD, VIEWS, create_views

COLUMNS = [
    *("notice_id", "被巡察党组织", "序号", "反馈问题", "具体表现", "整改措施", "整改目标", "责任领导", "责任部门", "责任人"),
    *("完成时限", "整改进展", "整改成效", "佐证材料", "是否完成"),
]


@pytest.fixture
def lake(samples: Location) -> Iterator[Lake]:
    """A reader of the samples."""
    with open_reader(samples) as opened:
        yield opened


def ledger(lake: Lake, body: str) -> list[dict[str, Any]]:
    """The ledger rows of the body whose name holds ``body``."""
    return lake.query(f"SELECT * FROM v_taizhang WHERE 被巡察党组织 LIKE '%{body}%' ORDER BY 序号").to_pylist()


def test_the_ledger_has_the_columns_of_offices(lake: Lake) -> None:
    """The asked-for set of columns in its order, behind id and body."""
    assert lake.query("SELECT * FROM v_taizhang LIMIT 0").schema.names == COLUMNS


def test_every_problem_has_one_row_and_no_cell_is_empty(lake: Lake) -> None:
    """What the notice does not say is 通报未载, never null or blank."""
    rows = lake.query("SELECT * FROM v_taizhang").to_pylist()

    assert len(rows) == lake.query("SELECT count(*) AS n FROM problems").to_pylist()[0]["n"]
    assert all(str(value).strip() for row in rows for value in row.values() if value is not None)
    assert not [row for row in rows if None in row.values()]


def test_a_problem_under_a_class_is_its_manifestation(lake: Lake) -> None:
    """Problem 7 of the first sample stands under 财务管理不严格; money and people of its response are its effect."""
    row = ledger(lake, "青禾县")[6]

    assert (row["反馈问题"], row["具体表现"]) == ("财务管理不严格", "津补贴发放不合规")
    assert row["整改措施"] == "1. 追缴违规发放补贴1.26万元\n2. 对3名经办人员批评教育"
    assert row["整改成效"] == "追缴1.26万元；批评教育3名"
    assert (row["整改进展"], row["是否完成"], row["责任领导"]) == ("已完成", "是", NOT_TOLD)


def test_long_term_and_open_problems_are_told_in_chinese(lake: Lake) -> None:
    """Long-term stands beside done; an open problem carries the date that part three promises."""
    rows = ledger(lake, "青禾县")

    assert rows[1]["整改进展"] == "已完成，长期坚持"
    assert rows[3]["整改进展"] == "正在整改；又列入下一步打算"
    assert rows[3]["完成时限"].endswith("2023-12-31（下一步打算）")
    assert rows[3]["是否完成"] == "否"


def test_only_documents_that_the_work_made_are_proof(lake: Lake) -> None:
    """A rule that was issued is listed once, with its brackets."""
    assert [row["佐证材料"] for row in ledger(lake, "青禾县")] == [
        "《理论学习中心组学习办法》", NOT_TOLD, "《实验室安全管理规定》", NOT_TOLD, NOT_TOLD, "《公务接待管理细则》", NOT_TOLD,
    ]  # fmt: skip


def test_responsibility_and_deadline_are_taken_where_told(invented: Location) -> None:
    """责任领导, 责任部门, 责任人 and 整改时限 printed under a problem reach their columns."""
    with open_reader(invented) as lake:
        row = ledger(lake, "水利局")[0]

    assert (row["责任领导"], row["责任部门"], row["责任人"], row["完成时限"]) == ("欧阳文远", "局办公室", "许立", "2023年8月底")


def test_a_discrepancy_quotes_both_sides(lake: Lake) -> None:
    """Of the sum that does not add up, the words of the total and of its parts."""
    row = lake.query("SELECT * FROM v_discrepancies WHERE 核验项 = 'K23'").to_pylist()[0]

    assert (row["被巡察党组织"], row["结论"], row["表述值"], row["核算值"]) == ("中共云杉市委", "不一致", "37", "38")
    assert "37人" in row["表述原文"] and "严重警告12人" in row["核算原文"]


def test_only_what_does_not_agree_is_a_discrepancy(lake: Lake) -> None:
    """Passes and what cannot be checked are no discrepancies."""
    wrong = lake.query("SELECT count(*) AS n FROM check_results WHERE verdict IN ('fail', 'review')").to_pylist()

    assert lake.query("SELECT count(*) AS n FROM v_discrepancies").to_pylist() == wrong


def test_views_work_in_the_sandbox_and_leave_the_catalog_alone(samples: Location) -> None:
    """The read-only sandbox has them, and the lake itself stores none."""
    with open_sandbox(samples) as sandbox:
        assert sandbox.query("SELECT count(*) AS n FROM v_taizhang").to_pylist()[0]["n"] > 30
        assert sandbox.query("SELECT view_name FROM duckdb_views() WHERE database_name = 'lake'").num_rows == 0


def test_an_old_snapshot_without_tables_opens_without_views(tmp_path: Path) -> None:
    """At the snapshot before the first table, reading is possible and the views are absent."""
    place = local(tmp_path)
    open_writer(place).close()

    with open_reader(place, snapshot=0) as lake:
        assert lake.query("SELECT 1 AS one").to_pylist() == [{"one": 1}]
        with pytest.raises(duckdb.CatalogException):
            lake.query("SELECT * FROM v_taizhang")


def test_every_view_is_made_over_the_tables_of_this_version(tmp_path: Path) -> None:
    """None is left out silently for a mistake in its SQL."""
    place = local(tmp_path)
    open_writer(place).close()

    with open_reader(place) as lake:
        create_views(lake.connection)
        for name in VIEWS:
            assert lake.query(f"SELECT * FROM {name}").num_rows == 0
