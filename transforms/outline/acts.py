"""What kind of act a measure is."""

from __future__ import annotations

from functools import cache

from transforms.lexicons.load import lexicon


@cache
def _acts() -> tuple[tuple[str, tuple[str, ...]], ...]:
    return tuple((entry["act"], tuple(entry["words"])) for entry in lexicon("acts")["act"])


def act(text: str) -> str:
    """The kind of act that ``text`` tells; one that changes something counts before an act of words, ``other`` where no word tells.

    >>> act("追缴违规发放的补贴"), act("召开会议学习文件"), act("提高认识")
    ('recover', 'study', 'other')
    """
    for kind, words in _acts():
        for word in words:
            if word in text:
                return kind
    return "other"
