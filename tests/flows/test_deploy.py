"""What lies in deploy/ fits the program: unit, container file and compose file name options, settings and files that exist."""

from __future__ import annotations

import json
import re
import shlex
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
import yaml

from flows.cli import cli
from flows.schedule.plan import cron_problem
from flows.settings import Settings

ROOT = Path(__file__).parents[2]
DEPLOY = ROOT / "deploy"
UNIT = (DEPLOY / "taizhang-schedule.service").read_text("utf-8")
CONTAINER = (DEPLOY / "Containerfile").read_text("utf-8")
COMPOSE = yaml.safe_load((DEPLOY / "compose.yaml").read_text("utf-8"))
# of the program, and not of its settings
VARIABLES = {"TAIZHANG_CONFIG", "TAIZHANG_HOME"}


def parsed(words: list[str]) -> dict[str, Any]:
    """The options that a command line gives its command; an option that it does not know is an error."""
    command = cli.get_command(None, words[0])  # type: ignore[arg-type]
    assert command
    return command.make_context(words[0], words[1:]).params


@pytest.mark.parametrize(
    "words",
    [
        shlex.split(re.search(r"^ExecStart=\S+/taizhang (.+)$", UNIT, re.MULTILINE).group(1)),  # type: ignore[union-attr]
        json.loads(re.search(r"^CMD (.+)$", CONTAINER, re.MULTILINE).group(1)),  # type: ignore[union-attr]
        COMPOSE["services"]["schedule"]["command"],
    ],
    ids=["unit", "container", "compose"],
)
def test_commands_are_understood(words: list[str]) -> None:
    """Each is a schedule with a cron line that can be read and something to run."""
    given = parsed(words)

    assert words[0] == "schedule"
    assert cron_problem(given["cron"]) is None
    assert given["inboxes"] == ("/srv/taizhang/inbox",)


@pytest.mark.parametrize("path", sorted(DEPLOY.iterdir()), ids=lambda path: path.name)
def test_variables_are_settings(path: Path) -> None:
    """A misspelt variable would be passed over without a word."""
    for name in re.findall(r"\bTAIZHANG_[A-Z_]+", path.read_text("utf-8")):
        assert name in VARIABLES or name.removeprefix("TAIZHANG_").lower() in Settings.__struct_fields__, name


def test_container_copies_what_is_there() -> None:
    """All four packages and what the build needs; the entry is the program's."""
    copied = [word for line in re.findall(r"^COPY (?!--from)(.+)$", CONTAINER, re.MULTILINE) for word in line.split()[:-1]]

    assert {"flows", "expectations", "warehouse", "transforms", "requirements.lock", "pyproject.toml"} <= set(copied)
    assert all((ROOT / name).exists() for name in copied)
    assert 'ENTRYPOINT ["taizhang"]' in CONTAINER


def test_compose_builds_that_container() -> None:
    """Its paths are right as seen from deploy/, and a stop leaves a run the time that it may take."""
    service = COMPOSE["services"]["schedule"]
    context = DEPLOY / service["build"]["context"]

    assert (context / service["build"]["dockerfile"]).resolve() == DEPLOY / "Containerfile"
    assert service["stop_grace_period"] == "90s"
    assert "TimeoutStopSec=90" in UNIT


@pytest.mark.skipif(not shutil.which("systemd-analyze"), reason="systemd-analyze is not installed (Debian: apt-get install systemd)")
def test_unit_is_accepted_by_systemd(tmp_path: Path) -> None:
    """Without a word of warning, once its program and its user are there."""
    unit = tmp_path / "taizhang-schedule.service"
    unit.write_text(
        re.sub(r"^ExecStart=\S+", "ExecStart=/bin/true", UNIT.replace("User=taizhang", "User=root"), flags=re.MULTILINE), "utf-8"
    )

    done = subprocess.run(["systemd-analyze", "verify", str(unit)], capture_output=True, text=True, timeout=60)

    assert (done.returncode, done.stdout + done.stderr) == (0, "")
