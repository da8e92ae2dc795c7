"""Dates told from another one: 今年, 去年, 本月, 同月, 次日."""

from __future__ import annotations

import datetime

from transforms.dates.context import Context
from transforms.dates.found import Found

_YEAR_SHIFT = {"去年": -1, "前年": -2, "明年": 1}
_FROM_CONTEXT = {"次年": 1, "翌年": 1, "同年": 0, "当年": 0}
_MONTH_SHIFT = {"上月": -1, "上个月": -1, "下月": 1, "下个月": 1}
_DAY = datetime.timedelta(1)


def relative_parts(context: Context, item: Found) -> tuple[int | None, int | None]:
    """Year and month of a date that 今年, 上月 or 次日 opens; a relative day is filled in whole. Sets ``inferred``."""
    word = item.relative
    item.inferred = "relative_year"
    if word in _FROM_CONTEXT and context.last_year is not None:
        item.year_from_char = context.last.start if context.last else None
        base = context.last_year
        if item.pair is not None and item.range_part == "end" and item.pair.earliest is not None:
            base, item.year_from_char = item.pair.earliest.year, item.pair.start
        return base + _FROM_CONTEXT[word], item.month
    if "年" in word:
        base_year = _year_of_writing(context, item)
        if base_year is None:
            return None, item.month
        shift = _YEAR_SHIFT.get(word, -1 if word.startswith("上") else 1 if word.startswith("下") else _FROM_CONTEXT.get(word, 0))
        return base_year + shift, item.month
    if "月" in word:
        return _relative_month(context, item)
    return _relative_day(context, item)


def _relative_month(context: Context, item: Found) -> tuple[int | None, int | None]:
    item.inferred = "relative_month"
    word = item.relative
    if word in ("同月", "当月", "次月"):
        near = context.last_day
        if near is None or near.earliest is None or near.precision not in ("day", "ten_days", "month"):
            return None, None
        item.year_from_char = near.start
        year, month = near.earliest.year, near.earliest.month + (word == "次月")
    elif context.frame.written is not None:
        year, month = context.frame.written.year, context.frame.written.month + _MONTH_SHIFT.get(word, 0)
    else:
        return None, None
    year, month = year + (month - 1) // 12, (month - 1) % 12 + 1
    item.month = month
    return year, month


def _relative_day(context: Context, item: Found) -> tuple[int | None, int | None]:
    item.inferred = "relative_day"
    near = context.last_day
    if near is None or near.precision != "day" or near.earliest is None or item.start - near.end > 120:
        item.null_reason = "no_reference"
        return None, None
    day = near.earliest + (_DAY if item.relative in ("次日", "翌日") else 0 * _DAY)
    item.year_from_char = near.start
    item.earliest, item.latest, item.precision = day, day, "day"
    return day.year, day.month


def _year_of_writing(context: Context, item: Found) -> int | None:
    written = context.frame.written
    if written is not None:
        if (
            item.month is not None
            and item.relative == "今年"
            and (written.year, written.month) < (written.year, item.month)
            and item.role != "deadline"
            and context.frame.is_notice
        ):
            return written.year - 1  # told as past in a notice that was signed after the turn of the year
        return written.year
    if context.last is not None and context.last_year is not None:
        item.year_from_char = context.last.start
        if context.feedback is not None:
            return max(context.last_year, context.feedback.year)
        return context.last_year
    return None
