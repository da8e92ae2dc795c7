"""Tables of the notice's structure: nodes, problems, measures, next_steps.

The rows of which a notice has dozens are made by position: by keyword each would take three times as long.
"""

from __future__ import annotations

from typing import Annotated, ClassVar

from transforms.records.columns import Column, Table
from transforms.records.shared import Earliest, Latest, Mention, NodePath, Ordinal, Status

SECTIONS = ("lead", "organisation", "results", "next_steps", "contact", "other")
LEVELS = ("section", "aspect", "group", "item", "response", "step", "other")
ACTS = ("study", "meeting", "rule", "check", "rectify", "recover", "sanction", "train", "build", "other")


class Node(Mention, frozen=True, gc=False):
    """A numbered or labelled part of the outline; its own words are the mark and the heading."""

    TABLE: ClassVar[Table] = Table("nodes", "层级结构", ("notice_id", "path"))

    path: NodePath
    parent_path: Annotated[str, Column("Path of the node above, null at the top", "上级层级")] | None
    depth: Annotated[int, Column("Distance from the top, from 1", "深度", minimum=1)]
    level: Annotated[
        str, Column("What the node is: section 一、, aspect （一）, group 1., item, response 整改情况：, step 一是", "层级", allowed=LEVELS)
    ]
    section: Annotated[str, Column("Part of the notice it stands in", "所在部分", allowed=SECTIONS)]
    mark: Annotated[
        str,
        Column(
            "Numbering style, such as han_comma, han_paren, arabic_dot, arabic_paren, circled, yishi, labelled",
            "编号样式",
            pattern=r"[a-z][a-z0-9_]*",
        ),
    ]
    ordinal: Annotated[int, Column("Number that the mark states, null for a mark without one", "编号", minimum=0)] | None
    label: Annotated[str, Column("Mark as printed, such as （一） or 问题表现(16)", "编号原文")]
    heading: Annotated[str, Column("Heading or first sentence after the mark", "标题")]
    is_irregular: Annotated[bool, Column("The mark breaks the style of its siblings, such as 3、 for 三、", "编号是否异常")]
    body_start: Annotated[int, Column("First character of all that belongs to the node", "内容起始字", minimum=0)]
    body_end: Annotated[int, Column("One past the last character of all that belongs to the node", "内容结束字", minimum=0)]


class Problem(Mention, frozen=True, gc=False):
    """A problem that was fed back, with how the notice says it stands."""

    TABLE: ClassVar[Table] = Table("problems", "反馈问题", ("notice_id", "number"))

    number: Annotated[int, Column("Position among the notice's problems, from 1", "序号", minimum=1)]
    path: NodePath
    label: Annotated[str, Column("Mark as printed", "编号原文")] | None
    aspect: Annotated[str, Column("Heading of the aspect it stands under", "方面")] | None
    aspect_norm: Annotated[str, Column("Aspect in the words of the feedback templates", "方面类别")] | None
    group_heading: Annotated[str, Column("Heading of the class it stands under", "问题类别")] | None
    statement: Annotated[str, Column("The problem as stated", "反馈问题")]
    response_start: Annotated[int, Column("First character of the rectification told", "整改情况起始字", minimum=0)] | None
    response_end: Annotated[int, Column("One past the last character of the rectification told", "整改情况结束字", minimum=0)] | None
    status: Status | None
    status_raw: Annotated[str, Column("Status words as printed", "状态原文")] | None
    is_long_term: Annotated[bool, Column("The notice says that the work goes on for long (长期坚持)", "是否长期坚持")]
    responsible_leader: Annotated[str, Column("责任领导 where told", "责任领导")] | None
    responsible_department: Annotated[str, Column("责任部门 where told", "责任部门")] | None
    responsible_person: Annotated[str, Column("责任人 where told", "责任人")] | None
    deadline_raw: Annotated[str, Column("整改时限 as printed", "完成时限")] | None
    deadline_earliest: Earliest | None
    deadline_latest: Latest | None


class Measure(Mention, frozen=True, gc=False):
    """An act by which the notice says a problem was put right."""

    TABLE: ClassVar[Table] = Table("measures", "整改措施", ("notice_id", "ordinal"))

    ordinal: Ordinal
    problem: Annotated[int, Column("Number of the problem it answers, null if it answers none", "对应问题", minimum=1)] | None
    path: NodePath
    label: Annotated[str, Column("Mark as printed, such as 一是", "编号原文")] | None
    text: Annotated[str, Column("The measure as told", "整改措施")]
    act: Annotated[str, Column("What kind of act it is", "措施类别", allowed=ACTS)]


class NextStep(Mention, frozen=True, kw_only=True, gc=False):
    """A promise of what will be done next."""

    TABLE: ClassVar[Table] = Table("next_steps", "下一步打算", ("notice_id", "ordinal"))

    ordinal: Ordinal
    path: NodePath
    label: Annotated[str, Column("Mark as printed", "编号原文")] | None = None
    text: Annotated[str, Column("The promise as stated", "下一步打算")]
    responsible: Annotated[str, Column("Who is to do it, where told", "责任主体")] | None = None
    due_earliest: Earliest | None = None
    due_latest: Latest | None = None
    reopens_problem: Annotated[int, Column("Number of a problem it takes up again", "对应问题", minimum=1)] | None = None
    reopens_rule: Annotated[str, Column("By which words it was tied to that problem", "对应依据")] | None = None
