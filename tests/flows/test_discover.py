"""Paths on the command line become files: all of them, once, in one order."""

from __future__ import annotations

from pathlib import Path

import pytest

from flows.discover import MissingInput, discover, inputs
from flows.identifiers import document_id, file_uri, notice_id


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Files in two levels, with what editors and systems leave behind."""
    for name in ("b.txt", "a.html", ".DS_Store", "~$draft.docx", "in/deep/c.txt", "in/.git/config"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("x")
    return tmp_path


def names(folder: Path, *paths: str, leave_out: Path | None = None) -> list[str]:
    return [str(found.path.relative_to(folder)) for found in discover(inputs([str(folder / path) for path in paths]), leave_out)]


def test_folder_gives_all_below_it_in_order(folder: Path) -> None:
    """Sub-folders are entered; hidden and temporary files are not inputs."""
    assert names(folder, "") == ["a.html", "b.txt", "in/deep/c.txt"]


def test_patterns_are_expanded_here(folder: Path) -> None:
    """Patterns work where no shell expands them, ** included."""
    assert names(folder, "*.txt") == ["b.txt"]
    assert names(folder, "**/*.txt") == ["b.txt", "in/deep/c.txt"]


def test_file_named_twice_comes_once(folder: Path) -> None:
    """A file that several paths name is one input."""
    assert names(folder, "b.txt", "b.txt", "*.txt", "") == ["b.txt", "a.html", "in/deep/c.txt"]


def test_hidden_file_named_outright_is_an_input(folder: Path) -> None:
    """What a user names is taken, whatever its name."""
    assert names(folder, ".DS_Store") == [".DS_Store"]


def test_name_that_looks_like_a_pattern_is_a_name(tmp_path: Path) -> None:
    """A file called [1].txt is found by its name."""
    (tmp_path / "[1].txt").write_text("x")

    assert names(tmp_path, "[1].txt") == ["[1].txt"]


def test_links_in_a_circle_end(folder: Path) -> None:
    """Folders behind links are not entered, files behind links are."""
    (folder / "in" / "up").symlink_to(folder)
    (folder / "link.txt").symlink_to(folder / "b.txt")

    assert names(folder, "") == ["a.html", "b.txt", "in/deep/c.txt", "link.txt"]


def test_left_out_folder_is_not_entered(folder: Path) -> None:
    """The warehouse is no input of itself."""
    assert names(folder, "", leave_out=folder / "in") == ["a.html", "b.txt"]


@pytest.mark.parametrize(
    ("path", "words"), [("none.txt", "does not exist"), ("*.pdf", "no file matches"), ("none/*.txt", "no file matches")]
)
def test_missing_input_is_named(folder: Path, path: str, words: str) -> None:
    """A path or pattern that names nothing is an error that repeats it."""
    with pytest.raises(MissingInput, match=words):
        inputs([str(folder / path)])


def test_identifiers_are_stable() -> None:
    """Ids follow from uri and bytes alone; these values may never change, for warehouses hold them."""
    assert notice_id("file:///a/通报.txt") == "5f32f44c7f85d6ab"
    assert document_id("file:///a", "0" * 64) == "29596cec2df0395b"


def test_uri_is_the_absolute_path_as_it_is(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No quoting of Han characters or blanks, no following of links; bytes that are not UTF-8 are escaped."""
    monkeypatch.chdir(tmp_path)

    assert file_uri(Path("通报 1.txt")) == f"file://{tmp_path}/通报 1.txt"
    assert file_uri(Path("/x/\udcd5\udcfd.txt")) == "file:///x/\\xd5\\xfd.txt"
