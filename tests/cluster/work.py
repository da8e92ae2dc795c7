"""Writers as processes of their own, as other machines are: they know the warehouse by their environment alone."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from tests.cluster.conftest import Place

ROOT = Path(__file__).parents[2]
BATCH = 10
_RUN = """
import sys
from flows.run import ingest
from flows.settings import load
from tests.flows.stand_in import STEPS
print("begins", flush=True)
ingest([sys.argv[1]], load(), steps=STEPS)
"""
_HOLD = """
import sys, time
from flows.settings import load
from flows.writing import writing
with writing(load(), "taizhang run"):
    print("holds", flush=True)
    time.sleep(float(sys.argv[1]))
"""


def start_run(place: Place, machine: str, inbox: Path) -> subprocess.Popen[str]:
    """A run on ``machine`` with the stand-in's rules, which is about to begin."""
    return _start(place, machine, _RUN, str(inbox), "begins")


def start_holder(place: Place, machine: str, seconds: float) -> subprocess.Popen[str]:
    """A process of ``machine`` that is the warehouse's writer for so long."""
    return _start(place, machine, _HOLD, str(seconds), "holds")


def environment(place: Place, machine: str, **more: str) -> dict[str, str]:
    """The environment of a process on ``machine``."""
    own = {"TAIZHANG_WAREHOUSE": str(place.folder / machine), "TAIZHANG_BATCH_SIZE": str(BATCH), "PYTHONDONTWRITEBYTECODE": ""}
    return {**os.environ, **place.environment, **own, **more}


def _start(place: Place, machine: str, script: str, argument: str, first: str) -> subprocess.Popen[str]:
    process = subprocess.Popen(
        [sys.executable, "-c", script, argument], cwd=ROOT, env=environment(place, machine), stdout=subprocess.PIPE, text=True
    )
    assert process.stdout
    assert process.stdout.readline() == f"{first}\n"
    return process
