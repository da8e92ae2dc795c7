"""Logs: warnings as text, or every event as one line of JSON (setting ``log``, TAIZHANG_LOG=json); no secret in either.

Prefect's own loggers use the same handler by flows/schedule/logging.yml.
"""

from __future__ import annotations

import datetime
import json
import logging
import sys
from typing import Any

from flows.secrets import masked

NAME = "taizhang"
_FIELDS = "fields"
# what Prefect hangs on a record that belongs to a run
_OF_A_RUN = ("flow_run_id", "flow_run_name", "task_run_name")


def event(name: str, words: str = "", level: int = logging.INFO, **fields: Any) -> None:
    """Log that ``name`` happened; ``fields`` are values that JSON can hold, or are written as text."""
    logging.getLogger(NAME).log(level, "%s", words or name, extra={_FIELDS: {"event": name, **fields}})


def configure(form: str) -> None:
    """Log to stderr as the setting says; for processes that do not load Prefect, which configures logging by itself."""
    logger = logging.getLogger(NAME)
    logger.handlers = [console(form)]
    logger.setLevel(logging.INFO)
    logger.propagate = False


def console(form: str | None = None) -> logging.Handler:
    """The handler for stderr. Without ``form`` the settings are asked, for Prefect makes the handler from its file."""
    form = form or _from_settings()
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(JsonLines() if form == "json" else Text("%(asctime)s %(levelname)s %(name)s: %(message)s"))
    is_json = form == "json"
    handler.addFilter(lambda record: record.levelno >= logging.WARNING or (is_json and record.name == NAME))
    return handler


def _from_settings() -> str:
    from flows.settings import SettingsError, load

    try:
        return load().log
    except SettingsError:  # whoever uses the settings tells
        return "text"


class Text(logging.Formatter):
    """Lines for people."""

    def format(self, record: logging.LogRecord) -> str:
        """The line, with the traceback if there is one."""
        return masked(super().format(record))


class JsonLines(logging.Formatter):
    """One JSON object a line: time (UTC), level, logger, message, the event's fields, and the run it belongs to."""

    def format(self, record: logging.LogRecord) -> str:
        """The line."""
        time = datetime.datetime.fromtimestamp(record.created, datetime.UTC).isoformat(timespec="milliseconds")
        line: dict[str, Any] = {
            "time": time,
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": masked(record.getMessage()),
        }
        line.update({name: str(value) for name in _OF_A_RUN if (value := getattr(record, name, None)) is not None})
        line.update({name: _plain(value) for name, value in getattr(record, _FIELDS, {}).items()})
        if record.exc_info:
            line["traceback"] = masked(self.formatException(record.exc_info))
        return json.dumps(line, ensure_ascii=False)


class Masking(logging.Filter):
    """Takes secrets out of records for handlers that format by themselves, such as the one that sends logs to Prefect's server."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Every record passes, in plain words."""
        words = record.getMessage()
        if record.exc_info:
            words += "\n" + logging.Formatter().formatException(record.exc_info)
            record.exc_info = record.exc_text = None
        record.msg, record.args = masked(words), ()
        return True


def _plain(value: Any) -> Any:
    if value is None or isinstance(value, bool | int | float):
        return value
    if isinstance(value, dict):
        return {str(name): _plain(each) for name, each in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(each) for each in value]
    return masked(str(value))
