"""What looks after a warehouse, from the command line: status, maintain, backup, restore, doctor."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from flows.cli import cli
from flows.run import ingest
from tests.flows.stand_in import STEPS, settings
from warehouse.lake import open_reader
from warehouse.lock import writer_lock


def run(*arguments: object) -> Result:
    return CliRunner().invoke(cli, [str(each) for each in arguments])


@pytest.fixture(scope="module")
def template(empty_warehouse: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two runs: a notice and a menu, then a second notice and a batch that broke an invariant."""
    root = tmp_path_factory.mktemp("kept")
    shutil.copytree(empty_warehouse, root / "warehouse")
    (root / "inbox").mkdir()
    (root / "inbox" / "a.txt").write_text("通报甲\n1", "utf-8")
    (root / "inbox" / "b.txt").write_text("菜单", "utf-8")
    ingest([str(root / "inbox")], settings(root / "warehouse"), steps=STEPS)
    (root / "inbox" / "c.txt").write_text("通报丙\n13", "utf-8")
    ingest([str(root / "inbox")], settings(root / "warehouse"), steps=STEPS)
    return root / "warehouse"


@pytest.fixture
def kept(template: Path, tmp_path: Path) -> Path:
    shutil.copytree(template, tmp_path / "warehouse")
    return tmp_path / "warehouse"


def test_status_tells_all(kept: Path) -> None:
    """Runs with their outcomes, latest first, the writer at work, sizes, snapshots, rejects, quarantine, and that nothing is scheduled."""
    with writer_lock(kept / "writer.lock", "taizhang test"):
        told = json.loads(run("status", "--format", "json", "--warehouse", kept).output)
        text = run("status", "--warehouse", kept).output

    assert [each["outcome"] for each in told["runs"]] == ["quality_gate_failed", "completed_with_rejects"]
    assert told["writer"]["purpose"] == "taizhang test"
    assert (told["size"]["notices"], told["size"]["documents"], told["size"]["raw_files"]) == (1, 2, 3)
    assert told["snapshots"]["count"] > 2
    assert len(told["quarantine"]) == 1
    assert told["schedule"] == []
    for words in ("Writer     process", "(taizhang test, since", "quality_gate_failed", "nothing is scheduled", "Quarantine "):
        assert words in text


def test_maintain_keeps_every_row(kept: Path) -> None:
    """It tells what it did, and the rows are the same."""
    before = rows(kept)

    done = run("maintain", "--warehouse", kept)

    assert done.exit_code == 0, done.output
    assert "files" in done.output
    assert rows(kept) == before


def test_backup_restores_elsewhere_and_in_place(kept: Path, tmp_path: Path) -> None:
    """To a new folder at once, over a warehouse only with --force, which keeps the former one."""
    before = rows(kept)
    assert run("backup", tmp_path / "backup", "--warehouse", kept).exit_code == 0

    elsewhere = run("restore", tmp_path / "backup", "--warehouse", tmp_path / "elsewhere")
    refused = run("restore", tmp_path / "backup", "--warehouse", kept)
    forced = run("restore", tmp_path / "backup", "--warehouse", kept, "--force")

    assert (elsewhere.exit_code, refused.exit_code, forced.exit_code) == (0, 1, 0), elsewhere.output + forced.output
    assert "--force" in refused.output
    assert rows(tmp_path / "elsewhere") == rows(kept) == before
    assert len(list(tmp_path.glob("warehouse.before-restore-*"))) == 1
    assert run("doctor", "--warehouse", kept).exit_code == 0


def rows(folder: Path) -> list[tuple[object, ...]]:
    with open_reader(settings(folder).location) as lake:
        return lake.execute("SELECT title, yuan_low FROM notices JOIN amounts USING (notice_id) ORDER BY ALL").fetchall()
