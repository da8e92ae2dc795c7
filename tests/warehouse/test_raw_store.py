"""The raw store gives back the bytes it was given, or says that it cannot."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path

import pytest

from warehouse.raw_store import RawDamaged, RawMissing, RawStore


@pytest.mark.parametrize("raw", [b"", b"x", "整改通报\n".encode() * 5000, os.urandom(100_000)], ids=["empty", "short", "text", "random"])
def test_bytes_come_back(tmp_path: Path, raw: bytes) -> None:
    """Empty, short, compressible and incompressible bytes are stored under their hash and read back equal."""
    store = RawStore(tmp_path)

    sha256 = store.put(raw)

    assert hashlib.sha256(raw).hexdigest() == sha256
    assert raw == store.get(sha256)
    assert sha256 in store
    assert [sha256] == list(store)


def test_storing_again_does_not_touch_the_file(tmp_path: Path) -> None:
    """The same bytes are written once."""
    store = RawStore(tmp_path)
    sha256 = store.put(b"same" * 1000)
    (path,) = tmp_path.glob("*/*")
    before = path.stat()

    assert sha256 == store.put(b"same" * 1000)
    assert before == path.stat()


def test_text_is_compressed(tmp_path: Path) -> None:
    """Compressible bytes take less than half their room and their file says how they are packed."""
    RawStore(tmp_path).put("逐条整改".encode() * 1000)
    (path,) = tmp_path.glob("*/*")

    assert path.suffix == ".zst"
    assert path.stat().st_size < 6000


def test_unknown_hash_is_missing(tmp_path: Path) -> None:
    """Bytes that were never stored are told apart from damaged ones."""
    with pytest.raises(RawMissing):
        RawStore(tmp_path).get("0" * 64)


@pytest.mark.parametrize("damage", [b"", b"other bytes", b"\x28\xb5\x2f\xfd broken frame"])
def test_damage_is_noticed(tmp_path: Path, damage: bytes) -> None:
    """A file that does not hold the bytes of its name is never returned."""
    store = RawStore(tmp_path)
    sha256 = store.put(b"content " * 1000)
    (path,) = tmp_path.glob("*/*")
    path.write_bytes(damage)

    with pytest.raises(RawDamaged):
        store.get(sha256)


def test_leftovers_of_a_killed_writer_are_removed(tmp_path: Path) -> None:
    """Half-written files are no entries of the store, and go."""
    store = RawStore(tmp_path)
    sha256 = store.put(b"content")
    (tmp_path / sha256[:2] / f".{sha256}.123.tmp").write_bytes(b"con")

    assert [sha256] == list(store)
    assert store.remove_leftovers() == 1
    assert store.remove_leftovers() == 0
    assert store.get(sha256) == b"content"
