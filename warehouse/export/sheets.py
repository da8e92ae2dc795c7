"""The sheets of a workbook, which also are the files of a CSV folder: what they ask and how they are laid out."""

from __future__ import annotations

from dataclasses import dataclass

from warehouse.export.stage import LEAKS
from warehouse.views import NOT_TOLD


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet: its name, what it holds, its rows, and the width of each column in characters of a Latin font."""

    name: str
    about: str
    sql: str
    widths: tuple[int, ...]


LEDGER = Sheet(
    "台账",
    f"整改台账，一行一个问题；通报没有写的内容填“{NOT_TOLD}”。通报编号链接到报告页面。",
    "SELECT notice_id AS 通报编号, * EXCLUDE (notice_id) FROM v_taizhang ORDER BY 被巡察党组织, notice_id, 序号",
    (18, 18, 6, 20, 20, 44, 10, 10, 10, 10, 13, 13, 26, 24, 10),
)
DISCREPANCIES = Sheet(
    "核验差异",
    "通报中的数字、日期、格式与核算结果不一致（或需要复核）之处，两侧均附原文。差异只表示文本自身不相符，不代表事实认定。",
    """
    SELECT d.notice_id AS 通报编号, d.被巡察党组织, d.核验项, coalesce(c.title_zh, '') AS 核验内容, d.结论, coalesce(w.words, d.原因) AS 原因,
           d.表述值, d.核算值, d.算式, d.采用口径, d.表述原文, d.核算原文
    FROM v_discrepancies d LEFT JOIN checks c ON c.check_id = d.核验项 LEFT JOIN reasons w ON w.reason = d.原因
    ORDER BY d.结论 = '待复核', d.被巡察党组织, d.notice_id, d.核验项""",
    (18, 20, 8, 24, 10, 24, 16, 16, 26, 14, 38, 38),
)
MASKING = Sheet(
    "遮蔽检查",
    "原文已遮蔽单位或人员、却在别处印出可能泄露身份的文字。供发布前人工复核；对外发布时请先处理并删去本表。",
    f"""
    SELECT l.notice_id AS 通报编号, CASE l.kind WHEN 'organisation' THEN '单位名称' WHEN 'place' THEN '地名' WHEN 'contact' THEN '联系方式'
           WHEN 'document_number' THEN '文号' ELSE '人员' END AS 类别, l.masked AS 原文遮蔽写法, l.leaked AS 未遮蔽文字, l.context AS 上下文,
           l.basis AS 判断依据, l.start_char AS 起始字, l.end_char AS 结束字
    FROM {LEAKS} l ORDER BY l.notice_id, l.start_char, l.kind""",
    (18, 10, 26, 22, 50, 36, 9, 9),
)


def sheets(is_public: bool) -> tuple[Sheet, ...]:
    """The sheets of an export; the masking audit belongs to public ones."""
    return (LEDGER, DISCREPANCIES, MASKING) if is_public else (LEDGER, DISCREPANCIES)
