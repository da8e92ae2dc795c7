"""Milliseconds a page and megabytes of every reader over the shared sample files, beside libraries that were not chosen where those are installed.

``python benchmarks/readers.py`` needs ../shared/formats; a library that is missing is named and passed over. A page is a printed page of a
PDF, OFD or scan, and a file of the other kinds. Megabytes are those of the installed library with all that it requires.
"""

from __future__ import annotations

import io
import json
import re
import statistics
import time
import zipfile
from collections import defaultdict
from collections.abc import Callable, Iterable
from importlib import import_module
from importlib.metadata import PackageNotFoundError, files, requires
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
    "scan": ("rapidocr", "onnxruntime"),
}
# What the base install has for reading only; everything else is there for the warehouse, the checks and the flows.
READING_ONLY = ("lxml", "pypdfium2", "olefile", "warcio", "opencc", "protego")
_REQUIREMENT = re.compile(r"[A-Za-z0-9._-]+")


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


RIVALS: dict[str, tuple[tuple[Callable[[bytes], object], str], ...]] = {
    "html": ((_trafilatura, "trafilatura"), (_readability, "readability-lxml")),
    "docx": ((_docx2txt, "docx2txt"), (_python_docx, "python-docx"), (_mammoth, "mammoth")),
    "pdf": ((_pypdf, "pypdf"), (_pdfplumber, "pdfplumber")),
    "rtf": ((_striprtf, "striprtf"),),
    "txt": ((_charset_normalizer, "charset-normalizer"), (_chardet, "chardet")),
}


def main() -> None:
    """Print one line for each format and reader: files, pages, milliseconds a page (median file, slowest file), megabytes."""
    manifest = FORMATS / "manifest.json"
    if not manifest.exists():
        raise SystemExit(f"the shared sample files are not at {FORMATS}")
    samples: defaultdict[str, list[bytes]] = defaultdict(list)
    for entry in json.loads(manifest.read_text("utf-8")):
        folder = entry["file"].split("/")[0]
        if entry.get("gold") and (folder in RIVALS or folder in BROUGHT) and (folder != "scan" or ocr.is_available()):
            samples[folder].append((FORMATS / entry["file"]).read_bytes())
    print(f"{'format':8}{'reader':20}{'files':>6}{'pages':>7}{'ms/page':>10}{'slowest':>10}{'MB':>8}")
    for folder, raws in sorted(samples.items()):
        pages = [_pages(folder, raw) for raw in raws]
        _line(folder, "taizhang", read, raws, pages, BROUGHT.get(folder, ()))
        for rival, distribution in RIVALS.get(folder, ()):
            _line(folder, distribution, rival, raws, pages, (distribution,))
    print(f"reading adds {_megabytes(READING_ONLY):.1f} MB to the base install: {', '.join(READING_ONLY)}")


def _pages(folder: str, raw: bytes) -> int:
    if folder in ("pdf", "scan"):
        return len(import_module("pypdfium2").PdfDocument(raw))
    if folder == "ofd":
        with zipfile.ZipFile(io.BytesIO(raw)) as package:
            return sum("/Pages/" in name and name.endswith("Content.xml") for name in package.namelist())
    return 1


def _line(folder: str, name: str, reader: Callable[[bytes], object], raws: list[bytes], pages: list[int], brought: Iterable[str]) -> None:
    try:
        reader(raws[0])
    except ImportError:
        print(f"{folder:8}{name:20}{'not installed':>20}")
        return
    except Exception as error:  # a rival may fail on any file; that is what the table shows
        print(f"{folder:8}{name:20}{type(error).__name__:>20}")
        return
    times = []
    read_pages = 0
    for raw, many in zip(raws, pages, strict=True):
        started = time.perf_counter()
        try:
            reader(raw)
        except Exception:
            continue
        times.append((time.perf_counter() - started) * 1000 / max(1, many))
        read_pages += many
    megabytes = f"{_megabytes(brought):.1f}"
    print(f"{folder:8}{name:20}{len(times):>6}{read_pages:>7}{statistics.median(times):>10.2f}{max(times):>10.1f}{megabytes:>8}")


def _megabytes(distributions: Iterable[str]) -> float:
    """Of the distributions and all that they require, as installed."""
    waiting, seen, size = list(distributions), set(), 0
    while waiting:
        name = waiting.pop().lower().replace("_", "-")
        if name in seen:
            continue
        seen.add(name)
        try:
            listed = files(name) or []
            needed = requires(name) or []
        except PackageNotFoundError:
            continue
        size += sum(path.stat().st_size for each in listed if (path := Path(str(each.locate()))).is_file() and path.suffix != ".pyc")
        waiting += [found.group() for line in needed if "extra ==" not in line and (found := _REQUIREMENT.match(line))]
    return size / 1e6


if __name__ == "__main__":
    main()
