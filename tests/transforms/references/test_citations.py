"""Citations: the corpus, invariants on arbitrary text, and the counts of the real notices."""

from __future__ import annotations

import itertools
import tomllib
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from transforms.records.references import Citation
from transforms.references.citations import citations
from transforms.source import Closed, Source
from transforms.text.folding import fold
from transforms.text.script import simplified
from transforms.text.text import Text

ROOT = Path(__file__).resolve().parents[3]
SHARED = ROOT / "../shared"
CORPUS = tomllib.loads((ROOT / "tests/corpus/citations.toml").read_text("utf-8"))


def read(text: str) -> tuple[Text, tuple[Citation, ...]]:
    """``text`` folded, with its citations."""
    folded = fold(text)
    return folded, citations(Source("0" * 16, folded), Closed(len(folded.folded)))


@pytest.mark.parametrize("row", CORPUS["found"], ids=lambda row: row["why"])
def test_what_is_found(row: dict[str, Any]) -> None:
    """Every row of the corpus is read with the stated columns; an empty string stands for null."""
    _, found = read(simplified(row["text"]) if row.get("fold_traditional") else row["text"])

    assert len(found) == len(row["rows"]), [citation.surface for citation in found]
    for citation, expected in zip(found, row["rows"], strict=True):
        assert {name: getattr(citation, name) for name in expected} == {
            name: None if value == "" else value for name, value in expected.items()
        }


@pytest.mark.parametrize("row", CORPUS["not_found"], ids=lambda row: row["why"])
def test_what_is_not_found(row: dict[str, Any]) -> None:
    """Look-alikes give no row."""
    _, found = read(row["text"])

    assert [citation.surface for citation in found] == []


@settings(max_examples=150, deadline=None)
@given(
    st.lists(
        st.sampled_from(
            [
                "《",
                "》",
                "(",
                ")",
                "〔2020〕",
                "[2019]",
                "5号",
                "、",
                "和",
                "校党发",
                "制定",
                "通知",
                "〈",
                "〉",
                "2019.8",
                "。",
                "\n",
                "12",
                "，",
            ]
        ),
        max_size=30,
    )
)
def test_spans_point_at_their_surface(parts: list[str]) -> None:
    """On any mixture of marks, surfaces match their spans and no two citations overlap."""
    text, found = read("".join(parts))

    assert all(text.folded[citation.start_char : citation.end_char] == citation.surface for citation in found)
    assert all(one.end_char <= other.start_char for one, other in itertools.pairwise(found))


@pytest.mark.parametrize(
    "hostile", ["《" * 100_000, "《通知" * 50_000, "校发〔2020〕" * 50_000, "校发〔2020〕5号、" * 30_000, "《" + "甲" * 200_000 + "》"]
)
def test_hostile_text_is_read(hostile: str) -> None:
    """Long runs of opening marks are read without an error, and in time."""
    text, found = read(hostile)

    assert all(citation.end_char <= len(text.folded) for citation in found)


def test_claimed_words_are_left_alone() -> None:
    """A citation on words that another extractor claimed is no row."""
    text = fold("印发《甲办法》和《乙办法》")
    closed = Closed(len(text.folded))
    closed.close(2, 7)

    assert [row.title for row in citations(Source("0" * 16, text), closed)] == ["乙办法"]


def seeds() -> list[dict[str, Any]]:
    """The labelled real notices, none where the material is not there."""
    path = SHARED / "acceptance/seeds.yaml"
    return yaml.safe_load(path.read_text("utf-8")) if path.exists() else []


@pytest.mark.skipif(not seeds(), reason="the real notices of ../shared are not there")
@pytest.mark.parametrize("seed", seeds(), ids=lambda seed: seed["file"][:3])
def test_real_notices(seed: dict[str, Any]) -> None:
    """Titles are counted with repeats and numbers come in order with repeats, as the labels of the real notices say."""
    _, found = read((SHARED / "seeds" / seed["file"]).read_text("utf-8"))

    assert sum(citation.title is not None for citation in found) == seed["cited_documents"]
    assert [citation.document_number for citation in found if citation.document_number] == seed["document_numbers"]
