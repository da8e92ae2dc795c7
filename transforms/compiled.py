"""Finds the rules that ``make compiled`` compiled (docs/decisions/0008) and puts them before the sources, as long as both are of one state."""

from __future__ import annotations

import os
import sys
from pathlib import Path

_SOURCES = Path(__file__).resolve().parent
FOLDER = _SOURCES.parent / "var" / "compiled"
STAMP = "sources.txt"
# 0: never use them, 1: insist on them; else they are used where there are any
SETTING = "TAIZHANG_COMPILED"


def state(sources: Path = _SOURCES) -> str:
    """Names, sizes and times of the Python sources below ``sources``: what tells, as ``make`` does, that one was touched."""
    files = sorted(Path(folder, name) for folder, _, names in os.walk(sources) for name in names if name.endswith(".py"))
    return "".join(f"{file.relative_to(sources)} {(known := file.stat()).st_size} {known.st_mtime_ns}\n" for file in files)


def search_path(plain: list[str]) -> list[str]:
    """Where to look for the modules of ``transforms``: ``plain``, or the compiled ones where they were made from what stands there.

    Raises ``ImportError`` where they are insisted on and there are none, or old ones.
    """
    wanted = os.environ.get(SETTING, "")
    stamp = FOLDER / STAMP
    if wanted != "0" and stamp.is_file() and stamp.read_text("utf-8") == state():
        sys.path.append(str(FOLDER))  # the library that the modules share
        return [str(FOLDER / "transforms")]
    if wanted == "1":
        raise ImportError(f"{SETTING}=1, but the rules in {FOLDER} are older than their sources, or not there; run: make compiled")
    return plain


def is_used() -> bool:
    """Whether this process runs compiled rules."""
    return str(FOLDER) in sys.path
