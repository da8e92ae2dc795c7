"""CPU time of full extraction (all tables and spans, no checks) as a ratio to the trivial pass in the same run.

``python benchmarks/extraction.py [FILE…]`` reads the seed notices in ../shared/seeds where they are, else the samples, then
long synthetic notices of growing length and hostile texts.
"""

from __future__ import annotations

import gc
import statistics
import sys
import time
import tracemalloc
from collections.abc import Callable
from pathlib import Path

from benchmarks.trivial import trivial_pass
from transforms.compiled import is_used
from transforms.notice import extract
from transforms.reading.read import Reading, read

ROOT = Path(__file__).resolve().parents[1]
HOSTILE = {
    "a million digits": "关于巡察整改情况的通报\n" + "1" * 1_000_000,
    "100k opening brackets": "关于巡察整改情况的通报\n" + "《（〔【(" * 20_000,
    "100k alternating 一是": "关于巡察整改情况的通报\n一、整改情况\n" + "一是二是" * 25_000,
    "100k 年月": "关于巡察整改情况的通报\n" + "2023年1月" * 12_500,
}


def main() -> None:
    """Print the table."""
    gc.set_threshold(100_000, 50, 50)  # as the command and its workers do (flows.cli)
    paths = (
        [Path(name) for name in sys.argv[1:]]
        or sorted((ROOT / "../shared/seeds").glob("*.txt"))
        or sorted((ROOT / "samples/notices").glob("*.txt"))
    )
    print(f"rules: {'compiled' if is_used() else 'plain Python (make bench compiles them first, and prints both)'}")
    print(f"{'notice':28}{'chars':>9}{'trivial ms':>12}{'full ms':>10}{'ratio':>8}{'peak/text':>11}")
    ratios = [_line(path.stem[:26], path.read_bytes()) for path in paths]
    print(f"median ratio {statistics.median(ratios):.1f}, greatest {max(ratios):.1f}\n")
    body = paths[0].read_text("utf-8")
    for repeats in (1, 10, 100, 115):
        _line(f"{repeats} times the first", (body * repeats).encode())
    print()
    for name, text in HOSTILE.items():
        for share in (4, 2, 1):
            _line(f"{name} /{share}", text[: len(text) // share].encode())


def _line(name: str, raw: bytes) -> float:
    trivial, full = _cpu(lambda: trivial_pass(raw), lambda: _full(raw))
    peak = _peak(raw) / len(raw)
    print(f"{name:28}{len(raw.decode()):>9}{trivial * 1e3:>12.3f}{full * 1e3:>10.3f}{full / trivial:>8.1f}{peak:>11.1f}")
    return full / trivial


def _full(raw: bytes) -> object:
    reading = read(raw, "benchmark.txt")
    return extract(reading, "0" * 16, "0" * 16) if isinstance(reading, Reading) else reading


def _cpu(*works: Callable[[], object]) -> list[float]:
    """Least CPU seconds of one call of each of ``works``, which take turns for two seconds, so that a slow phase of the machine meets all."""
    for work in works:
        work()
    best, spent = [float("inf")] * len(works), 0.0
    while spent < 2:
        for at, work in enumerate(works):
            start = time.process_time()
            work()
            took = time.process_time() - start
            best[at], spent = min(best[at], took), spent + max(took, 1e-5)
    return best


def _peak(raw: bytes) -> int:
    tracemalloc.start()
    _full(raw)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return peak


if __name__ == "__main__":
    main()
