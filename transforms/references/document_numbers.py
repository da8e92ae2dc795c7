"""Document numbers (发文字号): agency code, year in brackets, serial.

GB/T 9704-2012 prints 机关代字〔2020〕4号: tortoise-shell brackets, no 第, no leading zero, 号 behind. Notices also print 【】［］[] and (), leave out
号, leave out agency and year of a second number (校党字〔2020〕70号、74号), or write the year out between brackets that hold
nothing else (〈云市监发2023年第61号〉). An agency code that ends in 字 is in use up to the
highest level (厅字〔…〕), so 字 alone is no error of form; 字第4号 is one by its 第.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

import msgspec

from transforms.lexicons.alternation import alternation
from transforms.lexicons.load import lexicon, words
from transforms.references.last_word import LastWord
from transforms.text.characters import HAN
from transforms.text.script import simplified
from transforms.text.text import Text

STANDARD_BRACKETS = "〔〕"
_OPEN, _CLOSE = r"〔［\[【(﹝〖", r"〕］\]】)﹞〗"
_OPENING = _OPEN.replace("\\", "")
_BEFORE_YEAR = re.compile(f"[{_OPEN} ]")
_CENTURIES = ("19", "20")
_YEAR = r"(?P<year>(?:19|20)\d\d|20[\dX×*]{2})"
_NUMBER = re.compile(
    rf"[{_OPEN}] ?{_YEAR} ?年? ?(?P<closing>[{_CLOSE}]) ?(?P<nth>第)? ?(?P<serial>\d{{1,5}}|[X×*]{{1,5}})(?![\d.%]) ?(?P<sign>[号號])?"
)
_BEFORE_NTH = re.compile("[第 ]")
_YEAR_AND_NTH = ("年第", "年第 ")
# who wrote it and the year, from the bracket on; the serial and the bracket behind
_BEFORE_WRITTEN = re.compile(rf"(?<=[〈(\[【〔])(?P<agency>[{HAN}]{{1,11}}[发函办字文])(?P<year>(?:19|20)\d\d)\Z")
_BEHIND_WRITTEN = re.compile(r"年第 ?(?P<serial>\d{1,5})号(?=[〉)\]】〕])")
_FURTHER = re.compile(
    rf" ?(?:、|和|及|与|以及) ?(?:(?P<open>[{_OPEN}]) ?{_YEAR} ?[{_CLOSE}] ?)?(?P<nth>第)? ?(?P<serial>\d{{1,5}}) ?(?P<sign>[号號])"
)
# read backwards from the bracket: so the characters before are tried once, and not from each of them on
_RUN = re.compile(rf"(?: ?\n)?( ?[{HAN}X×*]{{1,24}})")
_LONGEST_RUN = 24
# 2 to 12 characters (domain knowledge of the form; the longest codes in use have about ten)
_SHORTEST_AGENCY, _LONGEST_AGENCY = 2, 12
# what an agency code ends in where neither 号 nor a bracket of numbers shows that it is one
_CODE_ENDINGS = "发函字办政党教财委组纪审监规文通总学人宣"
_BEGINS_CODE = frozenset("和于日从将")
_LEFT_MARKS_OF_A_JOINT = "》)〕]】号、"


class DocumentNumber(msgspec.Struct, frozen=True, gc=False):
    """One number at ``text.folded[start:end]``; ``canonical`` is None while the page masks the year or the serial."""

    start: int
    end: int
    agency: str
    year: int | None
    serial: int | None
    bracket_style: str
    is_elided: bool
    has_form_error: bool

    @property
    def canonical(self) -> str | None:
        """The number as GB/T 9704 prints it."""
        return None if self.year is None or self.serial is None else f"{self.agency}〔{self.year}〕{self.serial}号"

    @property
    def rule(self) -> str:
        """Name of the rule that read it."""
        if self.canonical is None:
            return "document_number.redacted"
        return "document_number.elided" if self.is_elided else "document_number.full"


class RefusedNumber(msgspec.Struct, frozen=True, gc=False):
    """What has the year and serial of a document number but cannot be one, with the reason."""

    start: int
    end: int
    why: str


def document_numbers(text: Text) -> tuple[tuple[DocumentNumber, ...], tuple[RefusedNumber, ...]]:
    """The document numbers of ``text`` in order, elided ones expanded, and what was refused."""
    found: list[DocumentNumber] = []
    refused: list[RefusedNumber] = []
    matching = text.matching
    starts, ends = text.digits
    for before in _BEFORE_YEAR.finditer(text.before_digits):
        run = before.start()
        year = starts[run]
        if ends[run] - year == 1 or not matching.startswith(_CENTURIES, year):
            continue
        start = year - 1 if matching[year - 1] != " " else year - 2
        if matching[start] not in _OPENING or (found and start < found[-1].end):
            continue
        match = _NUMBER.match(matching, start)
        if match is None:
            continue
        agency_start = _agency_start(text.matching, start)
        if agency_start is None:
            refused.append(RefusedNumber(start, match.end(), "no agency code before the year"))
            continue
        # a number copied in traditional characters stands in simplified texts too
        agency = text.folded[agency_start:start].strip()
        agency = simplified(agency) if "號" in match.group() else agency
        if not match["sign"] and (text.matching[start] == "(" or agency[-1] not in _CODE_ENDINGS):
            refused.append(RefusedNumber(agency_start, match.end(), "neither 号 nor an agency code"))
            continue
        number = _number(text, agency, agency_start, match, start)
        found.append(number)
        found.extend(_further(text, number))
    if written := list(_written_out(text)):
        found = sorted([*found, *written], key=lambda number: number.start)
    return tuple(found), tuple(refused)


def _written_out(text: Text) -> Iterator[DocumentNumber]:
    """Numbers whose year is written out, each alone in its brackets."""
    matching, starts = text.matching, text.digits[0]
    for sign in _BEFORE_NTH.finditer(text.before_digits):
        serial = starts[sign.start()]
        if not matching.endswith(_YEAR_AND_NTH, 0, serial):
            continue
        at = matching.rindex("年", 0, serial)
        before = _BEFORE_WRITTEN.search(matching[max(0, at - _LONGEST_RUN) : at])
        behind = _BEHIND_WRITTEN.match(matching, at) if before else None
        if before and behind:
            start = at - len(before.group())
            yield DocumentNumber(start, behind.end(), before["agency"], int(before["year"]), int(behind["serial"]), "", False, True)


def _number(text: Text, agency: str, start: int, match: re.Match[str], bracket: int) -> DocumentNumber:
    style = text.folded[bracket] + text.folded[match.start("closing")]
    end = match.end() if match["sign"] else match.end("serial")
    return DocumentNumber(
        start, end, agency, _integer(match["year"]), _integer(match["serial"]), style, False, _has_form_error(match, style)
    )


def _further(text: Text, first: DocumentNumber) -> Iterator[DocumentNumber]:
    """Numbers behind ``first`` that leave out the agency, and mostly the year as well."""
    end = first.end
    while match := _FURTHER.match(text.matching, end):
        year = _integer(match["year"]) if match["year"] else first.year
        start = match.start("open") if match["open"] else match.start("nth") if match["nth"] else match.start("serial")
        style = first.bracket_style
        yield DocumentNumber(start, match.end(), first.agency, year, _integer(match["serial"]), style, True, _has_form_error(match, style))
        end = match.end()


def _has_form_error(match: re.Match[str], style: str) -> bool:
    return style != STANDARD_BRACKETS or match["nth"] is not None or not match["sign"] or match["serial"][0] == "0"


def _integer(digits: str) -> int | None:
    return int(digits) if digits.isdigit() else None


def _agency_start(matching: str, bracket: int) -> int | None:
    """Where the agency code before ``bracket`` begins; None where no code stands there."""
    backwards = _RUN.match(matching[max(0, bracket - _LONGEST_RUN - 1) : bracket][::-1])
    if backwards is None:
        return None
    run = backwards[1][::-1]
    code = run.rstrip()
    start = bracket - backwards.end()
    before = matching[start - 1] if start else ""
    at_joint = before.isdigit() or (before != "" and before in _LEFT_MARKS_OF_A_JOINT)
    cut = 0
    edge = _edges().last(code, 0, len(code))
    if edge is not None:
        cut = code.rfind(edge) + len(edge)
        # a county's code may begin with one of these (和政办发, 日政发), unless it joins on to what stands before it
        if cut == 1 and edge in _BEGINS_CODE and not at_joint:
            cut = 0
    for match in _bodies().finditer(code, cut):
        rest = code[match.end() :]
        if len(rest) >= _SHORTEST_AGENCY and rest[0] not in "办发函字文":
            cut = match.end()
    return start + cut if _SHORTEST_AGENCY <= len(code) - cut <= _LONGEST_AGENCY else None


@cache
def _edges() -> LastWord:
    """Words behind which an agency code begins."""
    edges = (*words("citations", "left_edges"), *lexicon("citations")["verbs"], *words("citations", "left_edge_signs"))
    return LastWord({edge: edge for edge in edges})


@cache
def _bodies() -> re.Pattern[str]:
    return re.compile(alternation(words("citations", "body_endings")))
