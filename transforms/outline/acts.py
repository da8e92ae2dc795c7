"""What kind of act a measure is."""

from __future__ import annotations

import re
from functools import cache

from transforms.lexicons.alternation import alternation, leads
from transforms.lexicons.load import lexicon


@cache
def _acts() -> tuple[re.Pattern[str], dict[str, int], tuple[str, ...]]:
    """One pattern of all words without groups (they would double its time), the rank of each word's kind, and the kinds by rank."""
    entries = lexicon("acts")["act"]
    ranks = {word: rank for rank, entry in reversed(list(enumerate(entries))) for word in entry["words"]}
    return (
        re.compile(leads(ranks) + alternation(ranks)),
        ranks,
        (*(entry["act"] for entry in entries), "other"),
    )


def act(text: str) -> str:
    """The kind of act that ``text`` tells; one that changes something counts before an act of words, ``other`` where no word tells.

    >>> act("追缴违规发放的补贴"), act("召开会议学习文件"), act("提高认识")
    ('recover', 'study', 'other')
    """
    pattern, ranks, kinds = _acts()
    return kinds[min(map(ranks.__getitem__, pattern.findall(text)), default=len(kinds) - 1)]
