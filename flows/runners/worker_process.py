"""A worker process and the pipes to it. It dies with its pipes: killed parents leave no workers behind.

Frames are eight bytes of length and a pickle or an Arrow IPC stream. Both ends are this program, and what untrusted files held has
become plain values before it is pickled, so pickles are safe here; untrusted bytes of odd formats are read in a process below the
worker (flows.isolation).
"""

from __future__ import annotations

import contextlib
import fcntl
import gc
import os
import pickle
import signal
import subprocess
import sys
import threading
from typing import BinaryIO

import pyarrow as pa

from flows.runners.orders import Delivery, Order
from flows.runners.packing import packed_work, unpack
from flows.runners.runner import RunnerError

_PIPE = 1 << 20
_SCRIPT = "import sys; sys.path[:] = sys.argv[1].split(chr(10)); from flows.runners.worker_process import main; main()"


class WorkerProcess:
    """A process of ``main`` below. Raises ``RunnerError`` if it does not get ready."""

    def __init__(self, steps: bytes) -> None:
        self._popen = subprocess.Popen(
            [sys.executable, "-P", "-c", _SCRIPT, "\n".join(sys.path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE
        )
        assert self._popen.stdin
        assert self._popen.stdout
        self._orders: BinaryIO = self._popen.stdin  # type: ignore[assignment]
        self._deliveries: BinaryIO = self._popen.stdout  # type: ignore[assignment]
        if hasattr(fcntl, "F_SETPIPE_SZ"):  # Linux: hundreds of megabytes in pieces of 64 KiB wake both ends a thousand times
            with contextlib.suppress(OSError):
                fcntl.fcntl(self._deliveries, fcntl.F_SETPIPE_SZ, _PIPE)
        try:
            _send(self._orders, steps)
            _receive(self._deliveries)
        except (EOFError, OSError) as error:
            self.close()
            raise RunnerError(f"a worker process did not start (exit code {self._popen.returncode}); try --runner serial") from error

    def work(self, order: Order, room: threading.Semaphore) -> Delivery:
        """Send the order and wait. Raises ``EOFError`` if the process ends, or what the work raised."""
        head = self._head(order)
        if isinstance(head, BaseException):
            raise head
        room.acquire()
        try:
            return unpack([_receive(self._deliveries) for _ in range(head)])
        except (OSError, ValueError, EOFError) as error:
            room.release()
            raise EOFError("the worker process ended") from error

    def _head(self, order: Order) -> int | BaseException:
        """How many parts the delivery has, or what the work raised."""
        try:
            _send(self._orders, pickle.dumps(order))
            head: int | BaseException = pickle.loads(_receive(self._deliveries))
        except (OSError, ValueError) as error:  # a pipe that broke, or that close() closed from another thread
            raise EOFError("the worker process ended") from error
        return head

    def close(self) -> None:
        """Kill the process."""
        with contextlib.suppress(OSError):
            self._popen.kill()
        for pipe in (self._orders, self._deliveries):
            with contextlib.suppress(OSError, ValueError):
                pipe.close()
        self._popen.wait()


def main() -> None:
    """Serve until the orders end."""
    orders = os.fdopen(os.dup(0), "rb")
    deliveries = os.fdopen(os.dup(1), "wb")
    with open(os.devnull, "r+b") as nothing:  # noqa: PTH123 - what a library prints must not land among the deliveries
        os.dup2(nothing.fileno(), 0)
        os.dup2(nothing.fileno(), 1)
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C reaches the whole group; the parent decides
    gc.set_threshold(100_000, 50, 50)  # as in flows.cli
    with contextlib.suppress(EOFError, BrokenPipeError):
        steps = bytes(_receive(orders))
        pickle.loads(steps)  # what cannot be loaded here must be told before the first order
        _send(deliveries, b"ready")
        while True:
            order = _receive(orders)
            try:
                count, parts = packed_work(steps, order)
            except Exception as error:
                _send(deliveries, _pickled(error))
                continue
            _send(deliveries, pickle.dumps(count))
            for part in parts:
                _send(deliveries, part)


def _pickled(error: Exception) -> bytes:
    """``error``, or its words where it cannot travel."""
    try:
        pickled = pickle.dumps(error)
        pickle.loads(pickled)
    except Exception:
        return pickle.dumps(RunnerError(f"{type(error).__name__}: {error}"))
    return pickled


def _send(stream: BinaryIO, content: bytes | pa.Buffer) -> None:
    view = memoryview(content)
    stream.write(len(view).to_bytes(8, "big"))
    stream.write(view)
    stream.flush()


def _receive(stream: BinaryIO) -> bytearray:
    head = stream.read(8)
    content = bytearray(int.from_bytes(head, "big") if len(head) == 8 else 0)
    rest = memoryview(content)  # filled in place: ``read`` joins pieces, and holds all of it twice
    while rest and (got := stream.readinto(rest)):  # type: ignore[attr-defined]
        rest = rest[got:]
    if len(head) < 8 or rest:
        raise EOFError("the stream ended within a frame")
    return content
