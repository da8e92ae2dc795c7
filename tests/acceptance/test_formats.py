"""A notice says the same in every format: the seeds as pages, Word files, PDF and OFD give the values they give as text."""

from __future__ import annotations

from typing import Any

import pytest

from tests.acceptance.conftest import SHARED, output

FILES = (
    *(f"html/{seed}.t0{layout}.html" for seed in ("000", "004") for layout in range(1, 7)),
    "docx/000.plain.docx",
    "doc/000.plain.doc",
    "wps/000.plain.wps",
    "rtf/000.plain.rtf",
    "pdf/000.plain.pdf",
    "ofd/000.std.ofd",
)
# a page or file may tell its own title and day of publication beside the text
TOLD_BY_PAGE = {"D07", "F01", "F08", "D06"}
# the office files and one page layout carry a table more than the text, with a sum of its own
TOLD_BY_TABLE = {"K21"}


def _texts(result: dict[str, Any], table: str, *columns: str) -> list[tuple[Any, ...]]:
    return [tuple(row[column] for column in columns) for row in result[table]]


@pytest.mark.parametrize("name", FILES)
def test_same_values(name: str) -> None:
    """Header, claims, problems, contacts and verdicts are those of the text."""
    path = SHARED / "formats" / name
    if not path.exists():
        pytest.skip(f"{path} is missing")
    (seed,) = (SHARED / "seeds").glob(f"{path.name[:3]}_*.txt")
    found, expected = output(path.read_bytes(), path.as_uri()), output(seed.read_bytes(), seed.as_uri())
    for column in ("inspected_org", "inspector", "inspection_kind", "inspection_start_earliest", "feedback_latest", "county"):
        assert found["notice"][column] == expected["notice"][column]
    assert _texts(found, "claims", "subject", "status", "value_low") == _texts(expected, "claims", "subject", "status", "value_low")
    assert _texts(found, "problems", "number", "status") == _texts(expected, "problems", "number", "status")
    assert _texts(found, "contacts", "kind", "value") == _texts(expected, "contacts", "kind", "value")
    verdicts = {row["check_id"]: row["verdict"] for row in found["check_results"] if row["check_id"] not in TOLD_BY_PAGE | TOLD_BY_TABLE}
    assert verdicts == {
        row["check_id"]: row["verdict"] for row in expected["check_results"] if row["check_id"] not in TOLD_BY_PAGE | TOLD_BY_TABLE
    }
