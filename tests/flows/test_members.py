"""Archives on the way in: every member is a document of its own, and what cannot be had is told."""

from __future__ import annotations

import dataclasses
import gzip
import io
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner

from flows.commands.text import command
from flows.isolation import IsolatedReader
from flows.run import RunSummary, ingest
from flows.steps import Steps
from tests.flows.stand_in import STEPS, settings
from transforms.reading.limits import Limits
from warehouse.lake import open_reader
from warehouse.raw_store import RawStore


@pytest.fixture
def steps() -> Iterator[Steps]:
    """The stand-in steps with archives opened, at most 1000 bytes a member."""
    reader = IsolatedReader(Limits(bytes=1000), 2 << 30)
    yield dataclasses.replace(STEPS, documents=reader.documents)
    reader.close()


def zipped(members: list[tuple[str, bytes]]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members:
            archive.writestr(name, content)
    return buffer.getvalue()


def run(path: Path, steps: Steps, **values: object) -> RunSummary:
    return ingest([str(path)], settings(path.parent / "warehouse", **values), steps=steps)


def counts(summary: RunSummary) -> tuple[int, int, int, int, int]:
    return summary.documents_in, summary.published, summary.duplicate, summary.unchanged, summary.rejected


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_members_are_documents(tmp_path: Path, warehouse: Path, steps: Steps) -> None:
    """Notices, copies, refused and unreadable members add up; two members of one name are two documents; a second run changes nothing."""
    inbox = tmp_path / "inbox"
    inbox.mkdir()
    members = [
        ("甲.txt", "通报甲\n1"),
        ("sub/copy.txt", "通报甲\n1"),
        ("b.txt", "通报乙\n2"),
        ("b.txt", "通报丙\n3"),
        ("menu.txt", "菜单"),
        ("long.txt", "通报" * 999),
    ]
    raw = zipped([(name, text.encode()) for name, text in members])
    (inbox / "all.zip").write_bytes(raw)
    (inbox / "packed.txt.gz").write_bytes(gzip.compress("通报丁\n4".encode()))
    (inbox / "plain.txt").write_text("通报戊\n5", "utf-8")

    summary = run(inbox, steps, batch_size=2)

    assert counts(summary) == (8, 5, 1, 0, 2)
    with open_reader(settings(warehouse).location) as lake:
        uris = {uri.removeprefix(f"file://{inbox}/") for (uri,) in lake.execute("SELECT uri FROM documents").fetchall()}
        assert uris == {
            "all.zip!甲.txt",
            "all.zip!sub/copy.txt",
            "all.zip!b.txt",
            "all.zip!b.txt#2",
            "all.zip!menu.txt",
            "packed.txt.gz",
            "plain.txt",
        }
        refused = lake.execute("SELECT uri, stage, sha256 FROM rejects WHERE reason = 'limit_bytes'").fetchall()
        assert [(uri.removeprefix(f"file://{inbox}/"), stage) for uri, stage, _ in refused] == [("all.zip!long.txt", "read")]
        assert RawStore(settings(warehouse).raw).get(refused[0][2]) == raw
    assert counts(run(inbox, steps)) == (8, 0, 7, 7, 1)


def test_archive_that_holds_nothing_is_told(tmp_path: Path, warehouse: Path, steps: Steps) -> None:
    """Empty, broken and too deeply nested archives are rejected documents, and are known the next time."""
    inbox = tmp_path / "inbox"
    inbox.mkdir()
    nested = zipped([("x.txt", b"x")])
    for _ in range(4):
        nested = zipped([("in.zip", nested)])
    (inbox / "empty.zip").write_bytes(zipped([]))
    (inbox / "deep.zip").write_bytes(nested)
    (inbox / "cut.txt.gz").write_bytes(gzip.compress(b"x" * 500)[:8])

    first = run(inbox, steps)

    assert counts(first) == (3, 0, 0, 0, 3)
    with open_reader(settings(warehouse).location) as lake:
        assert {reason for (reason,) in lake.execute("SELECT reason FROM rejects").fetchall()} >= {"empty", "limit_nesting"}


def test_text_names_members(tmp_path: Path) -> None:
    """The names are listed where none is given, and one is found by its path or the end of it."""
    archive = tmp_path / "a.zip"
    archive.write_bytes(zipped([("附件/甲.txt", "关于整改的通报。".encode()), ("b.txt", b"plain")]))

    def text(*words: str) -> tuple[int, str]:
        ended = CliRunner().invoke(command, [str(archive), *words])
        return ended.exit_code, ended.output

    assert text("--member", "附件/甲.txt") == (0, "关于整改的通报。\n")
    assert text("--member", "甲.txt") == (0, "关于整改的通报。\n")
    code, listed = text()
    assert code == 1
    assert "附件/甲.txt\n  b.txt" in listed
    code, listed = text("--member", "丙.txt")
    assert code == 2
    assert "there is no member 丙.txt" in listed
