"""Invariants: derived from the records, and each broken row is found and named."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest

from expectations.audit import Audit, Found
from expectations.invariants import Invariant, invariants
from expectations.run import run_checks
from tests.expectations.factories import DOCUMENT_ID, NOTICE_ID, claim, dated, interval, make, node, notice, problem, step, tables, words
from transforms.records.catalogue import TABLES
from transforms.records.documents import Document, Reject, Run
from transforms.records.outline import Measure
from transforms.records.shared import Mention, Span
from transforms.records.statements import Claim
from transforms.records.verdicts import CheckResult

_TEXT = "反馈50个问题,已完成整改38个。"
_BY_NAME = {invariant.name: invariant for invariant in invariants()}


def _claim(start: int = 2, end: int = 7, **values: Any) -> Claim:
    given = {
        "end_char": end,
        "raw_start": start,
        "raw_end": end,
        "surface": _TEXT[start:end],
        "raw": _TEXT[start:end],
        "rule": "claim.problem",
    }
    made: Claim = claim("问题", "total", 50, start, **(given | values))
    return made


def find(name: str, *rows: Any) -> Found:
    """What breaks the invariant ``name`` in ``rows``."""
    with Audit(tables(*rows)) as audit:
        return audit.find(_BY_NAME[name])


def test_every_table_has_its_invariants() -> None:
    """A table's key is unique, and the words of every mention are held to the text."""
    names = set(_BY_NAME)

    assert {f"{record.TABLE.name}.key" for record in TABLES} <= names
    assert {
        f"{record.TABLE.name}.{kind}"
        for record in TABLES
        if issubclass(record, Mention)
        for kind in ("surface", "raw", "of_a_notice", "ordered")
    } <= names
    assert len(names) == len(invariants())


def test_sound_rows_break_nothing() -> None:
    """A sound notice with a claim keeps every invariant."""
    rows = [notice(), words(_TEXT), _claim(), make(Document, document_id=DOCUMENT_ID, sha256="0" * 64, notice_id=NOTICE_ID)]
    made = tables(*rows)
    with Audit(made) as audit:
        assert [(name, found) for name, one in _BY_NAME.items() if (found := audit.find(one)).unexpected_count] == []


@pytest.mark.parametrize(
    ("name", "rows", "example"),
    [
        ("claims.surface", [words(_TEXT), _claim(3, 7, surface="50个问题")], f"{NOTICE_ID}: 3"),
        ("claims.raw", [words(_TEXT), _claim(2, 7, raw="51个问题")], f"{NOTICE_ID}: 2"),
        ("claims.surface", [words(_TEXT), _claim(2, 7, notice_id="00000000000000bb")], "00000000000000bb: 2"),
        ("claims.of_a_notice", [_claim(notice_id="00000000000000bb")], "00000000000000bb 2 问题 total: 00000000000000bb"),
        ("claims.key", [_claim(), _claim()], f"{NOTICE_ID} 2 问题 total: 2"),
        ("claims.required", [_claim(modifier=None)], f"{NOTICE_ID} 2 问题 total: modifier"),
        ("claims.allowed", [_claim(modifier="perhaps")], f"{NOTICE_ID} 2 问题 total: modifier"),
        ("claims.pattern", [_claim(rule="Claim Problem")], f"{NOTICE_ID} 2 问题 total: rule"),
        ("claims.bounds", [_claim(decimals=-1)], f"{NOTICE_ID} 2 问题 total: decimals"),
        ("claims.ordered", [_claim(value_low=51, value_high=50)], f"{NOTICE_ID} 2 问题 total: value_low"),
        ("claims.ordered", [_claim(2, 7, raw_start=9)], f"{NOTICE_ID} 2 问题 total: raw_start"),
        ("date_mentions.ordered", [dated("2024-02-01", latest=interval("2024-01-01")[0])], f"{NOTICE_ID} 0: earliest"),
        ("date_mentions.ordered", [dated("2024-02-01", latest=None)], f"{NOTICE_ID} 0: earliest"),
        ("notices.ordered", [notice(feedback="2024-02-01", feedback_latest=interval("2024-01-01")[0])], f"{NOTICE_ID}: feedback_earliest"),
        ("notices.evidence", [notice(title_span=Span(3, 999)), words(_TEXT)], f"{NOTICE_ID}: title_span"),
        ("notices.text_exists", [notice(notice_id="00000000000000bb"), words(_TEXT)], None),
        (
            "check_results.evidence",
            [words(_TEXT), make(CheckResult, check_id="K01", lhs_spans=(Span(0, 2), Span(5, 99)))],
            f"{NOTICE_ID} K01: lhs_spans",
        ),
        ("measures.problem_exists", [make(Measure, ordinal=1, problem=3)], f"{NOTICE_ID} 1: 3"),
        ("next_steps.problem_exists", [step(1, 3)], f"{NOTICE_ID} 1: 3"),
        ("problems.node_exists", [problem(1)], f"{NOTICE_ID} 1: p/1"),
        ("nodes.parent_exists", [node("item", 1, 9, parent="/1")], f"{NOTICE_ID} /1/9: /1"),
        ("documents.accounted_for", [make(Document, outcome="rejected")], f"{DOCUMENT_ID}: rejected"),
        ("documents.accounted_for", [make(Document, outcome="published", notice_id=None)], f"{DOCUMENT_ID}: published"),
        ("rejects.documents_exist", [make(Reject, reason="empty")], f"{DOCUMENT_ID}: empty"),
        ("runs.counts", [make(Run, run_id="r", documents_in=5, published=2, duplicate=1, unchanged=0, rejected=1)], "r: 5 <> 2 + 1 + 1"),
    ],
)
def test_a_broken_row_is_found(name: str, rows: list[Any], example: str | None) -> None:
    """The invariant counts the bad row and names it."""
    if name == "notices.text_exists":
        rows = [rows[0], msgspec.structs.replace(rows[1], notice_id="00000000000000cc")]
        made = tables(*rows)
        made["texts"] = made["texts"].slice(0, 1)
        with Audit(made) as audit:
            found = audit.find(_BY_NAME[name])
    else:
        found = find(name, *rows)

    assert found.unexpected_count == 1, found
    assert example is None or found.examples == (example,)


def test_a_verdict_that_is_missing_is_found() -> None:
    """Every notice has a verdict of every check that ran."""
    rows = [notice(), notice(notice_id="00000000000000bb"), make(CheckResult, check_id="K01")]

    assert find("check_results.complete", *rows) == Found(1, 1, ("00000000000000bb: K01",))


def test_verdicts_keep_the_invariants() -> None:
    """What run_checks gives is sound by the same rules."""
    from expectations.check_files import packaged_checks

    made = tables(notice(), words(_TEXT), _claim())
    made["check_results"] = run_checks(made, packaged_checks())
    with Audit(made) as audit:
        broken = [one.name for one in invariants() if one.table == "check_results" and audit.find(one).unexpected_count]

    assert broken == []


def test_an_invariant_is_plain_data() -> None:
    """Nothing but words: a suite can list it, a report can print it."""
    assert all(
        isinstance(value, str | None)
        for one in invariants()
        for value in (one.name, one.table, one.description, one.sql, one.severity, one.notes)
    )
    assert {type(one) for one in invariants()} == {Invariant}
