"""Accountability: how many were held to account, and in which way.

Read: a kind before its number (诫勉4人, 给予党纪处分37人, 谈话提醒百余人次), several kinds before one number (责令检查、批评教育
24人: one row whose kind joins them as printed, since the number cannot be shared out), a number before its kind (对3名责任人
进行批评教育, 2人受到党纪处分, 3人被镇纪委谈话提醒, 2人已移送司法机关) and one inside it (免去1人职务). A printed zero is a row. A kind without a number is none, neither is a sanction that only
describes somebody (受到纪律处分的1名教师) nor one that is lifted.

Parts: a bracket or a colon behind a number is a full breakdown, unless it says 其中; behind 其中 only some are told. Without either, the
kinds that follow 问责27人 in its sentence are its parts only where they add up to it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

import msgspec

from transforms.claims.counts import Count, counts
from transforms.claims.endings import after_last
from transforms.lexicons.alternation import alternation
from transforms.lexicons.load import lexicon
from transforms.outline.tree import Outline
from transforms.records.statements import Accountability
from transforms.source import Closed, Source

_PERSONS = frozenset(["人", "人次", "人(次)", "人(件)", "名", "位"])
_BODIES = frozenset(["件", "家", "个", "起"])
_UNITS = _PERSONS | _BODIES
_LEFT, _RIGHT = 48, 40
_SENTENCE_MARKS = "。!?;\n"
_ENDS_PART = re.compile(r"[。;\n]")
_GOES_ON = re.compile(r"^[。;](?=其中)")  # 追责问责38人次。其中:政务处分6人
_TURNS = re.compile(r"[()]|其中")
_LISTS = ":"  # right behind a number: 组织处理21人次:诫勉2人次、…
_NOT_ALL = re.compile("等(?!级)|其余|其他(?!处理)|另|同时")
_JOIN = r"(?:、|和|及|或|以及|并|与|/)"
# whom it met, between kind and number: 约谈校长8人次, 诫勉村支部书记2人
_WHO = r"[\u4e00-\u9fff]{0,8}(?:[校科股站所院局镇乡县部处室馆]长|书记|主任|委员|同志|干部|[教医]师|(?<![动全满])员|(?:[民护]|临时|合同|劳务(?:用)?)工|责任人|负责人|当事人|领导|法官|检察官|[民辅干]警|医生|护士|会计|经理|职工|单位|支书|者)"
# 对3个基层社主任作免职处理: people counted with the measure word of things; 11个在建项目负责人 counts projects
_ONE_OF_PEOPLE = re.compile(
    r"(?<=个)(?![\u4e00-\u9fff]{0,5}(?:项目|工程|标段|案件|问题|事项))[\u4e00-\u9fff]{0,8}?(?:书记|主任|干部|[校科股站所院局镇乡县部处室馆]长|负责人|责任人|委员)"
)
# the longest words that may lead up to a kind: 给予行政
_LONGEST_LEAD = 5
# 对履职不力的2名干部批评教育: the preposition stands for the verb
_AIMED = re.compile(r"(?:对|给予|予以|将)[^,;。\n]{0,14}\Z")
_WITH_BODIES = re.compile(
    "(?:(?:基层)?(?:党组织|党支部|单位|部门|企业))?(?:、|和|及|,)(?:相关|有关|责任)?(?:党员)?(?:领导)?(?:干部|人员?|个人|同志)?"
)
# 3人被镇纪委谈话提醒: who dealt it out
_BY = r"(?:(?<=被)[\u4e00-\u9fff]{1,10}?(?:纪委|监委|纪检监察组|纪检组|党委|党组|党工委|工委|组织|部门|机关|公司))?"
# an office that is named within the sanction: 被免去车间副主任职务
_OFFICE_TAKEN, _OFFICE = "免去", re.compile(r"免去[\u4e00-\u9fff、]{1,16}?职务")
# teaching pupils is no sanction
_PUPILS = re.compile("学生|考生|学员|家长")
_PARTY = frozenset(("党纪处分",))


@cache
def _names() -> dict[str, str]:
    names: dict[str, str] = {}
    for kind, forms in lexicon("accountability")["kinds"].items():
        names[kind] = kind
        names.update(dict.fromkeys(forms, kind))
    return names


@cache
def _a_kind() -> re.Pattern[str]:
    return re.compile(alternation((*_names(), _OFFICE_TAKEN)))


@cache
def _sign() -> re.Pattern[str]:
    """The kinds that hold no other: every kind holds one of them, and they are a third as dear to look for."""
    names = (*_names(), _OFFICE_TAKEN)
    return re.compile(alternation(name for name in names if not any(other in name for other in names if other != name)))


@cache
def _around_verbs() -> tuple[str, ...]:
    return tuple(lexicon("accountability")["words"]["around_verbs"])


@cache
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    extra = lexicon("accountability")["words"]
    one = rf"(?:{alternation(_names())}|{_OFFICE.pattern})"
    kinds = rf"(?:(?<![在于全]){alternation(extra['own_rules'])})?{one}(?:{_JOIN}{one}){{0,4}}"
    leads = ("给予", "予以", "实施", "作出", "受到")
    openings = "".join(sorted({word[0] for word in (*leads, *extra["own_rules"], *_names())}))
    before = re.compile(
        rf"(?=[{openings}]){alternation(leads)}?(?P<kinds>{kinds})(?:{alternation(extra['fillers'])}|[ 、“”]){{0,5}}(?:{_WHO})?(?:共|:|等|计)?\Z"
    )
    behind = re.compile(
        rf"(?:{alternation(extra['adverbs'])}(?!处理|查处)|(?P<who>[^,;。:\n0-9()、]{{0,14}}?)(?P<verb>(?:{alternation(extra['verbs'])}){{0,3}}{_BY}))"
        rf"(?P<kinds>{kinds})(?!表扬|制度|情况|力度|工作|机制|后|前|期)"
    )
    lifted = re.compile(rf"{alternation(extra['not_dealt'])}[^,;。\n]{{0,6}}\Z")
    return before, behind, lifted


@cache
def _objects() -> re.Pattern[str]:
    extra = lexicon("accountability")["words"]
    return re.compile(rf"[\u4e00-\u9fff]{{0,8}}?的?(?P<object>{alternation(extra['around_objects'])})(?=[,;、。)\n]|$)")


def _around(clause: str, text: str, start: int, stop: int) -> tuple[str, str, int] | None:
    """Verb, object and end of a sanction that stands around its number (免去|1人|职务); None where the two make no kind."""
    verb = clause[-2:]
    if verb not in _around_verbs():
        return None
    match = _objects().match(text, start, stop)
    return (verb, match["object"], match.end()) if match and verb + match["object"] in _names() else None


def accountability(source: Source, closed: Closed, outline: Outline, counted: Sequence[Count] | None = None) -> tuple[Accountability, ...]:
    """The rows of ``source`` in text order; spans do not overlap. Words that ``closed`` holds are left alone.

    ``counted`` are the counts of the text, where they are known already.
    """
    return tuple(_Reader(source, closed, outline).rows(counts(source.text) if counted is None else counted))


@dataclass(slots=True)
class _Whole:
    """A number that is being broken down: in a bracket, behind 其中, or both."""

    kind: str
    in_bracket: bool = False
    is_some: bool = False


class _Reader:
    """Walks over the counts of one text and remembers which numbers are being broken down, the innermost last."""

    __slots__ = ("_closed", "_end", "_last", "_last_unit", "_outline", "_source", "_text", "_wholes")

    def __init__(self, source: Source, closed: Closed, outline: Outline) -> None:
        self._source, self._closed, self._outline = source, closed, outline
        self._text = source.text.matching
        self._end = 0
        self._last_unit = ""
        self._last: str | None = None  # the number that a bracket or 其中 would break down
        self._wholes: list[_Whole] = []

    def rows(self, found: Sequence[Count]) -> list[Accountability]:
        rows: list[Accountability] = []
        body = self._outline.section_starts[0] if self._outline.section_starts else 0
        for index, count in enumerate(found):
            if count.unit not in _UNITS or count.start < body:  # a re-poster's headline tells again what the notice tells
                continue
            stop = count.end + _RIGHT
            following = found[index + 1].start if index + 1 < len(found) else len(self._text)
            row = self._row(count, stop if stop < following else following)
            if row is not None:
                rows.append(row)
        return list(self._added_up(rows))

    def _added_up(self, rows: list[Accountability]) -> Iterator[Accountability]:
        """``rows``, those made parts of a number before them that they follow in its sentence and add up to: 问责27人,党纪处分4人、组织处理23人."""
        parents = lexicon("accountability")["parents"]
        position = 0
        while position < len(rows):
            whole = rows[position]
            end = position + 1
            yield whole
            position = end
            if (
                "*" not in parents.get(whole.kind, ())
                or whole.part_of
                or not whole.persons
                or not self._follows(whole, rows[end : end + 1], ",")
            ):
                continue
            while self._follows(rows[end - 1], rows[end : end + 1], ",、和及"):
                end += 1
            parts = rows[position:end]
            if len(parts) > 1 and sum(part.persons or 0 for part in parts) == whole.persons:
                yield from (msgspec.structs.replace(part, part_of=whole.kind, is_partition=True) for part in parts)
                position = end

    def _follows(self, row: Accountability, following: list[Accountability], marks: str) -> bool:
        """The row behind ``row`` is told right behind it, after one of ``marks``, and is no part yet."""
        if not following or following[0].part_of or following[0].persons is None:
            return False
        gap = self._text[row.end_char : following[0].start_char]
        return gap in tuple(marks)

    def _row(self, count: Count, stop: int) -> Accountability | None:
        text = self._text
        left_start = max(self._end, count.start - _LEFT)
        is_person = count.unit in _PERSONS
        is_of_people = is_person or (count.unit == "个" and _ONE_OF_PEOPLE.match(text, count.end) is not None)
        # most numbers stand by no kind; what follows those of things tells nothing
        if not _sign().search(text, left_start, stop if is_of_people else count.start) and not (
            is_person and (self._last_unit in _BODIES or text.endswith(_around_verbs(), left_start, count.start))
        ):
            return None
        left = text[left_start : count.start]
        before, behind, lifted = _patterns()
        clause = after_last(_SENTENCE_MARKS, left)
        kind = _a_kind().search(clause)
        match = before.search(clause, max(0, kind.start() - _LONGEST_LEAD)) if kind else None
        if match is not None:
            start, end, rule = count.start - len(clause) + match.start(), count.end, "accountability.kind_first"
            lead, printed = clause[: match.start()], match["kinds"]
        elif is_person and self._last and self._last_unit in _BODIES and _WITH_BODIES.fullmatch(text, self._end, count.start):
            # 问责3个党组织、27名党员干部: one verb for both numbers
            return self._told(count, count.start, count.end, "accountability.shared_kind", self._last)
        elif is_person and (inside := _around(clause, text, count.end, stop)):
            verb, taken, end = inside
            start, rule = count.start - len(verb), "accountability.number_inside"
            lead, printed = clause[: -len(verb)], verb + taken
        elif is_of_people:
            match = behind.match(text, count.end, stop) if _sign().search(text, count.end, stop) else None
            if match is None or not (match["verb"] or not match["who"] or _AIMED.search(clause)):
                return None
            if match.end() == stop < min(count.end + _RIGHT, len(text)):
                return None  # 对3名工作人员作出批评教育2人、调离岗位1人的处理: the kind has a number of its own
            start, end, rule = count.start, match.end(), "accountability.number_first"
            lead, printed = clause, match["kinds"]
        else:
            return None
        if lifted.search(lead) or _PUPILS.search(text, max(left_start, start - 10), end) or not self._closed.is_free(start, end):
            return None
        kinds = self._kinds(printed)
        if kinds == "处理" and not is_person:
            return None
        self._turn(text[self._end : start] if start - self._end < 200 else "。", kinds)
        whole = self._wholes[-1] if self._wholes else None
        if whole and whole.kind in _PARTY and kinds in ("警告", "严重警告"):
            kinds = "党内" + kinds
        return self._told(count, start, end, rule, kinds)

    def _told(self, count: Count, start: int, end: int, rule: str, kinds: str) -> Accountability:
        """The row of ``kinds``, a part of the innermost number that is being broken down."""
        whole = self._wholes[-1] if self._wholes else None
        self._last, self._last_unit, self._end = kinds, count.unit, end
        low = None if count.low is None else int(count.low)
        is_people = count.unit in _PERSONS or _ONE_OF_PEOPLE.match(self._text, count.end) is not None
        return Accountability(
            *self._source.evidence(start, end, rule),
            path=self._outline.path_at(start),
            kind=kinds,
            persons=low if is_people else None,
            persons_high=int(count.high) if is_people and count.high is not None else None,
            bodies=None if is_people else low,
            unit=self._source.text.folded[count.end - len(count.unit) : count.end],
            modifier=count.modifier,
            part_of=whole.kind if whole else None,
            is_partition=whole is not None and not whole.is_some,
        )

    def _kinds(self, printed: str) -> str:
        """The kind, or several kinds joined as printed."""
        names = _names()
        if _OFFICE_TAKEN in printed:
            printed = _OFFICE.sub("免职", printed)
        if printed in names:
            return names[printed]
        return "".join(names.get(part, part) for part in re.split(f"({_JOIN})", printed))

    def _turn(self, gap: str, kinds: str) -> None:
        """Which whole the row after ``gap`` is a part of; a part may itself be broken down in brackets."""
        if _ENDS_PART.search(_GOES_ON.sub("", gap)):
            self._wholes, self._last = [], None
            return
        if gap.startswith(_LISTS) and self._last is not None and "其中" not in gap and self._may_be_part(self._last, kinds):
            stop = _ENDS_PART.search(self._text, self._end)
            is_some = _NOT_ALL.search(self._text, self._end, stop.start() if stop else len(self._text)) is not None
            self._wholes.append(_Whole(self._last, is_some=is_some))
        for mark in _TURNS.findall(gap):
            if mark == ")":
                while self._wholes:
                    whole = self._wholes.pop()
                    self._last = whole.kind
                    if whole.in_bracket:
                        break
            elif self._last is None:
                continue
            elif mark == "(":
                self._wholes.append(_Whole(self._last, in_bracket=True))
            elif self._wholes and self._wholes[-1].in_bracket:
                self._wholes[-1].is_some |= self._wholes[-1].kind == self._last
            elif not self._wholes or self._may_be_part(self._last, kinds):
                self._wholes.append(_Whole(self._last, is_some=True))
        if self._wholes and not self._wholes[-1].in_bracket and not self._may_be_part(self._wholes[-1].kind, kinds):
            self._wholes.pop()

    def _may_be_part(self, whole: str, kinds: str) -> bool:
        parts = lexicon("accountability")["parents"].get(whole, ())
        return "*" in parts or all(kind in parts for kind in re.split(_JOIN, kinds))
