"""Columns that several tables share under one name and one meaning."""

from __future__ import annotations

import datetime
from decimal import Decimal
from typing import Annotated

import msgspec

from transforms.records.columns import Column

HEX16 = r"[0-9a-f]{16}"
MODIFIERS = ("exact", "at_least", "at_most", "about", "between", "redacted")
PRECISIONS = ("day", "ten_days", "month", "quarter", "half_year", "season", "year")
STATUSES = (
    "total",
    "completed",
    "basically_completed",
    "in_progress",
    "not_completed",
    "immediate",
    "time_limited",
    "long_term",
    "created",
    "revised",
    "phase",
)

NoticeId = Annotated[str, Column("Stable name of the notice: hash of where it came from", "通报编号", pattern=HEX16)]
DocumentId = Annotated[str, Column("Hash of a raw file's uri and content", "文件编号", pattern=HEX16)]
RunId = Annotated[str, Column("The ingestion run that wrote the row", "运行编号")]
Sha256 = Annotated[str, Column("SHA-256 of the raw bytes; the key of the raw store", "内容摘要", pattern=r"[0-9a-f]{64}")]
Uri = Annotated[str, Column("Where the raw bytes came from", "来源地址")]
StartChar = Annotated[int, Column("First character in the folded text", "起始字", minimum=0)]
EndChar = Annotated[int, Column("One past the last character in the folded text", "结束字", minimum=0)]
RawStart = Annotated[int, Column("First character in the decoded text", "原文起始字", minimum=0)]
RawEnd = Annotated[int, Column("One past the last character in the decoded text", "原文结束字", minimum=0)]
Surface = Annotated[str, Column("The words in the folded text: text[start_char:end_char]", "文字")]
Raw = Annotated[str, Column("The words as printed: decoded text[raw_start:raw_end]", "原文")]
Rule = Annotated[str, Column("Name of the rule that made the row", "规则", pattern=r"[a-z][a-z0-9_]*(\.[a-z0-9_]+)+")]
Ordinal = Annotated[int, Column("Position among its siblings, from 1", "序号", minimum=1)]
NodePath = Annotated[str, Column("Outline node such as 二/（一）/1/（1）/一是", "所在层级")]
Modifier = Annotated[str, Column("How exact the value is", "数值性质", allowed=MODIFIERS)]
ValueLow = Annotated[float, Column("Least value that the words allow", "数值下限")]
ValueHigh = Annotated[float, Column("Greatest value that the words allow", "数值上限")]
Unit = Annotated[str, Column("Measure word or unit as printed", "单位")]
Earliest = Annotated[datetime.date, Column("First day that the words allow", "最早日")]
Latest = Annotated[datetime.date, Column("Last day that the words allow", "最晚日")]
Precision = Annotated[str, Column("How exactly the notice states the date", "精度", allowed=PRECISIONS)]
Inferred = Annotated[
    str, Column("Rule that supplied a part the notice does not print, such as the year; null if all is printed", "推定规则")
]
IsRedacted = Annotated[bool, Column("The notice masks a part of the value (X, ×, *)", "是否遮蔽")]
Status = Annotated[str, Column("Normalised state of rectification", "整改状态", allowed=STATUSES)]
Yuan = Annotated[Decimal, Column("Sum of money", "金额", unit="元")]


class Span(msgspec.Struct, frozen=True, gc=False):
    """A half-open range of the folded text."""

    start_char: int
    end_char: int


Evidence = Annotated[Span, Column("Where in the folded text the value stands", "出处")]
Spans = Annotated[tuple[Span, ...], Column("Where in the folded text the values stand", "出处")]


class Mention(msgspec.Struct, frozen=True, gc=False):
    """Columns of every row that was read from a notice's words; ``Source.evidence`` gives them in this order."""

    notice_id: NoticeId
    start_char: StartChar
    end_char: EndChar
    raw_start: RawStart
    raw_end: RawEnd
    surface: Surface
    raw: Raw
    rule: Rule
