"""Replacing a report as a whole: the new one is written beside the old and takes its place only when it is complete."""

from __future__ import annotations

import contextlib
import errno
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

# Words by which the first page of a report is known, so that nobody's own index.html is ever replaced.
MARK = '<meta name="generator" content="taizhang'
_HIDDEN = ".taizhang-report-"


@contextlib.contextmanager
def replacing(out_dir: Path) -> Iterator[Path]:
    """A new folder to write into, whose entries take the places of the old ones in ``out_dir`` when the block ends well.

    Entries of ``out_dir`` that no report writes stay as they are. A block that fails leaves the old report whole. Raises
    ``FileExistsError`` where ``out_dir`` holds an index.html that is not of a report, and ``OSError`` where it cannot be written.
    """
    if out_dir.exists() and not out_dir.is_dir():
        raise FileExistsError(errno.EEXIST, "a file stands where the report's folder should be; name another folder", str(out_dir))
    out_dir.mkdir(parents=True, exist_ok=True)
    refuse_foreign(out_dir)
    building = Path(tempfile.mkdtemp(prefix=_HIDDEN, dir=out_dir))
    try:
        fresh, old = building / "new", building / "old"
        fresh.mkdir()
        old.mkdir()
        yield fresh
        _swap(fresh, old, out_dir)
    finally:
        shutil.rmtree(building, ignore_errors=True)


def refuse_foreign(out_dir: Path) -> None:
    """Raise ``FileExistsError`` where ``out_dir`` holds a site that taizhang did not write."""
    index = out_dir / "index.html"
    if index.exists():
        with index.open("rb") as file:
            head = file.read(4096).decode("utf-8", "replace")
        if MARK not in head:
            raise FileExistsError(errno.EEXIST, "it is not a report of taizhang and would be overwritten; name another folder", str(index))
    elif any((out_dir / name).exists() for name in ("notices", "data", "assets")):
        raise FileExistsError(errno.EEXIST, "it holds folders that a report would overwrite; name an empty folder", str(out_dir))


def _swap(fresh: Path, old: Path, out_dir: Path) -> None:
    """Move every entry of ``fresh`` into ``out_dir``, folders first so that no page is there before what it needs; undo it if one fails."""
    moved: list[Path] = []
    try:
        for entry in sorted(fresh.iterdir(), key=lambda path: (path.is_file(), path.name)):
            target = out_dir / entry.name
            if target.exists():
                target.rename(old / entry.name)
            moved.append(target)
            entry.rename(target)
    except OSError:
        for target in reversed(moved):
            if target.exists():
                target.rename(fresh / target.name)
            if (old / target.name).exists():
                (old / target.name).rename(target)
        raise
