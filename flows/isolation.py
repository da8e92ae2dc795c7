"""Reading untrusted bytes where they cannot take the run down: in a process that is killed when it hangs, crashes or eats memory.

Plain text and pages below a bound are read in this process: their readers are linear and own every loop. Everything else (PDF,
DOC, DOCX, OFD, RTF, images, archives) goes through one long-lived process of flows.reader_process, started with the first such
file and started again after each file that broke it.
"""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
import threading
import weakref
from collections.abc import Iterator
from pathlib import Path
from typing import Any, BinaryIO

import msgspec

from flows import reader_process as protocol
from flows.office_suite import Office
from transforms.reading import sniff
from transforms.reading.limits import Limits
from transforms.reading.read import Reading, read
from transforms.reading.refusal import Refusal

_ROOT = Path(__file__).resolve().parents[1]
_SCRIPT = "import sys; sys.path.insert(0, sys.argv[1]); from flows.reader_process import main; main(sys.argv[2], int(sys.argv[3]))"
_READER = "transforms.reading.read:read"
_NO_OFFICE = Office()
# Longer texts go to the process, too: being linear is no help against a page of 60 MB.
_NEAR_BYTES = 2 << 20
_START_SECONDS = 60.0
# Libraries leak a little; a fresh process every so often bounds that.
_FILES_A_PROCESS = 2000
_ARCHIVES = frozenset((sniff.ZIP, sniff.GZIP, sniff.BZIP2, sniff.XZ, sniff.TAR, sniff.WARC))

Leaf = tuple[str, bytes | Refusal]


class IsolatedReader:
    """``read`` and ``documents`` of transforms.reading behind a process. Never raises for what a file holds.

    Not for use by two threads at once; a copy (also in a child of this process) starts a process of its own.
    """

    def __init__(self, limits: Limits, memory_bytes: int, reader: str = _READER, office: Office = _NO_OFFICE) -> None:
        self.limits = limits
        self.memory_bytes = memory_bytes
        self.reader = reader
        self.office = office
        self._process: _Process | None = None
        self._unpacker: IsolatedReader | None = None

    def __reduce__(self) -> tuple[Any, ...]:
        return type(self), (self.limits, self.memory_bytes, self.reader, self.office)

    def read(self, raw: bytes, uri: str = "", *, declared: str = "") -> Reading | Refusal:
        """The text of one document, as ``transforms.reading.read.read`` gives it, or also limit_time, limit_memory, reader_crashed."""
        if len(raw) <= _NEAR_BYTES and self.reader == _READER and sniff.media_type(raw) is None:
            return read(raw, uri, declared=declared, limits=self.limits)
        for answer in list(self._ask(protocol.request(protocol.READ, raw, uri, declared, self.limits, self.office))):
            if isinstance(answer, protocol.Read):
                found = {name: getattr(answer, name) for name in protocol.Read.__struct_fields__}
                return Reading(**found)
            if isinstance(answer, protocol.Refused):
                return Refusal(answer.reason, answer.stage, answer.message)
            if isinstance(answer, Refusal):
                return answer
        return _crashed("it ended without an answer")

    def documents(self, raw: bytes, uri: str) -> Iterator[Leaf]:
        """The document itself, or each member of an archive as ``uri!member`` with its bytes or why they cannot be had."""
        if sniff.media_type(raw) not in _ARCHIVES:
            yield uri, raw
            return
        # a process of its own: its answers are taken one by one, and what they hold is read in between
        if self._unpacker is None:
            self._unpacker = type(self)(*self.__reduce__()[1])
        # a consumer that stops early leaves answers in the pipe: then the process is dropped
        for answer in self._unpacker._ask(protocol.request(protocol.UNPACK, raw, uri, "", self.limits, self.office)):
            if isinstance(answer, protocol.Whole):
                yield uri, raw
            elif isinstance(answer, protocol.Member):
                yield answer.uri, answer.raw
            elif isinstance(answer, protocol.Refused):
                yield answer.uri, Refusal(answer.reason, answer.stage, answer.message)
            elif isinstance(answer, Refusal):
                yield uri, answer

    def close(self) -> None:
        """End the processes, if there are any."""
        if self._unpacker:
            self._unpacker.close()
        if self._process:
            self._process.end()
        self._process = None

    def _ask(self, request: bytes) -> Iterator[protocol.Answer | Refusal]:
        """The answers to ``request``; a refusal in their place when the process broke."""
        is_finished = False
        try:
            for answer in self._answers(request):
                if isinstance(answer, protocol.Finished):
                    is_finished = True
                    return
                if isinstance(answer, protocol.OutOfMemory):
                    yield self._too_large()
                    return
                yield answer
        finally:
            if not is_finished:
                self.close()

    def _answers(self, request: bytes) -> Iterator[protocol.Answer | Refusal]:
        process = self._started()
        if isinstance(process, Refusal):
            yield process
            return
        process.files += 1
        with contextlib.suppress(BrokenPipeError), process.deadline(self.limits.seconds):
            process.requests.write(request)
            process.requests.flush()
        while True:
            with process.deadline(self.limits.seconds):
                frame = protocol.read_frame(process.answers)
            if frame is None:
                yield self._broken(process)
                return
            try:
                yield protocol.answer(frame)
            except msgspec.MsgspecError:
                yield _crashed("it answered what is no answer")
                return

    def _started(self) -> _Process | Refusal:
        """The process, started anew where there is none, where it is worn out, or where it belongs to a parent of this process."""
        if self._process and (self._process.owner != os.getpid() or self._process.files >= _FILES_A_PROCESS or not self._process.is_alive):
            self.close()
        if self._process is None:
            self._process = _Process(self.reader, self.memory_bytes)
            with self._process.deadline(_START_SECONDS):
                frame = protocol.read_frame(self._process.answers)
            if frame is None:
                words = f"the reading process did not start within limit_memory = {self.memory_bytes:,} bytes; raise that setting"
                return Refusal("reader_crashed", "read", words)
        return self._process

    def _broken(self, process: _Process) -> Refusal:
        if process.is_late:
            return Refusal(
                "limit_time",
                "read",
                f"reading took longer than limit_time = {self.limits.seconds:g} seconds; raise that setting if the file is genuine",
            )
        code = process.wait()
        if code == -signal.SIGKILL:  # nobody but the kernel kills it so, and it does for want of memory
            return self._too_large()
        return _crashed(f"signal {signal.Signals(-code).name}" if code < 0 else f"exit code {code}")

    def _too_large(self) -> Refusal:
        return Refusal(
            "limit_memory",
            "read",
            f"reading needs more than limit_memory = {self.memory_bytes:,} bytes; raise that setting if the file is genuine",
        )


class _Process:
    """A running flows.reader_process and the pipes to it."""

    def __init__(self, reader: str, memory_bytes: int) -> None:
        self.owner = os.getpid()
        self.files = 0
        self.is_late = False
        self._popen = subprocess.Popen(
            [sys.executable, "-P", "-c", _SCRIPT, str(_ROOT), reader, str(memory_bytes)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            start_new_session=True,  # a program that a reader starts is killed with it
        )
        assert self._popen.stdin
        assert self._popen.stdout
        self.requests: BinaryIO = self._popen.stdin  # type: ignore[assignment]
        self.answers: BinaryIO = self._popen.stdout  # type: ignore[assignment]
        self._ending = weakref.finalize(self, _end, self._popen, self.owner)

    @property
    def is_alive(self) -> bool:
        return self._popen.poll() is None

    @contextlib.contextmanager
    def deadline(self, seconds: float) -> Iterator[None]:
        """Kill the process if the block lasts longer than ``seconds``; what the block reads from it then ends."""
        timer = threading.Timer(seconds, self._kill_late)
        timer.daemon = True
        timer.start()
        try:
            yield
        finally:
            timer.cancel()

    def wait(self) -> int:
        """The exit code of a process whose answers have ended."""
        try:
            return self._popen.wait(timeout=1)
        except subprocess.TimeoutExpired:
            return 0

    def end(self) -> None:
        """Kill the process and close the pipes."""
        self._ending()

    def _kill_late(self) -> None:
        self.is_late = True
        _kill(self._popen)


def _end(popen: subprocess.Popen[bytes], owner: int) -> None:
    if owner == os.getpid():  # in a forked child only the copies of the pipes are to be closed
        _kill(popen)
    for pipe in (popen.stdin, popen.stdout):
        with contextlib.suppress(OSError):
            if pipe:
                pipe.close()
    if owner == os.getpid():
        popen.wait()


def _kill(popen: subprocess.Popen[bytes]) -> None:
    with contextlib.suppress(OSError):
        os.killpg(popen.pid, signal.SIGKILL)
    # a converter has a group of its own in the process's session
    for entry in Path("/proc").glob("[1-9]*"):
        with contextlib.suppress(OSError, ValueError):
            if os.getsid(int(entry.name)) == popen.pid:
                os.kill(int(entry.name), signal.SIGKILL)


def _crashed(how: str) -> Refusal:
    words = f"the reader of this kind of file crashed ({how}); the run went on without the file. Open it in its program and save it again"
    return Refusal("reader_crashed", "read", words)
