"""Properties of the date extractor that hold for any text."""

from __future__ import annotations

import datetime
import itertools
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from transforms.dates import scan
from transforms.dates.header import header_dates
from transforms.dates.mentions import date_mentions, scan_text
from transforms.layout import layout
from transforms.records.statements import DateMention
from transforms.source import Closed, Source
from transforms.text.folding import fold

REFERENCE = datetime.date(2024, 6, 30)
PIECES = [
    "2023年",
    "5月",
    "4日",
    "12",
    "2",
    "至",
    "-",
    "、",
    "X月",
    "×日",
    "20XX年",
    "二〇二三年",
    "十月",
    "三日",
    "上旬",
    "底",
    "上半年",
    "第一季度",
    "学期",
    "春季",
    "2023-05-04",
    "2019.8",
    "/",
    "17:21",
    "今年",
    "去年",
    "次日",
    "同月",
    "截至",
    "自",
    "起",
    "以来",
    "前",
    "20231021日",
    "2月30日",
    "五一",
    "期间",
    "反馈",
    "巡察组",
    "进行了巡察",
    "召开会议",
    "。",
    "\n",
    ",",
    " ",
    "(",
    ")",
    "发布日期:",
    "成文日期:",
    "年",
    "月",
    "日",
    "号",
    "*",
    "2020、2021年",
    "3至12月",
    "9月7日至26",
    "🀄",
    "〔2020〕4号",
    "99999999999",
]
TEXTS = st.lists(st.sampled_from(PIECES), max_size=24).map("".join)
FULL_DATES = st.dates(datetime.date(1950, 1, 1), datetime.date(2099, 12, 31))


def mentions(words: str) -> tuple[Source, tuple[DateMention, ...]]:
    """The rows of a text read as a notice."""
    source = Source("0" * 16, fold(words))
    return source, date_mentions(source, Closed(len(source.text.folded)), layout(source.text), None)


@settings(max_examples=250, deadline=None)
@given(TEXTS)
def test_rows_hold_together(words: str) -> None:
    """Nothing raises; spans point at their surface and do not overlap; a value is an interval, and a missing one has its reason."""
    source, rows = mentions(words)
    text = source.text
    for row in rows:
        assert text.folded[row.start_char : row.end_char] == row.surface != ""
        assert text.raw[row.raw_start : row.raw_end] == row.raw
        assert (row.earliest is None) == (row.latest is None) == (row.precision is None)
        assert (row.earliest is None) == (row.null_reason is not None)
        assert row.earliest is None or row.latest is None or row.earliest <= row.latest
        assert row.alternative_earliest is None or (
            row.alternative_latest is not None and row.alternative_earliest <= row.alternative_latest
        )
    assert all(before.end_char <= after.start_char for before, after in itertools.pairwise(rows))
    columns = header_dates(source, layout(text), rows)
    assert all(name in DATE_COLUMNS for name in columns)


DATE_COLUMNS = {
    f"{date}_{part}"
    for date in ("inspection_start", "inspection_end", "feedback", "signed", "published")
    for part in ("earliest", "latest", "precision", "raw", "inferred", "is_redacted", "span")
}


@settings(max_examples=100, deadline=None)
@given(st.lists(FULL_DATES, max_size=6, unique=True), st.randoms())
def test_order_of_paragraphs_changes_no_full_date(days: list[datetime.date], random: object) -> None:
    """Dates printed in full keep their values when paragraphs change places."""
    lines = [f"{day.year}年{day.month}月{day.day}日开展了工作。" for day in days]
    shuffled = sorted(lines)
    values = {(row.surface, row.earliest, row.latest) for row in mentions("\n".join(lines))[1]}
    assert values == {(row.surface, row.earliest, row.latest) for row in mentions("\n".join(shuffled))[1]}
    assert {value[1] for value in values} == set(days)


@settings(max_examples=150, deadline=None)
@given(FULL_DATES, st.sampled_from(["{0}年{1}月{2}日", "{0}年{1:02}月{2:02}日", "{0}-{1:02}-{2:02}", "{0}.{1}.{2}", "{0}/{1}/{2}"]))
def test_every_printed_form_gives_its_day(day: datetime.date, form: str) -> None:
    """A day printed in any full form resolves to itself."""
    found = scan_text(fold("于" + form.format(day.year, day.month, day.day) + "召开"), None)
    assert [(item.earliest, item.latest) for item in found] == [(day, day)]


@settings(max_examples=60, deadline=None)
@given(st.lists(FULL_DATES, min_size=1, max_size=5))
def test_doubling_a_text_doubles_its_dates(days: list[datetime.date]) -> None:
    """A text printed twice has every date twice."""
    words = "".join(f"{day.year}年{day.month}月{day.day}日召开会议。\n" for day in days)
    assert len(scan_text(fold(words * 2), REFERENCE)) == 2 * len(scan_text(fold(words), REFERENCE)) == 2 * len(days)


@settings(max_examples=400, deadline=None)
@given(
    st.sampled_from(["", "A", "于", "1"]),
    st.sampled_from(["1899", "1999", "2023", "2100", "202", "20231"]),
    st.sampled_from(["3月", "12月", "13月", "月"]),
    st.sampled_from(["5日", "31日", "32日", "", "底", "上旬"]),
    st.sampled_from(["", ",", ", ", ",9时", " 9:30", "上午9时", "至6日", "-8日", "份", "6", "。", "(", ",,9时"]),
)
def test_a_plain_date_is_what_the_full_reading_makes_of_it(before: str, year: str, month: str, day: str, behind: str) -> None:
    text = fold(f"{before}{year}年{month}{day}{behind}")
    found = scan.scan(text)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(scan, "_plain_date", lambda *_: None)
        assert found == scan.scan(text)


def test_hostile_text_takes_linear_time() -> None:
    """Four times the digits, or of any run of date characters, take no more than about four times as long."""
    for unit in ("1", "1、", "5月、", "2023年", "至", "年", "2023-", "X月", "5日至", "《", "次日"):
        short, long = (_seconds(unit * (size // len(unit))) for size in (25_000, 100_000))
        assert long < 10 * short + 0.5, unit


def _seconds(words: str) -> float:
    """CPU time of reading a text, without folding it."""
    text = fold(words)
    started = time.process_time()
    scan_text(text, REFERENCE)
    return time.process_time() - started
