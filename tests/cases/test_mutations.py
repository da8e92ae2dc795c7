"""What is found does not depend on how a page prints it: width of signs and digits, script, breaks of lines, blanks, a second copy."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import opencc
import pytest

from expectations.evaluation.items import found_items
from transforms.contract import contract
from transforms.notice import extract
from transforms.reading.read import read
from transforms.reading.refusal import Refusal

ROOT = Path(__file__).resolve().parents[2]
FILES = (Path(__file__).with_name("blind.jsonl"), ROOT / "samples" / "cases.jsonl")
_FULL = str.maketrans(",:;()!?", "，：；（）！？")
_HALF = str.maketrans("，：；（）！？", ",:;()!?")
_WIDE = str.maketrans("0123456789", "０１２３４５６７８９")
_LABEL = re.compile(r"(联系电话|邮政信箱|邮政编码|电子邮箱|来源|发布时间|发布日期|邮政地址|通信地址)([:：])(?=\S)")
_TRADITIONAL, _SIMPLIFIED = opencc.OpenCC("s2t"), opencc.OpenCC("t2s")


def _han(text: str) -> str:
    """Numbers of 方面 and 大类 in Han numerals, as notices print them."""
    return re.sub(r"(?<![\d.年月日至~-])([2-9])(?=个方面|大类|个大项)", lambda one: "两三四五六七八九"[int(one[1]) - 2], text)


MUTATIONS: dict[str, Callable[[str], str]] = {
    "full width": lambda text: text.translate(_FULL),
    "half width": lambda text: text.translate(_HALF),
    "wide digits": lambda text: text.translate(_WIDE),
    "traditional": _TRADITIONAL.convert,
    "a line each sentence": lambda text: re.sub(r"。(?=[^\n”」』）)])", "。\n", text),
    "paragraphs joined": lambda text: re.sub(r"。\n(?=[^\n一二三四五(（\d①中X某附关])", "。", text),
    "blank lines": lambda text: text.replace("\n", "\n\n"),
    "indented": lambda text: "\n".join("　　" + line if line.strip() else line for line in text.split("\n")),
    "returns": lambda text: text.replace("\n", "\r\n"),
    "blanks behind labels": lambda text: _LABEL.sub(r"\1\2  ", text),
    "Han numerals": _han,
    "twice": lambda text: f"{text}\n{text}",
}


@cache
def _cases() -> tuple[dict[str, Any], ...]:
    return tuple(json.loads(line) for path in FILES for line in path.read_text("utf-8").splitlines() if line.strip())


def _values(text: str) -> set[Any]:
    """Genre, field and value of all that is found in ``text``, in simplified characters and half-width signs."""
    reading = read(text.encode(), "case:")
    found = reading if isinstance(reading, Refusal) else extract(reading, "0" * 16, "0" * 16)
    if isinstance(found, Refusal):
        return {"refused"}
    output = contract(found, {})
    return {output["notice"]["genre"], *((field, _plain(value)) for field, value, _ in found_items(output))}


def _plain(value: Any) -> Any:
    if isinstance(value, tuple):
        return tuple(map(_plain, value))
    return re.sub(r"\s", "", _SIMPLIFIED.convert(value)).translate(_HALF) if isinstance(value, str) else value


@cache
def _unchanged() -> tuple[set[Any], ...]:
    return tuple(_values(case["text"]) for case in _cases())


@pytest.mark.parametrize("name", MUTATIONS)
def test_values_stay(name: str) -> None:
    """Each case gives the same values however it is printed; a second copy behind the first may add to them."""
    different = {}
    for case, expected in zip(_cases(), _unchanged(), strict=True):
        found = _values(MUTATIONS[name](case["text"]))
        if (not expected <= found) if name == "twice" else found != expected:
            different[case["id"]] = (expected - found, found - expected)

    assert different == {}


@pytest.mark.parametrize("name", MUTATIONS)
def test_mutations_change_the_text(name: str) -> None:
    """Every mutation alters some case, so that the test above compares different texts."""
    assert any(MUTATIONS[name](case["text"]) != case["text"] for case in _cases())
