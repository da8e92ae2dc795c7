"""The workbook: ledger, discrepancies, contents; formatted for reading on a screen and for printing on A4.

xlsxwriter writes a row at a time and keeps none, so the size of a workbook is bounded by the disk. Its creation time is the
snapshot's, so one snapshot always gives the same bytes.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb
import xlsxwriter
from xlsxwriter.url import Url

from warehouse.export.cells import is_risky
from warehouse.export.sheets import Sheet
from warehouse.export.stage import INFO
from warehouse.views import NOT_TOLD, VERDICT_WORDS

CONTENTS = "目录"
_BODY_FONT, _HEAD_FONT = "宋体", "黑体"  # on every Chinese Windows; LibreOffice and macOS put their own in place
_LONGEST_CELL = 32_767
_CUT = "……（内容超出单元格上限，已截断）"
# A sheet of Excel holds 1,048,576 rows and 65,530 links; beyond them the ledger goes on in a second sheet, and ids are plain text.
_MOST_ROWS = 1_000_000
_MOST_LINKS = 65_000
_A4 = 9
_LINE, _TALLEST = 14.5, 409.0  # points; Excel allows no taller row
_BATCH = 1_000
_FILLS = {"是": "#E3F1E1", "否": "#FBE9D0", "基本完成": "#F3F3D2", VERDICT_WORDS["fail"]: "#F8D7D3", VERDICT_WORDS["review"]: "#FBE9D0"}
_INFO_LABELS = {
    "code_version": "程序版本",
    "rules_version": "规则版本",
    "snapshot": "数据快照",
    "snapshot_time": "快照时间（UTC）",
    "scope": "范围（all 为全部通报）",
    "masking": "遮蔽（public 为对外版）",
}
_HOW_TO_READ = (
    f"“{NOT_TOLD}”：通报原文没有写明，不等于没有做。",
    "“是否完成”按通报自己的说法归类：是、基本完成、否；立行立改、未标明状态的填“通报未载”。",
    "“整改成效”摘自该问题整改情况中的追回款项、处理人数和新建修订的制度；“佐证材料”为其中点名的文件及文号。",
    "“完成时限”注明（下一步打算）的，取自通报第三部分对同一问题的承诺。",
    "“不一致”为必然不相符，“待复核”为可能不相符；无法核验的项目不列入本表。",
)


@dataclass(frozen=True, slots=True)
class Style:
    """How the workbook is made beyond its rows: whether ids link to report pages, and when the snapshot was taken."""

    has_links: bool
    created: datetime.datetime


def write_xlsx(connection: duckdb.DuckDBPyConnection, sheets: Sequence[Sheet], path: Path, style: Style) -> None:
    """Write the workbook to ``path``."""
    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(str(path), options) as workbook:
        workbook.set_properties({"title": "巡察整改台账", "subject": "整改通报数据", "author": "taizhang", "created": style.created})
        formats = _formats(workbook)
        counts = {sheet.name: _write_sheet(workbook, connection, sheet, formats, style) for sheet in sheets}
        _write_contents(workbook, connection, sheets, counts, formats)


def _formats(workbook: Any) -> dict[str, Any]:
    body = {"font_name": _BODY_FONT, "font_size": 10, "valign": "top", "text_wrap": True, "border": 1, "border_color": "#BFBFBF"}
    return {
        "text": workbook.add_format(body),
        "risky": workbook.add_format({**body, "quote_prefix": True}),
        "blank": workbook.add_format({**body, "font_color": "#8C8C8C"}),
        "link": workbook.add_format({**body, "font_color": "#1F4E9E", "underline": 1}),
        "number": workbook.add_format({**body, "align": "center"}),
        "head": workbook.add_format(
            {
                **body,
                "font_name": _HEAD_FONT,
                "bold": True,
                "align": "center",
                "valign": "vcenter",
                "bg_color": "#DDE6F0",
                "border_color": "#7F7F7F",
            }
        ),
        "title": workbook.add_format({"font_name": _HEAD_FONT, "font_size": 16, "bold": True, "valign": "vcenter"}),
        "plain": workbook.add_format({"font_name": _BODY_FONT, "font_size": 10, "text_wrap": True, "valign": "top"}),
        **{f"fill:{word}": workbook.add_format({"bg_color": color}) for word, color in _FILLS.items()},
    }


def _write_sheet(workbook: Any, connection: duckdb.DuckDBPyConnection, sheet: Sheet, formats: Mapping[str, Any], style: Style) -> int:
    """All rows of ``sheet``, in as many worksheets as they need; returns their number."""
    cursor = connection.execute(sheet.sql)
    names = [column[0] for column in cursor.description or ()]
    total, part, row, links = 0, 1, 0, 0
    page = _new_page(workbook, sheet, sheet.name, names, formats)
    for values in _rows(cursor):
        if row == _MOST_ROWS:
            _finish_page(page, row, names, formats)
            part, row, links = part + 1, 0, 0
            page = _new_page(workbook, sheet, f"{sheet.name}{part}", names, formats)
        row, total = row + 1, total + 1
        page.set_row(row, _height(values, sheet.widths))
        for column, value in enumerate(values):
            if column == 0 and style.has_links and links < _MOST_LINKS:
                page.write_url(row, 0, _report_page(value), formats["link"])
                links += 1
            else:
                _write_cell(page, row, column, value, formats)
    _finish_page(page, row, names, formats)
    return total


def _report_page(notice_id: str) -> Any:
    """The relative link to a notice's page. xlsxwriter would write it with backslashes, which only Windows follows."""
    target = f"notices/{notice_id}.html"
    url = Url(f"external:{target}")
    url._link = url._relationship_link = target
    url.text = notice_id
    return url


def _rows(cursor: duckdb.DuckDBPyConnection) -> Iterator[tuple[Any, ...]]:
    while batch := cursor.fetchmany(_BATCH):
        yield from batch


def _write_cell(page: Any, row: int, column: int, value: Any, formats: Mapping[str, Any]) -> None:
    if value is None:
        page.write_blank(row, column, None, formats["text"])
    elif isinstance(value, int):
        page.write_number(row, column, value, formats["number"])
    else:
        words = _fitted(str(value))
        page.write_string(row, column, words, formats["blank" if words == NOT_TOLD else "risky" if is_risky(words) else "text"])


def _height(values: Sequence[Any], widths: Sequence[int]) -> float:
    """The height in points at which every cell of a row shows all its lines; Excel fits rows when it opens a file, LibreOffice does not."""
    lines = max(sum(_lines(each, width) for each in str(value).split("\n")) for value, width in zip(values, widths, strict=True))
    return float(min(_TALLEST, lines * _LINE + 4))


def _lines(words: str, width: int) -> int:
    # in GB 18030 a Han character takes two bytes as it takes two columns; a line of Han may end a column early
    return max(1, -(-len(words.encode("gb18030", "replace")) // (width - 1)))


def _fitted(words: str) -> str:
    return words if len(words) <= _LONGEST_CELL else words[: _LONGEST_CELL - len(_CUT)] + _CUT


def _new_page(workbook: Any, sheet: Sheet, name: str, names: Sequence[str], formats: Mapping[str, Any]) -> Any:
    page = workbook.add_worksheet(name)
    for column, width in enumerate(sheet.widths):
        page.set_column(column, column, width)
    page.freeze_panes(1, 2)
    page.set_row(0, 30)
    for column, words in enumerate(names):
        page.write_string(0, column, words, formats["head"])
    _set_up_print(page, sheet.name)
    page.repeat_rows(0)
    return page


def _finish_page(page: Any, rows: int, names: Sequence[str], formats: Mapping[str, Any]) -> None:
    page.autofilter(0, 0, max(rows, 1), len(names) - 1)
    for column, name in enumerate(names):
        if name in ("是否完成", "结论") and rows:
            for word in _FILLS:
                rule = {"type": "cell", "criteria": "==", "value": f'"{word}"', "format": formats[f"fill:{word}"]}
                page.conditional_format(1, column, rows, column, rule)


def _set_up_print(page: Any, name: str) -> None:
    page.set_paper(_A4)
    page.set_landscape()
    page.fit_to_pages(1, 0)
    page.set_margins(left=0.4, right=0.4, top=0.6, bottom=0.6)
    page.set_header(f'&C&14&"{_HEAD_FONT}"{name}')
    page.set_footer("&L&9taizhang&C&9第 &P 页，共 &N 页")


def _write_contents(
    workbook: Any, connection: duckdb.DuckDBPyConnection, sheets: Sequence[Sheet], counts: Mapping[str, int], formats: Mapping[str, Any]
) -> None:
    page = workbook.add_worksheet(CONTENTS)
    page.set_column(0, 0, 26)
    page.set_column(1, 1, 14)
    page.set_column(2, 2, 90)
    _set_up_print(page, CONTENTS)
    page.set_row(0, 30)
    page.write_string(0, 0, "巡察整改台账", formats["title"])
    row = 2
    for column, words in enumerate(("工作表", "行数", "内容")):
        page.write_string(row, column, words, formats["head"])
    for sheet in sheets:
        row += 1
        page.write_url(row, 0, f"internal:'{sheet.name}'!A1", formats["link"], sheet.name)
        page.write_number(row, 1, counts[sheet.name], formats["number"])
        page.write_string(row, 2, sheet.about, formats["text"])
    for words, count in connection.execute(_COUNTED).fetchall():
        row += 1
        page.write_string(row, 0, words, formats["text"])
        page.write_number(row, 1, count, formats["number"])
        page.write_blank(row, 2, None, formats["text"])
    row += 2
    page.write_string(row, 0, "怎样读", formats["head"])
    for words in _HOW_TO_READ:
        row += 1
        page.merge_range(row, 0, row, 2, words, formats["plain"])
    row += 2
    page.write_string(row, 0, "版本", formats["head"])
    for name, value in connection.execute(f"SELECT name, value FROM {INFO}").fetchall():
        row += 1
        page.write_string(row, 0, _INFO_LABELS.get(name, name), formats["text"])
        page.write_string(row, 1, "", formats["text"])
        page.write_string(row, 2, value, formats["text"])


_COUNTED = """
SELECT '通报数', count(*) FROM notices UNION ALL
SELECT '其中未逐条列出问题的', count(*) FROM notices WHERE notice_id NOT IN (SELECT notice_id FROM problems) UNION ALL
SELECT '核验通过项', count(*) FROM check_results WHERE verdict = 'pass' UNION ALL
SELECT '无法核验项', count(*) FROM check_results WHERE verdict = 'not_checkable'"""
