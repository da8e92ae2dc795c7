"""Tables of what the notice names: citations, contacts, organisations, persons, places."""

from __future__ import annotations

from typing import Annotated, ClassVar

from transforms.records.columns import Column, Table
from transforms.records.shared import Earliest, Latest, Mention, NodePath


class Citation(Mention, frozen=True, gc=False):
    """A 《title》, a document number, or a title with its number."""

    TABLE: ClassVar[Table] = Table("citations", "引用文件", ("notice_id", "start_char", "document_number"))

    path: NodePath | None = None
    title: Annotated[str, Column("Title without its brackets, nested ones kept", "文件名")] | None = None
    document_number: Annotated[str, Column("Canonical form 机关代字〔2020〕4号", "文号")] | None = None
    agency: Annotated[str, Column("机关代字", "机关代字")] | None = None
    year: Annotated[int, Column("Year of the document number", "年份", minimum=1949, maximum=2100)] | None = None
    serial: Annotated[int, Column("Serial of the document number", "顺序号", minimum=0)] | None = None
    bracket_style: Annotated[str, Column("Brackets as printed around the year", "括号样式")] | None = None
    number_raw: Annotated[str, Column("Document number as printed", "文号原文")] | None = None
    is_elided: Annotated[bool, Column("Agency and year were left out and taken from the number before", "是否省略")] = False
    has_form_error: Annotated[
        bool, Column("The printed number departs from GB/T 9704: brackets, 第, 字, leading zero", "文号是否不规范")
    ] = False
    verb: Annotated[str, Column("What was done with the document: 制定, 修订, 印发, 转发, 学习, 依据 …", "动词")] | None = None
    issued_earliest: Earliest | None = None
    issued_latest: Latest | None = None


class Contact(Mention, frozen=True, kw_only=True, gc=False):
    """A way to reach the body: telephone, postcode, e-mail, address."""

    TABLE: ClassVar[Table] = Table("contacts", "联系方式", ("notice_id", "start_char"))

    kind: Annotated[str, Column("Kind, told by the value", "类型", allowed=("phone", "fax", "postcode", "email", "address"))]
    value: (
        Annotated[str, Column("Value, repaired where it was printed with blanks or odd signs; null for a masked number", "内容")] | None
    ) = None
    label: Annotated[str, Column("Label as printed", "标签")] | None = None
    is_repaired: Annotated[bool, Column("The value differs from what was printed", "是否修正")] = False
    is_redacted: Annotated[bool, Column("The page masks the value", "是否遮蔽")] = False
    is_mislabelled: Annotated[bool, Column("The label says another kind than the value shows", "标签是否不符")] = False


class Organisation(Mention, frozen=True, kw_only=True, gc=False):
    """A body that the notice names in a role."""

    TABLE: ClassVar[Table] = Table("organisations", "机构", ("notice_id", "start_char", "role"))

    name: Annotated[str, Column("Name as the notice gives it, without blanks", "名称")]
    role: Annotated[
        str, Column("Role in the notice", "角色", allowed=("inspected", "inspector", "signer", "publisher", "partner", "other"))
    ]


class Person(Mention, frozen=True, kw_only=True, gc=False):
    """A person whom the notice names together with an office; kept so that public exports can mask the name."""

    TABLE: ClassVar[Table] = Table("persons", "人员", ("notice_id", "start_char"))

    name: Annotated[str, Column("Name", "姓名")]
    office: Annotated[str, Column("Office or role as printed", "职务")]


class Place(Mention, frozen=True, kw_only=True, gc=False):
    """A province, prefecture or county that the notice names."""

    TABLE: ClassVar[Table] = Table("places", "地点", ("notice_id", "start_char"))

    name: Annotated[str, Column("Name as printed", "名称")]
    level: Annotated[str, Column("Rank of the region", "级别", allowed=("province", "city", "county", "town"))]
    region_code: (
        Annotated[str, Column("GB/T 2260 code, null while the name fits several regions", "区划代码", pattern=r"[0-9]{6}")] | None
    ) = None
