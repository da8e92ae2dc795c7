"""The process in which untrusted bytes are read: requests on stdin, answers on stdout, and nothing else in it.

It imports the readers and no DuckDB, Prefect or pyarrow, holds no handle of the warehouse, and may be killed at any moment.
Frames in both directions are eight bytes of length and that many bytes of MessagePack: unlike pickles, they can only be data.
"""

from __future__ import annotations

import contextlib
import importlib
import math
import os
import signal
import sys
from collections.abc import Callable, Iterator
from dataclasses import asdict
from typing import Any, BinaryIO

import msgspec

from flows.office_suite import Office, second_reading
from transforms.reading.archives import documents
from transforms.reading.limits import Limits
from transforms.reading.reading import Reading
from transforms.reading.refusal import Refusal

READ, UNPACK = "read", "unpack"
_GRACE_SECONDS = 5


class Request(msgspec.Struct, frozen=True):
    """What is asked: one file and what to do with it."""

    task: str
    raw: bytes
    uri: str
    declared: str
    limits: dict[str, float]
    office: str
    office_seconds: float


class Read(msgspec.Struct, frozen=True, tag=True):
    """A document's text, with the values of a ``Reading``."""

    text: str
    media_type: str
    encoding: str
    encoding_reason: str
    damage: tuple[str, ...]
    page: dict[str, str]


class Member(msgspec.Struct, frozen=True, tag=True):
    """A member of an archive."""

    uri: str
    raw: bytes


class Whole(msgspec.Struct, frozen=True, tag=True):
    """The file is no archive: it is its own and only document."""


class Refused(msgspec.Struct, frozen=True, tag=True):
    """Why a document, or the member at ``uri``, gives nothing."""

    uri: str
    reason: str
    stage: str
    message: str


class Finished(msgspec.Struct, frozen=True, tag=True):
    """Nothing more comes for this request; the first one says that the process is ready."""


class OutOfMemory(msgspec.Struct, frozen=True, tag=True):
    """The limit of memory was met; the process ends after this."""


Answer = Read | Member | Whole | Refused | Finished | OutOfMemory
Reader = Callable[..., Reading | Refusal]


def request(task: str, raw: bytes, uri: str, declared: str, limits: Limits, office: Office) -> bytes:
    """The frame that asks for ``task``."""
    bounds = {name: float(value) for name, value in asdict(limits).items()}
    return _frame(Request(task, raw, uri, declared, bounds, office.program, office.seconds))


def read_frame(stream: BinaryIO) -> bytes | None:
    """The next frame's content, or None at the end of the stream (also one that ends within a frame)."""
    head = stream.read(8)
    if len(head) < 8:
        return None
    size = int.from_bytes(head, "big")
    content = stream.read(size)
    return content if len(content) == size else None


def answer(content: bytes) -> Answer:
    """The answer in a frame. Raises ``msgspec.MsgspecError`` for what is none."""
    found: Answer = _ANSWERS.decode(content)
    return found


_ANSWERS = msgspec.msgpack.Decoder(Answer)
_REQUESTS = msgspec.msgpack.Decoder(Request)


def main(reader: str, memory_bytes: int) -> None:
    """Serve until stdin ends. ``reader`` names the function that reads a document, as ``module:function``."""
    incoming = os.fdopen(os.dup(0), "rb")
    outgoing = os.fdopen(os.dup(1), "wb")
    with open(os.devnull, "r+b") as nothing:  # noqa: PTH123 - what a library prints must not land among the answers
        for descriptor in (0, 1, 2):
            os.dup2(nothing.fileno(), descriptor)
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C reaches the whole group; the parent decides
    _limit_memory(memory_bytes)
    module, _, name = reader.partition(":")
    function: Reader = getattr(importlib.import_module(module), name)
    _send(outgoing, Finished())
    while (content := read_frame(incoming)) is not None:
        asked = _REQUESTS.decode(content)
        limits = Limits(**{name: value if name == "seconds" else int(value) for name, value in asked.limits.items()})  # type: ignore[arg-type]
        # the parent kills at the limit; if the parent is gone, a reader that hangs must still come to an end
        signal.alarm(math.ceil(limits.seconds) + _GRACE_SECONDS)
        try:
            for each in _answers(asked, limits, function):
                _send(outgoing, each)
                signal.alarm(math.ceil(limits.seconds) + _GRACE_SECONDS)
        except MemoryError:
            _send(outgoing, OutOfMemory())
            return
        signal.alarm(0)
        _send(outgoing, Finished())


def _answers(asked: Request, limits: Limits, function: Reader) -> Iterator[Answer]:
    if asked.task == UNPACK:
        for uri, content in documents(asked.raw, asked.uri, limits):
            if isinstance(content, Refusal):
                yield _refused(uri, content)
            else:
                yield Whole() if content is asked.raw else Member(uri, content)
        return
    own = function(asked.raw, asked.uri, declared=asked.declared, limits=limits)
    found = second_reading(own, asked.raw, Office(asked.office, asked.office_seconds), limits)
    if isinstance(found, Refusal):
        yield _refused(asked.uri, found)
    else:
        yield Read(found.text, found.media_type, found.encoding, found.encoding_reason, found.damage, dict(found.page))


def _refused(uri: str, refusal: Refusal) -> Answer:
    # readers turn whatever a library raises into a refusal, also what it raises for want of memory
    if refusal.reason == "limit_memory" or "MemoryError" in refusal.message:
        return OutOfMemory()
    return Refused(uri, refusal.reason, refusal.stage, refusal.message)


def _send(stream: BinaryIO, message: Answer) -> None:
    stream.write(_frame(message))
    stream.flush()


def _frame(message: msgspec.Struct) -> bytes:
    try:
        content = msgspec.msgpack.encode(message)
    except UnicodeEncodeError:  # half a surrogate pair from a broken name or text
        content = msgspec.msgpack.encode(_sound(msgspec.structs.asdict(message), message))
    return len(content).to_bytes(8, "big") + content


def _sound(values: dict[str, Any], message: msgspec.Struct) -> msgspec.Struct:
    def mended(value: Any) -> Any:
        if isinstance(value, str):
            return value.encode("utf-8", "replace").decode()
        if isinstance(value, tuple):
            return tuple(map(mended, value))
        if isinstance(value, dict):
            return {mended(key): mended(each) for key, each in value.items()}
        return value

    return type(message)(**{name: mended(value) for name, value in values.items()})


def _limit_memory(memory_bytes: int) -> None:
    with contextlib.suppress(ImportError, ValueError, OSError):  # no such limit on Windows and macOS
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (memory_bytes, memory_bytes))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
