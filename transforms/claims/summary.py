"""A line that tells of the whole, though it stands in one problem's text: 以上5个问题, 综上:8条问题已完成7条, (二)整改措施88项.

Such a line begins with its number, or with words of summing up and the number. That it is one of the whole shows in the total
told before; where none was told, in that it is not less than the number of problems listed above.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from transforms.claims.counts import Count
from transforms.claims.phrase import RIGHT
from transforms.claims.subjects import counted_noun
from transforms.claims.zones import Zones

_ABOVE = ("以上", "上述")
_ABOVE_REACH = 14  # characters from the head of a line to the number: 以上反馈问题共6个
_REACH = 30  # 截至2023年10月20日,巡察反馈的
_MARK = re.compile(r"\(?[一二三四五六七八九十0-9]{1,3}[)、.]+ ?\Z")
_LEAD_STARTS = frozenset("截至到目现综总整成结效小合")
_LEAD = re.compile(
    r"(?:(?:截[至止]|至|到)?(?:目前|现在)|(?:截[至止]|到|至)[0-9年月日底末上中下旬]{2,12}|现|综上(?:所述)?|总的来[看说]|总体(?:来看|上看|上)|总之|至此"
    r"|(?:整改)?(?:总体|整体)?(?:成效|结果|效果)|(?:总体|整体)(?:完成|整改)?情况|小结|合计|总计)(?:[,:]|(?=\Z|[上本此所全巡反]))"
    r"(?:截[至止]目前,|目前,)?(?:上述|以上|所有|全部|本[轮次]|此次|巡[察视]组?|反馈|指出|的|共|计){0,5}\Z"
)
_SUMMED = frozenset(("problem", "task", "measure"))
_TROUBLED = frozenset("村户企楼车河地")  # 9个问题村, 9个问题楼盘


def sums_up(matching: str, count: Count, totals: Mapping[str, float | None], zones: Zones) -> bool:
    """Whether ``count`` begins a line that tells of the whole; ``totals`` are those told before it."""
    start, value = count.start, count.low or 0
    line = matching.rfind("\n", max(0, start - _REACH), start)
    if line < 0:
        return False
    words = matching[line + 1 : start].lstrip()
    if words.startswith(_ABOVE):
        # one below the total is of its own part
        return len(words) < _ABOVE_REACH and "," not in words and value >= (totals.get("问题") or 0) and zones.is_last(start)
    if value not in totals.values() and words[:1] not in _LEAD_STARTS:
        return False
    noun = counted_noun(matching, count, min(len(matching), count.end + RIGHT), words)
    if noun is None or noun.kind not in _SUMMED or (not noun.is_before and matching[noun.end : noun.end + 1] in _TROUBLED):
        return False
    lead = matching[start - len(words) : noun.start] if noun.is_before else words
    told = [total for subject, total in totals.items() if subject.endswith(noun.subject)]
    if value in told and _MARK.match(lead):
        return True
    # 整改成效 heads the text of one problem too, so it needs a total told
    is_whole = value in told or (not told and noun.kind == "problem" and lead[:2] not in ("", "整改") and value >= zones.listed() > 1)
    return is_whole and (not lead or _LEAD.match(lead) is not None) and zones.is_last(start)
