"""Tables of stated figures: claims, figures, date_mentions, amounts, accountability."""

from __future__ import annotations

from typing import Annotated, ClassVar

from transforms.records.columns import Column, Table
from transforms.records.shared import (
    Earliest,
    Inferred,
    IsRedacted,
    Latest,
    Mention,
    Modifier,
    NodePath,
    Precision,
    Spans,
    Status,
    Unit,
    ValueHigh,
    ValueLow,
    Yuan,
)

DATE_ROLES = (
    "inspection_start",
    "inspection_end",
    "feedback",
    "meeting",
    "plan",
    "measure",
    "signing",
    "publication",
    "deadline",
    "document",
    "report",
    "background",
)
FIGURE_KINDS = ("average", "ratio", "percent", "change", "comparison", "share", "sum", "duration", "rate")


class Claim(Mention, frozen=True, kw_only=True, gc=False):
    """A count or rate that the notice states about its own work: 4个方面, 已完成32项, 整改完成率76%."""

    TABLE: ClassVar[Table] = Table("claims", "数量表述", ("notice_id", "start_char", "subject", "status"))

    path: NodePath | None = None
    subject: Annotated[str, Column("Noun that is counted, as printed: 问题, 方面, 类, 任务, 措施, 制度, 整改完成率 …", "统计对象")]
    status: Status | None = None
    status_raw: Annotated[str, Column("Status words as printed", "状态原文")] | None = None
    value_low: ValueLow | None = None
    value_high: ValueHigh | None = None
    decimals: Annotated[int, Column("Digits printed after the decimal point", "小数位数", minimum=0)]
    unit: Unit | None = None
    modifier: Modifier
    scope: (
        Annotated[str, Column("What the figure is limited to (上轮, 镇党委, 书记认领 …); null for the notice as a whole", "口径")] | None
    ) = None
    is_headline: Annotated[
        bool, Column("It speaks of this inspection's work as a whole, not of meetings, groups or one person's share", "是否总量表述")
    ] = False
    part_of: Annotated[str, Column("Status or subject of the whole that 其中 takes it from", "从属于")] | None = None
    bound_level: Annotated[str, Column("Outline level its measure word was bound to", "对应层级")] | None = None
    bound_count: Annotated[int, Column("Nodes counted at that level", "层级实数", minimum=0)] | None = None
    alternatives: Annotated[tuple[str, ...], Column("Other levels tried, as level=count", "其他层级")] = ()


class Figure(Mention, frozen=True, kw_only=True, gc=False):
    """A stated quantity that other stated quantities let one recompute: an average, a ratio, a percentage, a change."""

    TABLE: ClassVar[Table] = Table("figures", "可验算数值", ("notice_id", "start_char", "kind"))

    kind: Annotated[str, Column("How it is computed", "类型", allowed=FIGURE_KINDS)]
    subject: Annotated[str, Column("What it measures, as printed", "对象")] | None = None
    value_low: ValueLow | None = None
    value_high: ValueHigh | None = None
    decimals: Annotated[int, Column("Digits printed after the decimal point", "小数位数", minimum=0)]
    unit: Unit | None = None
    modifier: Modifier
    operator: (
        Annotated[str, Column("Comparison or direction stated: ge, le, up, down", "比较方向", allowed=("ge", "le", "up", "down"))] | None
    ) = None
    operands: Annotated[tuple[float, ...], Column("Quantities it is computed from, in the order of the formula", "运算数")] = ()
    operand_spans: Spans = ()
    equation: Annotated[str, Column("The formula in words, such as 3057÷48=63.69", "算式")] | None = None


class DateMention(Mention, frozen=True, kw_only=True, gc=False):
    """A date or period that the notice prints, as an interval of days."""

    TABLE: ClassVar[Table] = Table("date_mentions", "日期", ("notice_id", "start_char"))

    path: NodePath | None = None
    earliest: Earliest | None = None
    latest: Latest | None = None
    precision: Precision | None = None
    role: Annotated[str, Column("What happened then", "事项", allowed=DATE_ROLES)] | None = None
    range_part: (
        Annotated[
            str,
            Column(
                "Side of a printed range; since and until are ends that the words leave open",
                "区间端",
                allowed=("start", "end", "since", "until"),
            ),
        ]
        | None
    ) = None
    inferred: Inferred | None = None
    year_from_char: Annotated[int, Column("Start of the mention that the year was taken from", "年份来源", minimum=0)] | None = None
    alternative_earliest: Annotated[Earliest, Column("First day of the other reading", "另一读法最早日")] | None = None
    alternative_latest: Annotated[Latest, Column("Last day of the other reading", "另一读法最晚日")] | None = None
    is_redacted: IsRedacted = False
    null_reason: (
        Annotated[str, Column("Why there is no value", "无值原因", allowed=("impossible", "chars_lost", "redacted", "no_reference"))] | None
    ) = None
    clock: Annotated[str, Column("Time of day printed with it, HH:MM or HH:MM:SS", "时刻", pattern=r"\d{2}:\d{2}(:\d{2})?")] | None = None


class Amount(Mention, frozen=True, kw_only=True, gc=False):
    """A sum of money."""

    TABLE: ClassVar[Table] = Table("amounts", "金额", ("notice_id", "start_char"))

    path: NodePath | None = None
    yuan_low: Yuan | None = None
    yuan_high: Yuan | None = None
    modifier: Modifier
    unit: Unit
    role: (
        Annotated[
            str,
            Column(
                "What was done with the money, in the printed verb: 追缴, 清退, 挽回损失 …; 价值, 预算 … where nothing was recovered",
                "款项性质",
            ),
        ]
        | None
    ) = None
    is_recovery: Annotated[bool, Column("The role is one of recovering money", "是否追回类")] = False
    is_part: Annotated[
        bool, Column("The sum is a part of one that is told before it (其中), or tells it again; a total leaves it out", "是否其中数")
    ] = False


class Accountability(Mention, frozen=True, kw_only=True, gc=False):
    """How many were held to account in one way; a printed zero is a row of its own."""

    TABLE: ClassVar[Table] = Table("accountability", "追责问责", ("notice_id", "start_char", "kind"))

    path: NodePath | None = None
    kind: Annotated[str, Column("Kind of sanction in the printed term: 党纪处分, 政务处分, 诫勉, 约谈, 批评教育 …", "处理方式")]
    persons: (
        Annotated[int, Column("Number of people; null when it is masked, or where bodies or cases are counted", "人数", minimum=0)] | None
    ) = None
    persons_high: Annotated[int, Column("Greatest number that the words allow", "人数上限", minimum=0)] | None = None
    bodies: (
        Annotated[
            int,
            Column("Number of Party organisations, units or cases, where not people were counted: 通报批评2家单位", "单位数", minimum=0),
        ]
        | None
    ) = None
    unit: Annotated[str, Column("人, 人次, 件 or 家 as printed", "单位")]
    modifier: Modifier
    part_of: Annotated[str, Column("Kind whose number this one is a part of", "从属于")] | None = None
    is_partition: Annotated[bool, Column("The parts are printed as a full breakdown, so they must add up", "是否完整拆分")] = False
