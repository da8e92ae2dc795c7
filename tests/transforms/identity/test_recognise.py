"""The table of genres in tests/corpus/genres.toml: what is a notice, of which genre, and what is only like one."""

from __future__ import annotations

from typing import Any

import pytest

from tests.transforms.identity.corpus import read, rows
from transforms.identity.recognise import Recognition, recognise
from transforms.lexicons.load import lexicon
from transforms.reading.refusal import Refusal


@pytest.mark.parametrize("row", rows("genres", "found"))
def test_genre(row: dict[str, Any]) -> None:
    """A notice is recognised with its genre and the findings that speak for it."""
    found = recognise(*read(row["text"]))

    assert isinstance(found, Recognition), found
    assert row["genre"] == found.genre
    assert found.reasons


@pytest.mark.parametrize("row", rows("genres", "not_found"))
def test_look_alike_is_refused(row: dict[str, Any]) -> None:
    """A look-alike is refused, and the message names what it is."""
    found = recognise(*read(row["text"]))

    assert isinstance(found, Refusal), found
    assert (found.reason, found.stage) == ("not_a_notice", "recognise")
    if row["genre"] != "none":
        assert lexicon("genres")["look_alikes"][row["genre"]]["message"] in found.message


def test_every_weight_is_used() -> None:
    """Each look-alike of the lexicon has its patterns, and each pattern its weight."""
    from transforms.identity.recognise import _look_alikes

    assert set(lexicon("genres")["look_alikes"]) == {name for name, _, _ in _look_alikes()}
