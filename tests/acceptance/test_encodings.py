"""The encoding of a file and its script change no value: the seeds re-encoded give the same tables."""

from __future__ import annotations

from typing import Any

import pytest

from tests.acceptance.conftest import SHARED, output, seeds

# what a printed form, an offset into it or a file may differ in
PRINTED = {
    "raw",
    "raw_start",
    "raw_end",
    "document_id",
    "document",
    "foldings",
    "number_raw",
    "label",
    "status_raw",
    "bracket_style",
    "equation",
}
VALUES = {
    "nodes": ("path", "level", "section"),
    "problems": ("number", "status", "is_long_term"),
    "claims": ("subject", "status", "value_low", "value_high", "unit", "part_of", "bound_count"),
    "date_mentions": ("earliest", "latest", "precision", "role"),
    "amounts": ("yuan_low", "role"),
    "accountability": ("kind", "persons"),
    "citations": ("document_number", "verb"),
    "contacts": ("kind", "value"),
    "check_results": ("check_id", "verdict", "reason"),
}
ENCODINGS = ("gb18030", "utf-16", "utf-16-le", "utf-8-sig")

seed = pytest.mark.parametrize("gold", seeds(), ids=lambda gold: gold["file"][:3])


def plain(value: Any) -> Any:
    """``value`` without the columns that tell how it was printed."""
    if isinstance(value, dict):
        return {key: plain(inner) for key, inner in value.items() if key not in PRINTED and not key.endswith("_raw")}
    return [plain(inner) for inner in value] if isinstance(value, list) else value


@seed
@pytest.mark.parametrize("encoding", ENCODINGS)
def test_encoding(gold: dict[str, Any], encoding: str) -> None:
    """The same text in another encoding gives the very same rows and verdicts."""
    path = SHARED / "seeds" / gold["file"]
    text = path.read_text("utf-8")
    found = output(text.encode(encoding), path.as_uri())
    assert plain(found) == plain(output(path.read_bytes(), path.as_uri()))


@seed
def test_big5(gold: dict[str, Any]) -> None:
    """The text in traditional script and Big5 gives the same values as the simplified one, wherever the script can be converted back."""
    import opencc

    path = SHARED / "seeds" / gold["file"]
    text = path.read_text("utf-8")
    traditional = opencc.OpenCC("s2tw").convert(text)
    found = output(traditional.encode("big5hkscs"), path.as_uri())
    expected = output(path.read_bytes(), path.as_uri())
    if opencc.OpenCC("t2s").convert(traditional) == text and not expected["foldings"]:
        assert plain(found) == plain(expected)
    for table, columns in VALUES.items():
        assert [[row[column] for column in columns] for row in found[table]] == [
            [row[column] for column in columns] for row in expected[table]
        ], table
