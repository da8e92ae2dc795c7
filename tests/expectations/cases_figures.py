"""Cases of the checks on recomputed figures, parts and repetitions: K12-K28."""

from __future__ import annotations

from typing import Any

from tests.expectations.cases import Case
from tests.expectations.factories import amount, citation, claim, figure, notice, problem, sanction, step, whole, words

_TOTAL, _DONE, _OPEN = claim("问题", "total", 50), claim("问题", "completed", 38, 10), claim("问题", "in_progress", 12, 20)


def _rate(value: float, status: str = "completed", at: int = 30, decimals: int = 0, **values: Any) -> Any:
    return claim("整改完成率", status, value, at, unit="%", decimals=decimals, **values)


def _breakdown(*persons: int | None, whole_persons: int = 34, **values: Any) -> list[Any]:
    return [
        sanction("党纪处分", whole_persons),
        *[sanction(f"处分{n}", one, 10 * n, part_of="党纪处分", **values) for n, one in enumerate(persons, 1)],
    ]


def _money(text: str, *sums: tuple[str, str | None]) -> list[Any]:
    return [
        words(text),
        *[
            amount(yuan, "追缴", text.index(printed), end_char=text.index(printed) + len(printed), is_recovery=True)
            for printed, yuan in sums
        ],
    ]


_ROUND = {"inspection_round": "三届县委第五轮"}
_OTHER = "00000000000000f1"
_SAME = {"inspected_org": "中共云溪县教育局党组", "feedback": "2024-01-29"}

CASES = [
    Case("K12", "pass", None, [_TOTAL, _DONE, _OPEN, _rate(76)], "rounded to no digits", "38 ÷ 50 = 76%"),
    Case(
        "K12", "fail", "rate_differs", [_TOTAL, claim("问题", "completed", 36, 10), _OPEN, _rate(76)], "another rate", "36 ÷ 50 = 72% ≠ 76%"
    ),
    Case(
        "K12",
        "pass",
        None,
        [claim("问题", "total", 812), claim("问题", "completed", 797, 10), _rate(98.15, decimals=2)],
        "two digits",
        "797 ÷ 812 = 98.15%",
    ),
    Case(
        "K12",
        "fail",
        "rate_differs",
        [claim("问题", "total", 812), claim("问题", "completed", 797, 10), _rate(96.15, decimals=2)],
        "altered digit",
        "797 ÷ 812 = 98.1527% ≠ 96.15%",
    ),
    Case(
        "K12",
        "pass",
        None,
        [claim("问题", "total", 44), claim("问题", "completed", 41, 10), claim("问题", "phase", 2, 15), _rate(97.7, decimals=1)],
        "states merged in the rate",
        "43 ÷ 44 = 97.7%",
    ),
    Case(
        "K12",
        "pass",
        None,
        [claim("问题", "total", 420), claim("问题", "completed", 400, 10), _rate(95.24, decimals=2), _rate(4.76, "in_progress", 50, 2)],
        "延期率 is the rest",
    ),
    Case(
        "K12",
        "pass",
        None,
        [claim("信访件", "total", 35), claim("信访件", "completed", 35, 10), claim("信访件办结率", "completed", 100, 30, unit="%")],
        "of petitions",
    ),
    Case(
        "K12",
        "pass",
        None,
        [_TOTAL, _DONE, claim("措施", "total", 211, 40), claim("措施", "completed", 205, 50), _rate(97.2, at=60, decimals=1)],
        "of the measures that stand before it",
        "205 ÷ 211 = 97.2%",
    ),
    Case(
        "K12",
        "pass",
        None,
        [_TOTAL, _DONE, claim("措施", "total", 88, 40), _rate(98.9, at=50, decimals=1), claim("措施", "not_completed", 1, 60)],
        "of the measures, of which only what is open is told beside it",
        "87 ÷ 88 = 98.9%",
    ),
    Case(
        "K12",
        "not_checkable",
        "absent",
        [claim("问题", "total", 50), _rate(100, at=30), claim("措施", "total", 211, 60), claim("措施", "completed", 205, 70)],
        "measures behind the rate",
    ),
    Case("K12", "review", "rate_differs", [_TOTAL, _DONE, claim("问题", "in_progress", 12, 20), _rate(80, at=3000)], "far from its counts"),
    Case("K12", "review", "rate_differs", [figure("percent", 80.0, (38.0, 50.0))], "a percentage bound to counts by their words only"),
    Case("K12", "not_checkable", "absent", [_rate(76)], "a rate without counts"),
    Case("K12", "not_checkable", "approximate", [_TOTAL, _DONE, _rate(70, modifier="at_least", value_high=None)], "70%以上"),
    Case(
        "K12", "not_checkable", "absent", [_TOTAL, _DONE, claim("信访件办结率", "completed", 100, 90, unit="%")], "counts of another kind"
    ),
    Case("K12", "not_applicable", "not_told", [_TOTAL, _DONE], "no rate"),
    Case("K13", "pass", None, [_rate(95.24, decimals=2), _rate(4.76, "in_progress", 40, 2)], "done and delayed", "95.24 + 4.76 = 100"),
    Case(
        "K13",
        "fail",
        "shares_differ",
        [_rate(95.24, decimals=2), _rate(5.76, "in_progress", 40, 2)],
        "more than all",
        "95.24 + 5.76 = 101 ≠ 100",
    ),
    Case("K13", "review", "shares_differ", [figure("share", 100.0, (40.0, 35.0, 22.0))], "a list of shares", "40 + 35 + 22 = 97 ≠ 100"),
    Case(
        "K13",
        "not_checkable",
        "approximate",
        [_rate(95, modifier="at_least", value_high=None), _rate(4.76, "in_progress", 40, 2)],
        "95%以上",
    ),
    Case("K13", "not_applicable", "not_told", [_rate(95.24)], "one rate"),
    Case("K14", "pass", None, [figure("comparison", 60.0, (64.5, 60.0), operator="ge")], "target reached", "64.5 ≥ 60"),
    Case("K14", "review", "comparison_fails", [figure("comparison", 60.0, (54.5, 60.0), operator="ge")], "target missed", "54.5 < 60"),
    Case("K14", "pass", None, [figure("change", 2.1, (17.9, 15.8), decimals=1, operator="down")], "a fall falls"),
    Case("K14", "fail", "comparison_fails", [figure("change", 2.1, (15.8, 17.9), decimals=1, operator="down")], "a fall that rises"),
    Case("K14", "not_checkable", "absent", [figure("change", 2.1, (), operator="down")], "values not told"),
    Case("K14", "not_applicable", "not_told", [], "no comparison"),
    Case("K18", "pass", None, [figure("sum", 187.0, (146.0, 41.0))], "stock", "146 + 41 = 187"),
    Case("K18", "fail", "recomputed_differs", [figure("sum", 195.0, (146.0, 41.0))], "another stock", "146 + 41 = 187 ≠ 195"),
    Case("K18", "not_checkable", "absent", [figure("sum", 187.0, (41.0,))], "what there was is not told"),
    Case("K20", "pass", None, [_TOTAL, claim("问题", "total", 50, 900)], "the same twice", "50 = 50"),
    Case("K20", "pass", None, [amount("224000", "追缴"), amount("224000", "追缴", 900)], "the same money twice"),
    Case("K20", "review", "repeated_differently", [_TOTAL, claim("问题", "total", 51, 900)], "two totals", "50 ≠ 51"),
    Case(
        "K20",
        "not_checkable",
        "single_source",
        [_TOTAL, claim("问题", "total", 30, 900, scope="上轮")],
        "another scope is another quantity",
    ),
    Case(
        "K21",
        "pass",
        None,
        _money("追缴12万元,其中甲7万元、乙5万元。", ("12万元", "120000"), ("7万元", "70000"), ("5万元", "50000")),
        "all parts",
        "70000 + 50000 = 120000",
    ),
    Case(
        "K21",
        "pass",
        None,
        _money("追缴12万元,其中甲2万元、乙5万元。", ("12万元", "120000"), ("2万元、", "20000"), ("5万元", "50000")),
        "some parts",
        "20000 + 50000 ≤ 120000",
    ),
    Case(
        "K21",
        "fail",
        "part_exceeds_whole",
        _money("追缴12万元,其中甲8万元、乙5万元。", ("12万元", "120000"), ("8万元", "80000"), ("5万元", "50000")),
        "parts beyond",
        "80000 + 50000 > 120000",
    ),
    Case(
        "K21",
        "review",
        "parts_incomplete",
        _money("追缴12万元,其中甲6.8万元、乙5万元。", ("12万元", "120000"), ("6.8万元", "68000"), ("5万元", "50000")),
        "a hair less",
    ),
    Case(
        "K21",
        "pass",
        None,
        _money("追缴甲7万元、追缴乙5万元,共计追缴12万元。", ("7万元", "70000"), ("5万元", "50000"), ("12万元", "120000")),
        "a list that ends in its total",
        "70000 + 50000 = 120000",
    ),
    Case(
        "K21",
        "review",
        "parts_incomplete",
        _money("追缴甲7万元、追缴乙5万元,共计追缴13万元。", ("7万元", "70000"), ("5万元", "50000"), ("13万元", "130000")),
        "a list that ends in another total",
        "70000 + 50000 ≠ 130000",
    ),
    Case("K21", "not_checkable", "redacted", _money("追缴12万元,其中甲X万元。", ("12万元", "120000"), ("X万元", None)), "masked"),
    Case("K21", "not_checkable", "absent", _money("追缴12万元。清退5万元。", ("12万元", "120000"), ("5万元", "50000")), "no parts told"),
    Case("K21", "not_applicable", "not_told", [], "no money"),
    Case("K22", "pass", None, [_TOTAL], "all exact"),
    Case("K22", "review", "approximate", [_TOTAL, amount("600000", at=9, modifier="at_least")], "60多万元"),
    Case("K22", "not_checkable", "redacted", [_TOTAL, amount(None, at=9, modifier="redacted")], "XXXXX元"),
    Case("K22", "not_applicable", "not_told", [], "no figures"),
    Case("K23", "pass", None, _breakdown(14, 9, 3, 2, 6, is_partition=True), "full breakdown", "14 + 9 + 3 + 2 + 6 = 34"),
    Case("K23", "fail", "sum_differs", _breakdown(14, 10, 3, 2, 6, is_partition=True), "one more", "14 + 10 + 3 + 2 + 6 = 35 ≠ 34"),
    Case("K23", "pass", None, _breakdown(14, 0, 20, is_partition=True), "an explicit zero is a part", "14 + 0 + 20 = 34"),
    Case("K23", "pass", None, _breakdown(14, 2), "其中 tells some", "14 + 2 ≤ 34"),
    Case("K23", "review", "part_exceeds_whole", _breakdown(30, 12), "kinds may overlap", "30 + 12 = 42 > 34"),
    Case("K23", "not_checkable", "redacted", _breakdown(18, None, is_partition=True), "masked"),
    Case("K23", "not_checkable", "absent", [sanction("诫勉", 0)], "nothing broken down"),
    Case(
        "K24",
        "pass",
        None,
        [claim("制度", "created", 2), citation("甲办法", verb="制定", at=50), citation("乙办法", verb="修订", at=60)],
        "both named",
        "2 = 2",
    ),
    Case(
        "K24", "review", "enumeration_differs", [claim("制度", "created", 9), citation("甲办法", verb="制定", at=50)], "one named", "9 ≠ 1"
    ),
    Case("K24", "not_checkable", "not_itemised", [claim("制度", "created", 9), citation("甲办法", verb="学习", at=50)], "none named"),
    Case("K24", "not_checkable", "absent", [citation("甲办法", verb="制定", at=50)], "not claimed"),
    Case("K25", "pass", None, [_DONE, *whole()], "nothing taken up again"),
    Case("K25", "pass", None, [_DONE, claim("问题", "in_progress", 1, 20), problem(1), step(1, 1), *whole()], "the open one", "1 ≤ 1"),
    Case(
        "K25",
        "fail",
        "reopened",
        [_DONE, claim("问题", "in_progress", 1, 20), problem(1), problem(6), problem(7), step(1, 1), step(2, 6), step(3, 7), *whole()],
        "three where one is open",
        "3 > 1",
    ),
    Case(
        "K25",
        "review",
        "reopened",
        [_DONE, claim("问题", "in_progress", 1, 20), problem(1), problem(6), step(1, 1), step(2, 6), *whole()],
        "two where one is open",
        "2 > 1",
    ),
    Case(
        "K25",
        "review",
        "reopened",
        [_DONE, claim("问题", "long_term", 1, 20), problem(1), problem(6), problem(7), step(1, 1), step(2, 6), step(3, 7), *whole()],
        "long-term work is taken up by right",
        "3 > 1",
    ),
    Case(
        "K25",
        "review",
        "reopened",
        [_DONE, claim("问题", "long_term", 1, 20), step(1, text="对于补充设备、修缮校舍、理顺编制等需要长期整改的工作,持续推进"), *whole()],
        "three named where one is open",
        "3 > 1",
    ),
    Case("K25", "not_checkable", "absent", [_DONE], "no next steps"),
    Case("K26", "pass", None, [figure("rate", 14.0, (1.0, 12.0))], "more than once a month", "1 × 12 = 12 ≤ 14"),
    Case("K26", "review", "recomputed_differs", [figure("rate", 10.0, (1.0, 12.0))], "fewer", "1 × 12 = 12 > 10"),
    Case("K26", "not_checkable", "absent", [figure("rate", 1.0, unit="次/月")], "a frequency alone"),
    Case("K26", "not_applicable", "not_told", [], "no frequency"),
    Case(
        "K27",
        "pass",
        None,
        [
            notice(**_SAME | {"inspected_org": "甲局"}),
            claim("问题", "total", 50),
            notice(**_SAME | {"inspected_org": "甲局", "notice_id": _OTHER, "title": "关于巡察整改方案的报告"}),
            claim("问题", "total", 50, notice_id=_OTHER),
        ],
        "two papers agree",
        "50 = 50",
    ),
    Case(
        "K27",
        "review",
        "documents_differ",
        [
            notice(**_SAME | {"inspected_org": "乙局"}),
            claim("问题", "total", 50),
            notice(**_SAME | {"inspected_org": "乙局", "notice_id": _OTHER, "title": "关于巡察整改方案的报告"}),
            claim("问题", "total", 51, notice_id=_OTHER),
        ],
        "two papers differ",
        "50 ≠ 51",
    ),
    Case("K27", "not_checkable", "single_source", [notice(**_SAME), claim("问题", "total", 50)], "one paper"),
    Case(
        "K27",
        "not_checkable",
        "single_source",
        [
            notice(**_SAME | {"inspected_org": "丙局"}),
            claim("问题", "total", 50),
            notice(**_SAME | {"inspected_org": "丙局", "notice_id": _OTHER}),
            claim("问题", "total", 50, notice_id=_OTHER),
        ],
        "a copy confirms nothing",
    ),
    Case(
        "K28",
        "pass",
        None,
        [
            notice(genre="summary", inspection_round="甲轮", county="甲县"),
            claim("单位", None, 1),
            notice(notice_id=_OTHER, inspection_round="甲轮", county="甲县", inspected_org="丙局"),
        ],
        "all held",
        "1 = 1",
    ),
    Case(
        "K28",
        "review",
        "documents_differ",
        [
            notice(genre="summary", inspection_round="乙轮", county="甲县"),
            claim("单位", None, 0),
            notice(notice_id=_OTHER, inspection_round="乙轮", county="甲县", inspected_org="丁局"),
        ],
        "more held than claimed",
    ),
    Case(
        "K28",
        "not_checkable",
        "incomplete_round",
        [
            notice(genre="summary", inspection_round="丙轮", county="甲县"),
            claim("单位", None, 40),
            notice(notice_id=_OTHER, inspection_round="丙轮", county="甲县", inspected_org="戊局"),
        ],
        "some are missing",
    ),
    Case("K28", "not_checkable", "single_source", [notice(**_ROUND)], "no summary"),
    Case("K15", "pass", None, [figure("average", 63.67, (3120.0, 49.0), decimals=2)], "at printed digits", "3120 ÷ 49 = 63.67"),
    Case(
        "K15",
        "fail",
        "recomputed_differs",
        [figure("average", 64.67, (3120.0, 49.0), decimals=2)],
        "another value",
        "3120 ÷ 49 = 63.6735 ≠ 64.67",
    ),
    Case("K15", "not_checkable", "approximate", [figure("average", 64.0, (3120.0, 49.0), modifier="about")], "约 is no equality"),
    Case("K15", "not_applicable", "not_told", [], "no average"),
    Case("K16", "pass", None, [figure("ratio", 15.8, (197.0, 3120.0), decimals=1)], "one teacher to so many pupils", "3120 ÷ 197 = 15.8"),
    Case("K16", "fail", "recomputed_differs", [figure("ratio", 16.8, (197.0, 3120.0), decimals=1)], "another value"),
    Case("K16", "not_checkable", "redacted", [figure("ratio", None, (197.0, 3120.0), decimals=1)], "masked"),
    Case("K17", "pass", None, [figure("change", 2.1, (17.9, 15.8), decimals=1)], "fall", "17.9 - 15.8 = 2.1"),
    Case("K17", "fail", "recomputed_differs", [figure("change", 2.3, (17.9, 15.8), decimals=1)], "another fall", "17.9 - 15.8 = 2.1 ≠ 2.3"),
    Case("K17", "not_checkable", "approximate", [figure("change", 2.0, (17.9, 15.8), modifier="at_least")], "2个多点"),
    Case(
        "K19",
        "pass",
        None,
        [claim("任务", "completed", 44), claim("任务", "long_term", 30, 20, part_of="completed")],
        "part within",
        "30 ≤ 44",
    ),
    Case(
        "K19",
        "fail",
        "part_exceeds_whole",
        [claim("任务", "completed", 20), claim("任务", "long_term", 23, 20, part_of="completed")],
        "part beyond",
        "23 > 20",
    ),
    Case(
        "K19",
        "review",
        "part_exceeds_whole",
        [claim("任务", "completed", 20), claim("任务", "long_term", 23, 900, part_of="completed")],
        "the whole stands far off",
    ),
    Case("K19", "pass", None, [words("支部共有党员60名,其中预备党员4名,均已培训")], "two counts of one unit", "4 ≤ 60"),
    Case(
        "K19", "review", "part_exceeds_whole", [words("支部共有党员60名,其中预备党员64名,均已培训")], "words alone accuse nobody", "64 > 60"
    ),
    Case("K19", "not_applicable", "not_told", [words("共有党员60名,其中班子64个")], "different units"),
    Case("K19", "fail", "part_exceeds_whole", [sanction("党纪处分", 3), sanction("警告", 4, 9, part_of="党纪处分")], "persons", "4 > 3"),
    Case(
        "K19",
        "not_checkable",
        "redacted",
        [claim("任务", "completed", None), claim("任务", "long_term", 23, 20, part_of="completed")],
        "masked whole",
    ),
    Case("K19", "not_applicable", "not_told", [], "no 其中"),
]
