"""What counts as unchanged or as a duplicate follows from the documents and the notices that are current."""

from __future__ import annotations

import datetime
import hashlib
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.warehouse.rows import NOON, batch, document, hex16
from transforms.records.documents import Document
from warehouse.arrow import arrow_table
from warehouse.known import FileKey, held_elsewhere, unchanged
from warehouse.lake import Lake, local, open_writer
from warehouse.publish import publish

LATER = NOON + datetime.timedelta(days=1)


@pytest.fixture
def lake(tmp_path: Path) -> Iterator[Lake]:
    """A lake that holds file a with content one."""
    with open_writer(local(tmp_path)) as opened:
        publish(opened, batch(["a"]), "run-1")
        yield opened


def key(uri: str, content: str = "one") -> FileKey:
    sha256 = hashlib.sha256(content.encode()).hexdigest()
    return FileKey(uri, sha256, hex16(f"{uri}\n{sha256}"), hex16(uri))


def test_same_file_is_unchanged(lake: Lake) -> None:
    """Same uri and bytes: nothing to do; other bytes or another uri: something to do."""
    assert {key("a").document_id} == unchanged(lake, [key("a"), key("a", "two"), key("b")])
    assert frozenset() == unchanged(lake, [])


def test_file_that_went_back_to_older_bytes_is_changed(lake: Lake) -> None:
    """Only the newest document of a uri counts, so a file restored from an older version is read again."""
    tables = batch(["a"], content="two")
    tables["documents"] = arrow_table(Document, [document("a", "two", seen_at=LATER)])
    publish(lake, tables, "run-2")

    assert frozenset() == unchanged(lake, [key("a")])
    assert {key("a", "two").document_id} == unchanged(lake, [key("a", "two")])


def test_rejected_file_is_unchanged(lake: Lake) -> None:
    """A refused file is not read again while its bytes stay."""
    publish(lake, {"documents": arrow_table(Document, [document("x", outcome="rejected", notice_id=None)])}, "run-2")

    assert {key("x").document_id} == unchanged(lake, [key("x")])


def test_bytes_at_another_uri_are_found(lake: Lake) -> None:
    """The published document with the same bytes is named, with its notice; the file itself does not count."""
    found = held_elsewhere(lake, [key("b"), key("c", "other")])

    assert [key("a")] == found
    assert held_elsewhere(lake, [key("a")]) == []


def test_duplicate_of_a_notice_that_changed_is_read(lake: Lake) -> None:
    """When the notice that a duplicate repeats has new words, the duplicate's words are in no notice, and it is read again."""
    repeated = document("b", outcome="duplicate", duplicate_of=key("a").document_id, notice_id=key("a").notice_id)
    publish(lake, {"documents": arrow_table(Document, [repeated])}, "run-2")
    assert {key("b").document_id} == unchanged(lake, [key("b")])

    publish(lake, batch(["a"], content="two"), "run-3")

    assert frozenset() == unchanged(lake, [key("b")])
    assert held_elsewhere(lake, [key("b")]) == []
