"""A reader that does what its file says, for tests of the process around it."""

from __future__ import annotations

import ctypes
import os
import sys
import time
from pathlib import Path

from transforms.reading.limits import Limits
from transforms.reading.reading import Reading
from transforms.reading.refusal import Refusal


def read(raw: bytes, uri: str, *, declared: str, limits: Limits) -> Reading | Refusal:
    """Hang, crash, eat memory, babble, start a child that hangs, or read."""
    words = raw.decode()
    if words == "hang":
        time.sleep(600)
    if words == "spin":
        while True:
            pass
    if words == "exit":
        os._exit(3)
    if words == "segfault":
        ctypes.string_at(0)
    if words == "memory":
        return Reading("x" * len(bytearray(16 << 30)), "text/plain")
    if words == "memory refused":
        return Refusal("unreadable", "read", "the file is broken (MemoryError: )")
    if words == "babble":
        sys.stdout.write("\0" * 100 + "\n")
        sys.stdout.flush()
        sys.stderr.write("noise\n")
    if words == "raise":
        raise RuntimeError("a reader broke its promise")
    if words.startswith("child "):
        child = os.fork()
        if not child:
            time.sleep(600)
        Path(words.removeprefix("child ")).write_text(str(child), "utf-8")
        time.sleep(600)
    if words == "surrogate":
        return Reading("半\ud800个", "text/plain", page={"title": "\udfff"})
    return Reading(
        f"{words} {declared} {limits.pages}", "text/plain", "utf-8", "given", ("bad_bytes:1",), {"title": uri, "pid": str(os.getpid())}
    )
