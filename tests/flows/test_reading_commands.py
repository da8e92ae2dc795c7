"""export, query and diff as a user calls them: what they print, and how they say what is wrong."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from flows.cli import cli
from tools.sample_warehouse import build


@pytest.fixture(scope="module")
def warehouse(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The samples' warehouse."""
    folder = tmp_path_factory.mktemp("commands") / "lake"
    build(folder)
    return folder


def run(*arguments: str | Path) -> Result:
    """The command's result."""
    return CliRunner().invoke(cli, [str(argument) for argument in arguments])


def test_export_tells_what_it_wrote(warehouse: Path, tmp_path: Path) -> None:
    """The format follows from the name."""
    result = run("export", "--out", tmp_path / "ledger.xlsx", "--warehouse", warehouse)

    assert result.exit_code == 0, result.output
    assert "18 notices" in result.output
    assert (tmp_path / "ledger.xlsx").read_bytes()[:2] == b"PK"


def test_a_public_export_warns_of_leaks(warehouse: Path, tmp_path: Path) -> None:
    """Nothing is said where there are none."""
    result = run("export", "--out", tmp_path / "all.duckdb", "--public", "--warehouse", warehouse)

    assert result.exit_code == 0, result.output
    assert "遮蔽检查" not in result.stderr


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("export", "--out", "ledger.docx"), "--format is needed"),
        (("export", "--out", "x.csv", "--notice", "0123456789abcdef"), "no notice 0123456789abcdef"),
        (("query",), "--list"),
        (("query", "nonsense"), "there is no query nonsense"),
        (("query", "late", "--set", "county=x"), "no parameter county"),
        (("query", "open_problems", "--set", "as_of"), "NAME=VALUE"),
        (("diff", "1"), "which two snapshots"),
        (("diff", "one", "2"), "a number or latest"),
        (("diff", "1", "99"), "there is no snapshot 99"),
        (("sql", "SELECT 1", "--snapshot", "99"), "no snapshot found at version 99"),
        (("query", "late", "--snapshot", "99"), "no snapshot found at version 99"),
        (("diff", "1", "2", "--table", "nothing"), "no table nothing"),
    ],
)
def test_wrong_usage_is_told_with_the_way_out(
    warehouse: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, arguments: tuple[str, ...], words: str
) -> None:
    """Exit code 2 and one clear line."""
    monkeypatch.chdir(tmp_path)
    result = run(*arguments, "--warehouse", warehouse)

    assert result.exit_code == 2
    assert words in result.stderr


def test_a_value_of_the_wrong_kind_is_told(warehouse: Path) -> None:
    """Exit code 1 with the database's own first line, no traceback."""
    result = run("query", "open_problems", "--set", "as_of=yesterday", "--warehouse", warehouse)

    assert result.exit_code == 1
    assert "invalid date" in result.stderr


def test_query_lists_all_questions() -> None:
    """With their parameters; no warehouse is needed."""
    result = run("query", "--list")

    assert "25 guesses" in result.output
    assert "--set as_of=today" in result.output


def test_query_answers_in_json(warehouse: Path) -> None:
    """One object a line."""
    result = run("query", "people_handled", "--format", "json", "--warehouse", warehouse)

    assert {json.loads(line)["kind"] for line in result.output.splitlines()} >= {"诫勉", "批评教育"}


def test_diff_lists_and_compares(warehouse: Path) -> None:
    """From the empty warehouse to the newest snapshot, in words and as JSON lines."""
    listed = run("diff", "--list", "--warehouse", warehouse)
    compared = run("diff", "0", "latest", "--warehouse", warehouse)
    rows = [json.loads(line) for line in run("diff", "0", "latest", "--format", "json", "--warehouse", warehouse).output.splitlines()]

    assert "18 notices" in listed.output
    assert "Notices: 18 added, 0 removed, 0 replaced, 0 reread" in compared.output
    assert sum(row["kind"] == "added" for row in rows) == 18


def test_a_missing_warehouse_is_told(tmp_path: Path) -> None:
    """By every command that reads one."""
    for command in (("query", "late"), ("diff", "1", "2"), ("export", "--out", str(tmp_path / "a.xlsx"))):
        result = run(*command, "--warehouse", tmp_path / "nothing")
        assert (result.exit_code, "no warehouse" in result.stderr) == (1, True)
