"""Leaks of masking in the source: a notice that hides its body's name, or a person's, and prints it or what tells it elsewhere.

A body counts as masked where its name or the title holds X, ×, *, ○ or 某 (某县第X小学). What then stands unmasked and may tell who it
is: a school, bureau, town … of the same kind, where the left edge of its name is sure (《…制度》, behind masking signs, behind 我校);
places; area codes, postcodes and addresses; the agency of the body's own document numbers. A person counts as masked as 李某 or 李某某.
These are leads for whoever reads a notice before it is published, not findings: a school named may be a neighbour.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

import regex

from transforms.identity.persons import is_name

_SIGNS = "XxＸｘ×✕*＊○〇某"
MASKED = regex.compile(rf"[{_SIGNS}]")
MASKED_SQL = f"[{_SIGNS}]"
_HAN = r"[\u4e00-\u9fff]"
# Nouns of one kind: a body masked under one of them may be told by a name that ends on another.
_KINDS = (
    ("学校", r"中学|小学|学校|幼儿园|学院|大学|职专|职高|附中|附小|[一二三四五六七八九十]{1,2}中(?![国央心层期间等小学])"),
    ("医院", r"医院|卫生院|卫生服务中心"),
    ("机关", r"局|委员会|厅|服务中心|管理中心"),
    ("乡镇", r"镇|乡|街道"),
    ("村居", r"村|社区"),
    ("企业", r"公司|集团"),
)
# A name does not begin with these: 各学校, 全县中小学校, 走进学校.
_COMMON = regex.compile(
    r"^(?:各|全|本|我|该|其|某|原|为|对|向|在|到|与|和|及|等|的|是|有|由|从|以|把|将|每|两|三|多|所|间|家|中小|中心|兄弟|有关|相关|周边|邻近|民办|公办|农村|城区|乡镇"
    r"|下辖|直属|完全|示范|平安|文明|绿色|和谐|寄宿|家长|老年|走进|进入|回到|加强|推进|组织|开展|落实|建立|制定|完善|规范|义务|高级|普通|职业|初级|县级|市级|省级|上级|优质|薄弱|结对|帮扶|教育|人民)"
)
_OWN = "我校|本校|我局|本局|我院|本院|我镇|我乡|我村|我公司|本公司|我单位|本单位"
_CONTEXT = 16
_LONGEST = 10


@dataclass(frozen=True, slots=True)
class Leak:
    """Words that may tell what the notice masks. Offsets count in the folded text."""

    notice_id: str
    kind: str
    masked: str
    leaked: str
    start_char: int
    end_char: int
    context: str
    basis: str


@dataclass(frozen=True, slots=True)
class Suspect:
    """A notice that may mask something: its names of the body, its text, and rows of other tables as (words, start_char, end_char)."""

    notice_id: str
    names: Sequence[str]
    text: str
    places: Sequence[tuple[str, int, int]] = field(default=())
    contacts: Sequence[tuple[str, int, int]] = field(default=())
    numbers: Sequence[tuple[str, int, int]] = field(default=())
    persons: Sequence[tuple[str, int, int]] = field(default=())


def leaks(notice: Suspect) -> tuple[Leak, ...]:
    """What may give away a masked name, in the order of the text; one row for each name, its first place."""
    found: dict[tuple[str, str], Leak] = {}
    for kind, masked, leaked, start, end, basis in (*_of_body(notice), *_of_persons(notice)):
        around = notice.text[max(0, start - _CONTEXT) : end + _CONTEXT].replace("\n", " ")
        leak = Leak(notice.notice_id, kind, masked, leaked, start, end, around, basis)
        if (kept := found.get((kind, leaked))) is None or start < kept.start_char:
            found[kind, leaked] = leak
    return tuple(sorted(found.values(), key=lambda each: (each.start_char, each.kind)))


_Found = tuple[str, str, str, int, int, str]


def _of_body(notice: Suspect) -> Iterator[_Found]:
    masked = next((name for name in notice.names if MASKED.search(name)), None)
    if masked is None:
        return
    yield from _same_kind(notice.text, masked)
    for name, start, end in notice.places:
        if not MASKED.search(name):
            yield "place", masked, name, start, end, "单位名称已遮蔽，地名未遮蔽"
    for value, start, end in notice.contacts:
        if not MASKED.search(value):
            yield "contact", masked, value, start, end, "单位名称已遮蔽，联系方式可定位到地区或单位"
    for number, start, end in notice.numbers:
        if not MASKED.search(number):
            yield "document_number", masked, number, start, end, "单位名称已遮蔽，本单位文号的机关代字未遮蔽"


def _same_kind(text: str, masked: str) -> Iterator[_Found]:
    """Names of bodies of the kind that ``masked`` is, where their left edge is sure."""
    nouns = next((nouns for _, nouns in _KINDS if regex.search(rf"(?:{nouns})", masked)), None)
    if nouns is None:
        return
    name = rf"(?P<name>{_HAN}{{0,{_LONGEST}}}?(?:{nouns}))"
    for pattern, basis in (
        (rf"《(?P<signs>[{_SIGNS}]{{0,4}}){name}", "文件名中的单位名称未遮蔽"),
        (rf"(?P<signs>[{_SIGNS}]{{1,4}})(?:[省市州县区镇乡])?{name}", "遮蔽字之后的名称未遮蔽"),
        (rf"(?:{_OWN})[(\"“、,]{{0,2}}(?P<signs>){name}", "与“我校”等自称相连的名称未遮蔽"),
    ):
        for match in regex.finditer(pattern, text):
            leaked, signs = match["name"], match["signs"] or ""
            noun = regex.search(rf"(?:{nouns})$", leaked)
            proper = leaked[: noun.start()] if noun else ""
            number = regex.search(r"[一二三四五六七八九十]{1,2}中$", leaked)
            if MASKED.search(leaked) or _COMMON.match(leaked) or (len(proper) < 2 and not number):
                continue
            if signs + leaked in masked:  # XX县第一中学 that masks its county alone and says so in its title
                continue
            yield (
                "organisation",
                masked,
                (signs if number else "") + leaked,
                match.start("name") - (len(signs) if number else 0),
                match.end("name"),
                basis,
            )


def _of_persons(notice: Suspect) -> Iterator[_Found]:
    """People printed in full whose surname also stands with 某."""
    hidden: dict[str, str] = {}
    for match in regex.finditer(rf"({_HAN})某{{1,2}}(?![县市区镇乡村校局])", notice.text):
        if is_name(match[0]):
            hidden.setdefault(match[1], match[0])
    for name, start, end in notice.persons:
        if "某" not in name and name[:1] in hidden:
            yield "person", hidden[name[0]], name, start, end, "同姓人员在别处已遮蔽，此处印出全名"
