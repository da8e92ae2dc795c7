"""No command, log line, state or file repeats a password or a key that the settings hold."""

from __future__ import annotations

import sys
import types
from pathlib import Path
from typing import Any

import duckdb
import pytest
from click.testing import CliRunner

from flows.cli import cli, main
from flows.doctor import examine
from flows.settings import Settings

CATALOG = "postgres:host=db.example port=5432 user=lake password=opensesame dbname=ledger"


def _raise(words: str) -> None:
    raise OSError(words)


@pytest.fixture
def unreachable(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """A catalog with a password on a server that does not answer; both of its clients repeat the connection string in their errors."""
    psycopg = types.ModuleType("psycopg")
    psycopg.Error = OSError  # type: ignore[attr-defined]
    psycopg.connect = lambda *_values, **_options: _raise(f"connection failed: {CATALOG}: connection refused")  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "psycopg", psycopg)

    def refused(_connection: Any, _name: str) -> None:
        raise duckdb.IOException(f'Unable to connect to Postgres at "{CATALOG}": connection refused')

    monkeypatch.setattr("warehouse.lake.load_extension", refused)
    monkeypatch.setenv("TAIZHANG_CATALOG", CATALOG)
    monkeypatch.setenv("TAIZHANG_WAREHOUSE", str(tmp_path / "warehouse"))
    monkeypatch.setenv("TAIZHANG_ON_FAILURE_URL", "https://hooks.example/send?key=opensesame")
    monkeypatch.chdir(tmp_path)
    (tmp_path / "a.txt").write_text("通报", "utf-8")
    return tmp_path


@pytest.mark.parametrize(
    "arguments",
    [
        ("run", "a.txt"),
        ("status",),
        ("status", "--format", "json"),
        ("sql", "SELECT 1"),
        ("query", "late"),
        ("diff", "1", "2"),
        ("report", "--out", "report"),
        ("export", "--out", "x.csv"),
        ("maintain",),
        ("rebuild",),
        ("doctor",),
        ("doctor", "--repair"),
        ("backup", "backup"),
    ],
    ids=" ".join,
)
def test_no_command_prints_a_password(unreachable: Path, arguments: tuple[str, ...]) -> None:
    """Each fails with exit code 1 and words; none of them is the password, on any stream or in any file."""
    result = CliRunner().invoke(cli, list(arguments))

    assert result.exit_code == 1, result.output
    assert isinstance(result.exception, SystemExit), result.exception
    assert "postgres" in result.output.lower()
    assert "opensesame" not in result.output
    for path in unreachable.rglob("*"):
        assert path.is_dir() or b"opensesame" not in path.read_bytes(), path


def test_findings_hold_no_password(unreachable: Path) -> None:
    """Doctor names the catalog that it cannot open."""
    (finding,) = examine(Settings(warehouse=unreachable / "warehouse", catalog=CATALOG))

    assert finding.kind == "catalog.closed"
    assert "host=db.example" in finding.subject + finding.detail
    assert "opensesame" not in str(finding)


def test_traceback_of_a_defect_holds_no_password(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """What nobody foresaw is printed whole, for a report, and masked."""

    def broken(**_values: Any) -> None:
        raise ZeroDivisionError(f"with {CATALOG}")

    monkeypatch.setattr("flows.cli.cli.main", broken)
    monkeypatch.setattr("signal.signal", lambda *_: None)
    monkeypatch.setattr(sys, "argv", ["taizhang"])

    with pytest.raises(SystemExit) as ended:
        main()

    printed = capsys.readouterr().err
    assert ended.value.code == 1
    assert "Traceback" in printed and "ZeroDivisionError" in printed and "password=***" in printed
    assert "opensesame" not in printed


@pytest.mark.parametrize(
    ("name", "value"),
    [("TAIZHANG_CATALOG", "mysql:password=opensesame"), ("TAIZHANG_ON_FAILURE_URL", "ftp://hooks.example/?key=opensesame")],
)
def test_wrong_setting_is_not_repeated(monkeypatch: pytest.MonkeyPatch, name: str, value: str) -> None:
    """The message names variable and rule, not the value."""
    monkeypatch.setenv(name, value)

    result = CliRunner().invoke(cli, ["status"])

    assert (result.exit_code, name in result.output, "opensesame" in result.output) == (2, True, False)
