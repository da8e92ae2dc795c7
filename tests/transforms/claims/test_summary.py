"""Lines of the results part that tell of the whole, or of what was handed over, and look-alikes that are one problem's own."""

from __future__ import annotations

import pytest

from transforms.claims.claims import claims
from transforms.layout import layout
from transforms.outline.tree import outline
from transforms.source import Closed, Source
from transforms.text.folding import fold

_NOTICE = """中共梧岭县水务局党组关于巡察整改进展情况的通报
根据县委统一部署,县委第二巡察组对县水务局党组进行了巡察{told}。现将整改情况通报如下。
一、组织整改落实情况
召开会议部署。
二、整改落实情况
(一)理论学习不深入。开展专题学习。
(二)河道管护不到位。清理河道。
(三)资金监管有漏洞。修订办法。
{line}
三、下一步打算
持续抓好整改。
中共梧岭县水务局党组
2024年6月30日
"""
_TOLD = ",反馈了3个方面9个问题,制定整改措施27条"

Row = tuple[str, str | None, float | None]


def read(line: str, told: str = _TOLD) -> list[Row]:
    """The claims in ``line``, which stands behind the last problem."""
    text = _NOTICE.format(told=told, line=line)
    source = Source("0" * 16, fold(text))
    tree = outline(source, layout(source.text))
    at = text.index(line)
    found = claims(source, Closed(len(source.text.folded)), tree, ())
    return [(row.subject, row.status, row.value_low) for row in found if at <= row.start_char < at + len(line)]


@pytest.mark.parametrize(
    ("line", "rows"),
    [
        ("以上9个问题均已整改到位。", [("问题", "total", 9), ("问题", "completed", 9)]),
        ("目前,9个问题均已整改到位。", [("问题", "total", 9), ("问题", "completed", 9)]),
        ("目前9个问题全部完成整改。", [("问题", "total", 9), ("问题", "completed", 9)]),
        ("截至5月31日,反馈问题9个,完成整改9个。", [("问题", "total", 9), ("问题", "completed", 9)]),
        (
            "截至目前,巡察反馈的9个问题已整改完成8个,需长期坚持1个。",
            [("问题", "total", 9), ("问题", "completed", 8), ("问题", "long_term", 1)],
        ),
        ("总的来看,9个问题中已完成8个,1个正在整改。", [("问题", "total", 9), ("问题", "completed", 8), ("问题", "in_progress", 1)]),
        ("综上所述,9个问题已整改到位9个。新建制度4项。", [("问题", "total", 9), ("问题", "completed", 9), ("制度", "created", 4)]),
        ("至此,9个反馈问题全部销号。", [("问题", "total", 9), ("问题", "completed", 9)]),
        ("整改成效:27条措施已落实25条,2条正在推进。", [("措施", "total", 27), ("措施", "completed", 25), ("措施", "in_progress", 2)]),
        ("9个问题均已整改到位。", [("问题", "total", 9), ("问题", "completed", 9)]),
        (
            "(四)整改措施27条,落实率96.3%,尚有1条未落实。",
            [("措施", "total", 27), ("落实率", "completed", 96.3), ("措施", "not_completed", 1)],
        ),
    ],
)
def test_a_line_of_the_whole(line: str, rows: list[Row]) -> None:
    """A line that begins with a number told before as a total speaks of all problems, to its end."""
    assert read(line) == rows


def test_a_line_of_the_whole_without_a_total_told() -> None:
    """Where no total was told, a number not less than that of the problems listed is one; a smaller one is not."""
    assert read("截至目前,5个问题已完成4个,其余1个需长期坚持。", "") == [
        ("问题", "total", 5),
        ("问题", "completed", 4),
        ("问题", "long_term", 1),
    ]
    assert read("截至目前,2个问题已整改到位。", "") == []
    assert read("整改成效:5个问题已整改到位。", "") == []
    assert read("5个问题已整改到位。", "") == []


@pytest.mark.parametrize(
    ("line", "rows"),
    [
        (
            "(四)信访件办理情况。收到信访件6件,已办结5件,1件正在办理。",
            [("信访件", "total", 6), ("信访件", "completed", 5), ("信访件", "in_progress", 1)],
        ),
        ("(四)巡察移交问题线索处置。移交问题线索3条,均已了结。", [("问题线索", "total", 3), ("问题线索", "completed", 3)]),
        ("巡察组移交的信访件7件,已全部办结。", [("信访件", "total", 7), ("信访件", "completed", 7)]),
        ("(四)巡察组移交立行立改事项2项,均已办结。", [("事项", "total", 2), ("事项", "completed", 2)]),
        ("将2条线索移送县纪委监委。", [("线索", "total", 2)]),
    ],
)
def test_what_was_handed_over(line: str, rows: list[Row]) -> None:
    """Petitions, clues and matters that the inspection handed over are told wherever they stand."""
    assert read(line) == rows


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ("目前,3个问题已整改到位。", "fewer than the total: the last problem's own"),
        ("目前,9个村已完成管护,5个问题已整改。", "the line begins with another number"),
        ("截至目前,排查发现的9个问题已整改。", "found by somebody else"),
        ("截至目前,群众反映的9个问题均已整改到位。", "troubles of others"),
        ("目前,查出隐患9处,9个问题正在整改。", "not at the head of the line"),
        ("9个问题村已整顿。", "villages"),
        ("(四)信访件办理不及时。办理群众信访件12件。", "a problem with petitions, and none that were handed over"),
        ("办理来信来访5件,已办结5件。", "petitions of the body's own work"),
        ("完成立行立改事项2项。", "nobody handed them over"),
    ],
)
def test_what_is_one_problems_own(line: str, why: str) -> None:
    """Other numbers behind the last problem belong to its text."""
    assert read(line) == [], why
