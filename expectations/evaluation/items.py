"""A labelled case and an extraction as comparable items, field by field.

A case is one JSON object with ``id``, ``text`` and ``gold``; the fields of ``gold`` are those of the acceptance data: header
values with accepted variants in ``…_alt``, dates as ISO day, month or ``{from, to}``, and lists of claims, money,
accountability, documents and contacts. What the gold calls optional, extra, damaged or redacted is neither required nor wrong.
"""

from __future__ import annotations

import calendar
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

HEADER_FIELDS = ("title", "inspected_org", "inspector", "inspection_kind")
DATE_FIELDS = {
    "inspection_start": "inspection_start",
    "inspection_end": "inspection_end",
    "feedback_date": "feedback",
    "signed_date": "signed",
    "published_date": "published",
}
LIST_FIELDS = ("claims", "money", "accountability", "documents", "contacts")
FIELDS = (*HEADER_FIELDS, *DATE_FIELDS, *LIST_FIELDS)

# Stands in an accepted form for every value.
ANY = "*"
# The labels' words for what the contract calls otherwise.
_STATUS = {"not_started": "not_completed"}
_RULES = ("制度", "机制", "办法", "规定")


@dataclass(frozen=True, slots=True)
class Item:
    """One value to be found. ``accepted`` lists every form that counts as right; the first is the label's own."""

    field: str
    accepted: tuple[Any, ...]
    is_required: bool = True


def gold_items(case: Mapping[str, Any]) -> Iterator[Item]:
    """What the labels of ``case`` ask for."""
    gold = case["gold"]
    lenient = {*case.get("redacted", ()), *case.get("damaged", ()), *case.get("accept_null", ())}
    for name in HEADER_FIELDS:
        if gold.get(name) is not None:
            yield Item(name, (gold[name], *gold.get(f"{name}_alt", ()), *case.get(f"{name}_alt", ())), name not in lenient)
    for name in DATE_FIELDS:
        if gold.get(name) is not None:
            accepted = [gold[name], *([case["alt_dates"][name]] if name in case.get("alt_dates", {}) else [])]
            yield Item(name, tuple(map(_interval, accepted)), name not in lenient)
    for is_required, claims in ((True, gold.get("claims", ())), (False, gold.get("claims_optional", ()))):
        # a figure that the notice states twice is one claim
        for forms in dict.fromkeys(tuple(_claim_forms(claim, is_required)) for claim in claims):
            yield Item("claims", forms, is_required)
    for money in gold.get("money", ()):
        yield Item("money", ((Decimal(str(money["yuan"])) if money["yuan"] is not None else None, money["role"]),))
    for row in gold.get("accountability", ()):
        yield Item("accountability", ((row["kind"], row["persons"], row.get("part_of")),))
    for money in (*gold.get("money_optional", ()), *case.get("money_optional", ())):
        yield Item("money", ((Decimal(str(money["yuan"])), ANY),), False)
    for row in (*gold.get("accountability_optional", ()), *case.get("accountability_optional", ())):
        yield Item("accountability", ((ANY, row["persons"], ANY),), False)
    for document in gold.get("documents", ()):
        for value in (document.get("title"), document.get("doc_number")):
            if value:
                yield Item("documents", (value,))
    for value in case.get("extra_doc_numbers", ()):
        yield Item("documents", (value,))
    extra = [value.replace("转", "-") for value in case.get("extra_phones", ())]
    for kind, values in (gold.get("contacts") or {}).items():
        for value in values if isinstance(values, list) else [values]:
            if value:
                # a number told with its extension is the number
                longer = [other for other in extra if kind == "phone" and other.startswith(f"{value}-")]
                yield Item("contacts", tuple((kind, form) for form in (value, *longer)), kind not in lenient)
    for value in extra:
        yield Item("contacts", (("phone", value),), False)


def found_items(output: Mapping[str, Any]) -> Iterator[tuple[str, Any, bool]]:
    """``(field, value, is_exact)`` for all that the extraction ``output`` (see the output contract) states."""
    notice = output["notice"] or {}
    for name in HEADER_FIELDS:
        if notice.get(name):
            yield name, notice[name], True
    for name, column in DATE_FIELDS.items():
        if notice.get(f"{column}_earliest"):
            value = (str(notice[f"{column}_earliest"]), str(notice[f"{column}_latest"]))
            yield name, value, not notice.get(f"{column}_is_redacted")
    claims = {(claim["subject"], claim["status"], claim["value_low"]): claim["modifier"] == "exact" for claim in output["claims"]}
    for claimed, is_exact in claims.items():
        yield "claims", claimed, is_exact
    for amount in output["amounts"]:
        if amount["role"]:
            yuan = None if amount["yuan_low"] is None else Decimal(str(amount["yuan_low"]))
            is_told = amount.get("is_recovery", True) and not amount.get("is_part") and yuan is not None
            yield "money", (yuan, amount["role"]), is_told
    for row in output["accountability"]:
        # labels count people; a number of bodies is neither asked for nor wrong
        is_people = row.get("bodies") is None
        number = row["persons"] if is_people else row["bodies"]
        yield "accountability", (row["kind"], number, row["part_of"]), is_people and row.get("modifier", "exact") == "exact"
    for citation in output["citations"]:
        for value in (citation["title"], citation["document_number"]):
            if value:
                yield "documents", value, True
    for field in output.get("page_fields", ()):
        # the notice's own number is told where the page prints it; labels may leave it out, for nothing cites it
        if field["field"] == "document_number":
            yield "documents", field["value"], False
    for contact in output["contacts"]:
        # labels name no fax
        if contact["value"] and contact["kind"] != "fax":
            yield "contacts", (contact["kind"], contact["value"]), True


def _interval(value: str | Mapping[str, str]) -> tuple[str, str]:
    """First and last day of a labelled date."""
    if not isinstance(value, str):
        return value["from"], value["to"]
    if len(value) == len("2024-06"):
        year, month = map(int, value.split("-"))
        return f"{value}-01", f"{value}-{calendar.monthrange(year, month)[1]:02d}"
    return value, value


def _claim_forms(claim: Mapping[str, Any], is_required: bool) -> Iterator[tuple[Any, ...]]:
    status = _STATUS.get(claim["status"], claim["status"])
    value = None if claim["value"] is None else float(claim["value"])
    yield claim["subject"], status, value
    if status == "phase":  # the labels know no 基本完成 of its own
        yield claim["subject"], "basically_completed", value
    if claim["subject"].endswith(_RULES):
        yield from ((claim["subject"], other, value) for other in (None, "created", "revised", "total"))
    if not is_required:
        yield (ANY, ANY, value)
