"""Fields that the site prints around a notice: 发布日期, 来源, 编辑, 索引号 and the like, empty ones included."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence

from transforms.identity.labels import bare_labels, field_of, label_pattern
from transforms.identity.lines import is_date, is_stamped
from transforms.layout import Layout
from transforms.records.notices import PageField
from transforms.records.shared import Span
from transforms.source import Source

_STAMP = re.compile(r"^[(\[【〔 ]{0,3}(20\d\d[-年/. ]{1,2}\d{1,2}[-月/]\d{1,2}日?(?: {0,3}\d{1,2}:\d{2}(?::\d{2})?)?)")
_SHORTEST_STAMP = 8
_EDGES = " |·•-,;、【】[]"
# Words that end a field's value because a control of the page follows it.
_CONTROL = re.compile("字体|字号|打印|关闭|分享|收藏|朗读|扫一扫|大 中 小|我要纠错|纠错")


def page_fields(source: Source, layout: Layout) -> tuple[PageField, ...]:
    """Labelled fields in page header and footer, in the order of the page; a time without a label is its time of publication."""
    rows: list[PageField] = []
    words = source.text.matching
    title = layout.title[0].start_char if layout.title else -1
    for group in ((*layout.header, *layout.title[:1]), layout.footer):
        rows += _fields(source, words, sorted(group, key=lambda line: line.start_char), title)
    if layout.title:
        rows += _titled(source, words, layout)
    return tuple(sorted(rows, key=lambda row: row.start_char))


def _fields(source: Source, words: str, lines: Sequence[Span], title: int) -> Iterator[PageField]:
    waiting: tuple[str, str, Span] | None = None  # field, label and place of a label whose value is due on the next line
    for line in lines:
        start, end = line.start_char, line.end_char
        found = list(label_pattern().finditer(words, start, end)) if start != title else []
        if not found:
            bare = words[start:end].replace(" ", "").strip("•·- :")
            if waiting:
                field, label, place = waiting
                yield PageField(
                    *source.evidence(place.start_char, end, f"page.{field}"),
                    field=field,
                    label=label,
                    value=_value(source, start, end),
                )
                waiting = None
            elif start == title:
                continue
            elif bare in bare_labels():
                waiting = (field_of()[bare], bare, line)
            elif is_date(words[start:end]) or is_stamped(words[start:end]):
                yield from _stamp(source, words, start, end)
            continue
        if waiting:
            field, label, place = waiting
            yield PageField(*source.evidence(place.start_char, place.end_char, f"page.{field}"), field=field, label=label, value="")
            waiting = None
        if found[0].start() - start >= _SHORTEST_STAMP:
            yield from _stamp(source, words, start, found[0].start())
        for match, following in zip(found, [*found[1:], None], strict=True):
            stop = following.start() if following else end
            control = _CONTROL.search(words, match.end(), stop)
            if control:
                stop = control.start()
            label = match.group("label").replace(" ", "")
            value = _value(source, match.end(), stop)
            field = field_of()[label]
            if not value and following is None and len(found) == 1 and not control:
                waiting = (field, label, Span(match.start(), match.end()))
                continue
            last = match.end()
            if value:
                bare = words[last:stop].strip(_EDGES)
                last = words.find(bare, last, stop) + len(bare)
            yield PageField(*source.evidence(match.start(), last, f"page.{field}"), field=field, label=label, value=value)
    if waiting:
        field, label, place = waiting
        yield PageField(*source.evidence(place.start_char, place.end_char, f"page.{field}"), field=field, label=label, value="")


def _value(source: Source, start: int, end: int) -> str:
    return source.text.folded[start:end].strip(_EDGES)


def _stamp(source: Source, words: str, start: int, end: int) -> Iterator[PageField]:
    found = _STAMP.match(words[start:end])
    if found:
        at = start + found.start(1)
        yield PageField(*source.evidence(at, at + len(found.group(1)), "page.time"), field="published", label="", value=found.group(1))


def _titled(source: Source, words: str, layout: Layout) -> Iterator[PageField]:
    """The title where it is printed behind 文件名称: or with the time of publication glued to it."""
    first, last = layout.title[0], layout.title[-1]
    start, end = _line_at(layout, first.start_char)
    if start < first.start_char:
        found = label_pattern().search(words, start, first.start_char)
        if found:
            label = found.group("label").replace(" ", "")
            yield PageField(
                *source.evidence(found.start(), first.end_char, f"page.{field_of()[label]}"),
                field=field_of()[label],
                label=label,
                value=_value(source, first.start_char, first.end_char),
            )
    start, end = _line_at(layout, last.start_char)
    if last.end_char < end:
        glued = _GLUED_TIME.search(words, last.end_char, end)
        if glued:
            yield PageField(*source.evidence(glued.start(), glued.end(), "page.time"), field="published", label="", value=glued.group())


_GLUED_TIME = re.compile(r"20\d\d[-年/.]\d{1,2}[-月/.]\d{1,2}日?(?: {1,3}\d{1,2}:\d{2}(?::\d{2})?)?")


def _line_at(layout: Layout, offset: int) -> tuple[int, int]:
    """Where the line that holds ``offset`` starts and ends."""
    at = bisect_right(layout.line_starts, offset) - 1
    start = layout.line_starts[at]
    return start, start + layout.line_lengths[at]
