"""The nouns that a notice counts: behind the measure word (25个反馈问题) or before the number (整改措施360条)."""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from transforms.claims.alternation import alternation
from transforms.lexicons.load import lexicon


class Noun(NamedTuple):
    """A counted noun: its subject and kind, where its words (modifiers included) stand, and where the noun itself begins."""

    subject: str
    kind: str
    start: int
    end: int
    core: int


@cache
def _lexicon() -> tuple[dict[str, tuple[str, str]], re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    content = lexicon("claims")
    names: dict[str, tuple[str, str]] = {}
    for entry in content["subject"]:
        for printed in entry["printed"]:
            names[printed] = (entry["name"], entry["kind"])
    extra = content["words"]
    nouns = alternation(names)
    behind = re.compile(rf"[ “\"‘]{{0,2}}(?:{alternation(extra['modifiers'])}){{0,4}}?(?P<noun>{nouns})")
    countable = [printed for printed, (_, kind) in names.items() if kind not in ("level", "body")]
    before = re.compile(
        rf"(?:{alternation(extra['adjectives'])}){{0,3}}(?P<noun>{alternation(countable)})[”\"’]?(?P<gap>(?:{alternation(extra['connectors'])}| ){{0,3}})\Z"
    )
    connectors = re.compile(rf"(?:{alternation(extra['connectors'])}| ){{1,3}}\Z")
    return names, behind, before, connectors


def noun_behind(matching: str, start: int, stop: int) -> Noun | None:
    """The noun that begins at ``start``, just behind a measure word, and ends by ``stop``."""
    names, behind, _, _ = _lexicon()
    match = behind.match(matching, start, stop)
    if match is None:
        return None
    subject, kind = names[match["noun"]]
    end = match.end()
    if end < stop and matching[end] in "”\"’":
        end += 1
    return Noun(subject, kind, match.start(), end, match.start("noun"))


def noun_before(left: str) -> Noun | None:
    """The noun at the end of ``left``, just before a number, connectors (共有, 数为, :) aside; offsets count in ``left``."""
    names, _, before, _ = _lexicon()
    match = before.search(left)
    if match is None:
        return None
    # 问题清单3份 counts lists; only “问题清单” behind the number stands for its entries
    if match["noun"].endswith("清单"):
        return None
    subject, kind = names[match["noun"]]
    return Noun(subject, kind, match.start(), match.start("gap"), match.start("noun"))


def without_connectors(left: str) -> str:
    """``left`` without the connectors at its end."""
    match = _lexicon()[3].search(left)
    return left[: match.start()] if match else left
