"""Cases of the checks K01-K11: partitions, enumerations and ladders."""

from __future__ import annotations

from tests.expectations.cases import Case
from tests.expectations.factories import claim, make, node, nodes, problem, problems, whole
from transforms.records.outline import Measure

_TOTAL = claim("问题", "total", 25)
_DONE, _OPEN = claim("问题", "completed", 19, 10), claim("问题", "in_progress", 6, 20)
_TASKS = [claim("任务", "total", 33), claim("任务", "completed", 32, 10), claim("任务", "not_completed", 1, 30)]
_ASPECTS = [claim("方面", "total", 4), *whole()]
_SIXTEEN = claim("问题", "total", 16)


def _measures(count: int, problem_count: int) -> list[Measure]:
    return [make(Measure, ordinal=n, problem=(n - 1) % problem_count + 1, label="一是", start_char=3000 + n, end_char=3001 + n) for n in range(1, count + 1)]


CASES = [
    Case("K01", "pass", None, [_TOTAL, _DONE, _OPEN], "two states make the total", "19 + 6 = 25"),
    Case("K01", "fail", "sum_differs", [_TOTAL, claim("问题", "completed", 18, 10), _OPEN], "an open state is told, so the states are all told", "18 + 6 = 24 ≠ 25"),
    Case("K01", "fail", "part_exceeds_whole", [_TOTAL, claim("问题", "completed", 26, 10)], "more done than there were", "26 ≠ 25"),
    Case("K01", "pass", None, [_TOTAL, _DONE, _OPEN, claim("问题", "total", 25, 900)], "the same total twice counts once", "19 + 6 = 25"),
    Case("K01", "pass", None, [_TOTAL, claim("问题", "completed", 25, 10)], "all done", "25 = 25"),
    Case("K01", "pass", None, [*_TASKS, claim("任务", "long_term", 21, 20, part_of="completed")], "其中 keeps long-term out of the sum", "32 + 1 = 33"),
    Case("K01", "pass", None, [_SIXTEEN, claim("任务", "completed", 15, 10), claim("问题", "long_term", 1, 20)], "long-term as a state", "15 + 1 = 16"),
    Case("K01", "pass", None, [claim("问题", "total", 697), claim("问题", "completed", 688, 10), claim("问题", "phase", 4, 20), claim("问题", "not_completed", 5, 30)], "three states", "688 + 4 + 5 = 697"),
    Case("K01", "pass", None, [claim("问题", "total", 20), claim("问题", "completed", 15, 10), claim("问题", "time_limited", 5, 20)], "time-limited as what is open", "15 + 5 = 20"),
    Case("K01", "pass", None, [claim("问题", "total", 20), claim("问题", "completed", 19, 10), claim("问题", "in_progress", 1, 20), claim("问题", "not_completed", 1, 20)], "one item told as going on and not done", "19 + 1 = 20"),
    Case("K01", "review", "parts_incomplete", [_TOTAL, _DONE, claim("问题", "basically_completed", 3, 20)], "no open state is told, so the rest may be silent", "19 + 3 = 22 ≠ 25"),
    Case("K01", "review", "far_apart", [_TOTAL, claim("问题", "completed", 18, 5000), claim("问题", "in_progress", 6, 5010)], "states far from the total may speak of something else"),
    Case("K01", "review", "ambiguous_level", [_TOTAL, claim("任务", "total", 40, 30), claim("问题", "completed", 18, 10), claim("任务", "in_progress", 6, 50)], "states of two rungs are not summed into an accusation"),
    Case("K01", "not_checkable", "rest_untold", [_TOTAL, _DONE], "what became of the rest is not told"),
    Case("K01", "not_checkable", "absent", [_DONE, _OPEN], "no total"),
    Case("K01", "not_checkable", "redacted", [_TOTAL, claim("问题", "completed", None, 10), _OPEN], "a masked state never enters a sum"),
    Case("K01", "not_checkable", "redacted", [claim("问题", "total", None), _DONE, _OPEN], "a masked total"),
    Case("K01", "not_checkable", "approximate", [_TOTAL, claim("问题", "completed", 18, 10, modifier="at_least", value_high=None), _OPEN], "18多 may well be 19"),
    Case("K01", "fail", "sum_differs", [_TOTAL, claim("问题", "completed", 20, 10, modifier="at_least", value_high=None), _OPEN], "20多 and 6 cannot be 25"),
    Case("K01", "not_checkable", "absent", [_TOTAL, claim("问题", "completed", 18, 10, scope="上轮"), claim("问题", "in_progress", 6, 20, scope="上轮")], "figures of another scope are never summed"),
    Case("K01", "not_checkable", "absent", [claim("问题", "total", 32), claim("方面", "in_progress", 8, 20)], "方面 and 问题 are different rungs"),
    Case("K02", "pass", None, [*_TASKS, claim("任务", "long_term", 21, 20, part_of="completed")], "nested by 其中", "21 ≤ 32"),
    Case("K02", "pass", None, [_SIXTEEN, claim("任务", "completed", 15, 10), claim("问题", "long_term", 1, 20)], "a state of its own", "15 + 1 = 16"),
    Case("K02", "fail", "part_exceeds_whole", [*_TASKS, claim("任务", "long_term", 34, 20, part_of="completed")], "more long-term than done", "34 > 32"),
    Case("K02", "not_checkable", "absent", [_TOTAL, _DONE, _OPEN], "nothing long-term"),
    Case("K02", "not_checkable", "redacted", [*_TASKS, claim("任务", "long_term", None, 20, part_of="completed")], "masked"),
    Case("K03", "pass", None, [claim("问题", "total", 3), claim("问题", "completed", 2, 10), claim("问题", "not_completed", 1, 20), problem(1, "completed"), problem(2, "completed"), problem(3, "not_completed")], "labels agree", "2 / 1 = 2 / 1"),
    Case("K03", "review", "tally_differs", [claim("问题", "total", 3), claim("问题", "completed", 3, 10), problem(1, "completed"), problem(2, "completed"), problem(3, "not_completed")], "one label less", "3 ≠ 2"),
    Case("K03", "not_checkable", "no_labels", [claim("问题", "completed", 3, 10), *problems(3)], "items without a state"),
    Case("K03", "not_checkable", "absent", problems(3, "completed"), "no headline"),
    Case("K03", "not_checkable", "not_itemised", [_DONE], "no items"),
    Case("K04", "pass", None, [claim("问题", "total", 3), *problems(3), *whole()], "as many as claimed", "3 = 3"),
    Case("K04", "pass", None, [claim("问题", "total", 3), *problems(9), *nodes("group", 3, 100), *whole()], "the level that fits is taken", "3 = 3"),
    Case("K04", "fail", "enumeration_differs", [_SIXTEEN, *problems(41), *nodes("group", 15, 100), *whole()], "no level has as many", "16 ≠ 15"),
    Case("K04", "review", "incomplete_text", [_SIXTEEN, *problems(15)], "an excerpt may stop short"),
    Case("K04", "review", "numbering_broken", [_SIXTEEN, *problems(15), node("item", 1, 100), node("item", 3, 110), *whole()], "a broken numbering is no sound list"),
    Case("K04", "not_checkable", "ambiguous_level", [_SIXTEEN, *problems(4), *whole()], "far from every level"),
    Case("K04", "not_checkable", "not_itemised", [_SIXTEEN, *whole()], "nothing listed"),
    Case("K04", "not_checkable", "absent", [*problems(4), *whole()], "nothing claimed"),
    Case("K04", "not_checkable", "redacted", [claim("问题", "total", None), *problems(4), *whole()], "masked"),
    Case("K04", "not_checkable", "approximate", [claim("问题", "total", 10, modifier="at_least", value_high=None), *problems(10), *whole()], "10余个"),
    Case("K05", "pass", None, [*_ASPECTS, *nodes("aspect", 4, 1100)], "four and four", "4 = 4"),
    Case("K05", "fail", "enumeration_differs", [*_ASPECTS, *nodes("aspect", 5, 1100)], "four claimed, five headings", "4 ≠ 5"),
    Case("K05", "review", "incomplete_text", [claim("方面", "total", 4), *nodes("aspect", 3, 1100)], "an excerpt"),
    Case("K05", "review", "numbering_broken", [*_ASPECTS, *[node("aspect", n, 1100 + n) for n in (1, 2, 4)]], "a heading seems lost"),
    Case("K05", "not_checkable", "ambiguous_level", [*_ASPECTS, *nodes("aspect", 9, 1100)], "the headings count something else"),
    Case("K05", "not_checkable", "not_itemised", _ASPECTS, "no headings"),
    Case("K05", "not_checkable", "absent", whole(), "not claimed"),
    Case("K06", "pass", None, [claim("类", "total", 12), *nodes("group", 12, 1100), *whole()], "as many groups", "12 = 12"),
    Case("K06", "pass", None, [claim("条", "total", 3), node("aspect", 1, 1100), node("aspect", 2, 1200), *nodes("group", 2, 1210, parent="/1200"), *whole()], "a bare aspect counts as one", "3 = 3"),
    Case("K06", "fail", "enumeration_differs", [claim("类", "total", 13), *nodes("group", 12, 1100), *whole()], "one less", "13 ≠ 12"),
    Case("K06", "review", "incomplete_text", [claim("类", "total", 13), *nodes("group", 12, 1100)], "an excerpt"),
    Case("K06", "not_checkable", "not_itemised", [claim("类", "total", 13), *whole()], "nothing numbered"),
    Case("K06", "not_checkable", "absent", whole(), "not claimed"),
    Case("K07", "pass", None, [*nodes("item", 5, 100), *whole()], "1 to 5"),
    Case("K07", "pass", None, [node("item", 1, 100, parent="a"), node("item", 2, 110, parent="a"), node("item", 3, 120, parent="b")], "runs on under the next heading"),
    Case("K07", "pass", None, [node("item", 1, 100, parent="a"), node("item", 2, 110, parent="a"), node("item", 1, 120, parent="b")], "starts anew under the next heading"),
    Case("K07", "pass", None, [node("section", 1, 100, mark="han_comma"), node("section", 2, 110, mark="han_comma"), node("section", 3, 120, mark="arabic_comma", is_irregular=True)], "3、 for 三、 is a matter of form"),
    Case("K07", "review", "numbering_broken", [node("item", 1, 100), node("item", 3, 110)], "2 is missing", "2 ≠ 3"),
    Case("K07", "review", "numbering_broken", [node("item", 1, 100), node("item", 2, 110), node("item", 2, 120), node("item", 3, 130)], "2 stands twice", "3 ≠ 2"),
    Case("K07", "not_checkable", "not_itemised", [], "no numbers"),
    Case("K08", "pass", None, problems(3), "each answered", "3 = 3"),
    Case("K08", "review", "unanswered", [*problems(2), problem(3, response_start=None)], "one without", "2 < 3"),
    Case("K08", "not_checkable", "no_labels", [problem(1, response_start=None)], "answers are not marked"),
    Case("K08", "not_checkable", "no_labels", [problem(1, path="/100"), node("item", 1, 100, mark="yishi")], "一是 tells the answer only"),
    Case("K08", "not_checkable", "not_itemised", [], "no problems"),
    Case("K09", "pass", None, [claim("问题", "total", 15), claim("问题", "immediate", 8, 10), claim("问题", "time_limited", 7, 20)], "two kinds", "8 + 7 = 15"),
    Case("K09", "pass", None, [claim("问题", "total", 15), claim("问题", "immediate", 8, 10), claim("问题", "time_limited", 5, 20), claim("问题", "long_term", 2, 30)], "three kinds", "8 + 5 + 2 = 15"),
    Case("K09", "fail", "sum_differs", [claim("问题", "total", 15), claim("问题", "immediate", 9, 10), claim("问题", "time_limited", 7, 20)], "one too many", "9 + 7 = 16 ≠ 15"),
    Case("K09", "review", "parts_incomplete", [claim("问题", "total", 15), claim("问题", "immediate", 8, 10), claim("问题", "long_term", 5, 30)], "the middle kind is silent"),
    Case("K09", "not_checkable", "absent", [claim("问题", "total", 15), claim("问题", "immediate", 8, 10)], "one kind only"),
    Case("K09", "not_checkable", "redacted", [claim("问题", "total", 15), claim("问题", "immediate", None, 10), claim("问题", "time_limited", 7, 20)], "masked"),
    Case("K10", "pass", None, [claim("措施", "total", 4), *problems(2), *_measures(4, 2)], "all marked", "4 = 4"),
    Case("K10", "review", "enumeration_differs", [claim("措施", "total", 5), *problems(2), *_measures(4, 2)], "marked throughout, one less", "5 ≠ 4"),
    Case("K10", "not_checkable", "not_itemised", [claim("措施", "total", 26), *problems(15), *_measures(6, 3)], "few are marked"),
    Case("K10", "not_checkable", "absent", _measures(4, 2), "not claimed"),
    Case("K11", "pass", None, [claim("方面", "total", 4), claim("类", "total", 12, 10), claim("任务", "total", 33, 20)], "rising", "4 ≤ 12 ≤ 33"),
    Case("K11", "review", "ladder_breaks", [claim("问题", "total", 26), claim("措施", "total", 15, 10)], "fewer measures than problems", "26 ≰ 15"),
    Case("K11", "not_checkable", "absent", [_TOTAL], "one rung"),
    Case("K11", "not_checkable", "approximate", [claim("问题", "total", 26), claim("措施", "total", 20, 10, modifier="at_least", value_high=None)], "20多项"),
]
