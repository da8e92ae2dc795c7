"""Steps that need no rules: a text that begins with 通报 is a notice whose amounts are its lines of digits.

The ingestion is tested with these, so that what it does with files does not hang on what extraction finds in them.
"""

from __future__ import annotations

import dataclasses
import time
from collections.abc import Mapping
from decimal import Decimal

import pyarrow as pa

from flows.settings import Settings
from flows.steps import Steps
from transforms.notice import Extraction
from transforms.reading.read import Reading, read
from transforms.reading.refusal import Refusal
from transforms.records.documents import ExpectationResult
from transforms.records.notices import Notice, NoticeText
from transforms.records.statements import Amount
from transforms.records.verdicts import CheckResult
from warehouse.arrow import arrow_table


def extract(reading: Reading, notice_id: str, document_id: str) -> Extraction | Refusal:
    """A notice, a refusal, an exception (崩溃) or a number that no column holds (天文), as the text says."""
    if not reading.text.startswith("通报"):
        return Refusal("not_a_notice", "recognise", "it does not begin with 通报")
    if "崩溃" in reading.text:
        raise RuntimeError("a rule broke")
    if "慢" in reading.text:
        time.sleep(0.02)
    lines = reading.text.splitlines()
    notice = Notice(
        notice_id=notice_id,
        document_id=document_id,
        genre="notice",
        title=lines[0],
        title_lines=10**30 if "天文" in reading.text else 1,
        char_count=len(reading.text),
        covered_char_count=0,
    )
    amounts = tuple(
        Amount(
            notice_id=notice_id,
            start_char=at,
            end_char=at + 1,
            raw_start=at,
            raw_end=at + 1,
            surface=line,
            raw=line,
            rule="amount.line",
            yuan_low=Decimal(line),
            yuan_high=Decimal(line),
            modifier="exact",
            unit="元",
        )
        for at, line in enumerate(lines)
        if line.isdigit()
    )
    text = NoticeText(notice_id=notice_id, text=reading.text, raw_text=reading.text)
    return Extraction({Notice: (notice,), NoticeText: (text,), Amount: amounts})


def checks(tables: Mapping[str, pa.Table]) -> pa.Table:
    """Every notice passes its one check."""
    return arrow_table(
        CheckResult, [CheckResult(notice_id=each, check_id="K01", verdict="pass") for each in tables["notices"]["notice_id"].to_pylist()]
    )


def audit(tables: Mapping[str, pa.Table], run_id: str) -> pa.Table:
    """One critical expectation: no amount is 13."""
    values = tables["amounts"]["yuan_low"].to_pylist()
    unexpected = [str(value) for value in values if value == 13]
    return arrow_table(
        ExpectationResult,
        [
            ExpectationResult(
                run_id=run_id,
                expectation="amounts.not_13",
                table_name="amounts",
                description="no amount is 13",
                severity="critical",
                is_success=not unexpected,
                row_count=len(values),
                unexpected_count=len(unexpected),
                examples=tuple(unexpected),
            )
        ],
    )


STEPS = Steps(read=read, extract=extract, checks=checks, audit=audit)


def settings(warehouse: object, **values: object) -> Settings:
    """Settings for a warehouse in a test's folder."""
    given = {"warehouse": warehouse, "lock_wait_seconds": 0, **values}
    return Settings(**given)  # type: ignore[arg-type]


def without(name: str, broken: object) -> Steps:
    """The steps with one replaced."""
    return dataclasses.replace(STEPS, **{name: broken})  # type: ignore[arg-type]
