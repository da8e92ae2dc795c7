"""Citations: one row for a 《title》 with the number or date that belongs to it, and one for every further document number.

A number belongs to the title that it stands behind, in brackets or without a mark between (《…》(某办〔2018〕5号)), or that it stands
before (某办〔2017〕33号《…》, with 文 or 文件 between). Titles that are only joined (、 和 以及) share the verb of the first.
"""

from __future__ import annotations

import calendar
import datetime
import re
from typing import TYPE_CHECKING

import msgspec

from transforms.records.references import Citation
from transforms.references.document_numbers import DocumentNumber, document_numbers
from transforms.references.titles import is_joint, titles, verb_before, verb_behind
from transforms.source import Closed, Source
from transforms.text.text import Text

if TYPE_CHECKING:
    from transforms.outline.tree import Outline

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


class _Draft(msgspec.Struct, gc=False):
    """A citation in the making: a title (at ``title``, its marks included), a number, or both."""

    start: int
    end: int
    title: tuple[int, int] | None = None
    number: DocumentNumber | None = None
    issued: re.Match[str] | None = None


def citations(source: Source, closed: Closed, outline: Outline | None = None) -> tuple[Citation, ...]:
    """The citations of a notice, in order; no two share a character. Those on words already claimed are left out."""
    rows: list[Citation] = []
    matching = source.text.matching
    end, verb = 0, None
    for draft in _drafts(source.text):
        if not closed.is_free(draft.start, draft.end):
            continue
        if not (verb and is_joint(matching, end, draft.start)):
            verb = verb_behind(matching, draft.start, draft.end) or verb_before(matching, end, draft.start)
        end = draft.end
        rows.append(_row(source, outline, draft, verb))
    return tuple(rows)


def _drafts(text: Text) -> list[_Draft]:
    """Titles and numbers in order, each number joined to the title it belongs to."""
    matching = text.matching
    numbers = list(document_numbers(text)[0])[::-1]
    drafts: list[_Draft] = []
    for title in titles(matching):
        start, end = title
        draft = _Draft(start, end, title)
        # most titles are followed by words that no number, date or volume begins with
        has_tail = matching[end : end + 1] in _BEGINS_TAIL
        if has_tail and (volume := _VOLUME.match(matching, end)):
            draft.end = volume.end()
        while numbers and numbers[-1].end <= start:
            number = numbers.pop()
            between = _BEFORE_TITLE.match(matching, number.end)
            if between and between.end() == start:
                draft.start, draft.number = number.start, number
            else:
                drafts.append(_Draft(number.start, number.end, number=number))
        while numbers and numbers[-1].start < draft.end:
            numbers.pop()  # printed inside the title, so a part of it
        opening = _BEFORE_NUMBER.match(matching, draft.end) if numbers and numbers[-1].start - draft.end <= 3 else None
        if draft.number is None and opening and numbers[-1].start == opening.end():
            draft.number = numbers.pop()
            draft.end = draft.number.end
            if opening["bracket"] and matching[draft.end : draft.end + 1] == _CLOSING[opening["bracket"]]:
                draft.end += 1
        elif has_tail and (issued := _ISSUED.match(matching, draft.end)):
            draft.end, draft.issued = issued.end(), issued
        drafts.append(draft)
    drafts.extend(_Draft(number.start, number.end, number=number) for number in reversed(numbers))
    return drafts


def _row(source: Source, outline: Outline | None, draft: _Draft, verb: str | None) -> Citation:
    number, title, is_closed = draft.number, None, True
    path = outline.path_at(draft.start) if outline else None
    if draft.title:
        start, end = draft.title
        is_closed = source.text.folded[end - 1] == "》"
        title = source.text.folded[start + 1 : end - is_closed].strip()
        if is_closed and not number and not draft.issued:  # most
            return Citation(*source.evidence(draft.start, draft.end, "title.plain"), path=path, title=title, verb=verb)
    earliest, latest = _issued(draft.issued)
    rule = number.rule if number else "title.dated" if draft.issued else "title.plain"
    if draft.title and number:
        rule = "title.numbered" if number.canonical else "title.number_redacted"
    elif not is_closed:
        rule = "title.unclosed"
    return Citation(
        *source.evidence(draft.start, draft.end, rule),
        path=path,
        title=title,
        document_number=number.canonical if number else None,
        agency=number.agency if number else None,
        year=number.year if number else None,
        serial=number.serial if number else None,
        bracket_style=(number.bracket_style or None) if number else None,
        number_raw=source.text.folded[number.start : number.end] if number else None,
        is_elided=bool(number and number.is_elided),
        has_form_error=bool(number and number.has_form_error),
        verb=verb,
        issued_earliest=earliest,
        issued_latest=latest,
    )


def _issued(match: re.Match[str] | None) -> tuple[datetime.date | None, datetime.date | None]:
    """First and last day that the date behind a title allows; none for a day that does not exist."""
    if match is None:
        return None, None
    year = int(match["year"])
    if not match["month"]:
        return datetime.date(year, 1, 1), datetime.date(year, 12, 31)
    month = int(match["month"])
    last = calendar.monthrange(year, month)[1]
    if not match["day"]:
        return datetime.date(year, month, 1), datetime.date(year, month, last)
    day = int(match["day"])
    return (datetime.date(year, month, day), datetime.date(year, month, day)) if day <= last else (None, None)
