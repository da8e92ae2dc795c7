"""What kind of act a measure is."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache

from ahocorasick_rs import AhoCorasick, MatchKind

from transforms.lexicons.load import lexicon


@cache
def _acts() -> tuple[AhoCorasick, dict[str, int], tuple[str, ...]]:
    """An automaton of all words (a pattern of them takes six times as long), the rank of each word's kind, and the kinds by rank."""
    entries = lexicon("acts")["act"]
    ranks = {word: rank for rank, entry in reversed(list(enumerate(entries))) for word in entry["words"]}
    return (
        AhoCorasick(list(ranks), matchkind=MatchKind.LeftmostLongest),
        ranks,
        (*(entry["act"] for entry in entries), "other"),
    )


def acts(texts: Iterable[str]) -> list[str]:
    """The kind of act that each text tells; one that changes something counts before an act of words, ``other`` where no word tells.

    >>> acts(["追缴违规发放的补贴", "召开会议学习文件", "提高认识"])
    ['recover', 'study', 'other']
    """
    automaton, ranks, kinds = _acts()
    find, rank, other = automaton.find_matches_as_strings, ranks.__getitem__, len(kinds) - 1
    return [kinds[min(map(rank, find(text)), default=other)] for text in texts]


def act(text: str) -> str:
    """The kind of act that one text tells."""
    return acts((text,))[0]
