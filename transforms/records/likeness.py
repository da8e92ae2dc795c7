"""Tables that tell which notices and passages are alike; made from texts by transforms.similarity."""

from __future__ import annotations

from typing import Annotated, ClassVar

import msgspec

from transforms.records.columns import Column, Table
from transforms.records.shared import HEX16, EndChar, NoticeId, StartChar


class Signature(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """What a notice's text is compared by."""

    TABLE: ClassVar[Table] = Table("signatures", "文本特征", ("notice_id",))

    notice_id: NoticeId
    bands: Annotated[tuple[int, ...], Column("MinHash band keys; notices that share one are looked at more closely", "特征键")]
    shingle_count: Annotated[
        int | None, Column("Distinct runs of eight letters; texts of very different counts cannot be alike", "特征数", minimum=0)
    ] = None


class Passage(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """A paragraph of at least 60 letters, and what it is compared by."""

    TABLE: ClassVar[Table] = Table("passages", "段落特征", ("notice_id", "start_char"))

    notice_id: NoticeId
    start_char: StartChar
    end_char: EndChar
    keys: Annotated[tuple[int, ...], Column("MinHash keys; paragraphs that share one are nearly the same words", "特征键")]


class NearDuplicate(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """Two notices that are the same one in two places; each pair stands twice, once from either side."""

    TABLE: ClassVar[Table] = Table("near_duplicates", "重复通报", ("notice_id", "other_notice_id"))

    notice_id: NoticeId
    other_notice_id: Annotated[str, Column("The other notice", "另一通报编号", pattern=HEX16)]
    similarity: Annotated[float, Column("Share of common runs of eight letters among all of both texts", "相似度", minimum=0, maximum=1)]
