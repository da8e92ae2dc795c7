"""Writes the golden files: what extraction makes of every sample notice, and the text of every sample format.

The only thing that may write them; read its diff.
"""

from __future__ import annotations

import datetime
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from flows.extracting import objects
from flows.steps import real_steps
from transforms.reading.archives import documents
from transforms.reading.read import Reading, read
from transforms.reading.refusal import Refusal

ROOT = Path(__file__).resolve().parents[1]
SAMPLES = ROOT / "samples" / "notices"
FORMATS = ROOT / "samples" / "formats"
GOLDEN = ROOT / "tests" / "golden"
# the day on which the golden files see the samples: promises due before it are past
SEEN_AT = datetime.datetime(2025, 1, 1, tzinfo=datetime.UTC)


def golden(path: Path) -> str:
    """The golden text of one sample: its extraction as indented JSON, with a uri that is the same on every machine."""
    return "".join(json.dumps(output, ensure_ascii=False, indent=1, sort_keys=True) + "\n" for output in _outputs(path))


def _outputs(path: Path) -> Iterator[dict[str, Any]]:
    yield from objects([(f"samples/notices/{path.name}", path.read_bytes())], real_steps(), SEEN_AT)


def golden_text(path: Path) -> str:
    """The golden text of one sample format: each document's name and main text."""
    parts = []
    for uri, raw in documents(path.read_bytes(), path.name):
        reading = raw if isinstance(raw, Refusal) else read(raw, uri)
        parts.append(f"# {uri}\n{reading.text if isinstance(reading, Reading) else reading}\n")
    return "".join(parts)


def main() -> None:
    """Write every golden file and remove those whose sample is gone."""
    wanted = {f"{path.name}.json": golden(path) for path in sorted(SAMPLES.iterdir())}
    wanted |= {f"formats/{path.name}.txt": golden_text(path) for path in sorted(FORMATS.iterdir())}
    for path in (*GOLDEN.glob("*.json"), *GOLDEN.glob("formats/*.txt")):
        if str(path.relative_to(GOLDEN)) not in wanted:
            path.unlink()
    for name, text in wanted.items():
        (GOLDEN / name).write_text(text, "utf-8")


if __name__ == "__main__":
    main()
