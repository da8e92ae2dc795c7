"""The words by which a notice says how rectification stands, beside a number: 已完成, 正在全力整改, 需长期坚持, 暂未完成.

Words are in lexicons/statuses.toml; what may stand before, between and behind them is here. The order of the alternatives
matters where two begin at the same character: a merged or combined state is read before its parts.
"""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from transforms.lexicons.alternation import alternation
from transforms.lexicons.load import words

# Every word of status holds one of these; most clauses before a total hold none, and the long pattern need not be tried.
HINT = re.compile("[完改毕结销清未没待正推续长常阶立即马限基落到解办处化置核见中期延进持成缓答]")
_ADVERB = r"(?:现已|均已|都已|业已|已经|已|均|都|全部|全面|按期|如期|按时|顺利|圆满|彻底|目前|共|累计){0,4}"
_FIRM = r"(?:已经|已|均|都|全部|全面){1,4}(?:按期|如期|按时|顺利|彻底)?"
# 已改 and 在改 stand for 整改 only at the end of their clause: 已改造, 在改革
_STOP = r"[,;。:、 ]|$"
# A word of status that names a document, a period or a kind of work says nothing of the number beside it.
_NOT_A_STATE = re.compile(
    r"(?:的)?(?:情况|率|时限|期限|方案|台账|清单|措施|任务书|进展|之?后|之?前|时间|进度|责任|要求|目标|成效|成果|标准|质量|工作)"
)
_RIGHT_GAP = re.compile(
    r"(?:[ ,]?(?:截至目前|截止目前|目前|现|现阶段))?(?:已经|已|均|都|全部|全面|目前|也|正|[仍还尚均都]?在|仍|还|尚|需要|需|要|得到|取得|实现|按期|按时|如期|顺利|进行|纳入|列入|属于|作为|为|是|实行|做到|予以|进行了|[“\" ]"
    r"|(?:因|由于|受|涉及)[^,;。、\n]{1,24})*"
)
_LEFT_GAP = re.compile(
    r"(?:整改|办理|落实|到位|的|了|事项|相关|有关|具体|反馈|巡察|巡视|问题|任务|措施|主要|突出|重点|各类|全部|共计|共|累计|合计|数量|数|有|为|达到|达|约|是|其他|其余|项目|类|的有|[ :“”\"]){0,8}"
)


class State(NamedTuple):
    """A normalised status with its words, as offsets into the text that was read."""

    status: str
    start: int
    end: int


@cache
def _states() -> re.Pattern[str]:
    done = alternation(words("statuses", "completed"))
    weak = alternation(words("statuses", "completed_with_adverb"))
    basic = alternation(words("statuses", "basically_completed"))
    phase = alternation(words("statuses", "phase"))
    long = alternation(words("statuses", "long_term"))
    going = r"(?:持续|继续|长期)(?:整改|推进|坚持|深化|巩固|跟进)"
    any_done = rf"(?:{done}|{_FIRM}{weak})"
    adverbs = "现均都业已全按如顺圆彻目共累"
    # each with the characters that it can begin with, for at any other to find out that it does not takes ten times as long
    parts = {
        "completed": [
            (adverbs + _firsts("merged"), rf"{_ADVERB}{alternation(words('statuses', 'merged'))}(?:整改)?"),
            (
                adverbs + _firsts("completed"),
                rf"{_ADVERB}{any_done}[^,;。、\n0-9]{{0,2}}(?:持续|继续)(?:整改|推进|坚持|深化|巩固|跟进)",
            ),
            (adverbs + _firsts("completed"), rf"{_ADVERB}{done}"),
            ("已均都全", rf"{_FIRM}(?:{weak}(?:到位|完毕)?|改(?={_STOP}))"),
        ],
        "long_term": [
            (adverbs + _firsts("completed"), rf"{_ADVERB}{any_done}[^,;。\n0-9]{{0,6}}{long}"),
            (
                "仍还需要应持继进" + _firsts("long_term"),
                rf"(?:仍需要?|还需要?|需要|需|要|应)?(?:持续|继续|进一步){{0,2}}{long}(?:整改|推进|坚持)?",
            ),
        ],
        "phase": [
            (
                adverbs + "基",
                rf"{_ADVERB}基本(?:完成|整改)[^,;。\n0-9]{{0,6}}阶段性(?:成果|成效|进展)(?:[^,;。\n0-9]{{0,4}}{going})?",
            ),
            (adverbs + _firsts("basically_completed"), rf"{_ADVERB}{basic}[^,;。\n0-9]{{0,3}}{going}"),
            (adverbs + _firsts("phase"), rf"{_ADVERB}{phase}(?:[^,;。\n0-9]{{0,4}}{going})?"),
        ],
        "not_completed": [
            (
                "尚暂还仍均目未",
                rf"(?:尚|暂|还|仍|均|暂时|目前|仍然)?未(?:能)?(?:全部|全面|按期|彻底|如期|按时|完全|有效){{0,2}}(?:{alternation(words('statuses', 'negated'))}|销(?={_STOP}))(?:整改|办理)?(?:到位|完毕|完成|任务)?",
            ),
            ("尚还没", r"(?:尚|还)?没有?(?:完成|整改|办结|销号|落实|改好|改完)(?:整改)?(?:到位)?"),
            ("整", rf"整改不到位(?={_STOP})"),
            ("尚仍还待暂", r"(?:尚|仍|还)?待(?:整改|完成|办结|销号)|暂缓(?:整改|实施|办理|推进|执行)?"),
        ],
        "time_limited": [
            (
                "需通经一",
                r"(?:需要|需)?(?:通过|经过)?一(?:个|段|定)(?:时期|时间|阶段|过程)[^,;。\n0-9]{0,6}?(?:整改|推进|解决|落实)?(?:完成|到位|整改)",
            ),
            ("需限", rf"(?:需要|需|限)[^,;。\n]{{0,14}}?(?:前|内|底)[^,;。\n0-9]{{0,4}}?{done}"),
            (
                "0123456789一二两三四五六七八九十半",
                rf"[0-9一二两三四五六七八九十半]{{1,3}}个?(?:月|工作日|天|日|年)之?内[^,;。、\n0-9]{{0,4}}?{done}",
            ),
            (_firsts("time_limited"), rf"{alternation(words('statuses', 'time_limited'))}(?:完成|到位)?"),
        ],
        "basically_completed": [
            (adverbs + _firsts("basically_completed"), rf"{_ADVERB}{basic}(?:整改)?(?:、正在?[^,;。、\n0-9]{{2,10}})?")
        ],
        "immediate": [
            (
                "需能可" + _firsts("immediate"),
                rf"(?:需要|需|能够|可以)?{alternation(words('statuses', 'immediate'))}(?:、{alternation(words('statuses', 'immediate'))})?",
            )
        ],
        "in_progress": [
            ("正", rf"正(?:在)?[^,;。、\n0-9]{{0,8}}?{alternation(words('statuses', 'ongoing'))}(?:当?中|推进|落实|办理)?"),
            (
                "仍尚还已正在均都" + _firsts("in_progress"),
                rf"(?:仍|尚|还|已)?{alternation(words('statuses', 'in_progress'))}(?!共|央|心|层|学|国)|(?:正|还|仍|均|都)?在(?:改|推进|整改)(?={_STOP})",
            ),
            # what is to be done by a day to come is under way
            (
                "计预拟将力确明在于",
                rf"(?:计划|预计|拟|将于|将|力争|确保|明确|在|(?<![应须])于)[^,;。\n]{{0,14}}?(?:前|内|底)[^,;。\n0-9]{{0,4}}?{done}",
            ),
            ("需", r"(?:需要|需)[^,;。、\n0-9长]{2,16}?(?:推进|解决|落实|协调)"),
        ],
    }
    order = (
        ("completed", 0), ("completed", 1), ("long_term", 0), ("phase", 0), ("phase", 1), ("not_completed", 0), ("not_completed", 1), ("not_completed", 2), ("not_completed", 3),
        ("time_limited", 0), ("time_limited", 1), ("time_limited", 2), ("time_limited", 3), ("in_progress", 2), ("phase", 2), ("basically_completed", 0), ("immediate", 0), ("long_term", 1),
        ("in_progress", 0), ("in_progress", 1), ("completed", 2), ("completed", 3), ("in_progress", 3),
    )  # fmt: skip
    branches = [(*parts[status][index], f"{status}_{index}") for status, index in order]
    openings = "".join(sorted({opening for first, _, _ in branches for opening in first}))
    return re.compile(f"(?=[{openings}])(?:{'|'.join(f'(?=[{first}])(?P<{name}>{pattern})' for first, pattern, name in branches)})")


def _firsts(kind: str) -> str:
    """The characters with which the words of ``kind`` begin."""
    return "".join(sorted({word[0] for word in words("statuses", kind)}))


def state_before(left: str, needs_no_adverb: bool) -> State | None:
    """The status in ``left`` that ends at its end, fillers aside; offsets count in ``left``.

    ``needs_no_adverb`` is set where nothing but a verb can stand there: 整改19个 then says done.
    """
    if HINT.search(left) is None:
        return None
    last: re.Match[str] | None = None
    for match in _states().finditer(left):
        last = match
    if last is not None and _LEFT_GAP.fullmatch(left, last.end()):
        return State(_name(last), last.start(), last.end())
    if needs_no_adverb and left.endswith("推进"):
        return State("in_progress", len(left) - 2, len(left))
    if needs_no_adverb and left.endswith("阶段整改"):
        return State("time_limited", len(left) - 4, len(left))
    if needs_no_adverb and left.endswith(("整改", "解决", "办理", "处置", "落实", "落地", "见效", "答复")):
        return State("completed", len(left) - 2, len(left))
    return None


def state_behind(right: str) -> State | None:
    """The status with which ``right`` begins, adverbs and a reason (因…原因) aside."""
    match = _states().search(right) if HINT.search(right) else None
    if match is None or not _RIGHT_GAP.fullmatch(right, 0, match.start()):
        return None
    if _NOT_A_STATE.match(right, match.end()):
        return None
    return State(_name(match), match.start(), match.end())


def _name(match: re.Match[str]) -> str:
    return (match.lastgroup or "").rpartition("_")[0]


def state_inside(noun: str) -> State | None:
    """The status within the words of a counted noun: 未完成整改的问题."""
    match = _states().search(noun) if HINT.search(noun) else None
    return State(_name(match), match.start(), match.end()) if match else None


_ALL = re.compile("全部|全面|均|都|悉数")


def is_all(right: str) -> bool:
    """``right`` says that it holds of all that were counted."""
    return _ALL.search(right) is not None
