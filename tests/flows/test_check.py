"""taizhang check and checks of one's own: listed, told with both sides, refused with file and line, run with the packaged ones."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from expectations.check_files import packaged_checks
from flows.checking import all_checks, own_checks
from flows.cli import cli
from flows.run import ingest
from flows.settings import Settings, SettingsError
from flows.steps import real_steps
from tools.sample_warehouse import SAMPLES
from warehouse.lake import open_reader

HEADER = (
    "-- id: {id}\n-- title_zh: 问题不超过五个\n-- title_en: At most five problems\n-- rule: Ours.\n-- severity: warning\n-- since: 0.1.0\n"
)
BODY = """SELECT n.notice_id, CASE WHEN count(p.number) <= 5 THEN 'pass' ELSE 'fail' END AS verdict, CASE WHEN count(p.number) > 5 THEN 'too_many' END AS reason,
       count(p.number)::VARCHAR AS lhs, '5' AS rhs, count(p.number) || ' > 5' AS equation, NULL AS reading, [] AS lhs_spans, [] AS rhs_spans
FROM notices n LEFT JOIN problems p USING (notice_id) GROUP BY n.notice_id
"""


def own(folder: Path, name: str = "Z01_five.sql", body: str = BODY, **header: str) -> Path:
    folder.mkdir(exist_ok=True)
    (folder / name).write_text(HEADER.format(**({"id": "Z01"} | header)) + body, "utf-8")
    return folder


@pytest.fixture(scope="module")
def lake(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A warehouse of two samples: one with six problems, one whose counts do not add up."""
    folder = tmp_path_factory.mktemp("check") / "warehouse"
    ingest([str(SAMPLES / "03_rate.html"), str(SAMPLES / "12_entries.txt")], Settings(warehouse=folder))
    return folder


def check(*words: str) -> Result:
    return CliRunner().invoke(cli, ["check", *words])


def objects(result: Result) -> list[dict[str, object]]:
    return [json.loads(line) for line in result.output.splitlines()]


def test_the_list_names_every_check_and_asks_no_warehouse(tmp_path: Path) -> None:
    """All packaged checks and one's own are listed, the latter last."""
    listed = objects(check("--list", "--format", "json", "--checks", str(own(tmp_path / "own"))))

    assert [each["id"] for each in listed] == [each.id for each in packaged_checks()] + ["Z01"]
    assert check("--list", "--only", "K01").output.startswith("K01")


def test_a_verdict_is_told_with_both_sides_and_their_words(lake: Path) -> None:
    """Equation, reason, and the words of both sides at their places."""
    (found,) = objects(check("--warehouse", str(lake), "--only", "K01", "--format", "json"))

    assert (found["verdict"], found["reason"], found["equation"]) == ("fail", "sum_differs", "18 + 6 = 24 ≠ 25")
    assert [quote["words"] for quote in found["lhs_spans"]] == ["巡察反馈25个问题"]  # type: ignore[attr-defined]
    assert [quote["words"] for quote in found["rhs_spans"]] == ["已完成整改18个", "正在整改6个"]  # type: ignore[attr-defined]
    text = check("--warehouse", str(lake), "--only", "K01").output
    assert "18 + 6 = 24 ≠ 25" in text and "「已完成整改18个」" in text and "1 fail, 0 review, 1 pass, 0 not_checkable" in text


def test_verdicts_that_are_told_again_are_those_that_are_stored(lake: Path) -> None:
    """Running the checks on the tables of the warehouse gives what the run gave."""
    stored = objects(check("--warehouse", str(lake), "--verdict", "all", "--format", "json"))
    again = objects(check("--warehouse", str(lake), "--verdict", "all", "--format", "json", "--again"))

    assert len(stored) == 2 * len(packaged_checks())
    assert all(each.pop("is_stored") for each in stored) and not any(each.pop("is_stored") for each in again)
    assert stored == again


@pytest.mark.parametrize(
    ("words", "code", "told"),
    [
        (("--only", "K99"), 2, "there is no check K99"),
        (("--notice", "0123456789abcdef"), 2, "no notice has the id"),
        (("--only", "K01", "--strict"), 3, "sum_differs"),
        (("--only", "K05", "--strict"), 0, "0 fail"),
        (("--checks", "nowhere"), 2, "no such folder of checks"),
    ],
)
def test_exit_codes_tell_how_it_ended(lake: Path, words: tuple[str, ...], code: int, told: str) -> None:
    """Wrong usage is 2, a failing check under --strict 3, all else 0."""
    ended = check("--warehouse", str(lake), *words)

    assert (ended.exit_code, told in ended.output) == (code, True), ended.output


def test_a_check_of_ones_own_is_told_of_a_warehouse_that_never_ran_it(lake: Path, tmp_path: Path) -> None:
    """Nothing is written: the stored verdicts are as before."""
    told = objects(
        check("--warehouse", str(lake), "--checks", str(own(tmp_path / "own")), "--only", "Z01", "--verdict", "all", "--format", "json")
    )

    assert sorted((each["verdict"], each["lhs"], each["is_stored"]) for each in told) == [("fail", "6", False), ("pass", "2", False)]
    with open_reader(Settings(warehouse=lake).location) as reader:
        assert reader.execute("SELECT count(*) FROM check_results WHERE check_id = 'Z01'").fetchall() == [(0,)]


def test_checks_of_ones_own_run_with_the_packaged_ones(tmp_path: Path) -> None:
    """A run stores their verdicts, counts them among the expectations as warnings, and the report has them."""
    settings = Settings(warehouse=tmp_path / "warehouse", checks=own(tmp_path / "own"))
    ingest([str(SAMPLES / "12_entries.txt")], settings, steps=real_steps(settings))
    result = CliRunner().invoke(
        cli, ["report", "--warehouse", str(settings.warehouse), "--checks", str(settings.checks), "--out", str(tmp_path / "report")]
    )

    assert result.exit_code == 0, result.output
    with open_reader(settings.location) as reader:
        assert reader.execute("SELECT verdict, reason FROM check_results WHERE check_id = 'Z01'").fetchall() == [("fail", "too_many")]
        counted = reader.execute(
            "SELECT severity, is_success, unexpected_count FROM expectation_results WHERE expectation = 'check.Z01'"
        ).fetchall()
        assert counted == [("warning", False, 1)]
    (page,) = (tmp_path / "report" / "notices").glob("*.html")
    assert "问题不超过五个" in page.read_text("utf-8")


@pytest.mark.parametrize(
    ("name", "body", "header", "words"),
    [
        (
            "Z01_five.sql",
            BODY.replace("p.number) <= 5", "p.numero) <= 5"),
            {},
            'Z01_five.sql, line 7: check Z01 cannot be run: Binder Error: Table "p" does not have',
        ),
        ("Z01_five.sql", BODY.replace("GROUP", "GROPU"), {}, "Z01_five.sql, line 9"),
        ("Z01_five.sql", BODY.replace("'5' AS rhs, ", ""), {}, "docs/checks.md"),
        ("K01_mine.sql", BODY, {"id": "K01"}, "id K01 is that of a packaged check. Give the check an id of its own"),
    ],
)
def test_a_check_that_cannot_run_is_refused_before_a_run(tmp_path: Path, name: str, body: str, header: dict[str, str], words: str) -> None:
    """File, line and what is wrong are told before any notice is read."""
    with pytest.raises(SettingsError) as caught:
        own_checks(Settings(checks=own(tmp_path / "own", name, body, **header)))

    assert words in str(caught.value)


def test_without_a_folder_only_the_packaged_checks_run() -> None:
    """The setting is optional."""
    assert all_checks(Settings()) == packaged_checks()
