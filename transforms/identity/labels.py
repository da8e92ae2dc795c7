"""Labels and controls that a site prints around a notice; the words are in ``lexicons/page_fields.toml``."""

from __future__ import annotations

import re
from functools import cache

from transforms.lexicons.alternation import alternation
from transforms.lexicons.load import lexicon

# A clock time or a second date may stand directly before a label: 2021-02-23 12:42:06来源
_BEFORE_LABEL = r"(?:(?<![\u4e00-\u9fffA-Za-z])|(?<=[\d日]))"


@cache
def field_of() -> dict[str, str]:
    """Normalised field name of every label."""
    return {label: field for field, labels in lexicon("page_fields")["labels"].items() for label in labels}


def _spaced(label: str) -> str:
    """A pattern of ``label`` with up to four blanks between its characters, as in 索 引 号."""
    return " {0,4}".join(map(re.escape, label))


@cache
def label_pattern() -> re.Pattern[str]:
    """A label with its colon; the group ``label`` is the label as printed. The lookahead keeps it from most places of a line."""
    labels = sorted(field_of(), key=len, reverse=True)
    long = "|".join(_spaced(label) for label in labels if len(label) > 3)  # plain enough to be told behind a value
    short = "|".join(_spaced(label) for label in labels if len(label) <= 3)
    firsts = "".join(sorted({label[0] for label in labels}))
    return re.compile(rf"(?=[{re.escape(firsts)}])(?P<label>{long}|{_BEFORE_LABEL}(?:{short})) {{0,4}}[::]")


@cache
def controls() -> tuple[frozenset[str], tuple[str, ...], re.Pattern[str]]:
    """Words that start a line of page controls, after their first characters, and those that make a line one wherever they stand."""
    chrome = lexicon("page_fields")["chrome"]
    starts = tuple(chrome["starts"])
    return frozenset(word[0] for word in starts), starts, re.compile(alternation(chrome["holds"]))


@cache
def bare_labels() -> frozenset[str]:
    """Labels that may stand on a line of their own without a colon, as the cell of a table."""
    return frozenset(label for label in field_of() if len(label) >= 3 or label in {"来源", "文号"})
