"""Choosing an encoding, and reading on through damage, against a table."""

from __future__ import annotations

import tomllib
from difflib import SequenceMatcher
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from transforms.reading.decode import decode
from transforms.reading.read import read
from transforms.reading.reading import Reading
from transforms.reading.refusal import Refusal, Refused

CORPUS = tomllib.loads((Path(__file__).parents[2] / "corpus" / "decode.toml").read_text("utf-8"))
NOTICE = (
    "根据县委统一部署，2023年10月14日至11月17日，县委第一巡察组对临江中学党支部开展了巡察，并反馈了意见。\n"
    "党支部召开专题会议，成立领导小组，制定整改方案，明确责任人和完成时限，逐项推进整改落实，反馈的12个问题已完成整改11个，追缴资金3.5万元。\n"
    "欢迎干部群众对整改情况进行监督。联系电话：0888-1234567；邮政编码：123456。"
)
TEXTS = {
    "NOTICE": NOTICE,
    "SHORT": "现将巡察整改情况予以公布。",
    "TRADITIONAL": "根據縣委統一部署，2023年10月14日至11月17日，縣委第一巡察組對臨江中學黨支部開展了巡察，並反饋了意見。\n黨支部召開專題會議，成立領導小組，制定整改方案，明確責任人和完成時限，逐項推進整改落實。",
}


def _text(row: dict[str, Any]) -> str:
    name = row.get("text", "NOTICE")
    return TEXTS.get(name, name)


def _raw(row: dict[str, Any]) -> bytes:
    raw = _text(row).encode(row["codec"])
    middle = len(raw) // 2
    while not raw.isascii() and raw[middle] < 0x80:
        middle += 1
    if row.get("bad"):
        raw = raw[:middle] + b"\xff" + raw[middle + 1 :]
    if row.get("gone"):
        raw = raw[:middle] + raw[middle + 1 :]
    return raw[: len(raw) - row.get("cut", 0)]


def _lost(found: str, text: str) -> int:
    return len(text) - sum(block.size for block in SequenceMatcher(None, found, text, autojunk=False).get_matching_blocks())


@pytest.mark.parametrize("row", CORPUS["found"], ids=lambda row: row["why"])
def test_reads(row: dict[str, Any]) -> None:
    """The encoding is told, and damage costs no more than the characters it hit."""
    found = decode(_raw(row))
    assert (found.encoding, found.reason) == (row["encoding"], row["reason"])
    assert _lost(found.text, _text(row)) <= row.get("lost", 0)
    if "notes" in row:
        assert list(found.damage) == row["notes"]
    elif not (row.get("bad") or row.get("gone")):
        assert not found.damage
    else:
        assert found.damage


@pytest.mark.parametrize("row", CORPUS["mojibake"], ids=lambda row: row["why"])
def test_undoes_mojibake(row: dict[str, Any]) -> None:
    """A text that was read wrongly once is read rightly, and the mistake is recorded; where characters are gone that is said."""
    text = _text(row)
    stored = text
    for _ in range(row.get("times", 1)):
        stored = stored.encode(row["was"]).decode(row["as"], "replace")
    found = decode(stored.encode("utf-8"))
    if row.get("lossy"):
        assert _lost(found.text, text) < 0.2 * len(text)
        assert any(note.startswith("mojibake_lossy:") for note in found.damage)
    else:
        assert found.text == text
        assert any(note.startswith("mojibake:") for note in found.damage)


@pytest.mark.parametrize("row", CORPUS["not_found"], ids=lambda row: row["why"])
def test_refuses(row: dict[str, Any]) -> None:
    """What holds no text is refused with its reason."""
    raw = row["text"].encode() if "text" in row else bytes.fromhex(row["hex"])
    with pytest.raises(Refused) as caught:
        decode(raw)
    assert (caught.value.refusal.reason, caught.value.refusal.stage) == (row["reason"], "decode")


@pytest.mark.parametrize("size", [50, 100, 200, 500])
@pytest.mark.parametrize("codec", ["utf-8", "gb18030", "utf-16-le"])
def test_reads_pieces(codec: str, size: int) -> None:
    """Pieces cut anywhere are read in their encoding."""
    raw = (NOTICE * 4).encode(codec)
    for start in range(0, 120, 12 if codec != "utf-8" else 9):
        while start and NOTICE.encode(codec)[:start].decode(codec, "ignore").encode(codec) != NOTICE.encode(codec)[:start]:
            start += 1
        piece = raw[start : start + size]
        assert decode(piece).encoding == codec


def test_private_characters_of_gb18030() -> None:
    """The web's full-width space A3A0 and marks that Python leaves in the private area become their real characters."""
    raw = "现将巡察整改情况通报如下".encode("gbk") + b"\xa3\xa0\xa6\xd9" + "请予以监督".encode("gbk")
    assert decode(raw).text == "现将巡察整改情况通报如下\u3000\ufe10请予以监督"


def test_gb2312_dash_and_dot() -> None:
    """A1A4 and A1AA are the middle dot and the dash that the page meant, not those of Python's gb2312."""
    assert (
        decode("约翰".encode("gbk") + b"\xa1\xa4" + "李".encode("gbk") + b"\xa1\xaa\xa1\xaa" + "记录整改情况".encode("gbk")).text
        == "约翰·李——记录整改情况"
    )


def test_declared_charset_breaks_a_tie() -> None:
    """Two characters that both encodings read are read as the page says."""
    raw = "办案".encode("gb2312")  # 域偶 in Big5
    assert decode(raw, "big5").encoding == "big5hkscs" and decode(raw, "gb2312").encoding == "gb18030"


def test_counts_question_marks() -> None:
    """Characters that an earlier program replaced by question marks are counted."""
    assert "question_marks:2" in decode("县委第?巡察组对临?中学开展了巡察，你知道吗?知道。".encode()).damage


@given(st.binary(max_size=400))
@settings(max_examples=300, deadline=None)
def test_never_raises(raw: bytes) -> None:
    """Any bytes give a reading or a refusal."""
    assert isinstance(read(raw), Reading | Refusal)


@given(
    st.text(alphabet="根据县委统一部署巡察整改完成问题，。、12年月日\n", min_size=40, max_size=300),
    st.sampled_from(["utf-8", "gb18030", "utf-16-le", "utf-16-be"]),
)
@settings(max_examples=100, deadline=None)
def test_round_trip(text: str, codec: str) -> None:
    """Chinese text comes back as it was written, in every encoding that can hold it."""
    if not text.strip() or sum(character > "\u2e7f" for character in text) < 20:
        return
    assert decode(text.encode(codec)).text == text
