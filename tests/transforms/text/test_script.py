"""Telling and converting traditional script."""

from __future__ import annotations

import pytest

from transforms.text.script import is_traditional, simplified


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("根据县委统一部署，对发现的问题进行整改", False),
        ("根據縣委統一部署，對發現的問題進行整改", True),
        ("文中只引一句“為人民服務”，" + "其余全是简体字写成的正文内容" * 12, False),
        ("", False),
        ("2024 ABC", False),
    ],
)
def test_tells_script(text: str, expected: bool) -> None:
    """A traditional text is told by its share, not by one quotation."""
    assert is_traditional(text) is expected


def test_keeps_length_and_words() -> None:
    """Conversion keeps one character for one, and words that stay traditional in simplified script."""
    text = "乾隆年間，著名學者幹部制度，頭髮"
    assert simplified(text) == "乾隆年间，著名学者干部制度，头发"
