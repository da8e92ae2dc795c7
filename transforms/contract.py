"""One document's extraction as the JSON object that `taizhang extract` prints (its keys are held by docs/contract.md).

Dates are ISO days, money is a decimal string, absent is null; each row carries all columns of its table but ``notice_id``.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import msgspec

from transforms.notice import Extraction
from transforms.reading.refusal import Refusal
from transforms.records.catalogue import NOTICE_TABLES
from transforms.records.notices import Notice, NoticeText

NOTICE, REJECTED = "notice", "rejected"
_LISTS = tuple(record for record in NOTICE_TABLES if record not in (Notice, NoticeText))


def contract(found: Extraction | Refusal, document: Mapping[str, Any], check_results: Sequence[Mapping[str, Any]] = ()) -> dict[str, Any]:
    """The object for a document that gave ``found``.

    ``document`` holds uri, sha256, media_type, encoding and whatever else is known of the file; its outcome is added here.
    ``check_results`` are rows of that table about this notice. The folded text stands under ``text``: offsets count in it.
    """
    is_notice = isinstance(found, Extraction)
    printed: dict[str, Any] = {
        "document": {**document, "outcome": NOTICE if is_notice else REJECTED},
        "reject": None,
        "notice": None,
        "text": None,
        **{record.TABLE.name: [] for record in _LISTS},
    }
    if isinstance(found, Refusal):
        printed["reject"] = {"reason": found.reason, "stage": found.stage, "message": found.message}
        return printed
    printed["notice"] = msgspec.to_builtins(found.notice)
    for text in found.tables.get(NoticeText, ()):
        printed["text"] = msgspec.to_builtins(text)["text"]
    for record in _LISTS:
        printed[record.TABLE.name] = [_row(msgspec.to_builtins(row)) for row in found.tables.get(record, ())]
    printed["check_results"] = [_row(dict(row)) for row in check_results]
    return printed


def _row(columns: dict[str, Any]) -> dict[str, Any]:
    """The notice's id stands once, in ``notice``."""
    columns.pop("notice_id", None)
    return columns
