"""The failure hook: what it hands over, and that nothing it meets reaches the run."""

from __future__ import annotations

import json
import logging
import sys
import time
from pathlib import Path
from types import SimpleNamespace

import pytest

from flows import hooks
from flows.hooks import failure, notify, tell_failure
from flows.settings import Settings


def _told(settings: Settings) -> dict[str, str]:
    return failure(settings, "taizhang", "taizhang 2026-01-01", "id", "QualityGateFailed", "broken; password=opensesame")


def test_body_is_whole_and_masked(tmp_path: Path) -> None:
    """Which run, in which state, why, which warehouse, when; no secret."""
    body = _told(Settings(warehouse=tmp_path, catalog="postgres:password=opensesame"))

    assert (body["event"], body["state"], body["warehouse"]) == ("run_failed", "QualityGateFailed", str(tmp_path))
    assert "opensesame" not in json.dumps(body)


def test_command_gets_the_body_and_no_shell(tmp_path: Path) -> None:
    """Arguments are passed as they are written: a semicolon starts no second command."""
    script = tmp_path / "hook.py"
    script.write_text("import sys, json; json.dump([sys.argv[1:], json.load(sys.stdin)], open(sys.argv[1], 'w'))", "utf-8")
    out = tmp_path / "out"
    settings = Settings(on_failure_command=f"{sys.executable} {script} {out} '; touch {tmp_path}/second' $HOME")

    notify(settings, _told(settings))

    arguments, body = json.loads(out.read_text("utf-8"))
    assert arguments == [str(out), f"; touch {tmp_path}/second", "$HOME"]
    assert body["state"] == "QualityGateFailed"
    assert not (tmp_path / "second").exists()


@pytest.mark.parametrize(
    ("command", "words"),
    [
        ("/no/such/program", "FileNotFoundError"),
        (f"{sys.executable} -c 'raise SystemExit(3)'", "exit code 3"),
        ("'unclosed", "ValueError"),
        ("   ", "it is blank"),
    ],
)
def test_broken_command_is_logged(command: str, words: str, caplog: pytest.LogCaptureFixture) -> None:
    """What is wrong with the command stands in the log, and nothing is raised."""
    settings = Settings(on_failure_command=command)
    with caplog.at_level(logging.ERROR):
        notify(settings, _told(settings))

    assert words in caplog.text


def test_slow_command_is_killed_with_what_it_started(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """A hook that hangs does not keep a run alive."""
    monkeypatch.setattr(hooks, "COMMAND_SECONDS", 0.5)
    late = tmp_path / "late"
    settings = Settings(on_failure_command=f"sh -c 'sleep 3; touch {late}'")
    began = time.monotonic()
    with caplog.at_level(logging.ERROR):
        notify(settings, _told(settings))

    assert time.monotonic() - began < 3
    assert "TimeoutExpired" in caplog.text
    time.sleep(3.2 - (time.monotonic() - began))
    assert not late.exists()


def test_silent_address_is_logged(caplog: pytest.LogCaptureFixture) -> None:
    """A server that is away costs a line in the log, without the secret of its address."""
    settings = Settings(on_failure_url="http://127.0.0.1:9/hook?key=opensesame")
    with caplog.at_level(logging.ERROR):
        notify(settings, _told(settings))

    assert "on_failure_url did not work" in caplog.text
    assert "opensesame" not in caplog.text


@pytest.mark.parametrize(
    "parameters", [{"settings": {"warehouse": "given"}}, {"warehouse": "given"}, {"settings": None, "warehouse": "given"}]
)
def test_hook_knows_the_settings_of_its_run(parameters: dict[str, object], monkeypatch: pytest.MonkeyPatch) -> None:
    """Both flows name their warehouse among their parameters."""
    seen: list[str] = []
    monkeypatch.setattr(hooks, "notify", lambda settings, body: seen.append(body["warehouse"]))

    tell_failure(
        SimpleNamespace(name="taizhang"),
        SimpleNamespace(parameters=parameters, name="run", id="1"),
        SimpleNamespace(name="Failed", message=None),
    )

    assert seen == ["given"]


def test_hook_survives_wrong_settings(monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture) -> None:
    """Wrong settings may be why the run failed; the hook says that nobody could be told."""
    monkeypatch.setenv("TAIZHANG_BATCH_SIZE", "-1")
    with caplog.at_level(logging.ERROR):
        tell_failure(
            SimpleNamespace(name="f"), SimpleNamespace(parameters={}, name="r", id="1"), SimpleNamespace(name="Failed", message="")
        )

    assert "nobody was told" in caplog.text
