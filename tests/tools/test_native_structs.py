"""The plain class that stands for a struct in compiled code is made, compared and hashed as the struct is."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest

from tools.native_structs import as_classes

_SOURCE = """
import msgspec
from collections.abc import Mapping


class Place(msgspec.Struct, frozen=True, gc=False):
    \"\"\"Words about it.\"\"\"

    # a remark
    start: int
    end: int = 5
    names: Mapping[str, int] = msgspec.field(default_factory=dict)
    length: int = 0

    def __post_init__(self) -> None:
        msgspec.structs.force_setattr(self, "length", self.end - self.start)


class Draft(msgspec.Struct, gc=False):
    words: str
"""


def classes(source: str) -> dict[str, Any]:
    """What ``source`` defines."""
    names: dict[str, Any] = {}
    exec(compile(source, "source", "exec", dont_inherit=True), names)
    return names


def test_no_struct_is_left() -> None:
    written = classes(as_classes(_SOURCE))
    assert not issubclass(written["Place"], msgspec.Struct)
    assert written["Place"].__doc__ == "Words about it."


@pytest.mark.parametrize("arguments", [(1,), (1, 2), (1, 2, {"甲": 1})])
def test_fields_and_defaults_are_the_same(arguments: tuple[Any, ...]) -> None:
    struct, plain = classes(_SOURCE)["Place"](*arguments), classes(as_classes(_SOURCE))["Place"](*arguments)
    assert [getattr(plain, name) for name in struct.__struct_fields__] == [getattr(struct, name) for name in struct.__struct_fields__]


def test_equal_fields_make_equal_objects() -> None:
    place = classes(as_classes(_SOURCE))["Place"]
    assert place(1) == place(1, 5) != place(2)
    assert classes(as_classes(_SOURCE))["Draft"]("甲") != "甲"


def test_only_what_is_frozen_has_a_hash() -> None:
    written = classes(as_classes(_SOURCE.replace("names: Mapping[str, int] = msgspec.field(default_factory=dict)", "names: str = ''")))
    assert hash(written["Place"](1)) == hash(written["Place"](1))
    with pytest.raises(TypeError):
        hash(written["Draft"]("甲"))


def test_modules_that_copy_structs_stay_as_they_are() -> None:
    source = _SOURCE + "\n\ndef later(place):\n    return msgspec.structs.replace(place, start=2)\n"
    assert as_classes(source) == source
