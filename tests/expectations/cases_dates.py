"""Cases of the checks on dates: D01-D16."""

from __future__ import annotations

from tests.expectations.cases import Case
from tests.expectations.factories import dated, notice

CASES = [
    Case("D01", "pass", None, [notice(inspection_start="2024-04-01~2024-04-10", inspection_end="2024-07-01~2024-07-10")], "旬 before 旬", "2024-04-01~2024-04-10 ≤ 2024-07-01~2024-07-10"),
    Case("D01", "fail", "order", [notice(inspection_start="2024-04-20", inspection_end="2024-04-10")], "impossible", "2024-04-20 > 2024-04-10"),
    Case("D01", "review", "inferred_year", [notice(inspection_start="2024-04-20", inspection_end="2024-04-10", inspection_end_inferred="date.year_before")], "the year was supplied by a rule"),
    Case("D01", "pass", None, [notice(inspection_start="2022-01-01~2022-12-31", inspection_end="2023-01-01~2023-12-31", inspection_end_is_redacted=True)], "months masked, years in order"),
    Case("D01", "not_checkable", "approximate", [notice(inspection_start="2024-04-01~2024-04-30", inspection_end="2024-04-10")], "may be either"),
    Case("D01", "not_checkable", "redacted", [notice(inspection_start="2024-01-01~2024-12-31", inspection_start_is_redacted=True, inspection_end="2024-04-10")], "masked"),
    Case("D01", "not_checkable", "absent", [notice(inspection_end="2024-04-10")], "no start"),
    Case("D02", "pass", None, [notice(inspection_end="2023-11-17", feedback="2024-01-29")], "in order", "2023-11-17 ≤ 2024-01-29"),
    Case("D02", "fail", "order", [notice(inspection_end="2024-02-17", feedback="2024-01-29")], "feedback before the end", "2024-02-17 > 2024-01-29"),
    Case("D02", "not_checkable", "impossible", [notice(inspection_end="2024-02-17"), dated(None, "feedback", null_reason="impossible", raw="2024年2月30日")], "feedback on no real day"),
    Case("D02", "not_checkable", "chars_lost", [notice(inspection_end="2024-02-17"), dated(None, "feedback", null_reason="chars_lost", raw="20240330日")], "characters lost"),
    Case("D06", "pass", None, [notice(signed="2025-07-10"), dated("2024-10-09"), dated("2025-04-01~2025-04-30", at=9)], "all before", "2025-04-01~2025-04-30 ≤ 2025-07-10"),
    Case("D06", "fail", "order", [notice(signed="2025-03-10"), dated("2025-04-01~2025-04-30", "meeting")], "a meeting after signing", "2025-04-01~2025-04-30 > 2025-03-10"),
    Case("D06", "review", "inferred_year", [notice(signed="2025-03-10"), dated("2025-04-01", inferred="date.chain")], "the year was supplied"),
    Case("D06", "not_checkable", "not_dated", [notice(signed="2025-03-10"), dated("2025-12-31", "deadline")], "promises are left out"),
    Case("D06", "not_checkable", "absent", [dated("2025-04-01")], "not signed"),
    Case("D07", "pass", None, [notice(signed="2021-09-06", published="2021-09-26")], "in order"),
    Case("D07", "pass", None, [notice(signed="2021-09-06", published="2021-09-06")], "same day"),
    Case("D07", "fail", "order", [notice(signed="2021-09-06", published="2021-09-01")], "published before signing"),
    Case("D07", "not_checkable", "absent", [notice(signed="2021-09-06")], "no page date"),
    Case("D11", "pass", None, [notice(feedback="2024-01-29"), dated("2024-02-19", inferred="date.chain", year_from_char=3)], "a year from before"),
    Case("D11", "review", "order", [notice(signed="2024-01-29"), dated("2024-02-19", inferred="date.chain", year_from_char=3)], "the supplied year lies after signing"),
    Case("D11", "not_applicable", "not_told", [dated("2024-02-19")], "all years printed"),
    Case("D15", "pass", None, [dated("2024-02-19")], "a real day"),
    Case("D15", "fail", "impossible", [dated("2024-02-19"), dated(None, "feedback", 9, null_reason="impossible", raw="2024年2月30日")], "no such day"),
    Case("D15", "not_checkable", "chars_lost", [dated(None, "feedback", null_reason="chars_lost", raw="20240330日")], "characters lost"),
    Case("D15", "review", "after_ingest", [dated("2027-02-19", "meeting")], "after it was read"),
    Case("D15", "not_applicable", "not_told", [], "no dates"),
]
