"""Where claims may stand in an outline, and which level they are bound to."""

from __future__ import annotations

from transforms.claims.bind import Binding, bind, level_counts
from transforms.claims.claims import claims
from transforms.layout import layout
from transforms.outline.tree import Outline, outline
from transforms.records.outline import Node
from transforms.records.statements import Claim
from transforms.source import Closed, Source
from transforms.text.folding import fold

NOTICE = """中共云溪县第九中学支部委员会关于巡察整改进展情况的通报
根据县委统一部署,县委第一巡察组对我校党支部进行了巡察,反馈了2个方面3条5项问题。现将整改情况通报如下。
一、组织整改落实情况
(一)加强领导。制定整改措施12条。
二、巡察反馈问题整改落实情况
反馈的5个问题,已完成整改4个,正在整改1个。
(一)落实党的教育方针方面
1.理论学习不深入。
一是补学漏学。新建制度3项,解决问题2个,批评教育2人。
二是完善计划。制定措施5条。
2.阵地管理有漏洞。
一是清查图书。清理问题图书12类,已完成整改8个。
(二)党风廉政建设方面
一是规范报销。追缴3笔,巡察反馈的5个问题均已公示。
二是加强监督。开展检查4次,整改问题6个。
三、下一步工作打算
对正在整改的1个问题,加快推进。
中共云溪县第九中学支部委员会
2024年6月30日
"""


def read(text: str) -> tuple[tuple[Claim, ...], Outline]:
    """The claims of ``text`` with the outline that the text itself shows."""
    source = Source("0" * 16, fold(text))
    parts = layout(source.text)
    tree = outline(source, parts)
    return claims(source, Closed(len(source.text.folded)), tree, ()), tree


def node(path: str, level: str, section: str = "results") -> Node:
    """A node of which only path, level and section matter."""
    label = path.rpartition("/")[2]
    parent = path.rpartition("/")[0] or None
    return Node(
        *Source("0" * 16, fold(label)).evidence(0, len(label), "node.test"), path=path, parent_path=parent, depth=path.count("/") + 1, level=level, section=section, mark="han_paren", ordinal=None,
        label=label, heading=label, is_irregular=False, body_start=0, body_end=len(label),
    )  # fmt: skip


def test_levels_are_counted_in_the_results_part() -> None:
    """An aspect without groups counts as one group; the organisation part does not count."""
    nodes = (
        node("一", "section", "organisation"), node("一/(一)", "aspect", "organisation"),
        node("二", "section"), node("二/(一)", "aspect"), node("二/(一)/1", "group"), node("二/(一)/1/一是", "item"), node("二/(一)/1/二是", "item"),
        node("二/(一)/2", "group"), node("二/(一)/2/一是", "item"), node("二/(二)", "aspect"), node("二/(二)/一是", "item"),
    )  # fmt: skip

    assert level_counts(Outline(nodes), ()) == {"aspects": 2, "groups": 3, "items": 4}
    assert level_counts(Outline(), ()) == {}


def test_totals_are_bound_and_other_claims_are_not() -> None:
    """Only an exact total of the whole is bound, and all levels are kept as alternatives."""
    found, tree = read(NOTICE)

    assert {"total"} == {row.status for row in found if row.bound_level}
    assert {tuple(f"{level}={count}" for level, count in level_counts(tree, ()).items())} == {
        row.alternatives for row in found if row.bound_level
    }
    assert (found[0].bound_level, found[0].bound_count) == ("aspects", 2)


def test_counts_inside_a_problem_are_no_claims() -> None:
    """Numbers within an item's response are local; a sentence that names the feedback stands for the whole. Rules made there are told as that item's."""
    found, _ = read(NOTICE)

    assert [(row.subject, row.scope) for row in found if row.subject == "制度"] == [("制度", "单项")]
    assert [(row.subject, row.status, row.value_low) for row in found if row.scope != "单项"] == [
        ("方面", "total", 2),
        ("条", "total", 3),
        ("问题", "total", 5),
        ("措施", "total", 12),
        ("问题", "total", 5),
        ("问题", "completed", 4),
        ("问题", "in_progress", 1),
        ("问题", "total", 5),
        ("问题", "in_progress", 1),
    ]


def test_the_level_that_adds_up_is_taken() -> None:
    """A count of problems that fits the groups and not the items is bound to the groups; one that fits none, to its own."""
    levels = {"aspects": 4, "groups": 15, "items": 41}

    assert Binding("groups", 15, ("aspects=4", "groups=15", "items=41")) == bind("问题", 15, levels)
    assert Binding("items", 41, ("aspects=4", "groups=15", "items=41")) == bind("问题", 16, levels)
    assert Binding("aspects", 4, ("aspects=4", "groups=15", "items=41")) == bind("方面", 5, levels)
    assert bind("制度", 4, levels) is None
    assert bind("方面", 4, {"items": 3}) is None
