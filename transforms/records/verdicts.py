"""The table of verdicts: check_results."""

from __future__ import annotations

from typing import Annotated, ClassVar

import msgspec

from transforms.records.columns import Column, Table
from transforms.records.shared import NoticeId, Spans

VERDICTS = ("pass", "fail", "review", "not_checkable", "not_applicable")


class CheckResult(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """The verdict of one check on one notice, with both sides of its equation."""

    TABLE: ClassVar[Table] = Table("check_results", "核验结果", ("notice_id", "check_id"))

    notice_id: NoticeId
    check_id: Annotated[str, Column("Check, such as K01", "核验项", pattern=r"[A-Z][A-Z0-9_]*")]
    verdict: Annotated[str, Column("pass only if certain, fail only if impossible", "结论", allowed=VERDICTS)]
    reason: (
        Annotated[
            str,
            Column(
                "Code of the reason: absent, redacted, approximate, ambiguous_level, chars_lost, policy_unknown …; null for a plain pass",
                "原因",
                pattern=r"[a-z][a-z0-9_]*",
            ),
        ]
        | None
    ) = None
    lhs: Annotated[str, Column("Claimed side of the equation", "表述值")] | None = None
    rhs: Annotated[str, Column("Found side of the equation", "核算值")] | None = None
    equation: Annotated[str, Column("Both sides in one line, such as 15 + 1 = 16", "算式")] | None = None
    reading: Annotated[str, Column("Which of several readings was used", "采用口径")] | None = None
    lhs_spans: Spans = ()
    rhs_spans: Spans = ()
