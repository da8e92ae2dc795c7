"""Main text and fields of web pages, against a table of layouts."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest

from transforms.reading.read import read
from transforms.reading.reading import Reading
from transforms.reading.refusal import Refusal

from .layouts import LAYOUTS
from .pages import BODY, built, expected_lines

CORPUS = tomllib.loads((Path(__file__).parents[2] / "corpus" / "html.toml").read_text("utf-8"))


@pytest.mark.parametrize("row", CORPUS["found"], ids=lambda row: row["why"])
def test_reads_the_article(row: dict[str, Any]) -> None:
    """Exactly the paragraphs of the article come out, with the fields that the page prints."""
    found = read(built(row).encode("utf-8"))
    assert isinstance(found, Reading)
    assert found.text.split("\n") == expected_lines(row)
    assert {name: found.page.get(name) for name in row.get("page", {})} == row.get("page", {})


@pytest.mark.parametrize("row", CORPUS["not_found"], ids=lambda row: row["why"])
def test_refuses_a_page_without_article(row: dict[str, Any]) -> None:
    """A page that holds no article is refused with the way out, never read as an empty text."""
    found = read(built(row).encode("utf-8"))
    assert isinstance(found, Refusal)
    assert (found.reason, found.stage) == ("no_article", "read") and "save the page" in found.message


# a declaration may be missing or wrong
_CHARSETS = [
    ("utf-8", ""),
    ("gb18030", '<meta charset="utf-8">'),
    ("utf-8", '<meta http-equiv="Content-Type" content="text/html; charset=gb2312">'),
]


@pytest.mark.parametrize(("codec", "head"), _CHARSETS, ids=["utf-8", "gb18030 called utf-8", "utf-8 called gb2312"])
@pytest.mark.parametrize("name", LAYOUTS)
def test_layouts(name: str, codec: str, head: str) -> None:
    """Every line of the notice comes out of every layout, in order, and at most one in a hundred that is none of it."""
    markup, expected = LAYOUTS[name]
    found = read(markup.replace("HEAD", head).encode(codec))
    assert isinstance(found, Reading)
    lines = found.text.split("\n")
    assert [line for line in lines if line in expected] == expected
    assert len(expected) >= 0.99 * len(lines), [line for line in lines if line not in expected]


def test_answer_of_an_interface() -> None:
    """A JSON answer is read by its longest string, its short strings give the fields."""
    content = "".join(f"<p>{line}</p>" for line in BODY)
    raw = ('{"code":0,"data":{"title":"关于巡察整改情况的通报","pubDate":"2024-05-06","content":"' + content + '"}}').encode()
    found = read(raw)
    assert isinstance(found, Reading)
    assert found.text.split("\n") == ["关于巡察整改情况的通报", *BODY]
    assert found.page["published"] == "2024-05-06" and found.media_type == "application/json"


def test_declared_charset_does_not_win() -> None:
    """A GBK page that declares UTF-8 is read as GBK."""
    row = {
        "html": '<html><head><meta http-equiv="Content-Type" content="text/html; charset=utf-8"></head><body>NAV<div>BODY</div></body></html>'
    }
    found = read(built(row).encode("gbk"))
    assert isinstance(found, Reading)
    assert (found.encoding, found.text.split("\n")) == ("gb18030", list(BODY))


def test_deep_nesting_is_no_trouble() -> None:
    """Thousands of elements that are never closed still give the text."""
    raw = ("<html><body>" + "<font><b>" * 3000 + "".join(f"<p>{line}</p>" for line in BODY)).encode()
    found = read(raw)
    assert isinstance(found, Reading | Refusal)
