"""The work of extraction grows with the text and not faster: the lines of code that run are counted, no clock is read."""

from __future__ import annotations

import sys
from pathlib import Path
from types import FrameType
from typing import Any

import pytest

from transforms.notice import extract
from transforms.reading.read import Reading, read

_SAMPLE = Path(__file__).resolve().parents[2] / "samples/notices/01_ladder.txt"
_TITLE = "中共云溪县水务局党组关于巡察整改情况的通报\n根据县委统一部署，2022年3月1日至4月30日，县委第二巡察组对县水务局党组进行了巡察。\n一、整改情况\n"
_CHARACTERS = 3000  # of the smallest of the three texts
_HOSTILE = (
    "1",
    "1.",
    "(1)",
    "①",
    "一是二是",
    "一是。\n",
    "一、",
    "(一)关于",
    "\n1.学习不够。整改情况：已完成。",
    "整改情况：",
    "《（〔【(",
    "《甲》",
    "〔2020〕4号",
    "2023年1月",
    "9月1日至",
    "今年、",
    "3个问题",
    "已完成",
    "其中",
    "约谈1人，",
    "1.2万元、",
    "问题 | 措施 | ",
    "甲 | 乙\n",
    "县",
    "电话：",
    "巡察组",
    "，",
    "。\n",
    " ",
    "责任单位：",
    "下一步，",
    "1.学习不够。\n目前990个问题均已整改到位。\n",
)


def _steps(text: str) -> int:
    """How many lines of Python run to extract ``text``; a loop counts at each turn."""
    count = 0

    def counted(frame: FrameType, event: str, arg: Any) -> Any:
        nonlocal count
        count += 1
        return counted

    reading = read(text.encode(), "text.txt")
    assert isinstance(reading, Reading)
    before = sys.gettrace()
    sys.settrace(counted)
    try:
        extract(reading, "0" * 16, "0" * 16)
    finally:
        sys.settrace(before)
    return count


def _assert_linear(text: str, twice: str, four_times: str) -> None:
    _steps(text)  # fills what is kept from call to call
    first, second, third = _steps(text), _steps(twice), _steps(four_times)
    assert third - second <= 2.2 * max(second - first, 0) + 500, (first, second, third)


@pytest.mark.parametrize("unit", _HOSTILE)
def test_work_grows_no_faster_than_a_hostile_text(unit: str) -> None:
    """Of two doublings of a repeated mark or word, the second adds at most twice the work of the first."""
    times = _CHARACTERS // len(unit)
    _assert_linear(*(_TITLE + unit * (share * times) for share in (1, 2, 4)))


def test_work_grows_no_faster_than_a_notice() -> None:
    """So it is for a notice whose body is printed two and four times."""
    title, body = _SAMPLE.read_text("utf-8").split("\n", 1)
    _assert_linear(*(f"{title}\n{body * times}" for times in (4, 8, 16)))
