"""Declarations of sources are checked as they are read, and a wrong one is named."""

from __future__ import annotations

from pathlib import Path

import pytest

from flows.crawl.sources import FOLDER, SourceError, sources

_WHOLE = 'title = "县"\nindex = ["http://a.cn/"]\nlink = "/art/"\n'


def test_packaged_sources_can_be_used() -> None:
    """Every packaged declaration is whole."""
    assert sorted(sources(None)) == sorted(path.stem for path in FOLDER.glob("*.toml"))


def test_own_folder_wins(tmp_path: Path) -> None:
    """A user's declaration comes beside the packaged ones and replaces one of its name."""
    (tmp_path / "county.toml").write_text(_WHOLE, "utf-8")
    (tmp_path / "example.toml").write_text(_WHOLE, "utf-8")

    found = sources(tmp_path)

    assert found["county"].index == ("http://a.cn/",)
    assert found["example"].title == "县"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "title"),
        (_WHOLE.replace('["http://a.cn/"]', "[]"), "index"),
        (_WHOLE + "dealy = 3\n", "dealy"),
        (_WHOLE.replace("/art/", "("), "link = '\\('"),
        (_WHOLE + "max_pages = 0\n", "max_pages"),
        ("= 1", "cannot be used"),
    ],
)
def test_wrong_declaration_is_named(tmp_path: Path, text: str, words: str) -> None:
    """The message tells the file and the field."""
    (tmp_path / "bad.toml").write_text(text, "utf-8")

    with pytest.raises(SourceError, match=words) as caught:
        sources(tmp_path)
    assert "bad.toml" in str(caught.value)


def test_folder_that_is_none(tmp_path: Path) -> None:
    """A setting that names no folder says so."""
    with pytest.raises(SourceError, match="no folder"):
        sources(tmp_path / "none")
