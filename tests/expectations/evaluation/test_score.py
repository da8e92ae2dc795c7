"""Scoring counts what is right, missed and wrong, and knows what is neither."""

from __future__ import annotations

from typing import Any

from expectations.evaluation.score import evaluate

GOLD: dict[str, Any] = {
    "is_notice": True,
    "title": "某局党组关于巡察整改情况的通报",
    "inspected_org": "中共某局党组",
    "inspected_org_alt": ["某局党组"],
    "feedback_date": "2023-06",
    "claims": [{"subject": "问题", "status": "total", "value": 25}, {"subject": "问题", "status": "not_started", "value": 1}],
    "claims_optional": [{"subject": "会议", "status": None, "value": 4}],
    "money": [{"yuan": 71320, "role": "追缴"}],
    "accountability": [{"kind": "诫勉", "persons": 0}],
    "documents": [{"title": "某办法", "doc_number": None}],
    "contacts": {"phone": ["13900000000"], "postcode": None, "email": None, "address": None},
    "consistent": True,
}


def output(**changes: Any) -> dict[str, Any]:
    notice = {
        "title": GOLD["title"],
        "genre": "notice",
        "inspected_org": "某局党组",
        "feedback_earliest": "2023-06-01",
        "feedback_latest": "2023-06-30",
    }
    rows: dict[str, Any] = {
        "notice": notice,
        "claims": [
            {"subject": "问题", "status": "total", "value_low": 25.0, "modifier": "exact"},
            {"subject": "问题", "status": "not_completed", "value_low": 1.0, "modifier": "exact"},
        ],
        "amounts": [{"yuan_low": "71320.00", "role": "追缴"}],
        "accountability": [{"kind": "诫勉", "persons": 0, "part_of": None}],
        "citations": [{"title": "某办法", "document_number": None}],
        "contacts": [{"kind": "phone", "value": "13900000000"}],
        "check_results": [],
    }
    return {**rows, **changes}


def case(**changes: Any) -> dict[str, Any]:
    return {"id": "x", "genre": "notice", "text": "", "gold": GOLD, **changes}


def test_all_right() -> None:
    """An output that says what the labels say has F1 of one everywhere, variants and month dates included."""
    scores = evaluate([(case(), output())])
    assert {name: score.f1 for name, score in scores.fields.items()} == dict.fromkeys(scores.fields, 1.0)


def test_wrong_and_missed_claim() -> None:
    """A claim with another value is wrong, and the one it stands for is missed."""
    claims = [{"subject": "问题", "status": "total", "value_low": 26.0, "modifier": "exact"}]
    score = evaluate([(case(), output(claims=claims))]).fields["claims"]
    assert (score.right, len(score.missed), len(score.wrong)) == (0, 2, 1)


def test_optional_claim_is_free() -> None:
    """An optional figure is neither required nor wrong, whatever it is called."""
    claims = [*output()["claims"], {"subject": "党组会", "status": None, "value_low": 4.0, "modifier": "exact"}]
    assert evaluate([(case(), output(claims=claims))]).fields["claims"].f1 == 1.0


def test_optional_sums_sanctions_and_telephones_are_free() -> None:
    """What the case calls optional or extra is neither required nor wrong; only its figure has to be the labelled one."""
    free = {
        "money_optional": [{"yuan": 274000, "role": None}],
        "accountability_optional": [{"kind": "扣减绩效", "persons": 11}],
        "extra_phones": ["13900000000转801", "5183309"],
    }
    told = {
        "amounts": [*output()["amounts"], {"yuan_low": "274000", "role": "罚款"}],
        "accountability": [*output()["accountability"], {"kind": "扣发绩效", "persons": 11, "part_of": "问责"}],
        "contacts": [{"kind": "phone", "value": "13900000000-801"}, {"kind": "phone", "value": "5183309"}],
    }
    found = evaluate([(case(**free), output()), (case(**free), output(**told))]).fields
    assert {name: found[name].f1 for name in ("money", "accountability", "contacts")} == dict.fromkeys(
        ("money", "accountability", "contacts"), 1.0
    )


def test_optional_sums_and_sanctions_may_stand_in_the_gold() -> None:
    """They are free there too, where the optional claims stand."""
    free = {"money_optional": [{"yuan": 846, "role": "补缴"}], "accountability_optional": [{"kind": "辞退", "persons": 2}]}
    told = output(
        amounts=[*output()["amounts"], {"yuan_low": "846", "role": "补缴"}],
        accountability=[*output()["accountability"], {"kind": "辞退", "persons": 2, "part_of": None}],
    )
    found = evaluate([(case(gold={**GOLD, **free}), told)]).fields
    assert (found["money"].wrong, found["accountability"].wrong) == ([], [])


def test_own_number_is_free() -> None:
    """The number that the page prints for the notice itself is found where labels name it, and not wrong where they do not."""
    own = {**output(), "page_fields": [{"field": "document_number", "value": "某局党组〔2023〕5号"}]}
    named = {**GOLD, "documents": [*GOLD["documents"], {"title": None, "doc_number": "某局党组〔2023〕5号"}]}
    scores = evaluate([(case(), own), (case(gold=named), own)])
    assert (scores.fields["documents"].missed, scores.fields["documents"].wrong) == ([], [])


def test_another_figure_than_the_optional_one_is_wrong() -> None:
    """An optional sanction of 11 people does not excuse one of 12."""
    rows = [*output()["accountability"], {"kind": "扣减绩效", "persons": 12, "part_of": None}]
    free = {"accountability_optional": [{"kind": "扣减绩效", "persons": 11}]}
    assert len(evaluate([(case(**free), output(accountability=rows))]).fields["accountability"].wrong) == 1


def test_approximate_extra_is_free() -> None:
    """An approximate figure that the labels leave out is not counted as wrong."""
    claims = [*output()["claims"], {"subject": "制度", "status": "created", "value_low": 20.0, "modifier": "at_least"}]
    assert evaluate([(case(), output(claims=claims))]).fields["claims"].f1 == 1.0


def test_second_day_is_right_too() -> None:
    """A date that the case allows beside the labelled one is right; any other is wrong, and the labelled one missed."""
    told = case(alt_dates={"feedback_date": "2023-05"})
    may, june, july = (
        output(notice={"title": GOLD["title"], "genre": "notice", "feedback_earliest": first, "feedback_latest": last})
        for first, last in (("2023-05-01", "2023-05-31"), ("2023-06-01", "2023-06-30"), ("2023-07-01", "2023-07-31"))
    )
    scores = [evaluate([(told, found)]).fields["feedback_date"] for found in (may, june, july)]
    assert [(score.right, len(score.missed), len(score.wrong)) for score in scores] == [(1, 0, 0), (1, 0, 0), (0, 1, 1)]


def test_negatives_and_alarms() -> None:
    """A negative that is let in, a consistent case that fails and an altered one that passes are all named."""
    negative = case(id="n", gold={"is_notice": False})
    fails = [{"check_id": "K01", "verdict": "fail"}]
    found = evaluate([(negative, output()), (case(id="c"), output(check_results=fails)), (case(id="m", mutated=True), output())])
    assert (found.accepted_negatives, found.false_alarms, found.unnoticed) == (["n"], [("c", ("K01",))], ["m"])
