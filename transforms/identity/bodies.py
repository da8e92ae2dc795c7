"""Names of party bodies and units, told by their endings; what a unit calls itself; names cleaned of what surrounds them."""

from __future__ import annotations

import re
from functools import cache

from transforms.lexicons.load import lexicon

# How the name of a body ends; 委 stands for 党委 and 县委 too, 会 for 委员会, 部 for 支部, 处 for 办事处, and so on.
_LAST = frozenset("委会组部处局厅署院校园省市县区州旗盟镇乡村社队所站馆台场厂矿系办段库行")
_ENDS = (
    "总支", "办公室", "大学", "中学", "小学", "集团", "公司", "中心", "街道", "政府", "机关", "单位", "基地",
    "学科", "高中", "初中", "职专", "幼教", "一中", "二中", "三中", "四中", "五中", "六中", "七中", "八中", "九中", "十中",
)  # fmt: skip
_PARTY_ENDS = ("委", "委员会", "党组", "总支", "支部")
_REGION_ENDS = (*"省市县区州旗盟", "兵团")

# several bodies: each way to say so begins the name or with one of a few characters
_NUMBERED = re.compile(
    r"\A(?:等|全部|所有|上述|其他|其余|部分|有关|相关|各|[县区市省]?[直属])"
    r"|(?=[\d一二三四五六七八九十两单所下])(?:[\d一二三四五六七八九十两]{1,4}[家个所名户]|单位党组织$|(?:所属|下属|所辖)(?:各类?)?(?:中小学校?|学校|医院|企业|公司|单位|部门|机关|党组织|[镇乡]|街道|[村社]区?)$)"
)
# Words that hang on a name in a sentence: what of the body was looked at, its leaders, its subordinate bodies. Each starts with a
# character of its own, not with an optional one, so that the search goes by first characters.
_HANGING = re.compile(
    r"领导班子|班子成员|党员领导|主要负责|主要领导|党的建设|全体|干部职工|党员干部|及其|及下|及所|及辖|及部分|及直|及有关|及相关|及\d|以及|落实|履行|管党治党|贯彻|执行|开展|进行|实施|反馈|20[\dX×*]{2}年|自20[\dX×*]{2}年|近[一二三两\d]|党的|自党的|全面从严|存在|整改|巡[视察]"
    r"|\((?:以下|下称|简称|统称|含|以|包括)"
)
_TRAILING = re.compile(
    r"(?:集中|认真|正式|现场|一并|分别|统一|工作|同步|当面|同时|情况|再次|连续|依次|组织|通过|以|共|全面|直接|也|又|作|做|的)+$"
)
_TRAILING_ENDS = frozenset("中真式场并别一作步面时况次续次织过以共面接也又作做的")
_NO_REGION = (
    "小区",
    "园区",
    "城市",
    "校区",
    "厂区",
    "景区",
    "社区",
    "山区",
    "矿区",
    "开发区",
    "新区",
    "高新区",
    "示范区",
    "试验区",
    "超市",
)
_GENERIC = re.compile(
    r"^(?:(?:学校|校|学院|院|系|医院|公司|集团|集团公司|中心|单位|机关|局|厅|委|办|署|部|镇|乡|街道|社区|村|园|幼儿园|行|联社|所|站|馆|台|社|各级|上级|自治区)?(?:党委|党组|党工委|党总支|党支部|总支|支部|党委班子|班子|党组织)|[省市县区州旗]委?|学校|学院|医院|公司|集团|集团公司|中心|单位|机关|[局厅委办镇乡村所站馆]|街道|社区|幼儿园)$"
)
_LEADING = re.compile(r"^(?:正在|又|也|还|再次|同时|分别|先后|重点|专门|一并|正式|及时|集体|当面|书面|口头|原)+")
_LEADING_STARTS = frozenset("正又也还再同分先重专一及集当书口原")


def clean(name: str) -> str:
    """``name`` without what the sentence hangs on it: leaders, （以下简称…）, adverbs."""
    name = name.replace(" ", "").replace("\n", "")
    if name[:1] in _LEADING_STARTS:
        name = _LEADING.sub("", name)
    hanging = _HANGING.search(name)
    if hanging:
        kept = name[: hanging.start()]
        name = kept if hanging.group()[0] == "(" else kept.removesuffix("的")
    if name[-1:] in _TRAILING_ENDS:
        name = _TRAILING.sub("", name)
    return name.strip("“”,、的")


def is_self(name: str) -> bool:
    """``name`` is how a unit calls itself: 我县, 我校党委, 本单位."""
    return name.startswith(("我", "本")) and len(name) <= 12 and not name.startswith(("本溪", "本科"))


def is_body(name: str) -> bool:
    """``name`` may name one single body."""
    return 2 <= len(name) <= 48 and (name[-1] in _LAST or name.endswith(_ENDS)) and "巡" not in name and _NUMBERED.search(name) is None


def with_committee(name: str) -> str:
    """``name`` with its committee behind a bare region: what was inspected in 新平县 is 新平县委, in 泾县 泾县县委."""
    if not name.endswith(_REGION_ENDS) or name.endswith(_NO_REGION):
        return name
    return name + "县委" if len(name) == 2 and name.endswith("县") else name + "委"


def is_generic(name: str) -> bool:
    """``name`` could be any body of its kind and names this one only to its own readers: 学校, 县委, 局党组."""
    return _GENERIC.match(name) is not None


def is_party(name: str) -> bool:
    """``name`` names a party body."""
    return name.endswith(_PARTY_ENDS)


@cache
def first_person() -> dict[str, tuple[str, ...]]:
    """Suffixes of the names that 我县, 我校 … may stand for."""
    return {noun: tuple(suffixes) for noun, suffixes in lexicon("identity")["first_person"].items()}
