"""Plans are checked before anything starts, and processes end with all that they started."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest
from click.testing import CliRunner

from flows.artifacts import summary_words
from flows.commands.schedule import command
from flows.prefect_environment import for_a_service
from flows.run import RunSummary
from flows.schedule.plan import cron_problem, name_problem, time_zone_problem
from flows.schedule.processes import Child, ProcessEnded, free_port


@pytest.mark.parametrize("cron", ["0 3 * * *", "*/30 8-18 * * mon-fri", "0,30 0 1,15 jan-mar 7", "5 4 * * 1-5/2", "0 3 * * SUN"])
def test_cron_lines(cron: str) -> None:
    """Five fields of numbers, ranges, lists, steps and names, which Prefect also takes."""
    from prefect.client.schemas.schedules import CronSchedule

    assert cron_problem(cron) is None
    assert CronSchedule(cron=cron).cron == cron


@pytest.mark.parametrize(
    ("cron", "words"),
    [
        ("0 3 * *", "4 fields"),
        ("@daily", "1 fields"),
        ("60 3 * * *", "not within 0-59"),
        ("0 24 * * *", "not within 0-23"),
        ("0 3 0 * *", "not within 1-31"),
        ("0 3 * foo *", "not within 1-12"),
        ("0 5-3 * * *", "ends before it begins"),
        ("*/0 3 * * *", "steps by nothing"),
        ("0 3 * * $(id)", "no number"),
    ],
)
def test_wrong_cron_lines(cron: str, words: str) -> None:
    """The message names the field."""
    assert words in (cron_problem(cron) or "")


def test_names_and_zones() -> None:
    """A name is also that of a file; a zone is one of the tz database."""
    assert name_problem("nightly-2") is None
    assert all(name_problem(name) for name in ("../x", "", "server", "a b"))
    assert time_zone_problem("Asia/Shanghai") is None
    assert all(time_zone_problem(name) for name in ("Asia/Nowhere", "../etc/passwd", ""))


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["--cron", "0 3 * * *"], "nothing to run"),
        (["--cron", "0 3 * *", "--inbox", "."], "--cron: it has 4 fields"),
        (["--cron", "0 3 * * *", "--inbox", "none"], "--inbox none is no folder"),
        (["--cron", "0 3 * * *", "--inbox", ".", "--time-zone", "Mars"], "--time-zone: there is no time zone"),
        (["--cron", "0 3 * * *", "--source", "no-such-source"], "there is no source no-such-source"),
    ],
)
def test_wrong_command_lines_start_nothing(arguments: list[str], words: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Exit code 2, at once, with no server and no folder made."""
    monkeypatch.chdir(tmp_path)
    done = CliRunner().invoke(command, arguments)

    assert (done.exit_code, list(tmp_path.iterdir())) == (2, [])
    assert words in done.output


def test_service_environment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing is sent anywhere, the database lies in the warehouse, and no proxy stands between processes of one machine."""
    monkeypatch.setenv("no_proxy", "intranet")
    monkeypatch.setenv("PREFECT_API_URL", "http://elsewhere/api")

    environment = for_a_service(tmp_path / "prefect", None, "json", tmp_path)

    assert (environment["DO_NOT_TRACK"], environment["PREFECT_SERVER_ANALYTICS_ENABLED"]) == ("1", "false")
    assert environment["PREFECT_HOME"] == str(tmp_path / "prefect")
    assert environment["NO_PROXY"] == "intranet,127.0.0.1,localhost"
    assert "PREFECT_API_URL" not in environment


def test_child_that_ends_is_told_with_its_last_words(tmp_path: Path) -> None:
    """The message holds the code and the end of the log."""
    child = Child("the child", ["-c", "print('oh no'); raise SystemExit(4)"], os.environ, tmp_path / "log")

    with pytest.raises(ProcessEnded, match=r"(?s)code 4.*oh no"):
        child.wait_until(lambda: False, 30)


def test_stop_ends_what_the_child_started(tmp_path: Path) -> None:
    """A run is asked to end before its runner is, and neither is left."""
    script = (
        "import subprocess, sys, time\n"
        'inner = \'import signal, sys, time; signal.signal(signal.SIGTERM, lambda *_: (print("asked", flush=True), sys.exit()));'
        ' print("up", flush=True); time.sleep(60)\'\n'
        "subprocess.Popen([sys.executable, '-c', inner])\n"
        "try:\n    time.sleep(60)\nexcept KeyboardInterrupt:\n    print('interrupted', flush=True)\n"
    )
    child = Child("the child", ["-c", script], os.environ, tmp_path / "log")
    child.wait_until(lambda: "up" in (tmp_path / "log").read_text(), 30)

    child.stop(10)

    assert (tmp_path / "log").read_text().split() == ["up", "asked", "interrupted"]
    assert child.started() == []
    assert _state(child.pid) == ""


def test_child_ends_with_a_parent_that_is_killed(tmp_path: Path) -> None:
    """Killed with -9, a schedule leaves no server behind."""
    script = (
        "import os, sys, time; from pathlib import Path; from flows.schedule.processes import Child\n"
        f"child = Child('c', ['-c', 'import time; time.sleep(60)'], os.environ, Path({str(tmp_path / 'log')!r}))\n"
        "print(child.pid, flush=True); time.sleep(60)"
    )
    with subprocess.Popen([sys.executable, "-c", script], stdout=subprocess.PIPE, cwd=Path(__file__).parents[2]) as parent:
        assert parent.stdout
        pid = int(parent.stdout.readline())
        parent.kill()
    deadline = time.monotonic() + 10
    while (state := _state(pid)) not in ("", "Z") and time.monotonic() < deadline:
        time.sleep(0.1)

    assert state in ("", "Z")


def _state(pid: int) -> str:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except OSError:
        return ""


def test_free_port_is_free() -> None:
    """Two in a row are ports that can be had."""
    assert all(1024 < free_port() < 65536 for _ in range(2))


def test_summary_is_safe_markdown() -> None:
    """Words of notices are neither Markdown nor HTML, and a secret in them is masked."""
    summary = RunSummary("r1", "quality_gate_failed", 5, 2, 1, 1, 2, 7, 3.21, {"pass": 3, "fail": 1}, ("a|b <script> password=opensesame",))

    words = summary_words(summary, [("not_a_notice", 2)], Path("/srv/report/index.html"))

    assert "质量门未通过" in words and "| 不符 | 1 |" in words and "not\\_a\\_notice" in words
    assert "a\\|b &lt;script&gt;" in words
    assert "opensesame" not in words
