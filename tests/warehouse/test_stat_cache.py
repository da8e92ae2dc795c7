"""The stat cache believes a stamp only where any later change would give another one, and never stands in anybody's way."""

from __future__ import annotations

import contextlib
from pathlib import Path

import pytest

from warehouse.stat_cache import RESOLUTION_NS, Stamp, StatCache

READ_AT = 10 * RESOLUTION_NS
OLD = Stamp(size=7, inode=1, modified_ns=RESOLUTION_NS, changed_ns=RESOLUTION_NS)
HASH = "a" * 64


def cache(path: Path, reader: str = "rules") -> contextlib.closing[StatCache]:
    return contextlib.closing(StatCache(path / "files.sqlite", reader))


@pytest.mark.parametrize(
    "documents", [[("file:///a", HASH)], [("file:///a!/x", HASH), ("file:///a!/通报", "b" * 64)], [("file:///b", HASH)]]
)
def test_documents_are_found_again(tmp_path: Path, documents: list[tuple[str, str]]) -> None:
    """A file that is a document itself, an archive with members, and one whose only member has another name."""
    with cache(tmp_path) as opened:
        opened.put("file:///a", OLD, READ_AT, documents)
    with cache(tmp_path) as opened:
        assert [tuple(each) for each in opened.get("file:///a", OLD) or ()] == documents
        assert opened.get("file:///other", OLD) is None


@pytest.mark.parametrize("field", ["size", "inode", "modified_ns", "changed_ns"])
def test_any_difference_of_the_stamp_counts(tmp_path: Path, field: str) -> None:
    """Size, inode or either time alone makes the file one to be read."""
    other = Stamp(**{name: getattr(OLD, name) + (name == field) for name in Stamp.__slots__})
    with cache(tmp_path) as opened:
        opened.put("file:///a", OLD, READ_AT, [("file:///a", HASH)])

        assert opened.get("file:///a", other) is None


@pytest.mark.parametrize(
    ("modified", "changed", "is_kept"),
    [
        (READ_AT - RESOLUTION_NS - 1, READ_AT - RESOLUTION_NS - 1, True),
        (READ_AT - RESOLUTION_NS, 0, False),
        (0, READ_AT - RESOLUTION_NS, False),
        (READ_AT + RESOLUTION_NS, 0, False),
    ],
)
def test_fresh_changes_are_not_believed(tmp_path: Path, modified: int, changed: int, is_kept: bool) -> None:
    """A file that changed within two seconds before it was read, or by its times after it, is read again by the next run."""
    stamp = Stamp(7, 1, modified, changed)
    with cache(tmp_path) as opened:
        opened.put("file:///a", stamp, READ_AT, [("file:///a", HASH)])

        assert (opened.get("file:///a", stamp) is not None) == is_kept


def test_other_rules_know_nothing(tmp_path: Path) -> None:
    """What is in a file hangs on rules and limits, so entries of others are dropped."""
    with cache(tmp_path) as opened:
        opened.put("file:///a", OLD, READ_AT, [("file:///a", HASH)])
    with cache(tmp_path, "new rules") as opened:
        assert opened.get("file:///a", OLD) is None


@pytest.mark.parametrize("junk", [b"", b"no database" * 500, b"SQLite format 3\0" + b"\xff" * 5000])
def test_damaged_cache_is_made_anew(tmp_path: Path, junk: bytes) -> None:
    """A file that is no database, or a broken one, costs what was known and nothing else."""
    (tmp_path / "files.sqlite").write_bytes(junk)
    with cache(tmp_path) as opened:
        assert opened.get("file:///a", OLD) is None
        opened.put("file:///a", OLD, READ_AT, [("file:///a", HASH)])
        assert opened.get("file:///a", OLD)


def test_cache_that_breaks_under_way_is_done_without(tmp_path: Path) -> None:
    """Pages that are garbled within a good file are met only when they are read; the run goes on, the next one begins anew."""
    with cache(tmp_path) as opened:
        for number in range(2000):
            opened.put(f"file:///{number}", OLD, READ_AT, [(f"file:///{number}", HASH)])
    path = tmp_path / "files.sqlite"
    raw = bytearray(path.read_bytes())
    raw[3 * 4096 :] = b"\xa5" * (len(raw) - 3 * 4096)
    path.write_bytes(bytes(raw))

    with cache(tmp_path) as opened:
        found = [opened.get(f"file:///{number}", OLD) for number in range(2000)]
        opened.put("file:///a", OLD, READ_AT, [("file:///a", HASH)])

    assert None in found
    with cache(tmp_path) as opened:
        opened.put("file:///a", OLD, READ_AT, [("file:///a", HASH)])
        assert opened.get("file:///a", OLD)


def test_place_that_cannot_be_written_knows_nothing(tmp_path: Path) -> None:
    """Where no file can be made, every file is read."""
    (tmp_path / "files.sqlite").mkdir()
    with cache(tmp_path) as opened:
        opened.put("file:///a", OLD, READ_AT, [("file:///a", HASH)])
        assert opened.get("file:///a", OLD) is None
        assert opened.forget_gone() == 0


def test_files_that_are_gone_are_forgotten(tmp_path: Path) -> None:
    """Maintenance drops what nobody will ask for again."""
    here = tmp_path / "here.txt"
    here.write_text("x")
    with cache(tmp_path) as opened:
        for uri in (f"file://{here}", f"file://{tmp_path}/gone.txt"):
            opened.put(uri, OLD, READ_AT, [(uri, HASH)])

        assert opened.forget_gone() == 1
        assert opened.get(f"file://{here}", OLD)
