"""A rebuild extracts from the raw store what other rules made, tells every value that changes, and goes on where it was stopped."""

from __future__ import annotations

import dataclasses
import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from flows.cli import cli
from flows.rebuild import RebuildSummary, rebuild
from flows.run import ingest
from flows.steps import Steps
from tests.flows.stand_in import STEPS, extract, settings
from transforms.notice import Extraction
from transforms.reading.refusal import Refusal
from transforms.records.notices import Notice
from warehouse.lake import open_reader
from warehouse.stored import UnknownRules

OLD, NEW = "0123456789ab", "ba9876543210"


def with_rules(patch: pytest.MonkeyPatch, version: str) -> None:
    for module in ("flows.batch", "flows.rebuild", "flows.run", "warehouse.stored", "flows.survey"):
        patch.setattr(f"{module}.rules_version", lambda: version)


@pytest.fixture
def use_rules(monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    """A function that gives this process the rules of a version."""

    return lambda version: with_rules(monkeypatch, version)


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory, empty_warehouse: Path) -> Path:
    """A warehouse of six notices and a refused menu that the old rules read; their files are gone."""
    root = tmp_path_factory.mktemp("rebuild")
    inbox = root / "inbox"
    inbox.mkdir()
    for number in range(6):
        (inbox / f"{number}.txt").write_text(f"通报{number}\n{number}0", "utf-8")
    (inbox / "menu.txt").write_text("菜单", "utf-8")
    shutil.copytree(empty_warehouse, root / "warehouse")
    with pytest.MonkeyPatch.context() as patch:
        with_rules(patch, OLD)
        ingest([str(inbox)], settings(root / "warehouse"), steps=STEPS)
    shutil.rmtree(inbox)
    return root / "warehouse"


@pytest.fixture
def filled(template: Path, tmp_path: Path, use_rules: Callable[[str], None]) -> Path:
    """That warehouse, with new rules."""
    use_rules(NEW)
    shutil.copytree(template, tmp_path / "warehouse")
    return tmp_path / "warehouse"


def steps(change: Callable[[Notice], dict[str, Any] | Refusal]) -> Steps:
    """Rules that give a notice other values, or refuse it; a menu is a notice to them."""

    def changed(reading: Any, notice_id: str, document_id: str) -> Extraction | Refusal:
        found = extract(dataclasses.replace(reading, text=reading.text.replace("菜单", "通报菜单")), notice_id, document_id)
        assert isinstance(found, Extraction)
        notice = found.tables[Notice][0]
        values = change(notice)
        if isinstance(values, Refusal):
            return values
        old = {name: getattr(notice, name) for name in notice.__struct_fields__}
        return Extraction({**found.tables, Notice: (Notice(**{**old, **values}),)})

    return dataclasses.replace(STEPS, extract=changed)


def better(notice: Notice) -> dict[str, Any] | Refusal:
    """Notice 1 has another title, notice 2 is none, the others are as they were."""
    if notice.title == "通报2":
        return Refusal("not_a_notice", "recognise", "it is none")
    return {"title": "关于一的通报"} if notice.title == "通报1" else {}


def rows(folder: Path, sql: str) -> list[tuple[Any, ...]]:
    with open_reader(settings(folder).location) as lake:
        return lake.execute(sql).fetchall()


def test_changed_values_are_told(filled: Path) -> None:
    """Old and new value of each column, rows that came and went, what was accepted or withdrawn; nothing else is written, nothing is left to do."""
    untouched = (
        "SELECT run_id, notice_id FROM notices JOIN documents USING (document_id, notice_id) WHERE title IN ('通报0', '通报3') ORDER BY 2"
    )
    before = rows(filled, untouched)

    summary = rebuild(settings(filled), steps=steps(better))

    (change,) = [each for shown in summary.changes.examples.values() for each in shown if each.kind == "changed"]
    assert (change.table, change.values) == ("notices", {"title": ("通报1", "关于一的通报")})
    assert summary.changes.counts["notices"] == {"gone": 1, "new": 1, "changed": 1}
    assert summary.changes.counts["amounts"]["gone"] == 1
    assert (summary.documents, len(summary.changes.notices)) == (7, 3)
    assert [uri.rpartition("/")[2] for uri in summary.accepted] == ["menu.txt"]
    assert len(summary.withdrawn) == 1
    assert {row[0] for row in rows(filled, "SELECT title FROM notices")} == {"通报0", "关于一的通报", "通报3", "通报4", "通报5", "通报菜单"}
    assert rows(filled, "SELECT DISTINCT rules_version FROM documents") == [(NEW,)]
    assert rows(filled, "SELECT reason FROM rejects") == [("not_a_notice",)]
    assert rows(filled, untouched) == before
    assert rows(filled, "SELECT command, outcome FROM runs ORDER BY started_at DESC LIMIT 1") == [("rebuild", "completed")]
    assert rebuild(settings(filled), steps=steps(better)).documents == 0


def test_dry_run_tells_the_same_and_writes_nothing(filled: Path) -> None:
    """Not even a row in runs."""
    before = rows(filled, "SELECT max(snapshot_id) FROM ducklake_snapshots('lake')")

    dry = rebuild(settings(filled), is_dry=True, steps=steps(better))

    assert rows(filled, "SELECT max(snapshot_id) FROM ducklake_snapshots('lake')") == before
    done = rebuild(settings(filled), steps=steps(better))
    assert (dry.changes, dry.withdrawn, dry.accepted) == (done.changes, done.withdrawn, done.accepted)


def test_since_rules_takes_that_version_and_those_before_it(filled: Path, tmp_path: Path, use_rules: Callable[[str], None]) -> None:
    """A later version's notices are left alone; a version that no run used is an error that lists those that were."""
    use_rules("middle")
    (tmp_path / "inbox").mkdir()
    (tmp_path / "inbox" / "late.txt").write_text("通报晚\n1", "utf-8")
    ingest([str(tmp_path / "inbox")], settings(filled), steps=STEPS)
    use_rules(NEW)

    with pytest.raises(UnknownRules, match=f"it knows {OLD}, middle"):
        rebuild(settings(filled), since="never", steps=STEPS)
    assert rebuild(settings(filled), since=OLD, steps=STEPS).documents == 7
    assert rebuild(settings(filled), since="middle", steps=STEPS).documents == 1


def test_interrupted_rebuild_goes_on(filled: Path) -> None:
    """Finished batches are not extracted again."""
    count = 0

    def interrupted(notice: Notice) -> dict[str, Any] | Refusal:
        nonlocal count
        count += 1
        if count == 5:
            raise KeyboardInterrupt
        return better(notice)

    with pytest.raises(KeyboardInterrupt):
        rebuild(settings(filled, batch_size=2), steps=steps(interrupted))

    rest: RebuildSummary = rebuild(settings(filled, batch_size=2), steps=steps(better))

    assert rest.documents == 3
    assert rows(filled, "SELECT DISTINCT rules_version FROM documents") == [(NEW,)]


def test_lost_bytes_are_told(filled: Path) -> None:
    """A document whose bytes the raw store lacks keeps its rows and is named."""
    (sha256,) = rows(filled, "SELECT sha256 FROM documents WHERE uri LIKE '%/1.txt'")[0]
    next((filled / "raw").rglob(f"{sha256}*")).unlink()

    summary = rebuild(settings(filled), steps=steps(better))

    assert [uri.rpartition("/")[2] for uri in summary.without_bytes] == ["1.txt"]
    assert ("通报1",) in rows(filled, "SELECT title FROM notices")


def test_broken_invariant_stops_a_rebuild(filled: Path) -> None:
    """The batch is kept apart and the warehouse as it was."""

    def check(tables: Any, run_id: str) -> Any:
        import pyarrow as pa

        from tests.flows.stand_in import audit

        found = audit(tables, run_id)
        return found.set_column(found.schema.get_field_index("is_success"), "is_success", pa.array([False]))

    summary = rebuild(settings(filled), steps=dataclasses.replace(steps(better), audit=check))

    assert (summary.outcome, summary.broken) == ("quality_gate_failed", ("amounts: no amount is 13 (0 of 5 rows)",))
    assert summary.quarantine and (summary.quarantine / "notices.parquet").is_file()
    assert len(rows(filled, "SELECT * FROM notices")) == 6


@pytest.mark.parametrize("form", ["text", "json"])
def test_command_tells_the_changes(filled: Path, monkeypatch: pytest.MonkeyPatch, form: str) -> None:
    """For people the old and the new value stand on one line; for programs they are pairs."""
    monkeypatch.setattr("flows.rebuild.real_steps", lambda _settings: steps(better))

    result = CliRunner().invoke(cli, ["rebuild", "--warehouse", str(filled), "--format", form])

    assert result.exit_code == 0, result.output
    if form == "text":
        assert 'title: "通报1" → "关于一的通报"' in result.output
        assert "7 documents read again" in result.output
        assert "3 notices changed, 1 accepted now, 1 withdrawn" in result.output
    else:
        told = json.loads(result.output)
        assert {"title": ["通报1", "关于一的通报"]} in [each["values"] for each in told["examples"]]
        assert (told["outcome"], told["changes"]["notices"]["changed"]) == ("completed", 1)


def test_unknown_version_is_wrong_usage(filled: Path) -> None:
    """Exit code 2."""
    result = CliRunner().invoke(cli, ["rebuild", "--warehouse", str(filled), "--since-rules", "never"])

    assert (result.exit_code, "it knows" in result.output) == (2, True)
