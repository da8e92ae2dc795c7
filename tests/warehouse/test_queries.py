"""The named questions: each runs in the sandbox, has its columns, and its numbers are those counted by hand in the samples."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

import duckdb
import pytest

from warehouse.lake import Location
from warehouse.queries.catalogue import QueryError, queries, query
from warehouse.sandbox import Sandbox, open_sandbox

TODAY = "2025-01-01"
COLUMNS = {
    "count_failures": "notice_id inspected_org county fails reviews findings",
    "most_mismatches": "notice_id inspected_org mismatches fails checks",
    "missing_channels": "notice_id inspected_org genre missing",
    "days_between": "county year notices end_to_feedback feedback_to_signed longest_to_signed signed_to_published",
    "late": "notice_id inspected_org check_id feedback signed equation policy verdict",
    "completion_rates": "notice_id inspected_org inspection_round problems completed claimed_rate recomputed_rate difference",
    "long_term_share": "notice_id inspected_org done long_term share is_outlier",
    "open_problems": "notice_id inspected_org number statement status due is_overdue days_overdue",
    "done_but_reopened": "notice_id inspected_org number statement status_raw next_step tied_by k25",
    "problem_types": "sector topic problems notices example",
    "recurring_problems": "inspected_org topic earlier later problems_then problems_again example",
    "money_recovered": "county year role notices least_yuan most_yuan masked",
    "people_handled": "kind people notices explicit_zeros untold",
    "money_without_people": "notice_id inspected_org sums largest_yuan says_zero",
    "rules_claimed_and_found": "notice_id inspected_org created created_named revised revised_named titles",
    "cited_documents": "document notices mentions wrong_forms titles as_printed",
    "soft_measures": "notice_id inspected_org number statement measures acts told",
    "copied_passages": "similarity body other_body passage other_passage",
    "measures_per_problem": "notice_id inspected_org problems measures per_problem without_measure single_vague which",
    "contact_places": "notice_id inspected_org county check_id verdict reason stated expected",
    "round_coverage": "county round inspector notice_id inspected_org feedback published",
    "responsible": "notice_id inspected_org number statement responsible_leader responsible_department responsible_person deadline_raw",
    "timeline": "notice_id inspected_org earliest latest role precision inferred words",
    "versions": "kind notice_id inspected_org versions first_seen last_seen",
    "guesses": "notice_id inspected_org kind how values words",
}


@pytest.fixture(scope="module")
def sandbox(samples: Location) -> Iterator[Sandbox]:
    """The samples, read-only."""
    with open_sandbox(samples) as opened:
        yield opened


@pytest.fixture(scope="module")
def rounds(invented: Location) -> Iterator[Sandbox]:
    """The invented notices, read-only."""
    with open_sandbox(invented) as opened:
        yield opened


def rows(sandbox: Sandbox, name: str, **given: str) -> list[dict[str, Any]]:
    """The rows that the named query gives."""
    chosen = query(name)
    return sandbox.read(chosen.sql, chosen.values(given, TODAY)).read_all().to_pylist()


def of(found: list[dict[str, Any]], body: str) -> dict[str, Any]:
    """The one row whose body's name holds ``body``."""
    (row,) = [each for each in found if body in (each["inspected_org"] or "")]
    return row


@pytest.mark.parametrize("name", [each.name for each in queries()])
def test_every_query_runs_and_has_its_columns(sandbox: Sandbox, name: str) -> None:
    """With its defaults, in the sandbox that taizhang sql uses."""
    chosen = query(name)

    assert sandbox.read(chosen.sql, chosen.values({}, TODAY)).schema.names == COLUMNS[name].split()


def test_there_are_25_questions_each_with_help_in_two_languages() -> None:
    """Numbered from 1; the second line is Chinese; parameters are those that the SQL uses."""
    assert [each.number for each in queries()] == list(range(1, 26))
    for each in queries():
        assert re.search(r"[a-z]{3}", each.about) and not re.search(r"[一-鿿]", each.about)
        assert re.search(r"[一-鿿]", each.about_zh)
        assert {parameter.name for parameter in each.parameters} == set(re.findall(r"\$([a-z_]+)", each.sql))
        assert ";" not in re.sub(r"'[^']*'", "", each.sql)


def test_a_query_is_found_by_name_and_number() -> None:
    """late, 5, 05 and 05_late are one; another word is an error that names the way out."""
    assert query("late") is query("5") is query("05") is query("05_late")
    with pytest.raises(QueryError, match="--list"):
        query("nonsense")


def test_parameters_are_checked_and_bound(sandbox: Sandbox) -> None:
    """An unknown one is refused, and a value never becomes SQL."""
    with pytest.raises(QueryError, match=r"late has no parameter county"):
        query("late").values({"county": "青禾县"}, TODAY)
    with pytest.raises(duckdb.ConversionException):
        rows(sandbox, "most_mismatches", at_least="1; DROP TABLE notices")
    assert rows(sandbox, "timeline", body="' OR true --") == []


def test_count_failures_come_worst_first(sandbox: Sandbox) -> None:
    """18 + 6 is not 25, and five kinds of sanction make 38, not 37."""
    found = rows(sandbox, "count_failures")

    assert "18 + 6 = 24 ≠ 25" in of(found, "白鹭洲")["findings"]
    assert "38 ≠ 37" in of(found, "云杉")["findings"]
    assert [row["fails"] for row in found] == sorted((row["fails"] for row in found), reverse=True)
    assert rows(sandbox, "count_failures", county="无此县") == []


def test_mismatches_are_counted_from_a_threshold(sandbox: Sandbox) -> None:
    """A threshold of one lists every notice with a mismatch, one of a hundred none."""
    every = rows(sandbox, "most_mismatches", at_least="1")

    assert len(every) > len(rows(sandbox, "most_mismatches"))
    assert rows(sandbox, "most_mismatches", at_least="100") == []
    assert all(row["mismatches"] == len(row["checks"].split("、")) for row in every)


def test_missing_channels_are_named(sandbox: Sandbox) -> None:
    """The first sample prints all three; the second has no postal address; the masked one nothing."""
    found = rows(sandbox, "missing_channels")

    assert not [row for row in found if "青禾县" in (row["inspected_org"] or "")]
    assert of(found, "临泽口")["missing"] == "邮寄地址"
    assert of(found, "第X小学")["missing"] == "电话、邮寄地址、电子邮箱"


def test_days_between_are_counted_on_full_dates(rounds: Sandbox) -> None:
    """20 April to 29 May is 39 days; 29 May to 1 September is 95."""
    (row,) = [each for each in rows(rounds, "days_between") if each["year"] == 2020]

    assert (row["notices"], row["end_to_feedback"], row["feedback_to_signed"], row["signed_to_published"]) == (1, 39, 95, None)


def test_late_notices_name_the_policy(sandbox: Sandbox) -> None:
    """A 巡视 feedback of 10 March 2021 was answered after 232 days, with two months allowed."""
    row = of(rows(sandbox, "late"), "云杉")

    assert (row["check_id"], row["policy"], row["verdict"]) == ("D08", "xunshi_2015_report", "review")
    assert row["equation"].startswith("232天")


def test_completion_rates_are_recomputed(sandbox: Sandbox) -> None:
    """18 of 25 is 72 %, not the 76 that is claimed; 398 of 412 is 96.6 as claimed."""
    found = rows(sandbox, "completion_rates")

    assert (of(found, "白鹭洲")["recomputed_rate"], of(found, "白鹭洲")["difference"]) == (72.0, 4.0)
    assert [row["claimed_rate"] for row in found if row["problems"] == 412] == [96.6]


def test_long_term_shares_and_outliers(sandbox: Sandbox) -> None:
    """Three of five done problems are long-term in one sample, one of six in another."""
    found = rows(sandbox, "long_term_share")

    assert [(of(found, body)["long_term"], of(found, body)["done"], of(found, body)["is_outlier"]) for body in ("翠屏湾", "青禾县")] == [
        (3, 5, True),
        (1, 6, False),
    ]
    assert not of(rows(sandbox, "long_term_share", outlier="0.9"), "翠屏湾")["is_outlier"]


def test_open_problems_are_overdue_by_the_day_given(sandbox: Sandbox) -> None:
    """A promise for December 2023 is overdue on 10 January 2024 and not in November."""
    late = of(rows(sandbox, "open_problems", as_of="2024-01-10"), "青禾县")
    early = of(rows(sandbox, "open_problems", as_of="2023-11-30"), "青禾县")

    assert (late["due"], late["is_overdue"], late["days_overdue"]) == (datetime.date(2023, 12, 31), True, 10)
    assert (early["is_overdue"], early["days_overdue"]) == (False, None)
    with pytest.raises(duckdb.ConversionException):
        rows(sandbox, "open_problems", as_of="yesterday")


def test_an_item_done_and_taken_up_again(sandbox: Sandbox) -> None:
    """家访不经常 was done in part two and stands in part three."""
    row = of(rows(sandbox, "done_but_reopened"), "桑榆区")

    assert (row["number"], row["statement"], row["status_raw"]) == (4, "家访不经常", "已完成整改")


def test_problem_types_of_each_sector(sandbox: Sandbox) -> None:
    """Schools have most problems with money; at most as many types as asked for."""
    found = rows(sandbox, "problem_types", top="2")

    assert all(sum(row["sector"] == sector for row in found) <= 2 for sector in {row["sector"] for row in found})
    assert next(row["topic"] for row in found if row["sector"] == "学校") == "财务资金"


def test_a_type_of_problem_recurs(rounds: Sandbox) -> None:
    """The school's study was found weak in 2020 and again in 2023."""
    (row,) = rows(rounds, "recurring_problems")

    assert (row["topic"], row["earlier"].year, row["later"].year, row["example"]) == ("理论学习", 2020, 2023, "理论学习走过场")


def test_money_is_counted_once(sandbox: Sandbox) -> None:
    """1.26万元 stands twice in one notice, as total and as detail; a masked sum is counted apart."""
    found = rows(sandbox, "money_recovered")

    assert sum(row["least_yuan"] == Decimal("12600.00") for row in found) == 1
    assert sum(row["masked"] for row in found) == 1
    assert Decimal("13695000.00") in [row["least_yuan"] for row in found]


def test_people_are_counted_by_kind_with_explicit_zeros(sandbox: Sandbox) -> None:
    """批评教育 4 + 6 + 19; the 3 of one problem are among the 4. 政务处分 0人 in one notice, 诫勉 0人 in another."""
    found = {row["kind"]: row for row in rows(sandbox, "people_handled")}

    assert (found["批评教育"]["people"], found["批评教育"]["notices"]) == (29, 3)
    assert (found["政务处分"]["people"], found["政务处分"]["explicit_zeros"]) == (5, 1)
    assert (found["诫勉"]["people"], found["诫勉"]["explicit_zeros"]) == (5, 1)
    assert found["党纪处分"]["people"] == 37


def test_money_came_back_and_nobody_answered(sandbox: Sandbox) -> None:
    """The summary and two notices name sums and no person; the first sample names four people."""
    found = rows(sandbox, "money_without_people")

    assert not [row for row in found if "青禾县" in (row["inspected_org"] or "")]
    assert not of(found, "翠屏湾")["says_zero"]


def test_rules_claimed_beside_rules_named(sandbox: Sandbox) -> None:
    """Three new rules are claimed; two titles are named as made and one as revised."""
    row = of(rows(sandbox, "rules_claimed_and_found"), "青禾县")

    assert (row["created"], row["created_named"], row["revised_named"]) == (3, 2, 1)


def test_cited_documents_with_wrong_numbers_come_first(sandbox: Sandbox) -> None:
    """松交党[2022]05号 has square brackets and a leading zero."""
    found = rows(sandbox, "cited_documents")

    assert {row["document"] for row in found[:2]} == {"松交党〔2022〕5号", "松办发〔2021〕12号"}
    assert found[0]["wrong_forms"] == 1
    assert len(rows(sandbox, "cited_documents", top="3")) == 3


def test_problems_with_study_and_meetings_alone(rounds: Sandbox) -> None:
    """Both measures of one problem are study; where money came back it is not soft."""
    assert rows(rounds, "soft_measures")[0]["statement"] == "理论学习不经常"
    assert not [row for row in rows(rounds, "soft_measures") if row["statement"] == "财务报销审核不严"]


def test_copied_passages_of_two_bodies(rounds: Sandbox, sandbox: Sandbox) -> None:
    """The bureau prints the school's measure; two notices of one body do not count; the samples copy nothing."""
    (row,) = rows(rounds, "copied_passages")

    assert row["similarity"] > 0.9
    assert {row["body"], row["other_body"]} == {"中共枫桥县水利局党组", "中共枫桥县第二中学总支部委员会"}
    assert rows(sandbox, "copied_passages") == []


def test_measures_per_problem(sandbox: Sandbox) -> None:
    """Sixteen measures for seven problems."""
    row = of(rows(sandbox, "measures_per_problem"), "青禾县")

    assert (row["problems"], row["measures"], row["per_problem"]) == (7, 16, 2.29)


def test_contact_places_that_cannot_be_told_are_named(sandbox: Sandbox) -> None:
    """A number without an area code says nothing about its place."""
    row = of(rows(sandbox, "contact_places"), "临泽口")

    assert (row["check_id"], row["verdict"], row["reason"]) == ("F04", "not_checkable", "no_area_code")


def test_round_coverage_lists_every_notice(sandbox: Sandbox) -> None:
    """Eleven notices, each with the team that inspected; a round that nobody names has none."""
    assert len(rows(sandbox, "round_coverage")) == 11
    assert rows(sandbox, "round_coverage", round="第九轮") == []


def test_responsibility_where_it_is_told(rounds: Sandbox, sandbox: Sandbox) -> None:
    """The bureau names leaders and departments; the samples do not."""
    found = rows(rounds, "responsible")

    assert (found[0]["number"], found[0]["responsible_leader"], found[0]["responsible_department"]) == (1, "欧阳文远", "局办公室")
    assert rows(sandbox, "responsible") == []


def test_timeline_of_one_body(sandbox: Sandbox) -> None:
    """From the first day of the inspection to the promise, in the order of days, each with its words."""
    found = rows(sandbox, "timeline", body="%青禾县%")

    assert [row["earliest"] for row in found] == sorted(row["earliest"] for row in found)
    start = next(row for row in found if row["role"] == "inspection_start")
    assert start["earliest"] == datetime.date(2023, 3, 6)
    assert "县委第三巡察组" in start["words"]


def test_versions_are_none_in_the_samples(sandbox: Sandbox) -> None:
    """Every sample was read once, and no inspection has two notices."""
    assert rows(sandbox, "versions") == []


def test_guesses_name_their_rule(sandbox: Sandbox) -> None:
    """12月2日 takes its year from the words before; a masked sum is no number; 2月30日 is no day."""
    found = rows(sandbox, "guesses")
    told = [(row["kind"], row["how"], row["words"]) for row in found]

    assert any(kind == "date" and "12月2日" in words for kind, _, words in told)
    assert any(kind == "amount" and how == "redacted" and "XXXX元" in words for kind, how, words in told)
    assert any(how == "impossible" and "2月30日" in words for _, how, words in told)
