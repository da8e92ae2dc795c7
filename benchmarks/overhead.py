"""Share of a run's CPU time spent outside reading and extraction, on 500 copies of the samples with changed figures.

``python benchmarks/overhead.py [COUNT]`` runs a plain serial ingestion into a temporary warehouse and prints CPU seconds by stage.
"""

from __future__ import annotations

import sys
import tempfile
import time
from pathlib import Path

from flows.run import ingest
from flows.settings import load

SAMPLES = Path(__file__).resolve().parents[1] / "samples" / "sources"


def main() -> None:
    """Print the table."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 500
    with tempfile.TemporaryDirectory() as folder:
        inbox = Path(folder) / "inbox"
        inbox.mkdir()
        texts = [path.read_text("utf-8") for path in sorted(SAMPLES.glob("*.txt"))]
        for number in range(count):
            # another year of inspection and another unit make another notice of the same length
            text = texts[number % len(texts)].replace("第一", f"第{'一二三四五六七八九'[number % 9]}")
            (inbox / f"{number:04d}.txt").write_text(f"{text}\n编号{number:04d}\n", "utf-8")
        start = time.process_time()
        summary = ingest([inbox], load({"warehouse": Path(folder) / "warehouse", "runner": "serial"}))
        total = time.process_time() - start
    print(f"{summary.documents_in} files, {summary.published} published, {total:.2f} s CPU in all")
    for stage, seconds in sorted(summary.spent.items(), key=lambda item: -item[1]):
        print(f"{stage:12}{seconds:8.2f} s{seconds / total:8.1%}")
    print(f"outside reading and extraction: {1 - summary.spent.get('extract', 0.0) / total:.1%}")


if __name__ == "__main__":
    main()
