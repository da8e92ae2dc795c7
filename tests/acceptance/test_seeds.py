"""Every field, claim, count, document number, contact, date and verdict that a careful reader finds in the five real notices."""

from __future__ import annotations

from collections import Counter
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from tests.acceptance.conftest import SHARED, output, seeds

HEADER = ("title", "inspected_org", "inspector", "inspection_kind", "signed_org")
DATES = {"inspection_start": "inspection_start", "inspection_end": "inspection_end", "feedback_date": "feedback"}
# the checks that speak of the verdicts in seeds.yaml, in the order in which the file lists them
CHECKS: dict[str, tuple[tuple[str, ...], ...]] = {
    "000": (("K04",), ("K06",), ("K05",), ("D01", "D02", "D06")),
    "001": (("D01", "D02", "D06", "D07"), ("K04",)),
    "002": (("K01",), ("K04",), ("D02",)),
    "003": (("K01",), ("K02",), ("K04",), ("K03",), ("K03",), ("K06",), ("K05",), ("D07",)),
    "004": (("K09",), ("K01",), ("K04",), ("K05",), ("D01", "D02")),
}
ARITHMETIC = {"002": (("K15",), ("K16",), ("K17",))}

seed = pytest.mark.parametrize("gold", seeds(), ids=lambda gold: gold["file"][:3])


def read(gold: dict[str, Any]) -> dict[str, Any]:
    path = SHARED / "seeds" / gold["file"]
    return output(path.read_bytes(), path.as_uri())


@seed
def test_header_fields(gold: dict[str, Any]) -> None:
    """Title, bodies, inspector and kind are those printed, and absent where the notice has none."""
    notice = read(gold)["notice"]
    found = {name: notice[name] for name in HEADER}
    assert found == {name: gold[name] for name in HEADER}


@seed
def test_title_lines(gold: dict[str, Any]) -> None:
    """The number of lines over which the title runs is told."""
    if "title_lines" in gold:
        assert read(gold)["notice"]["title_lines"] == gold["title_lines"]


@seed
@pytest.mark.parametrize("name", DATES)
def test_header_dates(gold: dict[str, Any], name: str) -> None:
    """Inspection span and feedback are the intervals that the words allow."""
    notice, wanted = read(gold)["notice"], gold[name]
    column = DATES[name]
    found = (notice[f"{column}_earliest"], notice[f"{column}_latest"], notice[f"{column}_precision"])
    assert found == ((None, None, None) if wanted is None else (*map(str, wanted["value"]), wanted["precision"]))
    if wanted:
        assert notice[f"{column}_is_redacted"] == wanted.get("redacted", False)
        assert (notice[f"{column}_inferred"] is not None) == wanted.get("year_inherited", False)
        if "raw" in wanted:
            assert notice[f"{column}_raw"] == wanted["raw"]


@seed
def test_signed_and_published(gold: dict[str, Any]) -> None:
    """The date under the signature and the date of publication are found where the page tells them."""
    notice = read(gold)["notice"]
    published = gold["published_at"]
    published_day = None if published is None else str(published)[:10]
    assert (notice["signed_earliest"], notice["published_earliest"]) == (
        None if gold["signed_date"] is None else str(gold["signed_date"]),
        published_day,
    )


@seed
def test_place(gold: dict[str, Any]) -> None:
    """Province, city and county of the body are known, or null where they are masked."""
    notice = read(gold)["notice"]
    place = gold["place"] or {"province": None, "city": None, "county": None}
    assert {name: notice[name] for name in place} == place


@seed
def test_contacts(gold: dict[str, Any]) -> None:
    """Telephones, postcode, e-mail and address are found, repaired, and nothing else."""
    found = Counter((contact["kind"], contact["value"]) for contact in read(gold)["contacts"])
    wanted = gold["contacts"]
    expected = Counter(("phone", phone) for phone in wanted["phones"])
    expected += Counter((kind, wanted[kind]) for kind in ("postcode", "email", "address") if wanted[kind])
    assert found == expected


@seed
def test_claims(gold: dict[str, Any]) -> None:
    """Every count claim is found with subject, status and value, and no other is made."""
    found = Counter((claim["subject"], claim["status"], claim["value_low"]) for claim in read(gold)["claims"])
    expected = Counter((claim["subject"], claim["status"], float(claim["value"])) for claim in gold["claims"])
    assert set(found) == set(expected)


@seed
def test_part_of(gold: dict[str, Any]) -> None:
    """A figure behind 其中 names the whole that it is a part of."""
    parts = {(claim["subject"], claim["status"]): claim["part_of"] for claim in read(gold)["claims"]}
    for claim in gold["claims"]:
        if claim.get("part_of"):
            assert parts[claim["subject"], claim["status"]] == claim["part_of"]


@seed
def test_money(gold: dict[str, Any]) -> None:
    """Sums of money are exact in yuan, with their role, masked ones without a value."""
    found = Counter(
        (amount["raw"], None if amount["yuan_low"] is None else Decimal(amount["yuan_low"]), amount["role"])
        for amount in read(gold)["amounts"]
    )
    expected = Counter((row["raw"], None if row["yuan"] is None else Decimal(row["yuan"]), row["role"]) for row in gold["money"])
    assert found == expected


@seed
def test_citations(gold: dict[str, Any]) -> None:
    """The number of cited titles and the document numbers in their order are those of the text."""
    rows = read(gold)["citations"]
    assert sum(row["title"] is not None for row in rows) == gold["cited_documents"]
    assert [row["document_number"] for row in rows if row["document_number"]] == gold["document_numbers"]


@seed
def test_percentages(gold: dict[str, Any]) -> None:
    """Percentages are kept as figures."""
    raws = [figure["raw"] for figure in read(gold)["figures"]]
    for wanted in gold.get("percentages", ()):
        assert any(wanted["raw"] in raw for raw in raws), wanted["raw"]


@seed
def test_dates_to_get_right(gold: dict[str, Any]) -> None:
    """The dates that are easy to misread are read right."""
    rows = read(gold)["date_mentions"]
    for wanted in gold.get("dates_to_get_right", ()):
        found = [row for row in rows if row["raw"] == wanted["raw"]] or [
            row for row in rows if wanted["raw"] in row["raw"] or row["raw"] in wanted["raw"]
        ]
        assert found, wanted["raw"]
        if "value" in wanted and isinstance(wanted["value"][0], date):
            assert (found[0]["earliest"], found[0]["latest"]) == tuple(map(str, wanted["value"])), wanted["raw"]
        elif "value" in wanted:
            assert [found[0]["earliest"][:4], found[0]["latest"][:4]] == [str(year) for year in wanted["value"]]
        if "precision" in wanted:
            assert found[0]["precision"] == wanted["precision"]
        if wanted.get("year_inherited"):
            assert found[0]["inferred"]


@seed
def test_enumeration(gold: dict[str, Any]) -> None:
    """Sections, aspects, groups and items are as many as a careful reader counts."""
    result = read(gold)
    wanted = gold["enumerated"]
    nodes = result["nodes"]
    found = {
        "level1_sections": sum(node["level"] == "section" for node in nodes),
        "aspects": sum(node["level"] == "aspect" and node["section"] == "results" for node in nodes),
        "leaf_items": len(result["problems"]),
    }
    assert found == {name: wanted[name] for name in found}


@seed
def test_status_labels(gold: dict[str, Any]) -> None:
    """The printed status words are tallied as in the text."""
    labels = gold["enumerated"].get("status_labels")
    if labels:
        assert Counter(problem["status_raw"] for problem in read(gold)["problems"]) == labels


@seed
def test_residue(gold: dict[str, Any]) -> None:
    """Residue of word processors and paid sites is not in the folded text."""
    if gold.get("artefacts_removed"):
        from transforms.text.folding import fold

        folded = fold((SHARED / "seeds" / gold["file"]).read_text("utf-8")).folded
        assert [residue for residue in gold["artefacts_removed"] if residue in folded] == []


@seed
def test_verdicts(gold: dict[str, Any]) -> None:
    """The verdicts of the careful reader are the verdicts of the checks."""
    verdicts = {row["check_id"]: row["verdict"] for row in read(gold)["check_results"]}
    number = gold["file"][:3]
    pairs = list(zip(CHECKS[number], gold["verdicts"], strict=True)) + list(
        zip(ARITHMETIC.get(number, ()), gold.get("arithmetic", ()), strict=True)
    )
    found = {check: verdicts[check] for ids, _ in pairs for check in ids}
    assert found == {check: wanted["verdict"] for ids, wanted in pairs for check in ids}
