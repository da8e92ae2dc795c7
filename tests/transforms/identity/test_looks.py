"""A cheap look before a search for names hides none of them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from hypothesis import given
from hypothesis import strategies as st

from transforms.identity.bodies import _NUMBERED
from transforms.identity.places import _BEFORE_SHORT, _LONGEST, _NO_REGIONS, named_regions
from transforms.identity.regions import RANKS, regions

_NAMES = sorted(regions().names)


def _named_one_by_one(words: str) -> Iterator[tuple[int, str]]:
    """Every length at every rank, the longest first."""
    after = 0
    for rank, sign in enumerate(words):
        if sign not in RANKS or words[rank - 1 : rank + 1] in _NO_REGIONS:
            continue
        for length in range(rank + 1 - after, 1, -1):
            at = rank + 1 - length
            name = words[at : rank + 1]
            if not regions().is_name(name) or (length > _LONGEST and name[-3:-1] != "自治"):
                continue
            if length > 2 or words[at - 1 : at] in _BEFORE_SHORT:
                yield at, name
                after = rank + 1
            break


@given(
    st.lists(st.one_of(st.sampled_from(_NAMES), st.sampled_from(["全县", "召", "在", "、", "\n", "社区", "省", "开县"])), max_size=8).map(
        "".join
    )
)
def test_regions(words: str) -> None:
    """Three characters tell the lengths of all names that may end in them."""
    assert list(named_regions(words)) == list(_named_one_by_one(words))


@given(
    st.lists(
        st.sampled_from(["等", "县", "直", "三", "12", "个", "家", "单位党组织", "所属", "各类", "学校", "下属", "村", "甲"]), max_size=6
    ).map("".join)
)
def test_numbered(name: str) -> None:
    """What says that a name is of several bodies begins it or with one of a few characters."""
    without_look = re.compile(re.sub(r"\(\?=\[.*?\]\)", "", _NUMBERED.pattern))
    assert bool(_NUMBERED.search(name)) == bool(without_look.search(name))
