"""Reading against the sample files beside the repository: exact paragraphs, against the recall and precision that each format must keep."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator
from difflib import SequenceMatcher
from pathlib import Path
from typing import Any

import pytest

from transforms.reading.archives import documents
from transforms.reading.paged import ocr
from transforms.reading.read import read
from transforms.reading.reading import Reading
from transforms.reading.refusal import Refusal
from transforms.text.script import is_traditional, simplified

FORMATS = Path(__file__).resolve().parents[3] / "../shared/formats"
pytestmark = pytest.mark.skipif(not (FORMATS / "manifest.json").exists(), reason=f"the shared sample files are not at {FORMATS}")

# Least recall and precision of exact paragraphs; table rows, which the gold texts leave out, are not counted.
LEAST = {
    "html": (1.00, 0.99),
    "docx": (1.00, 0.95),
    "doc": (1.00, 0.95),
    "wps": (1.00, 0.95),
    "rtf": (1.00, 0.95),
    "pdf": (0.93, 0.80),
    "ofd": (0.90, 0.80),
}
# Characters that broken bytes may cost, as a share; the lossy mojibake keeps 92 % of its characters.
LOST = {"badbyte": 0.001, "moji.utf8-as-gbk": 0.1}


def _manifest() -> list[dict[str, Any]]:
    path = FORMATS / "manifest.json"
    return [entry for entry in json.loads(path.read_text("utf-8")) if entry.get("gold")] if path.exists() else []


def _entries(*formats: str) -> list[dict[str, Any]]:
    return [entry for entry in _manifest() if entry["file"].split("/")[0] in formats]


def _tight(text: str) -> str:
    # the samples' automatic numbers differ from the gold in the width of their brackets
    return re.sub(r"\s+", "", text).replace("（", "(").replace("）", ")")


def _paragraphs(text: str) -> list[str]:
    return [tight for line in text.split("\n") if " | " not in line and (tight := _tight(line))]


def _gold(entry: dict[str, Any]) -> str:
    return (FORMATS / entry["gold"]).read_text("utf-8")


def _read(entry: dict[str, Any]) -> Reading:
    found = read((FORMATS / entry["file"]).read_bytes(), entry["file"])
    assert isinstance(found, Reading), found
    return found


@pytest.mark.parametrize("entry", _entries("html", "docx", "doc", "wps", "rtf", "pdf", "ofd"), ids=lambda entry: entry["file"])
def test_paragraphs(entry: dict[str, Any]) -> None:
    """Paragraphs come out exactly as the gold text has them."""
    folder = entry["file"].split("/")[0]
    found, gold = Counter(_paragraphs(_read(entry).text)), Counter(_paragraphs(_gold(entry)))
    added = _added(entry["file"])
    same = sum((found & gold).values())
    recall, precision = LEAST[folder]
    assert same >= recall * sum(gold.values()), f"missing: {list((gold - found).elements())[:5]}"
    assert same >= precision * (sum(found.values()) - added), f"too many: {list((found - gold).elements())[:8]}"


def _added(name: str) -> int:
    """Paragraphs that a sample holds on purpose beside its gold text: a signature, and five parts that test revisions, controls, boxes and links."""
    if name.startswith("html"):
        return 0
    # the writer of the DOC and the PDF repeats the content control in runs of its own
    return 11 if "extras" in name else 1


@pytest.mark.parametrize("entry", _entries("txt"), ids=lambda entry: entry["file"])
def test_text_files(entry: dict[str, Any]) -> None:
    """Undamaged text is read without a lost character in every encoding; damaged text loses only what is gone."""
    name = entry["file"]
    raw = (FORMATS / name).read_bytes()
    found = read(raw, name)
    if "kuntangkao" in name:
        assert isinstance(found, Refusal) and found.reason == "text_destroyed"
        return
    assert isinstance(found, Reading), found
    text, gold = _tight(found.text), _tight(_gold(entry))
    if ".cut." in name:
        assert text and gold.startswith(text)
    elif ".big5." in name:  # characters that Big5 lacks are question marks in the file
        assert len(text) == len(gold) and sum(a != b for a, b in zip(text, gold, strict=True)) == text.count("?") - gold.count("?")
    else:
        share = next((share for mark, share in LOST.items() if mark in name), 0.0)
        lost = (
            0
            if text == gold
            else len(gold) - sum(block.size for block in SequenceMatcher(None, text, gold, autojunk=False).get_matching_blocks())
        )
        assert lost <= share * len(gold) and (share > 0 or text == gold)
        if share:
            assert found.damage


def _members(*names: str) -> Iterator[tuple[str, Reading | Refusal]]:
    for name in names:
        for uri, content in documents((FORMATS / name).read_bytes(), name):
            yield uri, content if isinstance(content, Refusal) else read(content, uri)


def test_archives() -> None:
    """Members of the archives come with readable names and all of them can be read."""
    found = dict(_members("zip/gbk_names.zip", "zip/nested.zip", "warc/notices.warc.gz"))
    assert len(found) == 5 + 6 + 17
    assert all(isinstance(reading, Reading) for reading in found.values())
    assert all(
        uri.split("!", 1)[1].lstrip("附件/网页里层.zip!")[0] >= "\u4e00" or "example.gov.cn" in uri or "evil" in uri for uri in found
    )


def test_web_archive_pages() -> None:
    """Pages of all layouts in the web archive give the paragraphs of one of the gold texts, without furniture."""
    golds = {path.name: Counter(_paragraphs(path.read_text("utf-8"))) for path in (FORMATS / "gold").glob("*.body.txt")}
    matched = 0
    for _, reading in _members("warc/notices.warc.gz"):
        assert isinstance(reading, Reading)
        text = simplified(reading.text) if is_traditional(reading.text) else reading.text
        found = Counter(_paragraphs(text))
        gold = max(golds.values(), key=lambda gold: sum((gold & found).values()))
        if sum((gold & found).values()) > 10:
            matched += 1
            assert not gold - found and sum((found - gold).values()) <= 0.01 * sum(gold.values())
    assert matched == 14


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("000.html.doc", "text/html"),
        ("003.pdf.docx", "application/pdf"),
        ("gz.html", "text/html"),
        ("cut.docx", "truncated"),
        ("empty.docx", "empty"),
    ],
)
def test_fakes(name: str, expected: str) -> None:
    """A file under a wrong name is read by its content, a broken one refused with its reason."""
    [(_, found)] = _members(f"fakes/{name}")
    assert (found.media_type if isinstance(found, Reading) else found.reason) == expected


@pytest.mark.parametrize("name", ["scan/000.scan.pdf", "image/000.p1.jpg"])
def test_scans(name: str) -> None:
    """A scan is read by OCR to 98 % of its characters where the extra is installed, and refused with the way to it where not."""
    found = read((FORMATS / name).read_bytes(), name)
    if not ocr.is_available():
        assert isinstance(found, Refusal) and found.reason == "ocr_needed" and "taizhang[ocr]" in found.message
        return
    assert isinstance(found, Reading)
    # without the running head and the page number, which a scan of several pages shows to be furniture
    gold = "\n".join((FORMATS / "scan/000.p1.gold.txt").read_text("utf-8").strip().split("\n")[1:-1])
    text, wanted = _folded(found.text)[: len(gold) * 2], _folded(gold)
    kept = sum(block.size for block in SequenceMatcher(None, text, wanted, autojunk=False).get_matching_blocks())
    assert kept >= 0.98 * len(wanted)


def _folded(text: str) -> str:
    return _tight(text).translate(str.maketrans("，：；！？“”", ',:;!?""'))
