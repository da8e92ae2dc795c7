"""What kind of act a measure is."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from functools import cache

from ahocorasick_rs import AhoCorasick, Implementation, MatchKind

from transforms.lexicons.load import lexicon
from transforms.text.codes import Table, classes_of, table_of

_APART = "\0"  # keeps texts apart; no folded text holds one


@cache
def _acts() -> tuple[Table, AhoCorasick, Mapping[str, int], list[str]]:
    """A class for each character of the words, an automaton of the words in classes, and how each word counts as an index into the kinds.

    The kinds are in the order in which they count. The automaton takes a sixth of the time of a pattern, and about a byte for each
    character (there are fewer than 256, the commonest first) a third of the steps that the characters themselves would.
    """
    entries = lexicon("acts")["act"]
    words = {word: rank for rank, entry in enumerate(entries, 1) for word in entry["words"]} | {_APART: 0}
    table = table_of(*(character for character, _ in Counter("".join(words)).most_common()))
    ranks = {_in_classes(word, table): rank for word, rank in words.items()}
    automaton = AhoCorasick(list(ranks), matchkind=MatchKind.LeftmostLongest, implementation=Implementation.DFA)
    return table, automaton, ranks, [_APART, *(entry["act"] for entry in entries), "other"]


def _in_classes(text: str, table: Table) -> str:
    return classes_of(text, table).decode("latin-1")


def acts(texts: Iterable[str]) -> list[str]:
    """The kind of act that each text tells; one that changes something counts before an act of words, ``other`` where no word tells.

    >>> acts(["追缴违规发放的补贴", "召开会议学习文件", "提高认识"])
    ['recover', 'study', 'other']
    """
    table, automaton, ranks, kinds = _acts()
    found = []
    best = none = len(kinds) - 1
    # one look at all of them, for a look costs as much as 200 characters do
    for word in automaton.find_matches_as_strings(_in_classes(_APART.join([*texts, ""]), table)):
        rank = ranks[word]
        if rank < best:
            if rank:
                best = rank
            else:
                found.append(kinds[best])
                best = none
    return found


def act(text: str) -> str:
    """The kind of act that one text tells."""
    return acts([text])[0]
