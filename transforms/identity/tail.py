"""The foot of a page: signature, date line and what the site prints below them."""

from __future__ import annotations

import re
from collections.abc import Sequence

import msgspec
import regex

from transforms.identity.lines import HEADING, LONGEST_DATE, is_control, is_date, is_field, is_stamped

_REACH = 40
_ORG_LINE = re.compile(
    r"^(?:中共|中国共产党)?[\u4e00-\u9fffXx×*○·\d()“” ]{1,44}"
    r"(?:委员会|党委|党组|工委|支部|总支|[省市县区州旗盟]委|局|厅|院|校|学|公司|集团|中心|办公室|办|政府|[镇乡]|街道|街道办事处|办事处|银行|联社|协会|联合会|总工会|委|处|所|站|队|社|部|馆|园|组|场|村|分行|支行)$"
)
_SEAL = re.compile(r"\((?:印|印章|章|盖章|公章|代章|签章)\)$")
_ORG_PART = regex.compile(r"^(?:中共|中国共产党)[\u4e00-\u9fffXx×*○·\d()]{1,30}$|^[\u4e00-\u9fffXx×*○·\d()]{2,20}$")
_WITH_DATE = regex.compile(
    r"^(?P<org>[\u4e00-\u9fffXx×*○·()]{3,44}?) {0,40}(?P<date>(?:二[〇零○][〇零○一二三四五六七八九]{2}|20[\dX×*]{2}|[X×*]{2,4})年[\d一二三四五六七八九十X×*]{1,3}月(?:[\d一二三四五六七八九十X×*]{1,3}日)?)(?:印发)?$"
)


class Tail(msgspec.Struct, frozen=True, gc=False):
    """``start`` is the first line that is no longer body; spans are offsets in the text."""

    start: int
    signature: tuple[tuple[int, int], ...]
    date: tuple[int, int] | None
    footer: tuple[int, ...]


def read_tail(lines: Sequence[str], starts: Sequence[int], first: int) -> Tail:
    """The foot of the page; lines before ``first`` belong to the head."""
    count = len(lines)
    floor = max(first, count - _REACH)
    end = count
    while end > floor and _is_footer(lines[end - 1]):
        end -= 1
    date = _date_line(lines, floor, end)
    if date is None and end < count:  # the date line may be told from a page date only by the signature above it
        date = _date_line(lines, max(floor, end - 1), count)
        if date is not None and not (date > first and _is_org(lines[date - 1])):
            date = None
    if date is not None:
        glued = None if is_date(lines[date]) else _WITH_DATE.match(lines[date])
        if glued:
            at = starts[date]
            signature = ((at + glued.start("org"), at + glued.start("org") + len(glued.group("org").rstrip())),)
            return Tail(date, signature, (at + glued.start("date"), at + glued.end("date")), tuple(range(date + 1, count)))
        start = _signature_start(lines, max(first, date - 4), date)
        spans = tuple(_span(lines, starts, at) for at in range(start, date))
        after = date + 1
        if not spans and after < count and _is_org(lines[after]) and not is_field(lines[after]):
            spans, after = (_span(lines, starts, after),), after + 1
        return Tail(start, spans, _span(lines, starts, date), tuple(range(after, count)))
    start = end
    if end - 1 > first and _is_org(lines[end - 1]):
        start = _signature_start(lines, max(first, end - 4), end)
    return Tail(start, tuple(_span(lines, starts, at) for at in range(start, end)), None, tuple(range(end, count)))


def _span(lines: Sequence[str], starts: Sequence[int], at: int) -> tuple[int, int]:
    return starts[at], starts[at] + len(_unsealed(lines[at]).rstrip())


def _unsealed(line: str) -> str:
    """``line`` without (印) behind it."""
    return _SEAL.sub("", line) if line[-1:] == ")" else line


def _is_footer(line: str) -> bool:
    if len(line) >= 120 or is_date(line):
        return False
    return (is_field(line) and not _is_contact(line)) or is_control(line) or (is_stamped(line) and not _WITH_DATE.match(line))


def _is_contact(line: str) -> bool:
    return "电话" in line or "邮箱" in line or "邮编" in line or "邮政" in line


def _date_line(lines: Sequence[str], floor: int, end: int) -> int | None:
    """The last line of ``floor:end`` that is a date below a body or a body with its date; else a bare date at the very end.

    某局党组 2024年4月12日印发, the line of who printed a document, counts where no other is found.
    """
    bare = printed = None
    for at in range(end - 1, floor - 1, -1):
        line = lines[at]
        if len(line) >= 90 or (len(line) > LONGEST_DATE and line[-1] not in "月日发"):
            continue
        if is_date(line):
            if at > floor and _is_org(lines[at - 1]):
                return at
            bare = at if bare is None and at >= end - 3 else bare
        elif line[-1] in "月日" and _ends_like_org(line):
            return at
        elif printed is None and line.endswith("日印发") and _ends_like_org(line):
            printed = at
    return printed if bare is None else bare


def _ends_like_org(line: str) -> bool:
    glued = _WITH_DATE.match(line)
    return glued is not None and _is_org(glued.group("org").strip())


def _is_org(line: str) -> bool:
    return len(line) < 48 and not HEADING.match(line) and _ORG_LINE.match(_unsealed(line)) is not None


def _signature_start(lines: Sequence[str], floor: int, end: int) -> int:
    """First line of the signature that ends before line ``end``: lines that name bodies, the topmost may be cut in two."""
    start = end
    while start > floor and _is_org(lines[start - 1]):
        start -= 1
    if start < end and start > floor and not lines[end - 1].startswith(("中共", "中国共产党")):
        above = lines[start - 1]
        if above.startswith(("中共", "中国共产党")) and _ORG_PART.match(above):
            start -= 1
    return start
