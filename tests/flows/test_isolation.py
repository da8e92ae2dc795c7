"""A reader that hangs, crashes or eats memory costs one file: it ends as a refusal that names the limit, and the next file is read."""

from __future__ import annotations

import io
import os
import pickle
import time
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from flows.isolation import IsolatedReader
from tests.transforms.reading.samples import docx, p
from transforms.reading.limits import Limits
from transforms.reading.reading import Reading
from transforms.reading.refusal import Refusal

_HOSTILE = "tests.flows.hostile_reader:read"
# pymalloc, lxml and a growing heap want some hundred megabytes of addresses
_MEMORY = 1 << 30


@pytest.fixture
def reader() -> Iterator[IsolatedReader]:
    """A process with the hostile reader, which is given a second a file."""
    made = IsolatedReader(Limits(seconds=1.0), _MEMORY, _HOSTILE)
    yield made
    made.close()


def process_of(reader: IsolatedReader) -> str:
    found = reader.read(b"fine", "a.txt")
    assert isinstance(found, Reading)
    return found.page["pid"]


def is_running(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    return "State:\tZ" not in Path(f"/proc/{process}/status").read_text("utf-8")


@pytest.mark.parametrize(
    ("content", "reason", "words"),
    [
        ("hang", "limit_time", "limit_time = 1 seconds"),
        ("spin", "limit_time", "limit_time = 1 seconds"),
        ("exit", "reader_crashed", "exit code 3"),
        ("segfault", "reader_crashed", "SIGSEGV"),
        ("raise", "reader_crashed", "exit code 1"),
        ("memory", "limit_memory", "limit_memory = 1,073,741,824 bytes"),
        ("memory refused", "limit_memory", "limit_memory = 1,073,741,824 bytes"),
    ],
)
def test_broken_reader_costs_one_file(reader: IsolatedReader, content: str, reason: str, words: str) -> None:
    """The refusal names what happened, and the next file is read by a fresh process."""
    before = process_of(reader)

    found = reader.read(content.encode(), "bad.pdf")

    assert isinstance(found, Refusal)
    assert (found.reason, found.stage) == (reason, "read")
    assert words in found.message
    assert process_of(reader) != before


def test_one_process_reads_many_files(reader: IsolatedReader) -> None:
    """A process is started once, and every value of a reading and every limit comes through."""
    found = reader.read("字".encode(), "a.txt", declared="gbk")

    assert isinstance(found, Reading)
    assert found.text == "字 gbk 1000"
    assert (found.media_type, found.encoding, found.encoding_reason, found.damage) == ("text/plain", "utf-8", "given", ("bad_bytes:1",))
    assert found.page["title"] == "a.txt"
    assert {process_of(reader) for _ in range(20)} == {found.page["pid"]}


def test_printing_does_not_disturb_the_answers(reader: IsolatedReader) -> None:
    """What a library prints is lost, and the answer comes all the same."""
    assert isinstance(reader.read(b"babble", "a.txt"), Reading)


def test_half_a_surrogate_pair_is_replaced(reader: IsolatedReader) -> None:
    """A text that is no Unicode comes through with marks in place of what is broken."""
    found = reader.read(b"surrogate", "a.txt")

    assert isinstance(found, Reading)
    assert (found.text, found.page["title"]) == ("半?个", "?")


def test_programs_that_a_reader_started_end_with_it(reader: IsolatedReader, tmp_path: Path) -> None:
    """A converter that a reader calls does not outlive the limit."""
    note = tmp_path / "child"

    reader.read(f"child {note}".encode(), "a.doc")

    deadline = time.monotonic() + 5
    while is_running(int(note.read_text("utf-8"))) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert not is_running(int(note.read_text("utf-8")))


def test_process_ends_with_its_reader(reader: IsolatedReader) -> None:
    """Closing leaves no process behind, and a closed reader starts anew when asked."""
    first = int(process_of(reader))
    reader.close()

    assert not is_running(first)
    assert int(process_of(reader)) != first


def test_copy_has_a_process_of_its_own(reader: IsolatedReader) -> None:
    """A reader that was sent to another process of a pool does not share pipes with the one it came from."""
    copy = pickle.loads(pickle.dumps(reader))

    assert process_of(copy) != process_of(reader)
    copy.close()


def test_forked_child_starts_its_own(reader: IsolatedReader) -> None:
    """A child of this process leaves the parent's reading process alone."""
    before = process_of(reader)
    child = os.fork()
    if not child:
        os._exit(0 if process_of(reader) != before else 1)

    assert os.waitpid(child, 0)[1] == 0
    assert process_of(reader) == before


def test_text_is_read_without_a_process() -> None:
    """Plain text and pages, the great majority, do not pay for a process; binary files start it."""
    reader = IsolatedReader(Limits(), _MEMORY)
    reader.read("关于整改情况的通报。".encode(), "a.txt")
    assert reader._process is None

    refusal = reader.read(b"%PDF-1.4 broken", "a.pdf")

    assert isinstance(refusal, Refusal)
    assert reader._process is not None
    reader.close()


def zipped(members: dict[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def test_archive_comes_member_by_member() -> None:
    """Members have the archive's uri before theirs, a refused member does not hide the others, and a file that is no archive is itself."""
    reader = IsolatedReader(Limits(bytes=1 << 20), _MEMORY)
    raw = zipped({"甲.txt": b"one", "sub/b.zip": zipped({"c.txt": b"two"}), "bomb.txt": b"0" * (2 << 20)})

    leaves = dict(reader.documents(raw, "file:///a.zip"))

    assert leaves["file:///a.zip!甲.txt"] == b"one"
    assert leaves["file:///a.zip!sub/b.zip!c.txt"] == b"two"
    bomb = leaves["file:///a.zip!bomb.txt"]
    assert isinstance(bomb, Refusal)
    assert bomb.reason == "limit_bytes"
    assert list(reader.documents(b"text", "b.txt")) == [("b.txt", b"text")]
    office = zipped({"word/document.xml": b"<x/>", "[Content_Types].xml": b"<x/>", "_rels/.rels": b"<x/>"})
    assert list(reader.documents(office, "c.docx")) == [("c.docx", office)]
    reader.close()


def test_members_are_read_while_an_archive_is_taken_apart() -> None:
    """A member that needs the process, too, is read between two members."""
    reader = IsolatedReader(Limits(), _MEMORY)
    raw = zipped({f"{number}.docx": docx(p(f"现将第{number}号整改情况予以公布。")) for number in range(3)})

    found = [reader.read(content, uri) for uri, content in reader.documents(raw, "a.zip") if isinstance(content, bytes)]

    assert [each.text for each in found if isinstance(each, Reading)] == [f"现将第{number}号整改情况予以公布。" for number in range(3)]
    reader.close()


def test_consumer_may_stop_within_an_archive() -> None:
    """The members that nobody took do not turn up among the answers to the next request."""
    reader = IsolatedReader(Limits(), _MEMORY)
    raw = zipped({f"{number}.txt": str(number).encode() for number in range(50)})

    next(iter(reader.documents(raw, "a.zip")))

    assert [content for _, content in reader.documents(zipped({"x.txt": b"x"}), "b.zip")] == [b"x"]
    reader.close()
