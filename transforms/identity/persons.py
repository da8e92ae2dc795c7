"""People whom a notice names together with an office, so that public exports can mask them."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

import regex

from transforms.identity.labels import label_pattern
from transforms.layout import Layout
from transforms.lexicons.load import words as lexicon_words
from transforms.records.references import Person
from transforms.source import Source


@cache
def _patterns() -> tuple[regex.Pattern[str], regex.Pattern[str]]:
    surname = (
        "|".join(map(regex.escape, lexicon_words("identity_persons", "double_surnames")))
        + "|["
        + "".join(lexicon_words("identity_persons", "surnames"))
        + "]"
    )
    offices = "|".join(map(regex.escape, lexicon_words("identity_persons", "offices")))
    name = rf"(?P<name>(?:{surname})(?:某{{1,2}}|[\u4e00-\u9fff]{{1,2}}?))"
    follows = "|".join(map(regex.escape, lexicon_words("identity_persons", "follows")))
    with_title = regex.compile(rf"(?P<office>[\u4e00-\u9fff、]{{0,24}}(?:{offices})){name}(?P<comrade>同志|{follows}|[、,。;:()和及])")
    alone = regex.compile(rf"^{name}$")
    return with_title, alone


def persons(source: Source, layout: Layout) -> tuple[Person, ...]:
    """Rows for 党总支书记、校长某某同志 and 主任某某任组长, and for editors and authors named on the page; one row a mention."""
    return (*_in_text(source, layout), *_on_page(source, layout))


def _in_text(source: Source, layout: Layout) -> Iterator[Person]:
    words = source.text.matching
    pattern, _ = _patterns()
    after = layout.body.start_char
    for at in _anchors(words, layout.body.start_char, layout.body.end_char):
        if at < after:
            continue
        low = max(after, at - 36)
        found = None
        for found in pattern.finditer(words, low, min(at + 12, layout.body.end_char)):
            if found.start("comrade") <= at + 1 and found.end("comrade") >= at:
                break
        else:
            continue
        office = _office(found.group("office"))
        if found.group("name")[0] in "各全本该" or not office:
            continue
        start = found.start("name")
        after = found.end("name")
        yield source.row(Person, start, after, "person.office", name=found.group("name"), office=office)


def _anchors(words: str, start: int, end: int) -> Iterator[int]:
    """Offsets of words that follow a person's name in a notice."""
    for found in _anchor_pattern().finditer(words, start, end):
        yield found.start()


@cache
def _anchor_pattern() -> regex.Pattern[str]:
    return regex.compile("同志|" + "|".join(map(regex.escape, lexicon_words("identity_persons", "follows"))))


def _office(printed: str) -> str:
    """The office without the sentence in front of it: 成立了以党总支书记、校长 → 党总支书记、校长."""
    cut = regex.match(r"^.*(?:以|由|和|与|及|了|是|,|为组长|为副组长|其中|对|向|经|请|同志)", printed)
    return (printed[cut.end() :] if cut else printed).strip("、")


def _on_page(source: Source, layout: Layout) -> Iterator[Person]:
    words = source.text.matching
    _, alone = _patterns()
    for line in (*layout.header, *layout.footer):
        if (
            "编" not in words[line.start_char : line.end_char]
            and "作者" not in words[line.start_char : line.end_char]
            and "审" not in words[line.start_char : line.end_char]
        ):
            continue
        found = list(label_pattern().finditer(words, line.start_char, line.end_char))
        for match, following in zip(found, [*found[1:], None], strict=True):
            label = match.group("label").replace(" ", "")
            stop = following.start() if following else line.end_char
            value = words[match.end() : stop].strip(" |()")
            if label in (
                "编辑",
                "责任编辑",
                "责编",
                "作者",
                "审核",
                "审核人",
                "初审",
                "复审",
                "终审",
                "校对",
                "撰稿",
                "通讯员",
            ) and alone.match(value):
                at = words.find(value, match.end(), stop)
                yield source.row(Person, at, at + len(value), "person.page", name=value, office=label)
