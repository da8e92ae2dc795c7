"""A whole ingestion at several sizes: notices a second, CPU by stage, memory of every process, files written, and their ratios.

    python -m benchmarks.pipeline [--counts 1000 10000] [--folder DIR] [--speedup 1000] [--queries 20]

Corpora are those of benchmarks/corpus.py; with ``--folder`` they and their warehouses stay there and corpora are used again. Each run
is a process of its own, watched from outside. CPU time is that of all processes; the trivial pass that it is divided by is run over
the same files in the same session. Wall-clock figures mean something on a machine that does nothing else.
"""

from __future__ import annotations

import argparse
import itertools
import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

from benchmarks import corpus
from benchmarks.processes import Watch
from benchmarks.trivial import trivial_pass

ROOT = Path(__file__).resolve().parents[1]
_AFTER = ("check", "audit", "publish", "validate")
_RUN = """
import json, resource, sys, time
from dataclasses import asdict
from flows.run import ingest
from flows.settings import load
started = time.perf_counter()
summary = ingest([sys.argv[1]], load({"warehouse": sys.argv[2], "runner": sys.argv[3], "workers": int(sys.argv[4])}))
used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
print(json.dumps({"seconds": time.perf_counter() - started, "cpu": sum(each.ru_utime + each.ru_stime for each in used),
    "spent": summary.spent, "documents": summary.documents_in, "published": summary.published, "unchanged": summary.unchanged}))
"""


@dataclass(frozen=True, slots=True)
class Measured:
    """One run: wall-clock and CPU seconds, CPU by stage, and the greatest memory of each kind of process in bytes."""

    seconds: float
    cpu: float
    documents: int
    published: int
    unchanged: int
    spent: dict[str, float]
    memory: dict[str, int]


@dataclass(slots=True)
class Size:
    """What was measured of one corpus."""

    count: int
    bytes: int
    trivial: float
    first: Measured
    again: Measured
    files: int
    written: int
    raw_files: int
    raw_bytes: int

    @property
    def ratio(self) -> float:
        """CPU of the run to that of the trivial pass over the same files."""
        return self.first.cpu / self.trivial

    @property
    def share_after(self) -> float:
        """Share of audit, publish and checks in the run's CPU."""
        return sum(self.first.spent.get(name, 0.0) for name in _AFTER) / self.first.cpu


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--counts", type=int, nargs="+", default=[1_000, 10_000])
    parser.add_argument("--folder", type=Path, help="keep corpora and warehouses here")
    parser.add_argument("--speedup", type=int, default=0, metavar="COUNT", help="also compare one process with two over so many notices")
    parser.add_argument("--queries", type=int, default=20, help="how often each named query is asked of the largest warehouse")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        folder = given.folder or Path(temporary)
        sizes = []
        for count in given.counts:
            sizes.append(_size(folder, count))
            print(f"{count} done", file=sys.stderr)
        print(_table(sizes), flush=True)
        if given.speedup:
            print(_speedup(folder, given.speedup), flush=True)
        if given.queries:
            largest = max(given.counts)
            print(_latencies(largest, latencies(folder / f"warehouse-{largest}", given.queries)))


def _size(folder: Path, count: int) -> Size:
    inbox, warehouse = _inbox(folder, count), folder / f"warehouse-{count}"
    shutil.rmtree(warehouse, ignore_errors=True)
    size, trivial = _trivial(inbox)
    first = run(inbox, warehouse, "process", 2)
    files = [path.stat().st_size for path in (warehouse / "data").rglob("*.parquet")]
    raw = [path.stat().st_size for path in (warehouse / "raw").glob("*/*")]
    written = sum(files) + sum(path.stat().st_size for path in warehouse.glob("catalog.sqlite*"))
    again = run(inbox, warehouse, "auto", 2)
    return Size(count, size, trivial, first, again, len(files), written, len(raw), sum(raw))


def _inbox(folder: Path, count: int) -> Path:
    inbox = folder / f"inbox-{count}"
    if not inbox.exists():
        corpus.write(inbox, count)
    return inbox


def _trivial(inbox: Path) -> tuple[int, float]:
    """Bytes of the corpus, and CPU seconds of the trivial pass over files in memory."""
    size, spent = 0, 0.0
    for gold in corpus.golds(inbox):
        raw = (inbox / gold.name).read_bytes()
        size += len(raw)
        started = time.process_time()
        trivial_pass(raw, gold.encoding)
        spent += time.process_time() - started
    return size, spent


def run(inbox: Path, warehouse: Path, runner: str, workers: int) -> Measured:
    """An ingestion in a process of its own."""
    command = [sys.executable, "-c", _RUN, str(inbox), str(warehouse), runner, str(workers)]
    process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True, env={**os.environ, "PYTHONDONTWRITEBYTECODE": ""})
    with Watch(process.pid) as watch:
        output, _ = process.communicate()
    if process.returncode:
        raise SystemExit(f"the run over {inbox} failed")
    return Measured(**json.loads(output.splitlines()[-1]), memory=watch.greatest)


def latencies(warehouse: Path, times: int) -> dict[str, float]:
    """Milliseconds within which 95 of 100 answers to each named query came, from a reader with the default settings that stays open."""
    from flows.settings import load
    from warehouse.queries.catalogue import queries
    from warehouse.sandbox import open_sandbox

    found = {}
    chosen = load({"warehouse": warehouse})
    with open_sandbox(chosen.location, memory_limit=chosen.memory_limit) as sandbox:
        for query in queries():
            values = query.values({}, "2026-01-01")
            taken = []
            for _ in range(times):
                started = time.perf_counter()
                sandbox.read(query.sql, values).read_all()
                taken.append(1000 * (time.perf_counter() - started))
            found[query.name] = statistics.quantiles(taken, n=20, method="inclusive")[-1] if times > 1 else taken[0]
    return found


def _table(sizes: list[Size]) -> str:
    rows: list[tuple[str, list[str]]] = [
        ("files", [f"{size.count:,}" for size in sizes]),
        ("MB in", [f"{size.bytes / 1e6:.0f}" for size in sizes]),
        ("files a second", [f"{size.first.documents / size.first.seconds:.0f}" for size in sizes]),
        ("wall-clock s", [f"{size.first.seconds:.1f}" for size in sizes]),
        ("CPU s", [f"{size.first.cpu:.1f}" for size in sizes]),
        ("CPU ms a file", [f"{1000 * size.first.cpu / size.count:.2f}" for size in sizes]),
    ]
    stages = sorted({name for size in sizes for name in size.first.spent}, key=lambda name: -sizes[-1].first.spent.get(name, 0.0))
    rows += [(f"- {name} s", [f"{size.first.spent.get(name, 0.0):.1f}" for size in sizes]) for name in stages]
    rows += [("- other s", [f"{size.first.cpu - sum(size.first.spent.values()):.1f}" for size in sizes])]
    kinds = sorted({kind for size in sizes for kind in size.first.memory})
    rows += [(f"memory of a {kind}, MB", [f"{size.first.memory.get(kind, 0) / 1e6:.0f}" for size in sizes]) for kind in kinds]
    rows += [
        ("Parquet files", [f"{size.files:,}" for size in sizes]),
        ("MB of tables and catalog", [f"{size.written / 1e6:.1f}" for size in sizes]),
        ("files of the raw store", [f"{size.raw_files:,}" for size in sizes]),
        ("MB of the raw store", [f"{size.raw_bytes / 1e6:.1f}" for size in sizes]),
        ("trivial pass, CPU s", [f"{size.trivial:.2f}" for size in sizes]),
        ("CPU to the trivial pass", [f"{size.ratio:.1f}" for size in sizes]),
        ("audit, publish and checks", [f"{size.share_after:.0%}" for size in sizes]),
        ("CPU a file to that of the size before", ["", *_growth(sizes)]),
        ("nothing new: wall-clock s", [f"{size.again.seconds:.1f}" for size in sizes]),
        ("nothing new: CPU s", [f"{size.again.cpu:.1f}" for size in sizes]),
    ]
    head = f"| |{'|'.join('' for _ in sizes)}|\n|---|{'|'.join('---:' for _ in sizes)}|"
    return "\n".join([head, *(f"| {name} | {' | '.join(values)} |" for name, values in rows)])


def _growth(sizes: list[Size]) -> list[str]:
    each = [size.first.cpu / size.count for size in sizes]
    return [f"{later / before:.2f}" for before, later in itertools.pairwise(each)]


def _speedup(folder: Path, count: int, rounds: int = 3) -> str:
    """Rounds in turn, so that what else the machine does meets both alike."""
    inbox, taken = _inbox(folder, count), {"serial": [], "process": []}  # type: dict[str, list[float]]
    for _ in range(rounds):
        for runner, found in taken.items():
            with tempfile.TemporaryDirectory(dir=folder) as warehouse:
                found.append(run(inbox, Path(warehouse) / "warehouse", runner, 2).seconds)
    one, two = (statistics.median(found) for found in taken.values())
    return f"\n{count:,} files, median of {rounds}: one process {one:.1f} s, two workers {two:.1f} s, {one / two:.2f} times"


def _latencies(count: int, found: dict[str, float]) -> str:
    rows = [f"| {name} | {milliseconds:.0f} |" for name, milliseconds in sorted(found.items(), key=lambda row: -row[1])]
    return "\n".join([f"\n| query over {count:,} notices | p95 ms |\n|---|---:|", *rows])


if __name__ == "__main__":
    main()
