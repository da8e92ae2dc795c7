"""Milliseconds a document of every reader over the shared sample files, beside libraries that were not chosen where those are installed.

``python benchmarks/readers.py`` needs ../shared/formats; a library that is missing is named and passed over.
"""

from __future__ import annotations

import io
import json
import statistics
import time
from collections import defaultdict
from collections.abc import Callable
from importlib import import_module
from importlib.metadata import PackageNotFoundError, files
from pathlib import Path

from transforms.reading.paged import ocr
from transforms.reading.read import read

FORMATS = Path(__file__).resolve().parents[1] / "../shared/formats"
# Distributions that a reader brings into the base install.
BROUGHT = {
    "html": ("lxml",),
    "docx": (),
    "doc": ("olefile",),
    "wps": ("olefile",),
    "rtf": (),
    "pdf": ("pypdfium2",),
    "ofd": (),
    "txt": (),
    "scan": ("rapidocr", "onnxruntime", "opencv-python"),
}


def _trafilatura(raw: bytes) -> object:
    return import_module("trafilatura").extract(raw, fast=True)


def _readability(raw: bytes) -> object:
    return import_module("readability").Document(raw.decode("utf-8", "replace")).summary()


def _docx2txt(raw: bytes) -> object:
    return import_module("docx2txt").process(io.BytesIO(raw))


def _python_docx(raw: bytes) -> object:
    return [part.text for part in import_module("docx").Document(io.BytesIO(raw)).paragraphs]


def _mammoth(raw: bytes) -> object:
    return import_module("mammoth").extract_raw_text(io.BytesIO(raw)).value


def _pypdf(raw: bytes) -> object:
    return [page.extract_text() for page in import_module("pypdf").PdfReader(io.BytesIO(raw)).pages]


def _pdfplumber(raw: bytes) -> object:
    with import_module("pdfplumber").open(io.BytesIO(raw)) as document:
        return [page.extract_text() for page in document.pages]


def _striprtf(raw: bytes) -> object:
    return import_module("striprtf.striprtf").rtf_to_text(raw.decode("latin-1"))


def _charset_normalizer(raw: bytes) -> object:
    return import_module("charset_normalizer").from_bytes(raw).best()


def _chardet(raw: bytes) -> object:
    return import_module("chardet").detect(raw)


RIVALS: dict[str, tuple[Callable[[bytes], object], ...]] = {
    "html": (_trafilatura, _readability),
    "docx": (_docx2txt, _python_docx, _mammoth),
    "pdf": (_pypdf, _pdfplumber),
    "rtf": (_striprtf,),
    "txt": (_charset_normalizer, _chardet),
}


def main() -> None:
    """Print one line for each format and reader: files, median and greatest milliseconds, megabytes brought."""
    manifest = FORMATS / "manifest.json"
    if not manifest.exists():
        raise SystemExit(f"the shared sample files are not at {FORMATS}")
    samples: defaultdict[str, list[bytes]] = defaultdict(list)
    for entry in json.loads(manifest.read_text("utf-8")):
        folder = entry["file"].split("/")[0]
        if entry.get("gold") and (folder in RIVALS or folder in BROUGHT) and (folder != "scan" or ocr.is_available()):
            samples[folder].append((FORMATS / entry["file"]).read_bytes())
    print(f"{'format':8}{'reader':22}{'files':>6}{'median ms':>11}{'max ms':>9}{'MB':>7}")
    for folder, raws in sorted(samples.items()):
        _line(folder, "taizhang", read, raws, f"{sum(map(_megabytes, BROUGHT.get(folder, ()))):.1f}")
        for rival in RIVALS.get(folder, ()):
            _line(folder, rival.__name__.lstrip("_"), rival, raws, "")


def _line(folder: str, name: str, reader: Callable[[bytes], object], raws: list[bytes], size: str) -> None:
    try:
        reader(raws[0])
    except ImportError:
        print(f"{folder:8}{name:22}{'not installed':>20}")
        return
    except Exception as error:  # a rival may fail on any file; that is what the table shows
        print(f"{folder:8}{name:22}{type(error).__name__:>20}")
        return
    times = []
    for raw in raws:
        started = time.perf_counter()
        try:
            reader(raw)
        except Exception:
            continue
        times.append((time.perf_counter() - started) * 1000)
    print(f"{folder:8}{name:22}{len(times):>6}{statistics.median(times):>11.2f}{max(times):>9.1f}{size:>7}")


def _megabytes(distribution: str) -> float:
    try:
        listed = files(distribution) or []
    except PackageNotFoundError:
        return 0.0
    return sum(path.stat().st_size for name in listed if (path := Path(str(name.locate()))).is_file()) / 1e6


if __name__ == "__main__":
    main()
