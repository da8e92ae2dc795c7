"""Cases of the checks on recomputed figures and parts: K12-K28."""

from __future__ import annotations

from tests.expectations.cases import Case
from tests.expectations.factories import claim, figure, sanction
from transforms.records.shared import Span

CASES = [
    Case("K15", "pass", None, [figure("average", 63.69, (3057.0, 48.0), decimals=2)], "at printed digits", "3057 ÷ 48 = 63.69"),
    Case("K15", "fail", "recomputed_differs", [figure("average", 64.69, (3057.0, 48.0), decimals=2)], "another value", "3057 ÷ 48 = 63.6875 ≠ 64.69"),
    Case("K15", "not_checkable", "approximate", [figure("average", 64.0, (3057.0, 48.0), modifier="about")], "约 is no equality"),
    Case("K15", "not_applicable", "not_told", [], "no average"),
    Case("K16", "pass", None, [figure("ratio", 15.8, (3057.0, 193.0), decimals=1)], "师生比"),
    Case("K16", "pass", None, [figure("ratio", 15.8, (193.0, 3057.0), decimals=1)], "operands the other way round"),
    Case("K16", "fail", "recomputed_differs", [figure("ratio", 16.8, (3057.0, 193.0), decimals=1)], "another value"),
    Case("K16", "not_checkable", "redacted", [figure("ratio", None, (3057.0, 193.0), decimals=1)], "masked"),
    Case("K17", "pass", None, [figure("change", 2.4, (18.2, 15.8), decimals=1)], "fall", "18.2 - 15.8 = 2.4"),
    Case("K17", "fail", "recomputed_differs", [figure("change", 2.5, (18.2, 15.8), decimals=1)], "another fall", "18.2 - 15.8 = 2.4 ≠ 2.5"),
    Case("K17", "not_checkable", "approximate", [figure("change", 2.0, (18.2, 15.8), modifier="at_least")], "2个多点"),
    Case("K19", "pass", None, [claim("任务", "completed", 32), claim("任务", "long_term", 21, 20, part_of="completed")], "part within", "21 ≤ 32"),
    Case("K19", "fail", "part_exceeds_whole", [claim("任务", "completed", 20), claim("任务", "long_term", 21, 20, part_of="completed")], "part beyond", "21 > 20"),
    Case("K19", "review", "part_exceeds_whole", [claim("任务", "completed", 20), claim("任务", "long_term", 21, 900, part_of="completed")], "the whole stands far off"),
    Case("K19", "pass", None, [figure("comparison", 5.0, (50.0,), at=20, operator="le", operand_spans=(Span(3, 6),))], "其中新生5人 of 50", "5 ≤ 50"),
    Case("K19", "fail", "part_exceeds_whole", [sanction("党纪处分", 3), sanction("警告", 4, 9, part_of="党纪处分")], "persons", "4 > 3"),
    Case("K19", "not_checkable", "redacted", [claim("任务", "completed", None), claim("任务", "long_term", 21, 20, part_of="completed")], "masked whole"),
    Case("K19", "not_applicable", "not_told", [], "no 其中"),
]
