"""Traditional script: told by its own characters, converted one for one in the copy that is read."""

from __future__ import annotations

import re
from functools import cache
from typing import Any

from transforms.text.codes import Table, classes_of, table_of

# Frequent characters of notices that simplified Chinese never prints.
TRADITIONAL = "們個這來時為會對發過後學實業產關問題務組織監導員責單記議體國黨縣區劃強與進動從設報將達書現況結財錄處門開間長機構級辦從嚴"
_HAN = re.compile("[\u4e00-\u9fff]+")
# A quotation in traditional script does not make a text traditional; converted mirrors stand at 10-20 %.
_SHARE = 0.03
_SAMPLE = 3000


def is_traditional(text: str) -> bool:
    """``text`` is printed in traditional characters."""
    sample = text[:_SAMPLE]
    count = classes_of(sample, _table()).count(1)
    return count > 0 and count >= _SHARE * sum(map(len, _HAN.findall(sample)))


@cache
def _table() -> Table:
    return table_of(TRADITIONAL)


def simplified(text: str) -> str:
    """``text`` in simplified characters, one for each of its own.

    Phrases decide first (乾隆, 著名 stay); where that changes the length, characters are converted one by one.
    """
    converted: str = _converter().convert(text)
    if len(converted) == len(text):
        return converted
    return "".join(_simplified_character(character) for character in text)


@cache
def _simplified_character(character: str) -> str:
    converted: str = _converter().convert(character)
    return converted if len(converted) == 1 else character


@cache
def _converter() -> Any:
    import opencc

    return opencc.OpenCC("t2s")
