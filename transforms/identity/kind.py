"""Kind of the inspection in the printed word, and its round."""

from __future__ import annotations

import re
from functools import cache

import regex

from transforms.lexicons.load import lexicon

_ROUND = regex.compile(
    r"(?:[一二三四五六七八九十\d]{1,3}届)?(?:中央|自治区党委|[\u4e00-\u9fff]{0,4}[省市县区州旗盟]委|[\u4e00-\u9fff]{0,6}党委)?(?:\d{4}年)?第[一二三四五六七八九十\d]{1,3}轮(?:第[一二三四五六七八九十\d]{1,2}批)?"
)
_ORDINAL = re.compile(r"第[一二三四五六七八九十\d]{1,3}轮")
_BEFORE_ORDINAL = 24
_TERM = re.compile(r"[一二三四五六七八九十\d]{1,3}届")
_ROUND_CUT = regex.compile(r"^(?:.*(?:按照|根据|关于|落实|接受|在|由|于|是|的|年|对|部署|照|据))")


@cache
def _modifier() -> str:
    words = sorted(lexicon("identity")["kind"]["words"], key=len, reverse=True)
    return "|".join(map(regex.escape, words))


@cache
def _performed() -> re.Pattern[str]:
    """开展了常规巡察, 进行巡视“回头看”, 巡察了…"""
    return re.compile(
        rf"(?:进行|开展|实施|组织|启动|接受)(?:(?:了|的)?(?:为期[^,。;]{{1,10}}的)?(?P<about>[^,。;]{{0,24}}?)(?P<modifier>(?:{_modifier()}){{0,2}})(?P<noun>巡视巡察|巡视(?!巡察)|巡察)(?P<again> ?[“\"‘']?回头看[”\"’']?)?(?!组|整改|反馈|办|工作领导|机构|干部|上下联动)"
        r"|(?<=进行|开展|实施)了?(?:[^,。;]{0,16}?[“\"‘']?(?P<alone>回头看)[”\"’']?|[^,。;巡]{0,10}?(?P<survey>大检查)))"
    )


@cache
def _named() -> re.Pattern[str]:
    """常规巡察 in a title or in the name of a team."""
    return re.compile(rf"(?:{_modifier()})(?:{_modifier()})?巡[视察]")


_AGAIN = re.compile(r"(?<!自行)(?<!开展整改)巡[视察](?:整改)? ?[“\"‘']?回头看|(?<!自行)[“\"]回头看[”\"]巡[视察]")
_TO_COME = regex.compile(r"将|拟|计划|适时|择机")
_OWN = regex.compile(r"自行|自查|整改[“\"]?$|整改情况$")


def inspection_kind(lead: str, behind: str, title: str, team: str) -> str | None:
    """The printed kind: the word behind 开展 or 进行 in ``lead``, or, where a long legal basis fills the lead, in the text ``behind`` it; else the one in the title or in the team's name, else 巡察 or 巡视.

    Several different words in one lead (常规巡察 of some bodies, 专项巡察 of others) give the plain noun; an extension to the villages (延伸巡察) is no kind beside another. Where 巡视 and 巡察 meet
    (a county inspects together with the province) the body's own inspection, 巡察, is meant.
    """
    told = list(_performed().finditer(lead))
    if not told:
        lead += behind
        told = list(_performed().finditer(lead))
    kinds: list[str] = []
    for found in told:
        if found.group("alone") or found.group("again"):
            if _TO_COME.search(lead, max(0, found.start() - 14), found.start()):
                continue
            if not _OWN.search(
                lead[max(0, found.start() - 8) : found.start("alone") if found.group("alone") else found.start("again")].rstrip('“"')
            ):
                kinds.append("回头看")
        elif found.group("survey"):
            kinds.append("大检查")
        else:
            modifier = found.group("modifier")
            if len(modifier) > 2:
                modifier = modifier.removeprefix("系统")  # 政法系统专项巡察
            # 专项巡视巡察 names what several levels do together; the body's own is the 巡察
            kinds.append(modifier + found.group("noun")[-2:])
    distinct = list(dict.fromkeys(kinds))
    special = [kind for kind in distinct if len(kind) > 2]
    special = [kind for kind in special if not kind.startswith("延伸")] or special  # the villages below the body that was inspected
    if len(special) == 1:
        return special[0]
    if len(special) > 1:
        return special[0][-2:] if special[0] != "回头看" else special[0]
    for words in (title, team):
        if "回头看" in words and _AGAIN.search(words):
            return "回头看"
    for words in (team, title):
        printed = [kind for kind in map(str, _named().findall(words)) if not kind.startswith(("机动", "政治"))]
        if printed:
            return printed[0]
    return distinct[0] if len(distinct) == 1 else _plain(lead, title, team)


def _plain(lead: str, title: str, team: str) -> str | None:
    """巡察 or 巡视 by the team, else by the lead, else by the title; 巡察 where both are printed."""
    for words in (team, lead, title):
        has_county, has_central = (
            "巡察" in words,
            "巡视" in words.replace("巡视工作条例", "").replace("巡视巡察", "").replace("巡视工作", ""),
        )
        if has_county:
            return "巡察"
        if has_central:
            return "巡视"
    return None


def inspection_round(lead: str, title: str) -> str | None:
    """The round as printed, such as 十二届省委第三轮."""
    for words in (title, lead):
        ordinal = _ORDINAL.search(words)
        # what stands before the ordinal is all optional: looked for at every place of the text it would take ten times as long
        found = _ROUND.search(words, max(0, ordinal.start() - _BEFORE_ORDINAL)) if ordinal else None
        if found:
            cut = _ROUND_CUT.match(found.group())
            name = found.group()[cut.end() :] if cut else found.group()
            # 公布七届区委第二轮: a round that tells its term begins with it
            name = name[term.start() :] if (term := _TERM.search(name)) else name
            return "".join(name.split())
    return None
