"""Verdicts that hang on other notices do not depend on the batches or runs in which these came."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import pytest

from flows.checking import check_results, related_results
from flows.rebuild import rebuild
from flows.run import ingest
from flows.settings import Settings
from flows.steps import Steps, real_steps
from tests.flows.stand_in import audit
from warehouse.lake import open_reader

NOTICE = """中共枫桥县第二中学总支部委员会关于巡察整改{stage}情况的通报
2023年3月6日至4月21日，县委第三巡察组对县第二中学党总支进行了巡察。2023年5月30日，县委第三巡察组反馈了巡察意见。现将整改情况通报如下。
一、整改组织情况
成立领导小组。
二、整改落实情况
反馈的{count}个问题，已完成整改{count}个。
（一）党的建设方面
1.理论学习走过场。
整改情况：已完成整改。制定全年学习安排。
三、下一步工作
持续巩固整改成果。
中共枫桥县第二中学总支部委员会
2023年9月1日
"""
STEPS: Steps = dataclasses.replace(real_steps(), audit=audit, validate=lambda totals, _run: totals)


def write(folder: Path, name: str, count: int, stage: str = "") -> None:
    folder.mkdir(exist_ok=True)
    (folder / name).write_text(NOTICE.format(count=count, stage=stage), "utf-8")


def told(settings: Settings) -> list[tuple[str, str, str | None]]:
    """K27 of every notice, by file."""
    with open_reader(settings.location) as lake:
        sql = "SELECT parse_filename(d.uri), r.verdict, r.equation FROM check_results r JOIN notices n USING (notice_id) JOIN documents d ON d.document_id = n.document_id WHERE check_id = 'K27' ORDER BY 1"
        return lake.execute(sql).fetchall()


@pytest.mark.parametrize("together", [True, False])
def test_two_papers_on_one_inspection_meet_in_whatever_runs_they_came(tmp_path: Path, warehouse: Path, together: bool) -> None:
    """The verdict of a notice that is in the warehouse changes when another one on the same inspection comes."""
    settings = Settings(warehouse=warehouse)
    inbox = tmp_path / "inbox"
    write(inbox, "a.txt", 25)
    if not together:
        ingest([str(inbox)], settings, steps=STEPS)
        assert told(settings) == [("a.txt", "not_checkable", None)]
    write(inbox, "b.txt", 24, "进展")
    ingest([str(inbox)], settings, steps=STEPS)

    assert told(settings) == [("a.txt", "review", "25 ≠ 24"), ("b.txt", "review", "24 ≠ 25")]


def test_a_corrected_paper_sets_the_verdict_of_the_other_right(tmp_path: Path, warehouse: Path) -> None:
    """What was compared with an older text is compared again; a rebuild then finds nothing to change."""
    settings = Settings(warehouse=warehouse)
    inbox = tmp_path / "inbox"
    write(inbox, "a.txt", 25)
    write(inbox, "b.txt", 24, "进展")
    ingest([str(inbox)], settings, steps=STEPS)
    write(inbox, "b.txt", 25, "进展")
    ingest([str(inbox)], settings, steps=STEPS)

    assert told(settings) == [("a.txt", "pass", "25 = 25"), ("b.txt", "pass", "25 = 25")]
    assert rebuild(settings, is_all=True, steps=STEPS).changes.notices == set()
    assert told(settings) == [("a.txt", "pass", "25 = 25"), ("b.txt", "pass", "25 = 25")]


def test_the_related_checks_are_among_all() -> None:
    """A worker runs them over its batch, the writer once more over what the batch meets."""
    assert check_results((), {}).schema == related_results((), {}).schema
