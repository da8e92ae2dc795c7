"""The nouns that a notice counts: behind the measure word (25个反馈问题) or before the number (整改措施360条)."""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from transforms.claims.counts import Count
from transforms.lexicons.alternation import alternation
from transforms.lexicons.load import lexicon

# Measure words that are what they count; the noun behind them (12类问题) counts nothing more.
LEVEL_UNITS = {"方面": "方面", "大方面": "方面", "类": "类", "大类": "类", "小类": "小类", "大项": "大项", "小项": "小项"}
# Measure words of people and of things that no other claim counts with.
OTHER_UNITS = frozenset(("人", "人次", "人(次)", "人(件)", "名", "位", "起", "宗"))
ONLY_WITH_NOUN = OTHER_UNITS | {"家", "种"}
_CASE_UNITS = frozenset(("件", "起", "宗", "人", "名", "个"))
_CASE_BEFORE = re.compile(
    r"立案(?:审查调查|审查|调查|查处|查办|侦查|审理)?[的了]?(?:违纪违法案件|案件|党员干部|党员|干部)?(?:共计|共|:|有)?\Z"
)
_SENT_AWAY = re.compile(r"移[送交][^,;。、\n]{0,10}\Z")  # 移送监察机关立案调查1人: a sanction, and no case of the notice's own
# 线索移交属地纪委1件: the verb and who got it stand between noun and number
_CLUES_BEFORE = re.compile(r"(?P<noun>(?:问题)?线索)(?:已|均|已经|全部|及时)?(?:移[交送]|转[交送办])[\u4e00-\u9fff]{0,12}\Z")
_CASE_BEHIND = re.compile(r"[\u4e00-\u9fff]{0,8}?(?:进行了|进行|予以|被|已)?立案")

# 被巡察街镇5个: the inspected bodies before their number
_INSPECTED_BEFORE = re.compile(
    r"被巡[察视](?:[\u4e00-\u9fff]{0,6}?(?:单位|街镇|镇街|部门|乡镇|街道|村|社区|企业|学校|院校)|(?P<party>[\u4e00-\u9fff]{0,4}?党组织))(?:共计|共|:|有|为)?\Z"
)
# 向9家单位党组织反馈: the bodies that were inspected
_FED_BACK = re.compile(r"(?P<unit>(?:被巡[察视])?单位(?:党组织)?)(?:集中|分别)?反馈")


class Noun(NamedTuple):
    """A counted noun. ``start`` and ``end`` hold its words with their modifiers, ``core`` is where the noun itself begins.

    Offsets count in the whole text; ``is_before`` says that the noun stands before its number.
    """

    subject: str
    kind: str
    start: int
    end: int
    core: int
    is_before: bool


class _Words(NamedTuple):
    names: dict[str, tuple[str, str]]
    behind: re.Pattern[str]
    before: re.Pattern[str]
    behind_starts: frozenset[str]  # the first characters of what ``behind`` matches
    before_ends: frozenset[str]  # the last characters of what ``before`` matches
    connectors: re.Pattern[str]
    connector_ends: frozenset[str]


@cache
def _lexicon() -> _Words:
    content = lexicon("claims")
    names = {printed: (entry["name"], entry["kind"]) for entry in content["subject"] for printed in entry["printed"]}
    extra = content["words"]
    connectors = rf"(?:{alternation(extra['connectors'])}| )"
    countable = [printed for printed, (_, kind) in names.items() if kind not in ("level", "body")]
    # characters with which the two patterns that end with a text can begin; at the others none of the many words need be tried
    nouns = "".join(sorted({word[0] for word in (*extra["adjectives"], *countable)}))
    openings = "".join(sorted({word[0] for word in extra["connectors"]}))
    connector_ends = frozenset(word[-1] for word in (*extra["connectors"], " "))
    return _Words(
        names,
        re.compile(rf"(?:“[^”\n]{{2,16}}”)?[ “\"‘]{{0,2}}(?:{alternation(extra['modifiers'])}){{0,4}}?(?P<noun>{alternation(names)})"),
        re.compile(
            rf"(?=[{nouns}])(?:{alternation(extra['adjectives'])}){{0,3}}?(?P<noun>{alternation(countable)})[”\"’]?(?P<gap>(?:(?:、[\u4e00-\u9fff]{{2,5}}){{1,3}}等)?(?:整改)?{connectors}{{0,3}})\Z"
        ),
        frozenset(' “"‘').union(word[0] for word in (*extra["modifiers"], *names)),
        connector_ends | {word[-1] for word in countable} | frozenset('”"’等改'),
        re.compile(rf"(?=[{openings} ]){connectors}{{1,3}}\Z"),
        connector_ends,
    )


def counted_noun(matching: str, count: Count, stop: int, left: str) -> Noun | None:
    """What ``count`` counts; ``left`` is the text before it that may belong to it, ``stop`` the end of the text behind."""
    offset = count.start - len(left)
    if count.unit in _CASE_UNITS:
        case = _CASE_BEFORE.search(left) if "立案" in left else None
        if case and not _SENT_AWAY.search(left, max(0, case.start() - 12), case.start()):
            return Noun("立案", "case", offset + case.start(), count.start, offset + case.start(), True)
        ahead = _CASE_BEHIND.match(matching, count.end, stop) if count.unit in "人名" else None
        if ahead:
            return Noun("立案", "case", count.end, ahead.end(), count.end, False)
    if count.unit in OTHER_UNITS:
        return None
    behind = noun_behind(matching, count.end, stop)
    if count.unit in LEVEL_UNITS:
        end = behind.end if behind and behind.kind == "problem" else count.end
        return Noun(LEVEL_UNITS[count.unit], "level", count.end, end, count.end, False)
    fed_back = _FED_BACK.match(matching, count.end, stop) if count.unit in ("家", "个") and left.endswith("向") else None
    if fed_back:
        return Noun("单位", "body", count.end, fed_back.end("unit"), count.end, False)
    inspected = (
        _INSPECTED_BEFORE.search(left, max(0, len(left) - 16)) if behind is None and count.unit in ("家", "个") and "被巡" in left else None
    )
    if inspected:
        start = offset + inspected.start()
        return Noun("党组织" if inspected["party"] else "单位", "body", start, count.start, start, True)
    if count.unit == "家":
        return behind if behind and behind.kind == "body" else None
    before = (_noun_before(left, offset) or _clues_before(left, offset)) if behind is None else None
    # 问题清单3个 counts lists, 任务清单427条 their entries
    return None if before and count.unit == "个" and matching.startswith("清单", before.end - 2) else behind or before


def noun_behind(matching: str, start: int, stop: int) -> Noun | None:
    """The noun that begins at ``start``, just behind a measure word, and ends by ``stop``."""
    words = _lexicon()
    if matching[start : start + 1] not in words.behind_starts:
        return None
    match = words.behind.match(matching, start, stop)
    if match is None:
        return None
    subject, kind = words.names[match["noun"]]
    end = match.end()
    if end < stop and matching.startswith(("”", '"', "’"), end):
        end += 1
    return Noun(subject, kind, match.start(), end, match.start("noun"), False)


def _noun_before(left: str, offset: int) -> Noun | None:
    """The noun at the end of ``left``, connectors (共有, 数为, :) aside."""
    words = _lexicon()
    if left[-1:] not in words.before_ends:
        return None
    match = words.before.search(left, max(0, len(left) - 24))
    if match is None:
        return None
    subject, kind = words.names[match["noun"]]
    # 已落实措施60条: the verb, and no part of the noun
    verb = 2 if match["noun"].startswith("落实") and left.endswith(("已", "均", "都", "全部"), 0, match.start()) else 0
    return Noun(subject, kind, offset + match.start() + verb, offset + match.start("gap"), offset + match.start("noun") + verb, True)


def _clues_before(left: str, offset: int) -> Noun | None:
    """The clues that ``left`` tells to have been handed over to somebody."""
    match = _CLUES_BEFORE.search(left, max(0, len(left) - 24)) if "线索" in left else None
    if match is None:
        return None
    start = offset + match.start()
    return Noun(match["noun"], "petition", start, offset + match.end("noun"), start, True)


def subject_named(words: str) -> str | None:
    """The subject that ``words`` name, if they are one counted noun and no more."""
    named = _lexicon().names.get(words)
    return named[0] if named else None


def without_connectors(left: str) -> str:
    """``left`` without the connectors at its end."""
    words = _lexicon()
    if left[-1:] not in words.connector_ends:
        return left
    match = words.connectors.search(left, max(0, len(left) - 12))
    return left[: match.start()] if match else left
