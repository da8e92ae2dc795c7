"""Warehouses to be damaged: made once, copied for every test."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from flows.doctor import examine
from flows.run import ingest
from tests.faults.work import BATCH
from tests.flows.stand_in import STEPS, settings
from tests.flows.test_kill import fill
from transforms.records.catalogue import NOTICE_TABLES
from warehouse.lake import local, open_reader, open_writer


@pytest.fixture(scope="session")
def empty_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A warehouse without rows."""
    root = tmp_path_factory.mktemp("empty") / "warehouse"
    open_writer(local(root)).close()
    return root


@pytest.fixture(scope="session")
def full_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A warehouse of sixty notices in six batches, each of which was replaced once, with its inbox beside it."""
    root = tmp_path_factory.mktemp("full")
    for version in (0, 1):
        fill(root / "inbox", version)
        ingest([str(root / "inbox")], settings(root / "warehouse", batch_size=BATCH), steps=STEPS)
    return root


@pytest.fixture
def empty(empty_template: Path, tmp_path: Path) -> Path:
    """A fresh empty warehouse."""
    return _copied(empty_template, tmp_path / "warehouse")


@pytest.fixture
def full(full_template: Path, tmp_path: Path) -> Path:
    """A fresh warehouse of sixty notices. Its documents name the files of the template's inbox, which stay as they are."""
    return _copied(full_template / "warehouse", tmp_path / "warehouse")


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Callable[[str], Path]]:
    """A function that mounts a disk of a size such as ``4m``, or gives an existing one another size; its folder."""
    disk = tmp_path / "disk"
    disk.mkdir()

    def sized(size: str) -> Path:
        options = ["-o", f"{'remount,' if disk.is_mount() else ''}size={size}"]
        if (
            not shutil.which("mount")
            or subprocess.run(["mount", "-t", "tmpfs", *options, "tmpfs", str(disk)], capture_output=True).returncode
        ):
            pytest.skip("mounting a small disk needs root; run the tests in a container as root to include this one")
        return disk

    yield sized
    if disk.is_mount():
        subprocess.run(["umount", "-l", str(disk)], check=True)


@pytest.fixture
def read_only(tmp_path: Path) -> Iterator[Callable[[Path], Path]]:
    """A function that shows a folder at a second place where nothing can be written; root may write anywhere else."""
    place = tmp_path / "read-only"
    place.mkdir()

    def shown(folder: Path) -> Path:
        bind = ["mount", "--bind", str(folder), str(place)]
        if not shutil.which("mount") or subprocess.run(bind, capture_output=True).returncode:
            pytest.skip("a read-only mount needs root; run the tests in a container as root to include this one")
        subprocess.run(["mount", "-o", "remount,ro,bind", str(place)], check=True)
        return place

    yield shown
    # not asked whether it is a mount: a second place on one disk is none to Python. Where nothing was mounted, umount says so and changes nothing
    if shutil.which("umount"):
        subprocess.run(["umount", "-l", str(place)], capture_output=True)


def assert_sound(folder: Path, allowed: tuple[str, ...] = ()) -> None:
    """Doctor finds no error: files, raw store, and every invariant that SQL tells."""
    found = [finding for finding in examine(settings(folder)) if finding.severity == "error" and finding.kind not in allowed]
    assert not found


def content(folder: Path) -> dict[str, tuple[int, int]]:
    """Number and hash of the rows of every notice table, whatever their order."""
    with open_reader(settings(folder).location) as lake:
        return {
            record.TABLE.name: tuple(
                lake.execute(f"SELECT count(*), coalesce(sum(hash(t)::HUGEINT), 0) FROM {record.TABLE.name} t").fetchall()[0]
            )
            for record in NOTICE_TABLES
        }


def flip(path: Path, at: int | None = None, length: int = 8) -> None:
    """Turn every bit of a few bytes of a file round."""
    raw = bytearray(path.read_bytes())
    start = len(raw) // 3 if at is None else at
    raw[start : start + length] = bytes(each ^ 0xFF for each in raw[start : start + length])
    path.write_bytes(bytes(raw))


def _copied(source: Path, target: Path) -> Path:
    shutil.copytree(source, target)
    return target
