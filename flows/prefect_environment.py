"""The environment that Prefect reads when it is imported, so to be set before: nothing is sent anywhere, and little is said."""

from __future__ import annotations

import os
from collections.abc import MutableMapping
from pathlib import Path

import platformdirs

_LOGGING = Path(__file__).parent / "schedule" / "logging.yml"
_ALWAYS = {
    "DO_NOT_TRACK": "1",
    "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
    # the first start of a server migrates its database, which takes 25-35 s and is more than Prefect waits by default
    "PREFECT_SERVER_EPHEMERAL_STARTUP_TIMEOUT_SECONDS": "120",
    "PREFECT_LOGGING_LEVEL": "WARNING",
    "PREFECT_LOGGING_SETTINGS_PATH": str(_LOGGING),
    # our events also happen outside a run, where Prefect's handler has nowhere to send them
    "PREFECT_LOGGING_TO_API_WHEN_MISSING_FLOW": "ignore",
}


def for_a_run(environment: MutableMapping[str, str] | None = None) -> None:
    """Set what is not set yet for a run in this process."""
    environment = os.environ if environment is None else environment
    if "PREFECT_API_URL" not in environment:
        environment.setdefault("PREFECT_SERVER_LOGGING_LEVEL", "CRITICAL")  # a server of one run logs 150 lines when it is shut down
    environment.setdefault("PREFECT_HOME", str(platformdirs.user_state_path("taizhang") / "prefect"))
    for name, value in _ALWAYS.items():
        environment.setdefault(name, value)


def for_a_service(home: Path, api_url: str | None, form: str, warehouse: Path) -> dict[str, str]:
    """The environment of the server and of the runner that ``taizhang schedule`` starts."""
    environment = dict(os.environ)
    for name, value in _ALWAYS.items():
        environment.setdefault(name, value)
    environment |= {
        "PREFECT_HOME": str(home),
        "TAIZHANG_LOG": form,
        "TAIZHANG_WAREHOUSE": str(warehouse),
        "NO_PROXY": ",".join(filter(None, (environment.get("NO_PROXY", environment.get("no_proxy", "")), "127.0.0.1", "localhost"))),
        # a scheduler that schedules nothing says so in its log only
        "PREFECT_SERVER_LOGGING_LEVEL": environment.get("PREFECT_SERVER_LOGGING_LEVEL", "WARNING"),
        # slots of the concurrency limit outlive a server that is killed, so what they were taken for must, too
        "PREFECT_SERVER_CONCURRENCY_LEASE_STORAGE": "prefect.server.concurrency.lease_storage.filesystem",
        # runs, their logs and artifacts are kept for 90 days; what a run did stands in the table runs for ever
        "PREFECT_SERVER_SERVICES_DB_VACUUM_ENABLED": "events,flow_runs",
    }
    if api_url:
        environment["PREFECT_API_URL"] = api_url
    else:
        environment.pop("PREFECT_API_URL", None)
    return environment
