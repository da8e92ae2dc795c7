"""The characters that a status may open with are all that its pattern needs to look at."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from transforms.claims.status import _states
from transforms.lexicons.load import lexicon

_LOOK = re.compile(r"\(\?=\[[^\]]+\]\)(?=\(\?(?::|P<))")
_WITHOUT_LOOK = re.compile(_LOOK.sub("", _states().pattern))
_WORDS = sorted({word for listed in lexicon("statuses").values() for word in listed})
_FRAGMENTS = st.sampled_from(
    [
        *_WORDS,
        *"已均都尚还未需限正拟将在于于前内底一3年月改的,、",
        "全部",
        "现已",
        "目前",
        "如期",
        "通过",
        "一个时期",
        "可以",
        "进一步",
        "阶段性成果",
    ]
)


@given(st.lists(_FRAGMENTS, max_size=7).map("".join))
def test_the_look_at_the_first_character_hides_no_status(text: str) -> None:
    def spans(pattern: re.Pattern[str]) -> list[tuple[int, int, str | None]]:
        return [(match.start(), match.end(), match.lastgroup) for match in pattern.finditer(text)]

    assert spans(_states()) == spans(_WITHOUT_LOOK)


def test_the_look_is_there() -> None:
    """Before all alternatives and before each of them."""
    assert len(_LOOK.findall(_states().pattern)) == 1 + _states().groups
