"""The inspected body: named in the title, in the lead, by the signature, or only as 我县 and told by its other mentions."""

from __future__ import annotations

import re
from collections.abc import Iterator

import msgspec
import regex

from transforms.identity.bodies import clean, first_person, is_body, is_generic, is_party, is_self, with_committee
from transforms.records.shared import Span

_NAME = r"[^,。;:、\n]"
_AIM = rf"(?:(?:于|在|从|自){_NAME}{{2,30}}?)?"
# It received the feedback: tried at every mark, so only where one of the verbs stands; it takes two thirds of the time of all.
_RECEIVING = rf"|(?:^|[,。;\n])((?:中共)?(?!经|根据|按|在|由){_NAME}{{2,34}}?)(?:收到|接到|接受)(?:了)?[^,。;]{{0,24}}(?:巡[视察]|反馈)"
# How a lead speaks of the body; the one group of each form holds its name and is cut by bodies.clean.
_FIRST_MENTIONS = (
    rf"对(?<![针相面校核]对)(?:口)?({_NAME}{{2,44}}?)(?:\((?:以下)?(?:统|简|下)称[^()]{{1,20}}\)|\([^()]{{1,20}}\))?(?:党的建设|领导班子|班子|党员领导干部|主要负责人)?{_AIM}"
    r"(?:同步)?(?:集中)?(?:进行|开展|实施)(?:了)?(?:为期)?[^。;]{0,40}?(?:巡[视察]|回头看|大检查)"
    rf"|组(?:{_AIM}|集中)巡[视察](?:了)?((?!组|整改|反馈|工作|意见|[视察]){_NAME}{{2,34}}?)(?=[,。;]|(?:党的建设|领导班子|班子|{_AIM}期间))"
    rf"|于[^,。;]{{3,36}}巡[视察](?:了)({_NAME}{{2,34}}?)(?=[,。;])"
    rf"|[向给]((?:中共)?{_NAME}{{1,44}}?)(?:领导班子|班子|党员领导干部|主要负责人|主要负责同志|全体|书记|正式|集中|当面|及时|进行|作|集体|书面|一并|分别)?(?:了)?(?:全面)?(?:进行|作)?(?:了)?(?:反馈|通报|移交)"
)
_LAST_MENTIONS = (
    rf"|进驻(?:了)?({_NAME}{{2,34}}?)(?:,|。|;|开展|进行|实施)"
    rf"|巡[视察]组{_AIM}(?:到|在|赴)({_NAME}{{2,34}}?)(?:开展|进行|实施)了?[^,。;]{{0,20}}巡[视察]"
)
_MENTIONS = re.compile(_FIRST_MENTIONS + _LAST_MENTIONS)
_MENTIONS_AND_RECEIVING = re.compile(_FIRST_MENTIONS + _RECEIVING + _LAST_MENTIONS)
# News of a visit to the body.
_VISITS = regex.compile(
    rf"(?:莅临|来到|深入到|深入|前往|走进|赴|到|对|在)(?P<org>{_NAME}{{2,34}}?)(?:巡[视察])?(?:反馈)?(?:问题|意见)?(?:整改)?(?:落实)?(?:情况)?(?:,|开展|就|进行|督查|督导|调研|检查|指导|实地|现场|回访|专项|验收|评估|巡[视察])"
)
_NEWS_SUBJECT = regex.compile(
    rf"\G(?:[^,。;]{{0,24}}(?:讯|电|消息)[::)]?)? {{0,4}}(?:(?:近日|日前|近期|连日来|今年以来|去年以来|近段时间|[^,。;]{{0,14}}(?:[日月年]|以来)(?:上午|下午)?),)?(?P<org>{_NAME}{{2,30}}?)(?:党委书记|书记|召开|坚持|把|以|将|扎实|围绕|聚焦|紧盯|认真|严格|高度|立足|切实|深入|全面|针对|结合|按照|根据|狠抓|推进|抓|从|对照|迅速|积极|通过|完成)"
)
_NEWS_FEEDBACK = regex.compile(rf"(?:^|[,。;])(?P<org>{_NAME}{{2,30}}?)(?:的)?巡[视察]反馈的?")
_DEMONSTRATIVE = regex.compile(
    r"该(?P<noun>镇|乡|街道|局|校|院|县|区|市|公司|单位|村|学院|中心|企业|集团)(?P<party>党委|党组|党总支|党支部|党工委|委)"
)
_OWN_DOCUMENTS = regex.compile(
    r"(?P<org>(?:中共)?[\u4e00-\u9fffX×某]{2,30}?(?:委员会|党委|党组|总支部|党总支|支部|党工委|[县区市州旗]委|大学|学院|中学|小学|学校|幼儿园|医院|局|厅|公司|集团|街道|[镇乡]))(?:关于|落实|贯彻|巡[视察](?:反馈|整改)|整改)"
)


class Body(msgspec.Struct, frozen=True, gc=False):
    """``name`` in its fullest printed form; ``span`` is where that stands; ``aliases`` are its other names in the text."""

    name: str
    span: Span | None
    rule: str
    aliases: tuple[str, ...] = ()


def lead_mentions(words: str, start: int, end: int) -> Iterator[tuple[str, Span]]:
    """Names (cleaned) that the lead uses for the inspected body, self-references among them."""
    lead = words[start:end]
    is_received = "收到" in lead or "接到" in lead or "接受" in lead
    for found in (_MENTIONS_AND_RECEIVING if is_received else _MENTIONS).finditer(words, start, end):
        at, stop = found.span(found.lastindex or 0)
        name = clean(words[at:stop])
        if len(name) > 1:
            offset = words.find(name[:2], at, stop)
            at = offset if offset >= 0 else at
            yield name, Span(at, at + len(name) if words.startswith(name, at) else stop)


def inspected_body(
    words: str, lead: tuple[int, int], titled: tuple[str, Span | None] | None, signed: tuple[str, Span] | None, fields: tuple[str, ...]
) -> Body | None:
    """The inspected body of a notice.

    ``titled`` and ``signed`` are the bodies of title and signature, ``fields`` the page's source and publisher. The fullest form of
    title and lead is taken; the signature decides only where both are silent or speak of 我校.
    """
    named: list[tuple[str, Span]] = []
    generic: list[tuple[str, Span]] = []
    selves: list[str] = []
    for name, span in lead_mentions(words, *lead):
        if is_self(name):
            selves.append(name)
        elif is_generic(name):
            generic.append((name, span))
        elif is_body(name):
            named.append((with_committee(name), span))
    aliases = [name for name, _ in named] + ([signed[0]] if signed else []) + [name for name, _ in generic if len(name) > 3]
    if titled:
        best: tuple[str, Span | None, str] = (*titled, "inspected.title")
        for name, span in named:
            if _is_fuller(name, best[0]):
                best = (name, span, "inspected.lead")
        return _body(*best, [titled[0], *aliases])
    if named:
        name, span = max(named, key=lambda item: (is_party(item[0]), item[0].startswith("中共"), len(item[0])))
        name, span = _party_form(words, name, span)
        if signed and signed[0].endswith(name) and signed[0] != name and is_body(signed[0]):
            return _body(*signed, "inspected.signature", aliases)  # 县供销社党组 signs as 中共云溪县供销社党组
        return _body(name, span, "inspected.lead", aliases)
    if signed and is_body(signed[0]) and (selves or generic or is_party(signed[0])):
        return _body(*signed, "inspected.signature", aliases)
    for own in selves:
        told = _by_self(words, own, fields)
        if told:
            return _body(*told, [])
    if generic:
        name, span = max(generic, key=lambda item: len(item[0]))
        noun = regex.search(r"[县区市州旗](?=委?$)", name)
        told = _region_named(words, noun.group()) if noun else None
        return _body(*told, [name]) if told else _body(with_committee(name), span, "inspected.generic", [])
    return None


def _party_form(words: str, name: str, span: Span) -> tuple[str, Span]:
    """The party body of a unit where the text prints it in full: 青禾街道 … 青禾街道党工委."""
    if is_party(name):
        return name, span
    for found in regex.finditer(regex.escape(name) + "(?:党工委|党委|党组|党总支|总支|党支部|支部)(?!书记|副书记|委员|会议|成员)", words):
        return found.group(), Span(found.start(), found.end())
    return name, span


def _is_fuller(name: str, known: str) -> bool:
    """``name`` says more about the same body than ``known``: it has 中共, or is longer and ends alike."""
    if known.startswith(("中共", "中国共产党")):
        return False
    if name.startswith("中共"):
        return True
    if not is_party(known) and is_party(name):
        return name.startswith(known) or len(name) > len(known)
    return is_party(name) == is_party(known) and len(name) > len(known) and name[-2:] == known[-2:]


def _body(name: str, span: Span | None, rule: str, aliases: list[str]) -> Body:
    return Body(name, span, rule, tuple(dict.fromkeys(alias for alias in aliases if alias != name and len(alias) > 2)))


def _by_self(words: str, own: str, fields: tuple[str, ...]) -> tuple[str, Span | None, str] | None:
    """The body that calls itself ``own`` (我县, 我校党支部), by a name in the text that ends alike, else by the page's fields."""
    noun = regex.match(r"[我本](?P<noun>街道|社区|公司|集团|中心|单位|部门|[\u4e00-\u9fff])", own)
    if not noun:
        return None
    endings = first_person().get(noun.group("noun"), ())
    for found in _OWN_DOCUMENTS.finditer(words):
        name = clean(
            regex.sub(r"^.*(?:《|由|据|照|落实|任组长的|组长的|对|向|为|成立|组建|印发|制定|制订|出台|了)", "", found.group("org"))
        )
        if len(name) > 2 and (not endings or any(ending in name for ending in endings)):
            return name, Span(found.end("org") - len(name), found.end("org")), "inspected.document"
    for ending in endings:
        if len(ending) == 1 and ending in "县区市州旗镇乡":
            told = _region_named(words, ending)
            if told:
                return told
    for value in fields:
        if is_body(value) and (not endings or any(value.endswith(ending) for ending in endings)):
            return value, None, "inspected.page_field"
    return None


def _region_named(words: str, ending: str) -> tuple[str, Span | None, str] | None:
    """The region that stands most often in the text with ``ending``: 云溪县落实…领导小组 tells what 我县 is."""
    from transforms.identity.regions import regions

    counts: dict[str, list[int]] = {}
    known = regions()
    for found in regex.finditer(ending, words):
        for length in range(8, 1, -1):
            name = words[max(0, found.end() - length) : found.end()]
            if known.is_name(name):
                counts.setdefault(name, []).append(found.end())
                break
    if not counts:
        return None
    name = max(counts, key=lambda key: len(counts[key]))
    return (
        with_committee(name) if ending in "县区市州旗" else name + "党委",
        Span(counts[name][0] - len(name), counts[name][0]),
        "inspected.self",
    )


def news_body(words: str, start: int, end: int) -> Body | None:
    """The body that a news report is about: the one visited, else the subject behind the dateline; 该镇党委 names its party body."""
    sentence = words.find("。", start, end)
    stop = sentence if sentence > 0 else end
    found = None
    for pattern in (_VISITS, _NEWS_SUBJECT, _NEWS_FEEDBACK):
        for match in pattern.finditer(words, start, stop):
            name = clean(match.group("org"))
            if is_body(name) and not is_self(name):
                found = (name, match.start("org"))
                break
        if found:
            break
    if not found:
        for name, span in lead_mentions(words, start, end):
            if is_body(name) and not is_self(name):
                return Body(name, span, "inspected.lead")
        return None
    name, at = found
    span = Span(at, at + len(name))
    pointed = _DEMONSTRATIVE.search(words, start, end)
    if pointed and name.endswith(pointed.group("noun")):
        return Body(name + pointed.group("party"), span, "inspected.visit", (pointed.group(), name))
    full, span = _party_form(words, name, span)
    return _body(full, span, "inspected.visit", [name])
