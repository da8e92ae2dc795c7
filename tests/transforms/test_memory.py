"""A notice that was read leaves nothing behind, whichever rules run: a run reads a hundred thousand of them."""

from __future__ import annotations

import gc
import tracemalloc
from pathlib import Path

from transforms.notice import extract
from transforms.reading.read import Reading, read

_SOURCE = Path(__file__).resolve().parents[2] / "samples" / "sources"
_TIMES = 20


def test_what_was_read_is_let_go() -> None:
    """Once what is kept for all notices is there, the same notices take no more memory, however often they come."""
    texts = [path.read_bytes() for path in sorted(_SOURCE.glob("*.txt"))]
    assert texts

    def all_once() -> None:
        for text in texts:
            reading = read(text, "notice.txt")
            assert isinstance(reading, Reading)
            extract(reading, "0" * 16, "0" * 16)
        gc.collect()

    all_once()
    tracemalloc.start()
    try:
        all_once()
        before = tracemalloc.get_traced_memory()[0]
        for _ in range(_TIMES):
            all_once()
        kept = tracemalloc.get_traced_memory()[0] - before
    finally:
        tracemalloc.stop()
    # one byte a character, which a leak of one look at a text keeps, would be a third of the bytes; other tests of the process leave a little
    assert kept < _TIMES * sum(map(len, texts)) / 6
