"""Claims: the corpus."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest

from transforms.claims.claims import claims
from transforms.layout import layout
from transforms.outline.tree import Outline, outline
from transforms.records.statements import Claim
from transforms.source import Closed, Source
from transforms.text.folding import fold

ROOT = Path(__file__).resolve().parents[3]
CORPUS = tomllib.loads((ROOT / "tests/corpus/claims.toml").read_text("utf-8"))


def read(text: str, outline: Outline | None = None) -> tuple[Claim, ...]:
    """The claims of ``text``, which is taken to have no outline unless one is given."""
    source = Source("0" * 16, fold(text))
    return claims(source, Closed(len(source.text.folded)), outline or Outline(), ())


def comparable(claim: Claim, expected: list[Any], any_status: list[str]) -> list[Any]:
    """``claim`` in the form of a corpus row, with only the columns that ``expected`` speaks of."""
    status = expected[1] if claim.subject in any_status else claim.status or ""
    value = "" if claim.value_low is None else claim.value_low
    row: list[Any] = [claim.subject, status, value]
    if len(expected) > 3:
        row.append({name: "" if (value := getattr(claim, name)) is None else value for name in expected[3]})
    return row


def check(row: dict[str, Any]) -> None:
    """Assert that the claims of a corpus row are found, all of them and no others, in the order of the text."""
    found = read(row["text"])

    short = [(claim.subject, claim.status, claim.value_low, claim.surface) for claim in found]
    assert len(row["rows"]) == len(found), short
    assert row["rows"] == [
        comparable(claim, expected, row.get("any_status", [])) for claim, expected in zip(found, row["rows"], strict=True)
    ]


@pytest.mark.parametrize("row", CORPUS["found"], ids=lambda row: row["why"])
def test_what_is_found(row: dict[str, Any]) -> None:
    """Every row of the corpus is read with the stated columns."""
    check(row)


@pytest.mark.parametrize("row", CORPUS["not_found"], ids=lambda row: row["why"])
def test_what_is_not_found(row: dict[str, Any]) -> None:
    """Look-alikes give no claim."""
    assert [claim.surface for claim in read(row["text"])] == []


def noticed(text: str) -> list[tuple[str, str | None, float | None]]:
    """Subject, status and value of the claims of the notice ``text``, with its own outline."""
    source = Source("0" * 16, fold(text))
    tree = outline(source, layout(source.text))
    return [(claim.subject, claim.status, claim.value_low) for claim in claims(source, Closed(len(source.text.folded)), tree, ())]


HEAD = "关于巡察整改情况的通报\n2023年5月4日，县委第一巡察组反馈了巡察意见。现将整改情况通报如下。\n"
ITEMS = "一、学习不够深入的问题\n已整改。制定学习计划。\n二、账目不够清楚的问题\n已整改。重新核对账目。\n三、公开不够及时的问题\n持续整改。"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # what stands behind the last problem at the head of a line speaks of all
        (
            f"{HEAD}{ITEMS}专人负责。\n以上3项整改事项，已完成2项，持续整改1项。\n",
            [("事项", "total", 3), ("事项", "completed", 2), ("事项", "in_progress", 1)],
        ),
        # inside the text of one problem, or before another, it does not
        (f"{HEAD}{ITEMS}对照以上3个问题举一反三。\n", []),
        (f"{HEAD}{ITEMS.replace('制定学习计划。', '制定学习计划。' + chr(10) + '以上2个问题，已完成1个。')}\n", []),
        # cases closed and clues handed over inside one problem are told, clues that were only found are not
        (f"{HEAD}{ITEMS}镇纪委立案4件、结案3件。\n", [("立案", "total", 4), ("立案", "completed", 3)]),
        (f"{HEAD}{ITEMS}移交县纪委监委问题线索2件。\n", [("问题线索", "total", 2)]),
        (f"{HEAD}{ITEMS}抽查企业60家，发现违法线索3条。\n", []),
        # counts behind what looks like the label of a problem or a response
        (
            f"{HEAD}一、整改落实\n反馈问题：22项；已落实：20项；落实中：2项。\n整改措施：71条；已落实：69条；落实中：2条。\n",
            [
                ("问题", "total", 22),
                ("问题", "completed", 20),
                ("问题", "in_progress", 2),
                ("措施", "total", 71),
                ("措施", "completed", 69),
                ("措施", "in_progress", 2),
            ],
        ),
    ],
)
def test_what_one_problem_tells(text: str, expected: list[tuple[str, str | None, float | None]]) -> None:
    """Inside the results part only that is a claim which speaks of the whole, or of rules, cases and clues."""
    assert noticed(text) == expected
