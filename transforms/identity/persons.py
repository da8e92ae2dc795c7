"""People whom a notice names together with an office, so that public exports can mask them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache

from transforms.identity.marks import Marks, follows, marks
from transforms.identity.page_fields import page_fields
from transforms.layout import Layout
from transforms.lexicons.alternation import alternation
from transforms.lexicons.load import words as lexicon_words
from transforms.records.notices import PageField
from transforms.records.references import Person
from transforms.source import Source

_WINDOW = 24
_NO_HAN = re.compile(r"[^\u4e00-\u9fff]")
# Words of the sentence that may stand in front of an office.
_SENTENCE = re.compile(r"^.*(?:[^\u4e00-\u9fff、()]|以|由|和(?!教)|与|及|了|其中|对|向|经|请|同志|组长、|成立|明确|确定|任命|推选|安排)")


@cache
def _surnames() -> tuple[frozenset[str], frozenset[str]]:
    """Surnames of one and of two characters."""
    return frozenset(lexicon_words("identity_persons", "surnames")), frozenset(lexicon_words("identity_persons", "double_surnames"))


@cache
def _surname_starts() -> frozenset[str]:
    """First characters of all surnames: most words before a mark begin with none of them."""
    single, double = _surnames()
    return single.union(surname[0] for surname in double)


@cache
def _offices() -> tuple[str, ...]:
    return lexicon_words("identity_persons", "offices")


def is_name(name: str) -> bool:
    """``name`` is built like a Chinese person's name: a frequent surname and one or two characters."""
    single, double = _surnames()
    if not 2 <= len(name) <= 4:
        return False
    is_surnamed = (name[0] in single and len(name) < 4) or (name[:2] in double and len(name) > 2)
    return is_surnamed and _NO_HAN.search(name) is None


@cache
def _follows() -> re.Pattern[str]:
    return re.compile(alternation(follows()))


def persons(source: Source, layout: Layout, page: Sequence[PageField] | None = None, marked: Marks | None = None) -> tuple[Person, ...]:
    """Rows for 党总支书记、校长某某同志 and 主任某某任组长, and for editors and authors named on the page; one row a mention.

    ``page`` and ``marked`` are read from the text if they are not given.
    """
    fields = page_fields(source, layout) if page is None else page
    return (*_in_text(source, layout, marked or marks(source.text)), *_on_page(source, fields))


def _in_text(source: Source, layout: Layout, marked: Marks) -> Iterator[Person]:
    words, pattern, surname_starts = source.text.matching, _follows(), _surname_starts()
    after, end = layout.body.start_char, layout.body.end_char
    searched = after
    for at in marked.follows:
        follow = pattern.match(words, at, end) if at >= searched else None
        if follow is None:
            continue
        searched = follow.end()
        if at == 0 or words[at - 1] < "\u4e00":  # no name ends here
            continue
        for length in (2, 3, 4):
            start = at - length
            if start > after and words[start] in surname_starts and is_name(words[start:at]) and words.endswith(_offices(), after, start):
                office = _office(words[max(after, start - _WINDOW) : start])
                yield Person(*source.evidence(start, at, "person.office"), name=words[start:at], office=office)
                after = searched
                break


def _office(before: str) -> str:
    """The office at the end of ``before``, without the sentence in front of it: 成立了以党总支书记、校长 → 党总支书记、校长."""
    cut = _SENTENCE.match(before[:-2])
    return (before[cut.end() :] if cut else before).strip("、")


def _on_page(source: Source, page: Sequence[PageField]) -> Iterator[Person]:
    for field in page:
        if field.field in ("editor", "author", "reviewer", "recorder") and is_name(field.value):
            at = source.text.folded.find(field.value, field.start_char + len(field.label), field.end_char)
            if at >= 0:
                yield Person(*source.evidence(at, at + len(field.value), "person.page"), name=field.value, office=field.label)
