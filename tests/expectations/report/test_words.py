"""Labels: every code that a table may hold has words in both languages."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from expectations.check_files import SEVERITIES, packaged_checks
from expectations.reasons import REASONS
from expectations.report.highlight import KINDS
from expectations.report.pages.values import HEAD
from expectations.report.words import LANGUAGES, Words, labels, texts
from transforms.records.catalogue import TABLES
from transforms.records.columns import fields
from transforms.records.documents import Document, ExpectationResult, Reject, Run
from transforms.records.outline import ACTS, LEVELS, SECTIONS
from transforms.records.shared import MODIFIERS, PRECISIONS, STATUSES
from transforms.records.statements import DATE_ROLES, FIGURE_KINDS
from transforms.records.verdicts import VERDICTS

REPORT = Path(__file__).resolve().parents[3] / "expectations/report"


def _allowed(record: type, name: str) -> tuple[str, ...]:
    return next(field.column.allowed for field in fields(record) if field.name == name)


CODES = {
    "verdict": VERDICTS,
    "reason": tuple(REASONS),
    "genre": ("notice", "report_news", "summary"),
    "outcome": (*_allowed(Run, "outcome"), *_allowed(Document, "outcome")),
    "severity": (*_allowed(ExpectationResult, "severity"), *SEVERITIES),
    "stage": _allowed(Reject, "stage"),
    "role": DATE_ROLES,
    "status": STATUSES,
    "precision": PRECISIONS,
    "modifier": MODIFIERS,
    "section": SECTIONS,
    "level": LEVELS,
    "act": ACTS,
    "figure": FIGURE_KINDS,
    "kind": KINDS,
    "head": HEAD,
}


@pytest.mark.parametrize(("table", "codes"), CODES.items(), ids=list(CODES))
def test_every_code_has_a_label(table: str, codes: tuple[str, ...]) -> None:
    """No page falls back to a bare code for a value that the records allow."""
    assert [code for code in codes if code not in labels()[table]] == []


def test_every_allowed_value_of_a_shown_column_has_a_label() -> None:
    """Columns whose values the pages print by label: those of contacts, places, organisations and null reasons."""
    shown = {
        ("contacts", "kind"): "contact",
        ("places", "level"): "region",
        ("organisations", "role"): "role",
        ("date_mentions", "null_reason"): "null_reason",
    }
    for record in TABLES:
        for field in fields(record):
            table = shown.get((record.TABLE.name, field.name))
            if table:
                assert set(field.column.allowed) <= set(labels()[table])


def test_both_languages_say_something_everywhere() -> None:
    """No label or text is empty, and none keeps Chinese words as its English (names of documents and marks aside)."""
    pairs = [*texts().items(), *((f"{table}.{code}", pair) for table, rows in labels().items() for code, pair in rows.items())]

    assert [name for name, (zh, en) in pairs if not zh.strip() or not en.strip()] == []
    assert [name for name, (_, en) in pairs if re.fullmatch(r"[\u4e00-\u9fff]+", en)] == []


def test_both_languages_fill_in_the_same_values() -> None:
    """A text has the same fields in both languages."""
    for key, (zh, en) in texts().items():
        assert sorted(re.findall(r"\{\w*\}", zh)) == sorted(re.findall(r"\{\w*\}", en)), key


def test_templates_use_texts_that_exist_and_every_text_is_used() -> None:
    """A text that no page says is dead; one that a page says and the table lacks would raise."""
    sources = "".join(path.read_text("utf-8") for pattern in ("templates/*.j2", "pages/*.py", "*.py") for path in REPORT.glob(pattern))
    named = set(re.findall(r"""\b(?:t|text)\(\s*"([a-z_]+)\"""", sources))

    assert named - set(texts()) - {"drift_", "csv_"} == set()
    unused = {key for key in texts() if f'"{key}"' not in sources and not key.startswith(("csv_", "drift_"))}
    assert unused == set()


def test_wording_never_accuses() -> None:
    """A verdict says that figures do not agree, and no label says false, fraud or lie."""
    words = " ".join(word for rows in labels().values() for pair in rows.values() for word in pair) + " ".join(
        word for pair in texts().values() for word in pair
    )

    assert labels()["verdict"]["fail"][0] == "不符"
    for accusing in ("虚假", "造假", "作假", "谎", "false", "fraud", "lying"):
        assert accusing not in words.lower()


def test_every_packaged_check_has_its_rule_in_chinese() -> None:
    """The Chinese report never falls back to the English header of a packaged check."""
    words = Words("zh")

    assert [check.id for check in packaged_checks() if words.rule(check.id, "") == ""] == []


@pytest.mark.parametrize(
    ("code", "zh"),
    [
        ("items", "按“项”一级计数"),
        ("latest_of_4", "取 4 个日期中最晚的"),
        ("1_of_3", "1/3 个日期"),
        ("completed / long_term", "已完成 / 长期坚持"),
        ("问题:total", "问题（总数）"),
        ("4、5", "4、5"),
        ("own_reading", "own_reading"),
        (None, ""),
    ],
)
def test_readings_are_put_in_words(code: str | None, zh: str) -> None:
    """Numbers within a reading's code are filled in; what a check of one's own says stands as it is."""
    assert Words("zh").reading(code) == zh


def test_a_language_that_is_not_spoken_is_refused() -> None:
    """The message names the languages there are."""
    assert LANGUAGES == ("zh", "en")
    with pytest.raises(ValueError, match="zh, en"):
        Words("fr")
