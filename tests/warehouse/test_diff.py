"""What changed between two snapshots, on a notice that is edited, put back and edited again."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from itertools import pairwise
from pathlib import Path

import pytest

from tools.sample_warehouse import MOMENT, SAMPLES, build
from warehouse.changes import Change, Totals, changes
from warehouse.history import snapshot, snapshots
from warehouse.lake import Lake, UnknownSnapshot, local, open_reader

FIRST, SECOND = "01_ladder.txt", "03_rate.html"


@dataclass(frozen=True)
class History:
    """A lake and its snapshots after each run: two notices; the first edited (5 done instead of 6, 1.62 instead of 1.26, below a new
    line); put back; edited again, with a third notice."""

    lake: Lake
    original: int
    edited: int
    restored: int
    last: int


@pytest.fixture(scope="module")
def history(tmp_path_factory: pytest.TempPathFactory) -> Iterator[History]:
    """Four runs, an hour apart."""
    folder = tmp_path_factory.mktemp("diff")
    inbox = folder / "inbox"
    inbox.mkdir()
    shutil.copy(SAMPLES / SECOND, inbox)
    words = (SAMPLES / FIRST).read_text("utf-8")
    edited = "\n" + words.replace("目前已完成整改6个", "目前已完成整改5个").replace(
        "追缴违规发放补贴1.26万元。二是", "追缴违规发放补贴1.62万元。二是"
    )
    after = []
    for hour, version in enumerate((words, edited, words, edited)):
        (inbox / FIRST).write_text(version, "utf-8")
        if hour == 3:
            shutil.copy(SAMPLES / "06_accountability.gbk.html", inbox)
        after.append(ingested(folder / "lake", inbox, hour))
    with open_reader(local(folder / "lake")) as opened:
        yield History(opened, *after)


def ingested(folder: Path, inbox: Path, hour: int) -> int:
    """The newest snapshot after a run at that hour."""
    with open_reader(build(folder, [inbox], MOMENT + timedelta(hours=hour))) as lake:
        return lake.snapshot()


def found(lake: Lake, old: int, new: int, *tables: str) -> list[Change]:
    """All changes between two snapshots."""
    return list(changes(lake, old, new, tables))


def test_snapshots_are_listed_with_the_run_that_made_them(history: History) -> None:
    """Oldest first; publishing is one snapshot a batch."""
    listed = {each.number: each for each in snapshots(history.lake)}

    assert list(listed) == sorted(listed) and list(listed)[-1] == history.last
    assert listed[history.original].message.startswith("run ")
    assert listed[history.original].taken_at < listed[history.edited].taken_at


def test_an_unknown_snapshot_is_an_error_that_names_those_there_are(history: History) -> None:
    """Not an empty answer."""
    with pytest.raises(UnknownSnapshot, match=f"no snapshot 7777; the warehouse has 0 to {history.last}"):
        snapshot(history.lake, 7777)


def test_a_snapshot_does_not_differ_from_itself(history: History) -> None:
    """Nor does a notice that was edited and put back."""
    assert found(history.lake, history.edited, history.edited) == []
    assert found(history.lake, history.original, history.restored) == []


def test_values_are_told_from_old_to_new(history: History) -> None:
    """Only what was edited, though the new line moved every row; the other notice is not named."""
    seen = {
        (each.table, each.column, each.old, each.new)
        for each in found(history.lake, history.original, history.edited)
        if each.kind == "value"
    }

    assert ("amounts", "yuan_low", "12600.00", "16200.00") in seen
    assert ("claims", "value_low", "6.0", "5.0") in seen
    assert ("measures", "text", "追缴违规发放补贴1.26万元", "追缴违规发放补贴1.62万元") in seen
    assert {table for table, *_ in seen} == {"notices", "texts", "nodes", "measures", "claims", "figures", "amounts"}
    assert not [each for each in found(history.lake, history.original, history.edited) if "白鹭洲" in each.inspected_org]


def test_verdicts_are_new_fixed_and_reopened(history: History) -> None:
    """5 + 1 is not 7: new at first, fixed when put back, reopened when it comes again."""
    pairs = pairwise((history.original, history.edited, history.restored, history.last))
    verdicts = [{each.key: each.kind for each in found(history.lake, *pair) if each.table == "check_results"} for pair in pairs]

    assert [each["K01"] for each in verdicts] == ["new", "fixed", "reopened"]


def test_a_verdict_carries_both_equations(history: History) -> None:
    """So that one reads what happened without the notice at hand."""
    (change,) = [each for each in found(history.lake, history.original, history.edited) if each.key == "K01"]

    assert (change.old, change.new) == ("pass (6 + 1 = 7)", "fail (5 + 1 = 6 ≠ 7)")


def test_notices_come_and_go(history: History) -> None:
    """Added forwards, removed backwards; its verdicts come with it, its rows are not listed one by one."""
    forwards = [each for each in found(history.lake, history.restored, history.last) if "云杉" in each.inspected_org]
    backwards = [each.kind for each in found(history.lake, history.last, history.restored) if "云杉" in each.inspected_org]

    assert forwards[0].kind == "added"
    assert {each.kind for each in forwards[1:]} == {"new"}
    assert backwards[0] == "removed"


def test_before_the_first_notice_there_was_nothing(history: History) -> None:
    """Snapshot 0 has no tables yet, and everything came since."""
    assert [each.kind for each in found(history.lake, 0, history.original) if each.kind in ("added", "removed")] == ["added", "added"]


def test_one_table_can_be_asked_for(history: History) -> None:
    """Other tables are not read."""
    assert {each.table for each in found(history.lake, history.original, history.edited, "amounts")} == {"", "amounts"}


def test_totals_count_what_was_read(history: History) -> None:
    """The caller gets the counts without keeping the changes."""
    totals = Totals()
    kinds = [each.kind for each in changes(history.lake, history.restored, history.last, (), totals)]

    assert (totals.counts["added"], totals.counts["replaced"], totals.counts["value"]) == (1, 1, kinds.count("value"))


def test_rows_that_came_and_went(tmp_path: Path) -> None:
    """A sentence that is cut takes its rows with it; rows around it stay paired."""
    inbox = tmp_path / "inbox"
    inbox.mkdir()
    words = (SAMPLES / FIRST).read_text("utf-8")
    (inbox / FIRST).write_text(words, "utf-8")
    before = ingested(tmp_path / "lake", inbox, 0)
    (inbox / FIRST).write_text(words.replace("二是补学上年度漏学内容3次。", ""), "utf-8")
    after = ingested(tmp_path / "lake", inbox, 1)
    with open_reader(local(tmp_path / "lake")) as opened:
        seen = found(opened, before, after)

    assert "补学上年度漏学内容3次" in [each.old for each in seen if each.kind == "row_removed" and each.table == "nodes"]
    assert not [each for each in seen if each.table in ("amounts", "contacts")]
