"""Leads to what a notice masks: told where the left edge of a name is sure, silent where words are common."""

from __future__ import annotations

import pytest

from warehouse.masking_leaks import Suspect, leaks


def leaked(text: str, name: str = "某县第X中学党支部", **parts: list[tuple[str, int, int]]) -> list[tuple[str, str]]:
    """Kind and words of each leak of a notice whose body is called ``name``."""
    return [(leak.kind, leak.leaked) for leak in leaks(Suspect("a", (name,), text, **parts))]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("制定《云岭中学采购制度》。", "云岭中学"),
        ("修订《XX七中考勤制度》。", "XX七中"),
        ("敦促XX镇云岭学校交接物资。", "云岭学校"),
        ("我校（云岭中学）已整改。", "云岭中学"),
        ("本校“云岭小学”已整改。", "云岭小学"),
    ],
)
def test_a_school_that_stands_unmasked_is_told(text: str, words: str) -> None:
    """In the title of a document, behind masking signs, behind 我校."""
    assert leaked(text.replace("（", "(")) == [("organisation", words)]


@pytest.mark.parametrize(
    "text",
    [
        "各学校开展警示教育，《中小学校园安全办法》。",
        "《学校采购制度》已修订。",
        "学习《中学教师职业道德规范》。",
        "我校、各学校",
        "《某县第X中学考勤制度》",
        "X镇中心学校",
        "党中央决策部署",
    ],
)
def test_common_words_are_no_leak(text: str) -> None:
    """Kinds of school in general, and the masked name itself."""
    assert leaked(text) == []


def test_a_body_that_masks_nothing_has_no_leaks() -> None:
    """Its name is printed, so nothing of it is hidden."""
    assert leaked("制定《云岭中学采购制度》", name="枫桥县云岭中学党支部", places=[("枫桥县", 0, 3)]) == []


def test_places_contacts_and_numbers_tell_a_masked_body() -> None:
    """In the order of the text; what is masked itself is no leak."""
    text = "四川省XX县　云岭教字〔2023〕1号　028-81234567"
    found = leaked(
        text, places=[("四川省", 0, 3), ("XX县", 3, 6)], numbers=[("云岭教字〔2023〕1号", 7, 19)], contacts=[("028-81234567", 20, 32)]
    )

    assert found == [("place", "四川省"), ("document_number", "云岭教字〔2023〕1号"), ("contact", "028-81234567")]


def test_a_person_masked_here_and_named_there_is_told() -> None:
    """李某某 in one sentence and the full name in another, told by the surname; another surname is not."""
    text = "对李某某批评教育。办公室主任李建设、校长陈志远负责。"

    assert leaked(text, name="枫桥县云岭中学", persons=[("李建设", 14, 17), ("陈志远", 20, 23)]) == [("person", "李建设")]


def test_one_name_is_told_once_with_its_place() -> None:
    """Its first place, with the words around it."""
    text = "一" * 40 + "制定《云岭中学采购制度》《云岭中学考勤制度》"
    (leak,) = leaks(Suspect("a", ("某县第X中学",), text))

    assert text[leak.start_char : leak.end_char] == "云岭中学"
    assert leak.start_char == 43
    assert "采购" in leak.context and len(leak.context) <= 40


def test_hostile_text_takes_linear_time() -> None:
    """Ten thousand opening brackets and masking signs end at once."""
    assert leaked("《" * 10_000 + "X" * 10_000 + "学" * 10_000) == []
