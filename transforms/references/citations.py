"""Citations: one row for a 《title》 with the number or date that belongs to it, and one for every further document number.

A number belongs to the title that it stands behind, in brackets or without a mark between (《…》(某办〔2018〕5号)), or that it stands
before (某办〔2017〕33号《…》, with 文 or 文件 between). Titles that are only joined (、 和 以及) share the verb of the first.
"""

from __future__ import annotations

import calendar
import datetime
import re
from collections.abc import Callable, Iterable, Sequence
from functools import partial
from itertools import repeat
from typing import TYPE_CHECKING, Any, TypeVar

from transforms.records.references import Citation
from transforms.references.document_numbers import DocumentNumber, document_numbers
from transforms.references.titles import titles, verbs_of
from transforms.source import Closed, Source
from transforms.text.text import Text

if TYPE_CHECKING:
    from transforms.outline.tree import Outline

_Part = TypeVar("_Part")

_CLOSING = {"(": ")", "〔": "〕", "[": "]", "【": "】", "〈": "〉"}
# what may stand between a title's closing mark and its number
_BEFORE_NUMBER = re.compile(r" ?(?P<bracket>[(〔\[【〈])? ?")
# a volume stands behind the title and belongs to the citation, not to the title
_VOLUME = re.compile(r" ?第 ?[一二三四五六七八九十\d]{1,3} ?[卷册辑版集部]")
# what may stand between a number and the title that it belongs to
_BEFORE_TITLE = re.compile(r" ?[)\]】]? ?(?:文件精神|文件|号文|文|通知)? ?[::]? ?(?=《)")
_BEGINS_TAIL = frozenset(" 第(")
_ISSUED = re.compile(
    r" ?\( ?(?P<year>(?:19|20)\d\d) ?(?:[.年/-] ?(?:(?P<month>1[0-2]|0?[1-9]) ?(?:[.月/-] ?(?:(?P<day>3[01]|[12]\d|0?[1-9]) ?日?)?)?)?)?"
    r"(?:修订|修正|版|印发|发布|试行|通过|年|本){0,3} ?\)"
)
# the columns of a number and of a date for citations without
_NO_NUMBER = (None, None, None, None, None, None, False, False)
_NO_DATE = (None, None)


# start, end, rule, title without its marks, number, date of issue; a citation has a title, a number or both
_Cited = tuple[int, int, str, "str | None", "DocumentNumber | None", "re.Match[str] | None"]


def citations(source: Source, closed: Closed, outline: Outline | None = None) -> tuple[Citation, ...]:
    """The citations of a notice, in order; no two share a character. Those on words already claimed are left out."""
    text = source.text
    cited = _cited(text)
    if cited and not closed.is_free(cited[0][0], cited[-1][1]):
        cited = [one for one in cited if closed.is_free(one[0], one[1])]
    if not cited:
        return ()
    starts, ends, rules, names, numbers, issued = zip(*cited, strict=True)
    return tuple(
        map(
            Citation,
            *source.columns(starts, ends, rules),
            map(outline.path_at, starts) if outline else repeat(None),
            names,
            *_columns(numbers, partial(_number_columns, text), _NO_NUMBER),
            verbs_of(text.matching, starts, ends),
            *_columns(issued, _issued, _NO_DATE),
        )
    )


def _cited(text: Text) -> list[_Cited]:
    """Titles and numbers in order, each number joined to the title it belongs to."""
    matching, folded, length = text.matching, text.folded, len(text.matching)
    numbers = list(document_numbers(text)[0])[::-1]
    found: list[_Cited] = []
    for start, end, is_closed in titles(matching):
        name = folded[start + 1 : end - is_closed].strip()
        rule = "title.plain" if is_closed else "title.unclosed"
        number = issued = None
        # most titles are followed by words that no number, date or volume begins with
        has_tail = end < length and matching[end] in _BEGINS_TAIL
        if has_tail and (volume := _VOLUME.match(matching, end)):
            end = volume.end()
        while numbers and numbers[-1].end <= start:
            before = numbers.pop()
            between = _BEFORE_TITLE.match(matching, before.end)
            if between and between.end() == start:
                start, number = before.start, before
            else:
                found.append(_alone(before))
        while numbers and numbers[-1].start < end:
            numbers.pop()  # printed inside the title, so a part of it
        opening = _BEFORE_NUMBER.match(matching, end) if numbers and numbers[-1].start - end <= 3 else None
        if number is None and opening and numbers[-1].start == opening.end():
            number = numbers.pop()
            end = number.end
            if opening["bracket"] and matching[end : end + 1] == _CLOSING[opening["bracket"]]:
                end += 1
        elif has_tail and (issued := _ISSUED.match(matching, end)):
            end = issued.end()
            rule = "title.dated" if is_closed else rule
        if number:
            rule = "title.numbered" if number.canonical else "title.number_redacted"
        found.append((start, end, rule, name, number, issued))
    found.extend(map(_alone, reversed(numbers)))
    return found


def _alone(number: DocumentNumber) -> _Cited:
    """A number that belongs to no title."""
    return number.start, number.end, number.rule, None, number, None


def _columns(parts: Sequence[_Part | None], read: Callable[[_Part], Sequence[Any]], missing: Sequence[Any]) -> Iterable[Iterable[Any]]:
    """The columns that ``read`` makes of each of ``parts``; ``missing`` are those of a citation without it."""
    if not any(parts):
        return map(repeat, missing)
    return zip(*[read(part) if part else missing for part in parts], strict=True)


def _number_columns(text: Text, number: DocumentNumber) -> tuple[str | int | None, ...]:
    """``document_number`` to ``has_form_error``."""
    return (
        number.canonical,
        number.agency,
        number.year,
        number.serial,
        number.bracket_style or None,
        text.folded[number.start : number.end],
        number.is_elided,
        number.has_form_error,
    )


def _issued(match: re.Match[str]) -> tuple[datetime.date | None, datetime.date | None]:
    """First and last day that the date behind a title allows; none for a day that does not exist."""
    year = int(match["year"])
    if not match["month"]:
        return datetime.date(year, 1, 1), datetime.date(year, 12, 31)
    month = int(match["month"])
    last = calendar.monthrange(year, month)[1]
    if not match["day"]:
        return datetime.date(year, month, 1), datetime.date(year, month, last)
    day = int(match["day"])
    return (datetime.date(year, month, day), datetime.date(year, month, day)) if day <= last else (None, None)
