"""Telling somebody that a run failed: by a command or a web address that the user sets (on_failure_command, on_failure_url).

Both get one JSON object without secrets. What goes wrong here is logged and never changes how the run ended.
"""

from __future__ import annotations

import contextlib
import datetime
import json
import logging
import os
import shlex
import signal
import socket
import subprocess
import urllib.error
import urllib.request
from typing import IO, Any

from flows.logs import event
from flows.secrets import masked
from flows.settings import Settings, SettingsError, load
from flows.versions import code_version

COMMAND_SECONDS = 60.0
URL_SECONDS = 20.0
_MOST_WORDS = 2000


def tell_failure(flow: Any, flow_run: Any, state: Any) -> None:
    """Prefect's hook for failed and crashed runs."""
    try:
        chosen = load(_given(flow_run.parameters or {}))
    except SettingsError as error:
        event("hook.failed", f"nobody was told of the failure: {error}", logging.ERROR)
        return
    notify(chosen, failure(chosen, flow.name, flow_run.name, str(flow_run.id), state.name, state.message or ""))


def failure(settings: Settings, flow: str, run: str, run_id: str, state: str, message: str) -> dict[str, str]:
    """The object that is handed over: which run, in which state it ended and why, which warehouse, when (UTC) and where."""
    return {
        "event": "run_failed",
        "flow": flow,
        "flow_run": run,
        "flow_run_id": run_id,
        "state": state,
        "message": masked(message)[:_MOST_WORDS],
        "warehouse": str(settings.warehouse),
        "host": socket.gethostname(),
        "at": datetime.datetime.now(datetime.UTC).isoformat(timespec="seconds"),
        "version": code_version(),
    }


def notify(settings: Settings, body: dict[str, str]) -> None:
    """Call the command and post to the address, whichever are set. Never raises."""
    for name, value, tell in (
        ("on_failure_command", settings.on_failure_command, _call),
        ("on_failure_url", settings.on_failure_url, _post),
    ):
        if not value:
            continue
        try:
            tell(value, body)
        except (OSError, ValueError, subprocess.SubprocessError) as error:
            event("hook.failed", f"{name} did not work: {type(error).__name__}: {error}", logging.ERROR, hook=name)
        else:
            event("hook.done", f"{name} was told of the failure", hook=name)


def _given(parameters: dict[str, Any]) -> dict[str, Any]:
    """The settings that the run was given beside file and environment."""
    settings = parameters.get("settings")
    given = dict(settings) if isinstance(settings, dict) else {}
    if parameters.get("warehouse"):
        given["warehouse"] = parameters["warehouse"]
    return given


def _call(command: str, body: dict[str, str]) -> None:
    """Run ``command`` without a shell in a session of its own; raises ``SubprocessError`` if it fails or takes too long."""
    words = shlex.split(command)
    if not words:
        raise ValueError("it is blank")
    process = subprocess.Popen(words, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, start_new_session=True)
    try:
        output, _ = process.communicate(json.dumps(body, ensure_ascii=False).encode(), timeout=COMMAND_SECONDS)
    except subprocess.TimeoutExpired:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.communicate()
        raise
    if process.returncode:
        raise subprocess.SubprocessError(f"exit code {process.returncode}: {output.decode('utf-8', 'replace')[-500:].strip()}")


class _NoRedirect(urllib.request.HTTPRedirectHandler):
    """Where the message goes is what the user set, and nowhere else."""

    def redirect_request(self, req: urllib.request.Request, fp: IO[bytes], code: int, msg: str, headers: Any, newurl: str) -> None:
        """None follows no redirect: the answer becomes an error."""
        return


def _post(url: str, body: dict[str, str]) -> None:
    data = json.dumps(body, ensure_ascii=False).encode()
    request = urllib.request.Request(url, data, {"Content-Type": "application/json; charset=utf-8"}, method="POST")
    with urllib.request.build_opener(_NoRedirect()).open(request, timeout=URL_SECONDS) as answer:
        answer.read(1000)
