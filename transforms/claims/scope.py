"""What a figure is limited to: the last round (上轮), another body named beside it (30个村级党组织), a leader's share (认领)."""

from __future__ import annotations

import re
from functools import cache

from transforms.lexicons.alternation import alternation
from transforms.lexicons.load import lexicon

# rules made and cases filed within one problem's response are told, and no total of the notice
ONE_PROBLEM = "单项"
_EARLIER = re.compile(r"上一?轮|上一?届|上次|前[一几]?轮|往[年届]|历[次轮年]|以往|以前|首轮|20[0-9]{2}年第?[一二三四五六七八九十]轮")
# 镇党委层面反馈8个问题, 村级问题57个: the part of the inspected body that is meant
_LAYER = re.compile(
    r"(?P<layer>[\u4e00-\u9fff]{1,6})层面(?!的?(?:突出|重视|推动|推进|研究|部署|加强|着力|发力|下功夫))"
    r"|(?P<level>[镇乡村组县市区局校院街社园厂]级|[\u4e00-\u9fff]{1,3}本级)(?=层面|问题|共性|个性|共|有|反馈|存在|[0-9]|\Z)"
)
_LAYER_BEFORE, _LAYER_BEHIND = 6, 8  # characters before 层面 or 级 that may belong to a layer, and behind it that the pattern looks at
_NO_LAYER = re.compile(r"思想|制度|工作|政治|组织|作风|机制|认识|技术|战略|源头|根本|顶层|领导|各|多个|不同|两个|三个")
_LAYER_LEAD = re.compile(r"^(?:其中|在|从|就|对|是|和|与|及|由|并|也|中)+")
_THIS = re.compile(r"本[轮次]|此次|这次|该轮|此轮|新一轮")
_ROUND_SIGN = re.compile("[轮次届往历]")  # every match of the two holds one, or 以前
_BODY = re.compile(
    r"(?P<body>[\u4e00-\u9fff]{0,10}?(?:镇|乡|街道|村级?|社区|局|中学|小学|学校|企业|公司|医院|基层)(?:党委|党组|党总支|党支部|党组织|支部))(?:的|共|有|存在){0,2}\Z"
)
# 局机关28个, 直属单位45个
_PART = re.compile(
    r"(?P<body>[局厅委部院校县市区镇]?(?:机关|(?:直属|下属|所属|基层|下级|二级)(?:单位|企业|公司|机构|学校)|(?:子|分)公司))(?:的|共|有|存在|反馈|问题){0,2}\Z"
)
# what each of the two ends with, and the characters of the words that may follow
_BODY_ENDS, _BEHIND_BODY = ("委", "组", "支", "部", "织"), "的共有存在"
_PART_ENDS, _BEHIND_PART = ("机关", "单位", "企业", "公司", "机构", "学校"), "的共有存在反馈问题"
_LEADING = re.compile(r"^.{0,6}(?:对|该|向|及|和|与|了|至)(?=[\u4e00-\u9fff])")
_OWN = re.compile(r"我|本|反馈|巡[察视]|指出|收到")
_ACTOR = re.compile(
    r"(?:主要领导|主要负责人|主要负责同志|党委书记|党组书记|支部书记|书记|[县区市镇乡校局院]长|班子成员|领导干部|领导(?!班子)|同志|负责人)"
)


# a check of its own that a 巡视 takes along
_CHECK = re.compile(
    r"(?P<field>(?:选人用人|意识形态)(?:工作)?(?:责任制)?(?:落实情况)?(?:专项)?检查)(?:中|的|反馈|发现|指出|移交|共|了){0,3}\Z"
)
_CLASS = re.compile(r"[A-H甲乙丙丁]类(?:\([\u4e00-\u9fff、]{2,12}\))?\Z")
_CLASS_REACH = 16
_FIELD_END = re.compile(r"(?:其中)?(?P<field>[\u4e00-\u9fff、“”]{2,20}(?:方面|领域))(?:的|共|有|存在){0,2}\Z")


@cache
def _fields() -> re.Pattern[str]:
    return re.compile(rf"(?P<field>{alternation(lexicon('claims')['words']['fields'])}[”\"]?)(?:的|存在|突出|方面){{0,2}}\Z")


def field_scope(clause: str) -> str | None:
    """The field of work that ``clause``, which ends before a noun, limits it to: 党的建设方面, “四风”, 选人用人."""
    check = _CHECK.search(clause) if "检查" in clause else None
    if check:
        return check["field"]
    match = _FIELD_END.search(clause) or _fields().search(clause)
    if match is None or re.search(r"反馈|指出|巡[察视]", match["field"]):
        return None
    return match["field"].removeprefix("其中").strip('“”"')


def class_scope(matching: str, start: int) -> str | None:
    """The lettered class to which the number at ``start`` belongs: A类(党的领导)4个问题."""
    near = max(0, start - _CLASS_REACH)
    match = _CLASS.search(matching, near, start) if matching.find("类", near, start) >= 0 else None
    return match.group() if match else None


@cache
def _share() -> tuple[re.Pattern[str], re.Pattern[str]]:
    extra = lexicon("claims")["words"]
    share = re.compile(
        rf"(?P<verb>{alternation(extra['shares'])})(?:了|的|整改|办理|落实|解决|督办|巡察|巡视|反馈|重点|难点|突出|主要|问题|任务|意见|共|:|、)*\Z"
    )
    whole = re.compile(rf"{alternation(extra['share_bodies'])}[^,;。\n]{{0,6}}\Z")
    return share, whole


def share_scope(clause: str) -> str | None:
    """The actor and verb of a personal share if ``clause``, which ends before a number, speaks of one."""
    if "领" not in clause and "包" not in clause and "牵" not in clause:
        return None
    share, whole = _share()
    match = share.search(clause)
    if match is None:
        return None
    before = clause[: match.start()]
    actors = _ACTOR.findall(before)
    if not actors and whole.search(before):
        return None
    return (actors[-1] if actors else "") + match["verb"]


def round_scope(between: str) -> tuple[bool, str | None]:
    """Whether ``between`` turns to another round, and which: the earlier one as printed, or None for this one."""
    if _ROUND_SIGN.search(between) is None and "以前" not in between:
        return False, None
    turned, scope = False, None
    for match in sorted([*_EARLIER.finditer(between), *_THIS.finditer(between)], key=lambda found: found.start()):
        turned, scope = True, (match.group() if match.re is _EARLIER else None)
    return turned, scope


def layer_scope(between: str) -> str | None:
    """The last layer of the body that ``between`` turns to: 镇党委层面, 村级; None where it names none."""
    if "层面" not in between and "级" not in between:
        return None
    signs = [at for word in ("层面", "级") for at in (between.find(word), between.rfind(word)) if at >= 0]
    found = None
    for match in _LAYER.finditer(between[: max(signs) + _LAYER_BEHIND], max(0, min(signs) - _LAYER_BEFORE)):
        words = match["level"] or _LAYER_LEAD.sub("", match["layer"])
        if words and not _NO_LAYER.search(words):
            found = words
    return found


def body_scope(left: str) -> str | None:
    """Another body named directly before a number, or None where it is the notice's own."""
    part = _PART.search(left, max(0, len(left) - 16)) if left.rstrip(_BEHIND_PART).endswith(_PART_ENDS) else None
    if part:
        return part["body"]
    match = _BODY.search(left, max(0, len(left) - 24)) if left.rstrip(_BEHIND_BODY).endswith(_BODY_ENDS) else None
    if match is None or _OWN.search(match["body"]) or left[: match.start()].endswith(("反馈", "反馈给", "反馈了", "我", "本")):
        return None
    body = match["body"]
    leading = _LEADING.match(body)
    return body[leading.end() :] if leading else body
