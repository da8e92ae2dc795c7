"""How a problem stands, by the words printed about it."""

from __future__ import annotations

import re
from functools import cache

import msgspec

from transforms.lexicons.alternation import alternation
from transforms.lexicons.load import lexicon, words
from transforms.text.characters import offsets

_LABEL_REACH = 40  # characters behind 整改情况： in which a status may stand
_TAIL = re.compile(r"[(【\[]([^()【】\[\]\n]{2,24})[)】\]]$")
_KINDS = ("immediate", "time_limited")  # 立行立改 says what kind of work it is, and the state only where nothing else does
_STOP = re.compile("[。;\n]")
_LEADING_MARKS = ' ,:“”"(【'
_WHICH = ("所有", "该", "此", "上述", "全部")
_NEGATED_FUTURE = re.compile(r"将|力争|争取|确保|预计|计划|拟")


class Standing(msgspec.Struct, frozen=True, gc=False):
    """A state, whether it goes on for long, and the words that say so."""

    status: str | None
    is_long_term: bool
    raw: str


@cache
def _states() -> re.Pattern[str]:
    """One pattern with a group per state, in the order of the lexicon."""
    entries = lexicon("problem_status")["status"]
    groups = "|".join(f"(?P<{entry['status']}>{alternation(entry['words'])})" for entry in entries)
    firsts = "".join(sorted({word[0] for entry in entries for word in entry["words"]}))
    return re.compile(f"(?=[{firsts}])(?:{groups})")


@cache
def _order() -> tuple[str, ...]:
    return tuple(entry["status"] for entry in lexicon("problem_status")["status"])


@cache
def _long_term() -> re.Pattern[str]:
    return re.compile("|".join(words("problem_status", "long_term")))


@cache
def _at_start() -> re.Pattern[str]:
    """A state or 长期坚持, in a group of its own, behind what may stand before it."""
    lead = rf"[{_LEADING_MARKS}]*(?:{alternation(words('problem_status', 'lead'))}[ ,:]*){{0,3}}"
    return re.compile(f"(?>{lead})(?:{_states().pattern}|(?P<long_term>{_long_term().pattern}))")


@cache
def _openings() -> frozenset[str]:
    """Characters with which the words may begin that ``stated`` finds at the start of a text."""
    states = [word for entry in lexicon("problem_status")["status"] for word in entry["words"]]
    return frozenset(_LEADING_MARKS).union(
        word[0] for word in (*states, *words("problem_status", "long_term"), *words("problem_status", "lead"))
    )


@cache
def _done() -> re.Pattern[str]:
    """What every match of ``_told`` and of ``_last_clause`` holds."""
    return re.compile(alternation(words("problem_status", "told_done")))


@cache
def _told() -> re.Pattern[str]:
    # each word with all that may stand before it, so that every branch begins with a character of its own
    things = alternation(f"{which}{thing}" for which in ("", *_WHICH) for thing in ("问题", "任务", "事项", "工作", "目前", "现"))
    return re.compile(
        rf"{things}[^。;,\n]{{0,24}}?(?:已|均|全部)[^。;,\n]{{0,6}}?(?:{'|'.join(words('problem_status', 'told_done'))})(?=[。;,]|$)"
    )


@cache
def _last_clause() -> re.Pattern[str]:
    """A response's last clause that is nothing but the state: …,已整改到位。"""
    done = "|".join(word for word in words("problem_status", "told_done") if word != "已完成")
    return re.compile(
        rf"[,;。、](?:目前|现|均|现均|全部|截至目前)?,?已?(?:经|全部|均)?(?:{done})(?:[,并]{{0,2}}(?:长期坚持|持续坚持))?[。;]?$"
    )


@cache
def _open() -> re.Pattern[str]:
    return re.compile(rf"目前[^。;\n]{{0,20}}?(?:{'|'.join(words('problem_status', 'told_open'))})[^。;,\n]{{0,20}}")


def stated_at(matching: str, start: int, end: int) -> Standing | None:
    """``stated`` for ``matching[start:end]``, which most often begins like no state."""
    return stated(matching[start:end]) if start < end and matching[start] in _openings() else None


def stated(text: str, is_anywhere: bool = False) -> Standing | None:
    """The state that ``text`` gives at its start, or with ``is_anywhere`` somewhere in it.

    >>> stated("已完成整改并长期坚持"), stated("暂未完成。一是…").status
    (Standing(status='completed', is_long_term=True, raw='已完成整改并长期坚持'), 'not_completed')
    """
    if is_anywhere:
        match, at = _states().search(text), 0
    else:
        match = _at_start().match(text)
        if match is None:
            return None
        at = match.start(match.lastgroup or 0)
    ending = _STOP.search(text, at)
    stop = ending.start() if ending else len(text)
    if match is None or match.start() >= stop:
        match = _long_term().search(text, at, stop)
        return Standing("long_term", True, match.group()) if match else None
    kind = match.lastgroup or ""
    if kind == "long_term":
        return Standing(kind, True, match.group(kind))
    words_of = match.group(kind)
    if is_anywhere or kind in _KINDS:  # what limits a state counts before the plain one, a state before a kind of work
        found = min(_states().finditer(text, 0, stop), key=lambda item: _order().index(item.lastgroup or ""), default=match)
        kind, words_of = found.lastgroup or "", found.group(found.lastgroup or 0)
    is_long = _long_term().search(text, 0, stop) is not None
    return Standing(kind, is_long, text[:stop].strip(" ,:") if stop - at <= _LABEL_REACH else words_of)


def in_brackets(matching: str, start: int, end: int) -> Standing | None:
    """The state in brackets at the end of a statement: 关于学习不够的问题(已完成)."""
    match = _TAIL.search(matching, start, end)
    return stated(match.group(1), is_anywhere=True) if match else None


def signs(matching: str) -> list[int]:
    """Where the words stand of which ``told`` needs one, in rising order, and the end of the text."""
    return [*offsets(matching, ("已", "目前")), len(matching)]


class States:
    """The states told in one text; words that many of its responses repeat are read once. ``signs`` are those of ``told``."""

    __slots__ = ("_known", "_matching", "signs")

    def __init__(self, matching: str) -> None:
        self._matching, self.signs = matching, signs(matching)
        self._known: dict[tuple[str, bool], Standing | None] = {}

    def stated(self, start: int, end: int, is_anywhere: bool) -> Standing | None:
        """``stated`` for ``start:end``."""
        key = self._matching[start:end], is_anywhere
        if key not in self._known:
            self._known[key] = stated(*key)
        return self._known[key]


def told(matching: str, start: int, end: int) -> Standing | None:
    """The state told at the end of a response: 目前该问题已整改到位; 目前…未完成 anywhere in it says that the problem is open."""
    at = matching.find("目前", start, end)
    if at >= 0:
        match = _open().search(matching, at, end)
        if match is not None:
            stop = matching.find("。", match.end(), end)
            is_going_on = any(word in matching[match.start() : stop if stop >= 0 else end] for word in ("正在", "仍在", "推进中"))
            return Standing("in_progress" if is_going_on else "not_completed", False, match.group())
    done = matching.rfind("已", start, end)
    if done < 0 or matching.find("。", done, end - 1) >= 0 or matching.find("\n", done, end - 1) >= 0:
        return None  # not in the last sentence
    sentence = max(matching.rfind("。", start, done), matching.rfind("\n", start, done), start - 1) + 1
    if _done().search(matching, sentence, end) is None:
        return None
    match = _told().search(matching, sentence, end) or _last_clause().search(matching, max(start, end - 30), end)
    if match is None or _NEGATED_FUTURE.search(match.group()):
        return None
    return Standing("completed", _long_term().search(matching, sentence, end) is not None, match.group().strip(",;。、"))
