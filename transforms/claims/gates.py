"""What looks like a claim and is none: quoted slogans, plans, other people's troubles, problems found by somebody else."""

from __future__ import annotations

import re
from functools import cache

from transforms.claims.endings import after_last
from transforms.lexicons.alternation import alternation
from transforms.lexicons.load import lexicon, words

# the special checks that a 巡视 takes along: 选人用人专项检查
_INSPECTION = re.compile(r"巡[察视]|反馈|指出|移交|转交|交办|(?:选人用人|意识形态)[^,。;]{0,8}检查")
_OPINION_TIE = re.compile(r"巡[察视]|反馈|整改|对应|提出|移交|转交")
# what meetings talk over is not what the inspection found
_DISCUSSED = re.compile(
    r"(?:研究|协调|帮助|帮扶|推动|讨论|会商|(?<![已均部面])解决)(?:解决|处理|化解|研究|部署)?(?:了)?(?:重大|重点|难点|突出|具体|实际|有关|相关)*(?:问题|事项)"
)
# 指出了“三个方面、七个问题”: the quotation is what the inspection said
_STATES_IT = ("反馈", "反馈了", "反馈的", "指出", "指出了", "指出的")
_TAKEN_APART = re.compile(
    r"(?:的)?(?:问题)?(?:逐项|逐条|逐一|全部|进一步)?(?:细化|分解|拆解|拆分|梳理|归纳|归并|划分|分类|归类|建账|立账|造册|建档)"
)
_PUT_RIGHT = re.compile(r"(?:现|目前)?(?:已|均|全部|正在|仍在)(?:经|全部|均)?(?:整改|完成|销号|推进|落实)")
_CLAUSE_MARKS = ",;:。\n"


@cache
def _patterns() -> dict[str, re.Pattern[str]]:
    extra = lexicon("claims")["words"]
    made = alternation((*words("statuses", "created"), *words("statuses", "revised"), *words("statuses", "other_rule")))
    return {
        "elsewhere": re.compile(alternation(extra["found_elsewhere"])),
        "others": re.compile(alternation(extra["of_others"])),
        "meetings": re.compile(alternation(extra["of_meetings"])),
        "reading": re.compile(alternation(extra["rule_reading"])),
        "plan": re.compile(rf"(?:的)?(?:问题|工作|情况)?{alternation(extra['plan_words'])}"),
        "made": re.compile(made),
    }


def is_quoted(matching: str, start: int) -> bool:
    """The number opens a quotation or stands in a title: “四张清单”, 《六项制度》."""
    if start and matching[start - 1] in '“"‘《〈':
        return not matching.endswith(_STATES_IT, max(0, start - 6), start - 1)
    window = matching[max(0, start - 60) : start]
    opened = window.rfind("“", -24)
    if opened >= 0 and opened > window.rfind("”", -24):
        return not window[:opened].endswith(_STATES_IT)
    return "《" in window and window.rfind("《") > window.rfind("》")


def is_plan(left: str, right: str, is_counted_on: bool) -> bool:
    """A number of 方面 or 类 that announces how one will go about it: 从5个方面着力."""
    if is_counted_on:
        return False
    words_left = after_last(_CLAUSE_MARKS, left)
    if _TAKEN_APART.match(right) or _PUT_RIGHT.match(right):
        return False
    if _patterns()["plan"].match(right) and not re.search(r"反馈|指出", words_left):
        return True
    return re.search(r"反馈|指出|存在|巡[察视]|归纳|梳理|涉及|细化|分解|仍有|还有|尚有|分为|共", words_left) is None and not re.match(
        r"的?(?:突出)?问题|问题", right
    )


def is_foreign(kind: str, subject: str, left: str, gap: str, sentence: str) -> bool:
    """The counted noun is not the inspection's: who found it, or whose trouble it is, is said before it."""
    if kind not in ("problem", "task", "opinion", "petition"):
        return False
    clause = after_last(_CLAUSE_MARKS, left)
    patterns = _patterns()
    if kind == "opinion":
        if patterns["meetings"].search(clause):
            return True
        return subject in ("意见", "建议") and not _OPINION_TIE.search(sentence)
    if kind == "petition":
        return False
    if patterns["elsewhere"].search(clause) and not _INSPECTION.search(clause):
        return True
    if (patterns["others"].search(clause) or _DISCUSSED.search(clause)) and not _INSPECTION.search(clause):
        return True
    if clause.startswith(("发现", "查出", "查摆", "找出", "共发现", "反映")) and not _INSPECTION.search(clause):
        return patterns["elsewhere"].search(gap[-30:]) is not None
    return False


def rule_status(clause: str) -> tuple[bool, str | None, str]:
    """Whether ``clause``, which ends before a count of rules, makes or changes them; the status; the first such verb as printed.

    Both at once (制定及修改完善) leave the status null, since the number does not say how many of each.
    """
    found = list(_patterns()["made"].finditer(clause, max(0, len(clause) - 24)))
    if not found:
        return False, None, ""
    kinds = {_verb_kind(match.group()) for match in found}
    status = kinds.pop() if len(kinds) == 1 else None
    return True, status if status != "other" else None, clause[found[0].start() : found[-1].end()]


def _verb_kind(verb: str) -> str:
    if verb in words("statuses", "created"):
        return "created"
    return "revised" if verb in words("statuses", "revised") else "other"


def is_listed_rule(left: str, is_han: bool) -> bool:
    """A count of rules without a verb: 各类制度46项. Han numerals name rules (三项制度) rather than count them."""
    return not is_han and not _patterns()["reading"].search(after_last(_CLAUSE_MARKS, left))
