"""Gives every date its interval of days, and supplies the year or month that the notice leaves out.

Order of the rules for a missing year, each named in ``inferred``:

* ``year_inherited``: from the other side of its range, or from the nearest earlier dated mention;
* ``year_rollover``: the end of a range whose month lies before that of its start is in the next year;
* ``year_rising_chain``: the year so found would place the date before what it must follow (inspection < feedback < measures) or
  behind the signing, and another year does not;
* ``year_from_document_number``, ``year_from_later``: nothing dated stands before it, so a bracketed year (〔2020〕4号) just before it, or
  the next dated mention, tells;
* ``year_from_signature``: nothing else tells; the latest year that is not after the signing or the publication;
* ``year_from_reference``: outside a notice, the year of the reference day;
* ``relative_year``, ``relative_month``, ``relative_day``: 今年, 上月, 次日; ``month_inherited``: a day that shares its month with the date before it.

Where another year was possible too, it is kept as the alternative reading.
"""

from __future__ import annotations

import datetime

import regex

from transforms.dates.context import Context, Frame
from transforms.dates.found import Found
from transforms.dates.intervals import interval
from transforms.dates.relative import relative_parts

# The year of a document number stands in brackets before its serial: 〔2020〕4号, 【2020】4号, [2020]4号, (2020)4号.
_BRACKETED_YEAR = regex.compile(r"[〔【\[(［](?P<year>20[0-9]{2})[〕】\])］] ?第? ?[0-9]{1,4} ?号?")
# Words between a date and the one its year is taken from that keep both in one sentence.
_NEAR = 70


def resolve(matching: str, found: list[Found], frame: Frame) -> None:
    """Fills in the values of ``found``, which is in the order of the text and tied into ranges."""
    resolver = _Resolver(matching, found, frame)
    for index in range(len(found)):
        resolver.value(index)
    for item in found:
        if item.role is None and frame.is_notice:
            item.role = resolver.measure_or_background(item)


class _Resolver(Context):
    """Goes through the dates of a text in order."""

    __slots__ = ()

    def value(self, index: int) -> None:
        """Resolves one date and remembers it for those behind it."""
        item = self.found[index]
        if item.is_lost:
            item.null_reason = "chars_lost"
            return
        if item.is_year_masked or (item.is_redacted and item.year is None and item.month is None):
            item.is_redacted, item.null_reason = True, "redacted"
            return
        year, month = item.year, item.month
        if item.relative:
            year, month = relative_parts(self, item)
            if item.earliest is not None:
                self._remember(item, year)
                return
        elif year is None:
            year, month = self._missing(index, item)
        if year is None:
            if item.month is not None and interval(2024, item.month, item.day, item.part) is None:
                item.null_reason, item.inferred = "impossible", None
                return
            item.null_reason = item.null_reason or "no_reference"
            return
        if month is None and item.day is not None and not item.is_redacted:
            item.null_reason = "no_reference"
            return
        self._fill(item, year, month)
        self._remember(item, year)

    def _fill(self, item: Found, year: int, month: int | None) -> None:
        part = item.part
        if item.rule == "date.years":
            item.earliest, item.latest = datetime.date(year, 1, 1), datetime.date(int(part[8:]), 12, 31)
            item.precision = "year"
            return
        value = interval(year, month, None if month is None else item.day, "" if month is None and item.is_redacted else part)
        if value is None:
            item.null_reason = "impossible"
            item.alternative_earliest = item.alternative_latest = None
            return
        item.earliest, item.latest, item.precision = value

    def _remember(self, item: Found, year: int | None) -> None:
        if item.earliest is None or item.latest is None:
            if item.year is not None and item.null_reason == "impossible":
                self.last, self.last_year = item, item.year
            return
        role = item.role
        if role is not None:
            if role == "feedback":
                if self.feedback is None:
                    self.feedback = item.earliest
            elif role == "inspection_end" or (role == "inspection_start" and self.inspection is None):
                self.inspection = item.earliest
            elif role in ("publication", "signing", "document") or (
                role == "deadline" and self.frame.written is not None and item.earliest > self.frame.written
            ):
                return
        self.last, self.last_year = item, item.latest.year if item.rule == "date.years" else year
        if item.month is not None or item.relative:
            self.last_day = item

    # --- the parts that are not printed

    def _missing(self, index: int, item: Found) -> tuple[int | None, int | None]:
        """Year and month of a date that prints no year."""
        if item.is_redacted and item.month is None:
            item.null_reason = "redacted"
            return None, None
        if item.range_part == "end" and item.pair is not None:
            return self._range_end(item, item.pair)
        if item.month is None and item.day is not None:
            return self._bare_day(index, item)
        if item.range_part == "start" and item.pair is not None and item.pair.year is not None and item.month is not None:
            return self._range_start(item, item.pair), item.month
        if item.is_joined and self.last_year is not None and index and self.found[index - 1].earliest is not None:
            before = self.found[index - 1]
            item.inferred, item.year_from_char = "year_inherited", before.start
            year = self.last_year
            if item.month is not None and before.month is not None and item.month < before.month and before.month - item.month > 6:
                item.inferred, year = "year_rollover", year + 1
            return year, item.month
        return self._year(index, item), item.month

    def _range_end(self, item: Found, start: Found) -> tuple[int | None, int | None]:
        if start.earliest is None:
            if start.year is not None and item.month is not None:
                item.inferred, item.year_from_char = "year_inherited", start.start
                return start.year, item.month
            return None, item.month
        item.year_from_char = start.start
        year, month = start.earliest.year, item.month
        if month is None and item.day is not None:
            item.inferred = "month_inherited"
            month = start.earliest.month
            if start.day is not None and item.day < start.day and item.rule == "date.day":
                # 5月28日至3日 runs into the next month
                year, month = year + month // 12, month % 12 + 1
            item.month = month
            return year, month
        item.inferred = "year_inherited"
        if month is not None and start.month is not None and month < start.month and not start.part.startswith(("autumn", "winter")):
            item.inferred = "year_rollover"
            return year + 1, month
        if month is None and item.part and start.part and self._ends_before(item, start, year):
            item.inferred = "year_rollover"
            return year + 1, None
        return year, month

    @staticmethod
    def _ends_before(item: Found, start: Found, year: int) -> bool:
        value = interval(year, None, None, item.part)
        return value is not None and start.earliest is not None and value[1] < start.earliest

    def _range_start(self, item: Found, end: Found) -> int:
        assert end.year is not None and item.month is not None
        item.year_from_char = end.start
        last = end.month or 12
        if item.month > last or (item.month == last and (item.day or 1) > (end.day or 31)):
            item.inferred = "year_rollover"
            return end.year - 1
        item.inferred = "year_inherited"
        return end.year

    def _bare_day(self, index: int, item: Found) -> tuple[int | None, int | None]:
        near = self.last_day
        if near is None or near.earliest is None or near.precision not in ("day", "ten_days", "month"):
            return None, None
        item.inferred, item.year_from_char = "month_inherited", near.start
        item.month = near.earliest.month
        return near.earliest.year, item.month

    def _year(self, index: int, item: Found) -> int | None:
        if self.last is None or self.last_year is None:
            return self._year_without_context(index, item)
        near = self.last_year
        item.inferred, item.year_from_char = "year_inherited", self.last.start
        floor = self._floor(item)
        kept = interval(near, item.month, item.day, item.part)
        if kept is None and (item.month, item.day) == (2, 29):
            near += 1 if (near + 1) % 4 == 0 else -(near % 4)
            kept = interval(near, item.month, item.day)
            item.inferred = "year_rising_chain"
        if kept is None:
            return near
        ceiling = self.frame.written if item.role != "deadline" else None
        if self._lies(kept[0], kept[1], floor, ceiling):
            self._other_reading(item, near + 1, floor, ceiling)
            return near
        if (
            self._is_same_sentence(item)
            and self.last.earliest is not None
            and kept[1] >= self.last.earliest
            and not (ceiling and kept[0] > ceiling)
            and item.role not in ("feedback", "inspection_end")
        ):
            self._other_reading(item, near + 1, floor, ceiling)
            return near
        for year in self._years_near(near, floor, ceiling):
            value = interval(year, item.month, item.day, item.part)
            if value is not None and self._lies(value[0], value[1], floor, ceiling):
                item.inferred = "year_rising_chain"
                item.alternative_earliest, item.alternative_latest = kept[0], kept[1]
                return year
        if ceiling is not None and kept[0] > ceiling:
            item.inferred = "year_rising_chain"
            item.alternative_earliest, item.alternative_latest = kept[0], kept[1]
            return ceiling.year if interval(ceiling.year, item.month) and self._starts_by(ceiling.year, item, ceiling) else ceiling.year - 1
        return near

    def _floor(self, item: Found) -> datetime.date | None:
        """The day that the date must not lie before."""
        if item.role in ("document", "background"):
            return None
        if item.is_promise and self.frame.written is not None:
            return self.frame.written
        if item.role == "feedback" or self.feedback is None:
            return self.inspection
        return self.feedback

    @staticmethod
    def _years_near(near: int, floor: datetime.date | None, ceiling: datetime.date | None) -> list[int]:
        low = floor.year if floor is not None else near - 1
        high = ceiling.year if ceiling is not None else max(near, low) + 1
        return list(range(low, min(high, low + 5) + 1))

    @staticmethod
    def _lies(earliest: datetime.date, latest: datetime.date, floor: datetime.date | None, ceiling: datetime.date | None) -> bool:
        return (floor is None or latest >= floor) and (ceiling is None or earliest <= ceiling)

    @staticmethod
    def _starts_by(year: int, item: Found, day: datetime.date) -> bool:
        value = interval(year, item.month, item.day, item.part)
        return value is not None and value[0] <= day

    def _other_reading(self, item: Found, year: int, floor: datetime.date | None, ceiling: datetime.date | None) -> None:
        value = interval(year, item.month, item.day, item.part)
        if value is not None and ceiling is not None and self._lies(value[0], value[1], floor, ceiling):
            item.alternative_earliest, item.alternative_latest = value[0], value[1]

    def _is_same_sentence(self, item: Found) -> bool:
        assert self.last is not None
        if item.start - self.last.end > _NEAR or self.matching[self.last.end - 1] == "度":
            return False
        between = self.matching[self.last.end : item.start]
        return "。" not in between and "\n" not in between

    def _year_without_context(self, index: int, item: Found) -> int | None:
        """Nothing dated stands before: a document number, the next date, the signature, or the reference day tells."""
        written = self.frame.written
        if not self.frame.is_notice and written is not None:
            item.inferred = "year_from_reference"
            value = interval(written.year, item.month, item.day, item.part)
            if value is not None and value[0] > written:
                earlier = interval(written.year - 1, item.month, item.day, item.part)
                if earlier is not None:
                    item.alternative_earliest, item.alternative_latest = earlier[0], earlier[1]
            return written.year
        if written is not None and item.role in ("inspection_start", "inspection_end", "feedback"):
            return self._year_of_signature(item, written)
        for match in _BRACKETED_YEAR.finditer(self.matching, max(0, item.start - 200), item.start):
            item.inferred, item.year_from_char = "year_from_document_number", match.start("year")
        if item.inferred == "year_from_document_number" and item.year_from_char is not None:
            year = int(self.matching[item.year_from_char : item.year_from_char + 4])
            if written is None or self._starts_by(year, item, written):
                return year
        later = self._next_dated(index)
        if later is not None and later.year is not None:
            item.inferred, item.year_from_char = "year_from_later", later.start
            year = later.year
            if later.month is not None and item.month is not None and item.month > later.month + 6:
                year -= 1
            if written is None or self._starts_by(year, item, written):
                return year
        if written is not None:
            return self._year_of_signature(item, written)
        item.inferred, item.year_from_char = None, None
        return None

    def _year_of_signature(self, item: Found, written: datetime.date) -> int:
        item.inferred, item.year_from_char = "year_from_signature", None
        return written.year if self._starts_by(written.year, item, written) else written.year - 1

    def _next_dated(self, index: int) -> Found | None:
        for later in self.found[index + 1 : index + 9]:
            if (
                later.year is not None
                and not later.is_lost
                and later.role not in ("publication", "document", "deadline")
                and later.start - self.found[index].end < 1200
            ):
                return later
        return None

    def measure_or_background(self, item: Found) -> str | None:
        """A date that no word of its clause explains: after the feedback it is a measure's, before it background."""
        if item.earliest is None or item.latest is None:
            return None
        if self.feedback is None:
            return None
        if self.frame.written is not None and item.earliest > self.frame.written:
            return "deadline"
        return "measure" if item.latest >= self.feedback else "background"
