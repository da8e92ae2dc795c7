"""Logs are quiet as text, whole as JSON lines, and hold no secret in either."""

from __future__ import annotations

import json
import logging
import sys

import pytest

from flows import logs
from flows.logs import NAME, Masking, configure, event
from flows.secrets import masked
from flows.settings import Settings


@pytest.fixture(autouse=True)
def as_before() -> object:
    """The logger is left as it was."""
    logger = logging.getLogger(NAME)
    kept = logger.handlers, logger.level, logger.propagate
    yield
    logger.handlers, logger.level, logger.propagate = kept


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("at postgres://lake:opensesame@db:5432/x", "at postgres://lake:***@db:5432/x"),
        ("postgres:host=db password=opensesame dbname=lake", "postgres:host=db password=*** dbname=lake"),
        ("PASSWORD = 'open sesame', user", "PASSWORD = ***, user"),
        ('{"access_token": "opensesame"}', '{"access_token": ***}'),
        ("https://hook.example/send?key=opensesame&to=1", "https://hook.example/send?key=***&to=1"),
        ("AWS_SECRET_ACCESS_KEY=opensesame", "AWS_SECRET_ACCESS_KEY=***"),
        ("notices: duplicate key: notice_id (3 of 7 rows)", "notices: duplicate key: notice_id (3 of 7 rows)"),
        ("作者: 某人 author: somebody, signed: 2023-09-01", "作者: 某人 author: somebody, signed: 2023-09-01"),
        ("file:///srv/inbox/a.txt?page=2", "file:///srv/inbox/a.txt?page=2"),
    ],
)
def test_masked(words: str, expected: str) -> None:
    """Passwords in addresses and after names that say so become ***; other words stay."""
    assert masked(words) == expected


def test_values_of_secret_variables_are_masked(monkeypatch: pytest.MonkeyPatch) -> None:
    """A secret is known by the name of its variable, wherever its value turns up; a folder is no secret."""
    monkeypatch.setenv("LAKE_PASSWORD", "opensesame")
    monkeypatch.setenv("PWD", "/srv/inbox")

    assert masked("tried opensesame in /srv/inbox") == "tried *** in /srv/inbox"


def test_masking_is_linear() -> None:
    """A megabyte of what looks like beginnings takes no time to speak of."""
    hostile = "password" * 20_000 + "://a" * 50_000 + "?key" * 50_000
    assert len(masked(hostile)) <= len(hostile)


def test_settings_show_no_password() -> None:
    """What a debugger or a traceback prints of the settings holds no password."""
    shown = repr(Settings(catalog="postgres:host=db password=opensesame", on_failure_url="https://hook.example/?key=opensesame"))

    assert "host=db" in shown
    assert "opensesame" not in shown


def test_text_is_quiet(capsys: pytest.CaptureFixture[str]) -> None:
    """Only warnings are shown."""
    configure("text")
    event("run.started", "a run starts")
    event("artifact.lost", "lost: password=opensesame", logging.WARNING)

    (line,) = capsys.readouterr().err.splitlines()
    assert line.endswith("WARNING taizhang: lost: password=***")


def test_json_is_one_object_a_line(capsys: pytest.CaptureFixture[str]) -> None:
    """Every event with its fields; Chinese stays readable; a traceback is a field."""
    configure("json")
    event("run.ended", "完成\n两行", verdicts={"pass": 3}, warehouse="postgres://lake:opensesame@db")
    try:
        raise ValueError("token=opensesame")
    except ValueError:
        logging.getLogger(NAME).exception("broken")

    raw = capsys.readouterr().err
    first, second = map(json.loads, raw.splitlines())
    assert (first["event"], first["level"], first["message"], first["verdicts"]) == ("run.ended", "info", "完成\n两行", {"pass": 3})
    assert first["time"].endswith("+00:00")
    assert "ValueError" in second["traceback"]
    assert "完成" in raw and "opensesame" not in raw


def test_records_for_other_handlers_are_masked() -> None:
    """Prefect's handler formats by itself and must not find a secret in message, arguments or traceback."""
    try:
        raise ValueError("password=opensesame")
    except ValueError:
        record = logging.LogRecord("x", logging.ERROR, "", 1, "with %s", ("secret=opensesame",), sys.exc_info())

    assert Masking().filter(record)
    words = logging.Formatter().format(record)
    assert "with secret=***" in words and "ValueError: password=***" in words


def test_form_follows_the_settings(monkeypatch: pytest.MonkeyPatch) -> None:
    """Prefect makes the handler without saying how; a wrong setting must not keep it from logging."""
    monkeypatch.setenv("TAIZHANG_LOG", "json")
    assert isinstance(logs.console().formatter, logs.JsonLines)
    monkeypatch.setenv("TAIZHANG_LOG", "loud")
    assert isinstance(logs.console().formatter, logs.Text)
