"""The synthetic corpus: repeatable, varied, and agreeing with its own gold when it is extracted."""

from __future__ import annotations

from collections import Counter
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from benchmarks.corpus import FAULTS, Gold, generate, golds, write
from flows.batch import RawFile, extract_files
from flows.steps import real_steps
from warehouse.known import FileKey

_COUNT = 200


@cache
def extracted() -> dict[str, tuple[Gold, dict[str, Any] | None]]:
    """Gold and what was found for each of the first files: the row of ``notices`` with counts of other tables and verdicts, or None."""
    made = [generate(number) for number in range(_COUNT)]
    files = [RawFile(FileKey(gold.name, gold.name, gold.name, gold.name), raw) for raw, gold in made]
    tables = extract_files(files, real_steps()).tables
    found = {row["notice_id"]: row for row in tables["notices"].to_pylist()}
    for row in found.values():
        row |= {"problems": 0, "measures": 0, "yuan": [], "verdicts": {}}
    for table in ("problems", "measures"):
        for name, count in Counter(tables[table]["notice_id"].to_pylist()).items():
            found[name][table] = count
    for row in tables["amounts"].to_pylist():
        found[row["notice_id"]]["yuan"].append(int(row["yuan_low"]))
    for row in real_steps().checks(tables).to_pylist():
        found[row["notice_id"]]["verdicts"][row["check_id"]] = row["verdict"]
    return {gold.name: (gold, found.get(gold.name)) for _, gold in made}


@pytest.mark.parametrize("number", [0, 7, 999, 123_456_789])
def test_a_file_depends_on_its_number_and_seed_alone(number: int) -> None:
    """The same number and seed give the same bytes and gold, another seed gives others."""
    assert generate(number, 3) == generate(number, 3)
    assert generate(number, 3)[0] != generate(number, 4)[0]


def test_a_corpus_can_be_continued(tmp_path: Path) -> None:
    """Writing in two parts gives the files and the gold of writing at once."""
    write(tmp_path / "whole", 12)
    write(tmp_path / "parts", 5)
    write(tmp_path / "parts", 7, start=5)

    whole, parts = list(golds(tmp_path / "whole")), list(golds(tmp_path / "parts"))
    assert parts == whole
    assert [(tmp_path / "parts" / each.name).read_bytes() for each in parts] == [
        (tmp_path / "whole" / each.name).read_bytes() for each in whole
    ]


def test_files_vary() -> None:
    """Encodings, media, faults, outcomes and lengths all occur."""
    made = [generate(number, 2) for number in range(600)]

    assert {gold.encoding for _, gold in made} == {"utf-8", "utf-8-sig", "gb18030", "gbk", "utf-16", "big5"}
    assert {gold.media for _, gold in made} == {"txt", "html"}
    assert {gold.fault for _, gold in made} == {None, *FAULTS}
    assert {gold.outcome for _, gold in made} == {"published", "duplicate", "rejected"}
    assert min(len(raw) for raw, gold in made if gold.outcome == "published") < 2_500
    assert max(len(raw) for raw, _ in made) > 20_000


def test_extraction_agrees_on_what_is_a_notice() -> None:
    """What the corpus calls a notice is published, what it calls none is refused."""
    wrong = {name for name, (gold, found) in extracted().items() if (found is None) != (gold.outcome == "rejected")}
    assert wrong == set()


@pytest.mark.parametrize("column", ["title", "problems", "measures", "yuan"])
def test_extraction_agrees_with_gold(column: str) -> None:
    """Titles, numbers of problems and measures and all sums of money are those that were written."""
    wrong = {
        name: (getattr(gold, column), found[column])
        for name, (gold, found) in extracted().items()
        if found and gold.outcome == "published" and found[column] != getattr(gold, column)
    }
    assert wrong == {}


@pytest.mark.parametrize("day", ["inspection_start", "inspection_end", "feedback", "signed"])
def test_extraction_agrees_with_gold_dates(day: str) -> None:
    """The dates of the header are the days that were written."""
    wrong = {
        name: (gold.dates[day], found[f"{day}_earliest"])
        for name, (gold, found) in extracted().items()
        if found and gold.outcome == "published" and str(found[f"{day}_earliest"]) != gold.dates[day]
    }
    assert wrong == {}


def test_checks_find_the_faults_and_no_others() -> None:
    """A fault that was written in fails its check; a notice without one passes all that its text makes certain."""
    wrong = {
        (name, check): found["verdicts"][check]
        for name, (gold, found) in extracted().items()
        for check, right in gold.verdicts.items()
        if found and found["verdicts"][check] not in right
    }
    assert wrong == {}
