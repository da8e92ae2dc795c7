"""Compiled rules are used when they are those of the sources, and only then."""

from __future__ import annotations

import os
import sys
from importlib.machinery import EXTENSION_SUFFIXES
from pathlib import Path

import pytest

import transforms.notice
from transforms import compiled


@pytest.fixture
def sources(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of sources with compiled rules of the same state beside it."""
    folder = tmp_path / "transforms"
    (folder / "dates").mkdir(parents=True)
    (folder / "notice.py").write_text("rule = 1\n", "utf-8")
    (folder / "dates" / "scan.py").write_text("rule = 1\n", "utf-8")
    monkeypatch.setattr(compiled, "FOLDER", tmp_path / "compiled")
    monkeypatch.setattr(compiled, "state", lambda state=compiled.state: state(folder))
    monkeypatch.setattr(sys, "path", list(sys.path))
    monkeypatch.delenv(compiled.SETTING, raising=False)
    compiled.FOLDER.mkdir()
    (compiled.FOLDER / compiled.STAMP).write_text(compiled.state(), "utf-8")
    return folder


def test_rules_of_the_same_state_are_used(sources: Path) -> None:
    assert compiled.search_path(["plain"]) == [str(compiled.FOLDER / "transforms")]
    assert sys.path[-1] == str(compiled.FOLDER)


def test_a_touched_source_is_never_hidden(sources: Path) -> None:
    """Not by its length and not by its name: the time it was written is enough."""
    os.utime(sources / "dates" / "scan.py", ns=(1, 1))
    assert compiled.search_path(["plain"]) == ["plain"]


def test_a_new_source_is_never_hidden(sources: Path) -> None:
    (sources / "dates" / "words.py").write_text("", "utf-8")
    assert compiled.search_path(["plain"]) == ["plain"]


def test_nothing_compiled_is_nothing_to_speak_of(sources: Path) -> None:
    (compiled.FOLDER / compiled.STAMP).unlink()
    assert compiled.search_path(["plain"]) == ["plain"]


def test_they_can_be_switched_off(sources: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(compiled.SETTING, "0")
    assert compiled.search_path(["plain"]) == ["plain"]


def test_who_insists_is_told_how_to_make_them(sources: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(compiled.SETTING, "1")
    (sources / "notice.py").write_text("rule = 2 # other\n", "utf-8")
    with pytest.raises(ImportError, match="make compiled"):
        compiled.search_path(["plain"])


def test_what_is_wanted_is_what_runs() -> None:
    """So that ``make test-compiled`` cannot pass by testing the sources."""
    is_compiled = transforms.notice.__file__.endswith(tuple(EXTENSION_SUFFIXES))
    assert is_compiled == compiled.is_used() == (os.environ[compiled.SETTING] == "1")
