"""The team that inspected, in all printed forms: 县委第二巡察组, 省委巡视七组, 校党委第二巡察组, 区委4个巡察组."""

from __future__ import annotations

import re
from collections.abc import Iterator

import msgspec
import regex

from transforms.identity.regions import regions
from transforms.records.shared import Span

_NUMBER = "一二三四五六七八九十百零0-9"
_ORDINAL = rf"(?:第[{_NUMBER}X×*某○]{{1,3}}|[X×某○]{{1,2}})"
_GROUP = re.compile(rf"巡[视察](?:工作)?(?P<last>第?[{_NUMBER}X×*某○]{{1,3}})?(?:小)?组(?!长|员)")
# Read backwards from 巡察组: the party body, what was sent by it, round and batch, ordinal, kind.
_HAN = r"[\u4e00-\u9fffXx×*○]"
_BEFORE = re.compile(
    rf"(?P<head>{_HAN}{{0,22}}(?:委员会|党委|党组|党工委|工委|中央|纪委|委|集团|公司|大学|学院|学校|总行|分行|总局|管理局|厅|局))"
    r"(?P<sent>(?:新)?(?:派出|派驻|派|组建|成立|选派|派驻|授权|抽调|成立)(?:了|的)?|的)?"
    rf"(?P<round>(?:第?[{_NUMBER}]{{1,3}}轮)?(?:巡[视察](?=第))?(?:第?[{_NUMBER}]{{1,3}}批)?)"
    rf"(?P<ordinal>{_ORDINAL}(?:(?:、|,|和|至){_ORDINAL}|[、,][{_NUMBER}]{{1,2}}(?=[、,巡专联常机]|$)){{0,9}}|[{_NUMBER}两]{{1,3}}个)?"
    rf"(?P<kind>[\u4e00-\u9fff“”]{{0,14}}?)(?P<after>{_ORDINAL})?$"
)
# Verbs and prepositions that stand before the party body in a sentence; the name starts behind the last of them.
_CUT = re.compile(
    r"^.*(?:由|根据|依据|按照|按|遵照|经|落实|配合|接受|贯彻|针对|对照|对|向|将|把|被|受|在|了|和|与|及|到|从|为|于|日|月|年|是|使|让|自(?!治)|关于|迎接|支持|服从|执行|检查|督查|督导|核查|查看|察看|听取|回访|紧盯|盯紧|聚焦|围绕|领取|认领|通过|收到|成立|期间|以来|以后|之后|部署|要求|同意|安排|统一|随后|其间|中旬|上旬|下旬)"
)
_COMMITTEES = frozenset({"省委", "市委", "县委", "区委", "州委", "旗委", "盟委"})
_HEADLESS = re.compile(rf"(?:^|[^\u4e00-\u9fff])(?P<ordinal>{_ORDINAL})$")
_WINDOW = 44
# The unbroken run of characters before 巡察组, read backwards.
_RUN = re.compile(rf"[\u4e00-\u9fff{_NUMBER}X×x*○、“”\"]*")
# 县委 第五巡察组: blanks that a page puts between the words of one sentence
_SPACED_RUN = regex.compile(rf"(?r)[\u4e00-\u9fff{_NUMBER}X×x*○、“” \"]+")
# 市局(公司)党组第一巡察组
_BRACKETED = re.compile(r"(?P<head>[\u4e00-\u9fff]{1,12})\([\u4e00-\u9fff]{1,6}\)$")
# The body itself inspects, without a team: 学校党委对…开展了巡察
_BODY = re.compile(
    rf"(?P<head>{_HAN}{{0,20}}(?:党委|党组|党工委|[省市县区州旗]委|中央|委员会))(?:组织|安排|决定|统一)?(?:于[^,。;]{{2,30}}?)?(?:,)?对[^,。;]{{2,40}}?(?:进行|开展|实施)了?[^,。;]{{0,14}}?巡[视察]"
)


class Inspector(msgspec.Struct, frozen=True, gc=False):
    """``name`` as printed, without blanks; ``rule`` tells how it was found."""

    name: str
    span: Span
    rule: str
    is_numbered: bool
    is_several: bool


def inspectors(words: str, start: int, end: int) -> Iterator[Inspector]:
    """Every team named in ``words[start:end]`` in the order of the text; one whose ordinal was lost in copying has an empty name."""
    for group in _GROUP.finditer(words, start, end):
        team = _team(words, start, group)
        if team is not None:
            yield team


def _team(words: str, floor: int, group: re.Match[str]) -> Inspector | None:
    stop = group.start()
    least = max(floor, stop - _WINDOW)
    run = _RUN.match(words[least:stop][::-1])
    low = stop - run.end() if run else stop
    team = _team_of(words, low, group)
    if (team is None or team.rule == "inspector.headless") and low and words[low - 1] == " ":
        spaced = _SPACED_RUN.search(words, least, stop)
        window = words[spaced.start() : group.end()] if spaced else ""
        joined = window.replace(" ", "")
        whole = _team_of(joined, 0, _last_group(joined)) if joined else None
        if spaced and whole and whole.rule != "inspector.headless":
            # back from the joined words to the text: as many characters that are no blank stand before it
            places = [at for at, sign in enumerate(window) if sign != " "]
            return msgspec.structs.replace(whole, span=Span(spaced.start() + places[whole.span.start_char], group.end()))
    return _with_bracket(words, floor, team) if team else None


def _last_group(words: str) -> re.Match[str]:
    return list(_GROUP.finditer(words))[-1]


def _with_bracket(words: str, floor: int, team: Inspector) -> Inspector:
    """``team`` with the body before a bracket that parts it from its party group."""
    start = team.span.start_char
    if not team.name.startswith("党") or words[start - 1 : start] != ")":
        return team
    found = _BRACKETED.search(words[max(floor, start - 24) : start])
    at = _head_start(found.group("head"), 0, len(found.group("head"))) if found else None
    if found is None or at is None:
        return team
    name = found.group()[at:]
    return msgspec.structs.replace(team, name=name + team.name, span=Span(start - len(name), team.span.end_char))


def _team_of(words: str, low: int, group: re.Match[str]) -> Inspector | None:
    """The team that ``group`` ends, by the words from ``low`` on."""
    window = words[low : group.start()]
    if not window:
        return None
    if window.endswith("第"):  # 市委第巡察组: the ordinal is lost
        return Inspector("", Span(low, group.end()), "inspector.chars_lost", False, False)
    before = _BEFORE.search(window)
    start = _head_start(window, *before.span("head")) if before else None
    if not before or start is None:
        bare = _HEADLESS.search(window)  # the run before is broken
        if not bare:
            return None
        name = bare.group("ordinal") + group.group()
        return Inspector(name, Span(low + bare.start("ordinal"), group.end()), "inspector.headless", True, False)
    head_start, head_end = start, before.end("head")
    kind = before.group("kind") or ""
    if any(sign in kind for sign in ("对", "向", "了", "的", "委", "巡")):
        return None
    pieces = [window[head_start:head_end], window[before.end("sent") if before.group("sent") else head_end :], group.group()]
    name = "".join("".join(pieces).split()).lstrip('“"')
    ordinal = before.group("ordinal")
    last = group.group("last") or before.group("after")
    several = bool(ordinal) and ordinal.endswith("个")
    return Inspector(
        name=name,
        span=Span(low + head_start, group.end()),
        rule="inspector.ordinal_last" if last else "inspector.ordinal" if ordinal else "inspector.plain",
        is_numbered=bool(ordinal or last) and not several,
        is_several=several,
    )


def _head_start(window: str, start: int, end: int) -> int | None:
    """Where the party body's name begins in ``window[start:end]``; None if only a verb or preposition is left of it."""
    head = window[start:end]
    cut = _CUT.match(head[:-1])
    if not cut:
        return start
    if head[-2:] in _COMMITTEES:
        # a region's name may hold such a character: 自流井区委, 向阳区委
        for length in range(min(8, len(head) - 1), 2, -1):
            if len(head) - 1 - length < cut.end() and regions().is_name(head[-1 - length : -1]):
                return end - 1 - length
    return start + cut.end() if len(head) - cut.end() >= 2 else None


def inspecting_body(words: str, start: int, end: int) -> Inspector | None:
    """The party body that inspected without a team being named."""
    for found in _BODY.finditer(words, start, end):
        at = _head_start(words, *found.span("head"))
        name = words[at : found.end("head")] if at is not None else ""
        if at is not None and len(name) >= 2 and not name.startswith(("我", "本", "该")):
            return Inspector("".join(name.split()), Span(at, found.end("head")), "inspector.body", False, False)
    return None


def chosen(teams: list[Inspector]) -> Inspector | None:
    """The team of this inspection: the first with an ordinal, else several counted teams, else the longest name.

    None where the only team lost its ordinal in copying: its later mentions drop the ordinal and would mislead.
    """
    for team in teams:
        if team.is_numbered:
            return team
    for team in teams:
        if team.is_several:
            return team
    if any(not team.name for team in teams):
        return None
    return max(teams, key=lambda team: len(team.name)) if teams else None
