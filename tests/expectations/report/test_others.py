"""What stands beside a notice: other notices of its body, what became of promises, copied passages, earlier versions."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from expectations.report.pages.others import Others
from expectations.report.words import Words
from flows.run import ingest
from tools.sample_warehouse import build
from warehouse.lake import Lake, Location, open_reader


@pytest.fixture(scope="module")
def samples(tmp_path_factory: pytest.TempPathFactory) -> Location:
    """The samples' warehouse."""
    return build(tmp_path_factory.mktemp("others") / "lake")


@pytest.fixture(scope="module")
def lake(samples: Location) -> Iterator[Lake]:
    """The samples, for reading."""
    with open_reader(samples) as opened:
        yield opened


def beside(lake: Lake, file: str) -> dict[str, Any]:
    """What stands beside the notice of a sample file."""
    sql = f"SELECT n.*, t.text FROM notices n JOIN texts t USING (notice_id) JOIN documents d ON d.document_id = n.document_id WHERE d.uri LIKE '%/{file}'"
    (notice,) = lake.query(sql).to_pylist()
    return Others(lake.query, f"notice_id = '{notice['notice_id']}'", Words("zh")).of(notice)


def test_other_notices_of_the_body_are_told_by_how_they_stand_to_it(lake: Lake) -> None:
    """A later paper on the same inspection, and a later round."""
    found = beside(lake, "01_ladder.txt")["others"]

    assert [(row["relation"], row["is_here_later"]) for row in found] == [("same_inspection", False), ("later", False)]


def test_promises_are_followed_into_the_later_paper(lake: Lake) -> None:
    """The problem that was still open is told as done there; what every notice promises is still promised."""
    (paper, _) = beside(lake, "01_ladder.txt")["others"]

    assert [(each.outcome, each.words[:9]) for each in paper["followed"]] == [
        ("done", "教师培训经费使用慢"),
        ("open", "巩固整改成果。对已"),
    ]


def test_problems_of_two_rounds_recur(lake: Lake) -> None:
    """Both problems that the second round found again are set beside those of the first."""
    first = next(row for row in beside(lake, "18_second_round.txt")["others"] if str(row["told"]) == "2023-09-12")

    assert [(pair.earlier.statement, pair.later.statement) for pair in first["recurring"]] == [
        ("实验室台账不全", "实验室台账仍不齐全"),
        ("公务接待审批单缺失", "公务接待审批单有缺失"),
    ]


def test_a_passage_that_another_body_prints_too_is_shown(lake: Lake) -> None:
    """From either side; the paragraph that tells of the inspection does not count."""
    for file, other in (("14_village.txt", "中共鹿鸣乡委员会"), ("16_no_year.gbk.txt", "中共石家庄市长安区拾光里社区委员会")):
        (copied,) = beside(lake, file)["copied"]
        assert (copied["name"], "意见箱" in copied["words"]) == (other, True)


def test_a_body_without_other_notices_shows_none(lake: Lake) -> None:
    """Nothing is invented."""
    assert beside(lake, "03_rate.html") == {"others": [], "others_more": 0, "versions": None, "copied": []}


def test_a_changed_text_is_set_beside_the_one_before(tmp_path: Path) -> None:
    """The lines that changed at one place are told from the snapshot before, as long as it is held."""
    from tests.flows.stand_in import STEPS, settings

    place, file = settings(tmp_path / "warehouse"), tmp_path / "a.txt"
    for text in ("通报甲\n1\n2", "通报甲\n1\n3"):
        file.write_text(text, "utf-8")
        ingest([str(file)], place, steps=STEPS)
    with open_reader(place.location) as lake:
        versions = beside(lake, "a.txt")["versions"]

    assert len(versions["days"]) == 2
    assert versions["changed"] == [("removed", "2"), ("added", "3")]
