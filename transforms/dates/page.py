"""The day of publication that a page tells beside its text: a field of the page, or the day in the article's own address."""

from __future__ import annotations

import datetime
import re

from transforms.dates.intervals import interval
from transforms.records.shared import Span
from transforms.source import Source

# The day in the address of an article: /content/2021/09/26/1.html, /202109/t20210926_1.html, /art/2021/9/26/art_1.html
_IN_ADDRESS = re.compile(
    r"(?:/|_)(?:(?P<y>20[0-9]{2})[/-](?P<m>[0-9]{1,2})[/-](?P<d>[0-9]{1,2})(?=[/_.])|(?P<y2>20[0-9]{2})-?(?P<m2>[01][0-9])/(?P<d2>[0-3][0-9])/|t?(?P<y3>20[0-9]{2})(?P<m3>[01][0-9])(?P<d3>[0-3][0-9])(?=[/_.]))"
)
_ADDRESS = re.compile(r"(?:https?:|www\.)[^\s,。;\"'<>]{4,300}")
# an address of the article stands below it
_FOOT = 1500
_PLAIN_DATE = re.compile(r"(?P<y>(?:19|20)[0-9]{2}) ?[-/.年] ?(?P<m>[0-9]{1,2}) ?[-/.月] ?(?P<d>[0-9]{1,2})")


def page_date(source: Source) -> tuple[datetime.date, str, Span | None, str] | None:
    """The day of publication that the page gives beside its text, or the article's own address: day, words, place, rule."""
    for field in ("published", "pubdate", "date"):
        words = source.page.get(field)
        told = _PLAIN_DATE.search(words) if words else None
        if told is not None:
            day = _day(told["y"], told["m"], told["d"])
            if day is not None:
                return day, told.group(), None, "published_from_page"
    matching = source.text.matching
    addresses: list[tuple[str, int | None]] = []
    floor = max(0, len(matching) - _FOOT)
    first = min((at for at in (matching.find("http", floor), matching.find("www.", floor)) if at >= 0), default=-1)
    if first >= 0:
        addresses = [(match.group(), match.start()) for match in _ADDRESS.finditer(matching, first)]
    if "url" in source.page:
        addresses.append((source.page["url"], None))
    for address, start in addresses:
        told = _IN_ADDRESS.search(address)
        if told is None:
            continue
        day = _day(told["y"] or told["y2"] or told["y3"], told["m"] or told["m2"] or told["m3"], told["d"] or told["d2"] or told["d3"])
        if day is not None:
            place = None if start is None else Span(start + told.start(), start + told.end())
            return day, told.group(), place, "published_from_address"
    return None


def _day(year: str, month: str, day: str) -> datetime.date | None:
    value = interval(int(year), int(month), int(day))
    return None if value is None else value[0]
