"""Tables with one row per notice: notices, its texts, and what folding changed."""

from __future__ import annotations

from typing import Annotated, ClassVar

import msgspec

from transforms.records.columns import Column, Table
from transforms.records.shared import DocumentId, Earliest, Evidence, Inferred, IsRedacted, Latest, Mention, NoticeId, Precision, Raw

GENRES = ("notice", "report_news", "summary")


class Notice(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """A notice of how a body put right what an inspection found, with the facts of its head, lead and signature.

    Each date is an interval: ``earliest`` and ``latest`` are equal for a full date, ten days apart for a 旬, null when the notice
    does not tell or the words are damaged. ``inferred`` names the rule that supplied a missing year.
    """

    TABLE: ClassVar[Table] = Table("notices", "整改通报", ("notice_id",))

    notice_id: NoticeId
    document_id: DocumentId
    genre: Annotated[str, Column("Notice of one body, news report about one, or summary over many", "体裁", allowed=GENRES)]
    title: Annotated[str, Column("Title in one line, without dates or column names glued to it", "标题")] | None = None
    title_lines: Annotated[int, Column("Lines over which the title is printed", "标题行数", minimum=0)]
    title_span: Evidence | None = None
    inspected_org: Annotated[str, Column("Body that was inspected, in the fullest form the notice prints", "被巡察党组织")] | None = None
    inspected_org_span: Evidence | None = None
    inspected_org_aliases: Annotated[tuple[str, ...], Column("Other names by which the notice calls that body", "被巡察党组织别称")] = ()
    inspector: Annotated[str, Column("Team that inspected, such as 县委第二巡察组", "巡察组")] | None = None
    inspector_span: Evidence | None = None
    inspection_kind: (
        Annotated[str, Column("Printed kind of inspection: 巡察, 巡视, 常规巡察, 专项巡视, 回头看, 联动巡察 …", "巡察类型")] | None
    ) = None
    inspection_round: Annotated[str, Column("Round as printed, such as 十二届省委第三轮", "轮次")] | None = None
    inspection_start_earliest: Earliest | None = None
    inspection_start_latest: Latest | None = None
    inspection_start_precision: Precision | None = None
    inspection_start_raw: Raw | None = None
    inspection_start_inferred: Inferred | None = None
    inspection_start_is_redacted: IsRedacted = False
    inspection_start_span: Evidence | None = None
    inspection_end_earliest: Earliest | None = None
    inspection_end_latest: Latest | None = None
    inspection_end_precision: Precision | None = None
    inspection_end_raw: Raw | None = None
    inspection_end_inferred: Inferred | None = None
    inspection_end_is_redacted: IsRedacted = False
    inspection_end_span: Evidence | None = None
    feedback_earliest: Earliest | None = None
    feedback_latest: Latest | None = None
    feedback_precision: Precision | None = None
    feedback_raw: Raw | None = None
    feedback_inferred: Inferred | None = None
    feedback_is_redacted: IsRedacted = False
    feedback_span: Evidence | None = None
    signed_earliest: Earliest | None = None
    signed_latest: Latest | None = None
    signed_precision: Precision | None = None
    signed_raw: Raw | None = None
    signed_inferred: Inferred | None = None
    signed_is_redacted: IsRedacted = False
    signed_span: Evidence | None = None
    published_earliest: Earliest | None = None
    published_latest: Latest | None = None
    published_precision: Precision | None = None
    published_raw: Raw | None = None
    published_inferred: Inferred | None = None
    published_is_redacted: IsRedacted = False
    published_span: Evidence | None = None
    signed_org: Annotated[str, Column("Body that signed the notice", "落款单位")] | None = None
    signed_org_span: Evidence | None = None
    province: Annotated[str, Column("Province of the inspected body", "省")] | None = None
    city: Annotated[str, Column("Prefecture-level city of the inspected body", "市")] | None = None
    county: Annotated[str, Column("County or district of the inspected body", "县区")] | None = None
    region_code: Annotated[str, Column("GB/T 2260 code of the narrowest region known", "区划代码", pattern=r"[0-9]{6}")] | None = None
    place_rule: Annotated[str, Column("What the place was told by: name, telephone area code, postcode or site", "地点依据")] | None = None
    char_count: Annotated[int, Column("Characters of the folded text", "字数", minimum=0)]
    covered_char_count: Annotated[int, Column("Characters that some extracted row accounts for", "已解析字数", minimum=0)]


class NoticeText(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """The words of a notice: as decoded, and folded for reading."""

    TABLE: ClassVar[Table] = Table("texts", "通报全文", ("notice_id",))

    notice_id: NoticeId
    text: Annotated[str, Column("Folded text; start_char and end_char count in it", "归一文本")]
    raw_text: Annotated[str, Column("Decoded text as printed; raw_start and raw_end count in it", "原文本")]


class Folding(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """How often folding changed a notice's text in one way."""

    TABLE: ClassVar[Table] = Table("foldings", "归一记录", ("notice_id", "kind"))

    notice_id: NoticeId
    kind: Annotated[str, Column("Kind of edit, such as full_width_digit or zero_width", "改动类型", pattern=r"[a-z][a-z0-9_]*")]
    edit_count: Annotated[int, Column("Characters changed or removed", "改动数", minimum=1)]


class PageField(Mention, frozen=True, kw_only=True, gc=False):
    """A field of the page around the notice: 发布日期, 来源, 编辑, 索引号 and the like."""

    TABLE: ClassVar[Table] = Table("page_fields", "页面信息", ("notice_id", "start_char", "field"))

    field: Annotated[str, Column("Normalised name of the field", "字段", pattern=r"[a-z][a-z0-9_]*")]
    label: Annotated[str, Column("Label as printed", "标签")]
    value: Annotated[str, Column("Value as printed, empty if the page leaves it blank", "内容")]
