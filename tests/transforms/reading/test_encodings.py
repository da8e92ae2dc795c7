"""Telling encodings and undoing wrong ones, measured: shares of right answers over whole texts, pieces, damaged bytes and mojibake."""

from __future__ import annotations

import random
from collections.abc import Iterator
from difflib import SequenceMatcher
from functools import cache
from pathlib import Path

import opencc
import pytest

from transforms.reading.decode import decode
from transforms.reading.mojibake import repaired
from transforms.reading.plausibility import MINIMUM, foreign
from transforms.reading.refusal import Refused

ROOT = Path(__file__).resolve().parents[3]
SHARED = ROOT / "../shared/seeds"
GROUPS = {"samples": ROOT / "samples" / "sources", "seeds": SHARED}
ENCODINGS = ("utf-8", "gb18030", "gbk", "big5", "utf-16-le", "utf-16-be", "utf-16-le with its mark")
# A text counts as right if no more characters than this are wrong.
FEW = 4

group = pytest.mark.parametrize(
    "name",
    [pytest.param(name, marks=pytest.mark.skipif(not folder.is_dir(), reason=f"{folder} is missing")) for name, folder in GROUPS.items()],
)


def _texts(name: str) -> list[str]:
    return [path.read_text("utf-8-sig") for path in sorted(GROUPS[name].glob("*.txt"))]


@cache
def _converter() -> opencc.OpenCC:
    return opencc.OpenCC("s2t")


def _traditional(text: str) -> str:
    return str(_converter().convert(text))


def _written(text: str, encoding: str) -> tuple[str, bytes, bytes]:
    """What the encoding can hold of ``text`` (in traditional script for Big5), its bytes, and the mark before them."""
    codec = encoding.split(" ")[0]
    if codec == "big5":
        text = _traditional(text)
    raw = text.encode(codec, "ignore")
    return raw.decode(codec), raw, b"\xff\xfe" if "mark" in encoding else b""


def _lost(found: str, text: str) -> int:
    if found == text:
        return 0
    return len(text) - sum(block.size for block in SequenceMatcher(None, found, text, autojunk=False).get_matching_blocks())


def _wrong(raw: bytes, text: str) -> int:
    try:
        return _lost(decode(raw).text, text)
    except Refused:
        return len(text)


def _middle(raw: bytes) -> int:
    """The place of a byte of a Chinese character in the middle."""
    at = len(raw) // 2
    while raw[at] < 0x80:
        at += 1
    return at


@group
@pytest.mark.parametrize("encoding", ENCODINGS)
def test_whole_texts(name: str, encoding: str) -> None:
    """Every text comes out character by character in every encoding."""
    for given in _texts(name):
        text, raw, mark = _written(given, encoding)
        assert decode(mark + raw).text == text


@group
@pytest.mark.parametrize("encoding", ENCODINGS)
@pytest.mark.parametrize("size", [500, 200, 100, 50])
def test_pieces(name: str, encoding: str, size: int) -> None:
    """Pieces that start on a character and are cut at any byte are read without a wrong character."""
    chance = random.Random(f"{encoding}{size}")
    codec = encoding.split(" ")[0]
    for given in _texts(name):
        text, _, mark = _written(given, encoding)
        for _ in range(5):
            start = chance.randrange(max(1, len(text) - size))
            piece = text[start : start + size].encode(codec)[:size]
            assert decode(mark + piece).text == piece.decode(codec, "ignore")


@group
@pytest.mark.parametrize("encoding", ENCODINGS)
def test_one_bad_byte(name: str, encoding: str) -> None:
    """A byte set to FF costs a few characters, never the rest of the line, and is recorded."""
    for given in _texts(name):
        text, raw, mark = _written(given, encoding)
        at = _middle(raw)
        found = decode(mark + raw[:at] + b"\xff" + raw[at + 1 :])
        assert _lost(found.text, text) <= FEW
        # in UTF-16 FF may make another character, which nothing tells from a right one
        assert found.damage or "16" in encoding


@group
@pytest.mark.parametrize("encoding", ENCODINGS)
def test_one_byte_gone(name: str, encoding: str) -> None:
    """After a byte that is missing the characters behind it are aligned again, in UTF-16 too, and that is recorded where it shows."""
    for given in _texts(name):
        text, raw, mark = _written(given, encoding)
        at = _middle(raw)
        found = decode(mark + raw[:at] + raw[at + 1 :])
        assert _lost(found.text, text) <= 2 * FEW
        # in Big5 what is left may make other characters, which nothing tells from right ones
        assert found.damage or encoding == "big5"


# written in, read in, least share of lines that are told, and of characters that come back over all of them
MOJIBAKE = [
    ("utf-8", "latin-1", 0.99, 0.98),
    ("gbk", "latin-1", 0.99, 0.98),
    ("utf-8", "gb18030", 0.99, 0.83),
    ("gbk", "big5hkscs", 0.99, 0.82),
    ("big5", "gb18030", 0.99, 0.99),
]


def _lines(name: str) -> Iterator[str]:
    for text in _texts(name):
        yield from (line.strip() for line in text.split("\n"))


@group
@pytest.mark.parametrize(("was", "read_as", "told", "back"), MOJIBAKE, ids=lambda value: str(value))
def test_mojibake(name: str, was: str, read_as: str, told: float, back: float) -> None:
    """Lines long enough to judge are told from right ones, and as many of their characters come back as the mistake left."""
    judged = flagged = kept = characters = 0
    for given in list(_lines(name))[:120]:
        text, raw, _ = _written(given, was)
        stored = raw.decode(read_as, "replace")
        if foreign(stored) < MINIMUM or stored == text:
            continue
        judged += 1
        try:
            found = repaired(stored)
        except Refused:  # destroyed, and said so
            flagged += 1
            continue
        flagged += bool(found.damage)
        if any(code.startswith("mojibake") for code in found.damage):
            kept += len(text) - _lost(found.text, text)
            characters += len(text)
    assert judged > 30
    assert flagged >= told * judged
    assert kept >= back * characters > 0


@group
def test_right_lines_are_left_alone(name: str) -> None:
    """No clean line, simplified or traditional, is called mojibake or changed."""
    for line in _lines(name):
        for text in (line, _traditional(line)):
            found = repaired(text)
            assert found.text == text
            assert not [code for code in found.damage if not code.startswith("question_marks")]


@group
def test_destroyed_text_is_refused(name: str) -> None:
    """Text in which every character became 锟斤拷 or U+FFFD is refused, for nothing of it is left."""
    for given in _texts(name):
        for lost in ("\ufffd" * 30, "锟斤拷" * 20):
            with pytest.raises(Refused) as caught:
                decode((given[:3] + lost).encode())
            assert caught.value.refusal.reason == "text_destroyed"
