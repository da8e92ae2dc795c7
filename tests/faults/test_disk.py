"""A full disk and a read-only folder: one clear line, exit code 1, and the warehouse as it was."""

from __future__ import annotations

import random
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from flows.cli import cli
from flows.maintenance import maintain_warehouse
from tests.faults import work
from tests.faults.conftest import assert_sound, content
from tests.flows.stand_in import settings
from tests.flows.test_kill import assert_whole, fill

pytestmark = pytest.mark.faults
Disk = Callable[[str], Path]


def run(*arguments: object) -> Result:
    return CliRunner().invoke(cli, [str(each) for each in arguments])


@pytest.fixture(autouse=True)
def _stand_in(monkeypatch: pytest.MonkeyPatch) -> None:
    """Commands extract with the stand-in."""
    for module in ("flows.run", "flows.rebuild", "flows.repair"):
        monkeypatch.setattr(f"{module}.real_steps", lambda _settings=None: work.STEPS)
    monkeypatch.setenv("TAIZHANG_BATCH_SIZE", "10")
    monkeypatch.setenv("TAIZHANG_LOCK_WAIT_SECONDS", "0")


def used(folder: Path) -> int:
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())


# no room to begin with, or room that is used up under way
@pytest.mark.parametrize(("name", "room"), [("run", 40_000), ("run", 300_000), ("rebuild", 300_000), ("maintain", 40_000)])
def test_full_disk_stops_each_writer_without_loss(full: Path, small_disk: Disk, tmp_path: Path, name: str, room: int) -> None:
    """The command says that the disk is full; rows stay as they were; with room again it gets through."""
    folder = small_disk("64m") / "warehouse"
    shutil.copytree(full, folder)
    before = content(folder)
    rest = small_disk("64m") / "rest"
    free = shutil.disk_usage(folder).free
    rest.write_bytes(b"\0" * (free - room))
    fill(tmp_path / "inbox", version=2)
    arguments = {"maintain": ["maintain"], "rebuild": ["rebuild", "--all"], "run": ["run", tmp_path / "inbox"]}[name]
    if name == "rebuild":
        work_steps = work.steps_of("v2")
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr("flows.rebuild.real_steps", lambda _settings=None: work_steps)
            stopped = run(*arguments, "--warehouse", folder)
    else:
        stopped = run(*arguments, "--warehouse", folder)

    assert stopped.exit_code == 1, stopped.output
    assert "the disk is full" in stopped.output
    rest.unlink()
    assert_whole(folder)
    assert_sound(folder)
    if name == "maintain":
        assert content(folder) == before

    again = run(*arguments, "--warehouse", folder)

    assert again.exit_code == 0, again.output
    assert_whole(folder)
    assert_sound(folder)


def test_backup_to_a_full_disk_leaves_the_earlier_backup(full: Path, small_disk: Disk, tmp_path: Path) -> None:
    """The second backup does not fit; the first can still be restored."""
    target = small_disk("8m") / "backup"
    assert run("backup", target, "--warehouse", full).exit_code == 0
    letters = random.Random(3)
    fill(tmp_path / "inbox", version=2)
    for each in range(30):
        words = "".join(chr(letters.randrange(0x4E00, 0x9FA5)) for _ in range(60_000))
        (tmp_path / "inbox" / f"long{each}.txt").write_text(f"通报{each}\n102\n102\n102\n102\n{words}", "utf-8")
    before = content(full)
    assert run("run", tmp_path / "inbox", "--warehouse", full).exit_code == 0

    stopped = run("backup", target, "--warehouse", full)

    assert stopped.exit_code == 1
    assert "the disk is full" in stopped.output
    restored = run("restore", target, "--warehouse", tmp_path / "restored")
    assert restored.exit_code == 0, restored.output
    assert content(tmp_path / "restored") == before


def test_read_only_folder_is_read_and_not_written(full: Path, read_only: Callable[[Path], Path], tmp_path: Path) -> None:
    """Questions, status, doctor and backup work; what writes says in one line that it cannot, and changes nothing."""
    maintain_warehouse(settings(full))
    place = read_only(full)
    for arguments in (["sql", "SELECT count(*) FROM notices"], ["status"], ["doctor"], ["backup", tmp_path / "backup"]):
        done = run(*arguments, "--warehouse", place)
        assert done.exit_code == 0, done.output
    fill(tmp_path / "inbox", version=2)
    for arguments in (["run", tmp_path / "inbox"], ["maintain"], ["rebuild", "--all"], ["doctor", "--repair"]):
        done = run(*arguments, "--warehouse", place)
        assert (done.exit_code, "Read-only file system" in done.output) == (1, True), done.output
    assert_whole(full)
    assert_sound(full)
