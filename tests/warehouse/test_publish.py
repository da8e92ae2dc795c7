"""Publishing: one snapshot for all tables, replacement by notice, the same rows however often it is done."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pyarrow as pa
import pytest

from tests.warehouse.rows import batch, document, run
from transforms.records.catalogue import TABLES
from transforms.records.documents import Document, Reject, Run
from warehouse.arrow import arrow_table
from warehouse.lake import Lake, local, open_reader, open_writer
from warehouse.publish import publish


@pytest.fixture
def lake(tmp_path: Path) -> Iterator[Lake]:
    """An empty lake, open for writing."""
    with open_writer(local(tmp_path)) as opened:
        yield opened


def count(lake: Lake, table: str, where: str = "true") -> int:
    return int(lake.query(f"SELECT count(*) AS n FROM lake.{table} WHERE {where}")["n"][0].as_py())


def test_all_tables_appear_in_one_snapshot(lake: Lake) -> None:
    """The snapshot before a publish has none of its rows, the one it made has all of them and tells which run it was."""
    before = lake.snapshot()

    after = publish(lake, batch(["a", "b", "c"], amounts=2), "run-7")

    assert before + 1 == after == lake.snapshot()
    assert {name: count(lake, name) for name in ("documents", "notices", "texts", "amounts")} == {
        "documents": 3,
        "notices": 3,
        "texts": 3,
        "amounts": 6,
    }
    assert count(lake, f"notices AT (VERSION => {before})") == 0
    author, message, extra = lake.execute(
        "SELECT author, commit_message, commit_extra_info FROM lake.snapshots() ORDER BY snapshot_id DESC LIMIT 1"
    ).fetchall()[0]
    assert (author, message) == ("taizhang", "run run-7")
    assert '"run_id": "run-7"' in extra


def test_publishing_twice_leaves_the_same_rows(lake: Lake) -> None:
    """A batch that is published again replaces itself."""
    publish(lake, batch(["a", "b"]), "run-1")
    first = {name: lake.query(f"FROM lake.{name} ORDER BY ALL") for name in batch(["a"])}

    publish(lake, batch(["a", "b"]), "run-1")

    assert first == {name: lake.query(f"FROM lake.{name} ORDER BY ALL") for name in first}


def test_changed_notice_replaces_its_rows_everywhere_and_no_others(lake: Lake) -> None:
    """The new version's rows stand alone in notice tables, other notices stay, and both documents are remembered."""
    publish(lake, batch(["a", "b"], amounts=3), "run-1")

    publish(lake, batch(["a"], content="two", amounts=1), "run-2")

    assert lake.execute("SELECT title FROM lake.notices ORDER BY title").fetchall() == [("one",), ("two",)]
    assert count(lake, "amounts") == 1 + 3
    assert count(lake, "documents") == 3


def test_document_accepted_at_last_loses_its_reject(lake: Lake) -> None:
    """A reject row stands as long as the document is refused and goes when it is published."""
    refused = document("a", outcome="rejected", notice_id=None)
    reject = Reject(
        document_id=refused.document_id,
        run_id="run-1",
        uri="a",
        sha256=refused.sha256,
        reason="not_a_notice",
        stage="recognise",
        message="no",
    )
    publish(lake, {"documents": arrow_table(Document, [refused]), "rejects": arrow_table(Reject, [reject])}, "run-1")
    assert count(lake, "rejects") == 1

    publish(lake, batch(["a"]), "run-2")

    assert count(lake, "rejects") == 0
    assert count(lake, "documents", "outcome = 'published'") == 1


def test_unknown_table_is_refused(lake: Lake) -> None:
    """A misspelt table name is an error before anything is written."""
    before = lake.snapshot()

    with pytest.raises(ValueError, match="notcies"):
        publish(lake, {"notcies": pa.table({"a": [1]})}, "run-1")

    assert before == lake.snapshot()


def test_failure_in_the_middle_writes_nothing(lake: Lake) -> None:
    """A table that does not fit rolls back those written before it."""
    tables = {**batch(["a"]), "runs": pa.table({"no_such_column": [1]})}

    with pytest.raises(Exception, match="no_such_column"):
        publish(lake, tables, "run-1")

    assert count(lake, "notices") == 0
    publish(lake, batch(["a"]), "run-2")
    assert count(lake, "notices") == 1


_WRITER = """
import sys
from pathlib import Path
from tests.warehouse.rows import batch
from warehouse.lake import local, open_writer
from warehouse.publish import publish
root, name = Path(sys.argv[1]), sys.argv[2]
with open_writer(local(root)) as lake:
    for turn in range(6):
        publish(lake, batch(["shared", name], content=f"{name} {turn}"), f"{name}-{turn}", attempts=20)
"""


@pytest.mark.faults
def test_two_writers_that_ignore_the_lock_leave_no_duplicates(tmp_path: Path) -> None:
    """Two processes that publish the same new notice at once both get through, one after the other, and it is there once."""
    open_writer(local(tmp_path)).close()
    writers = [
        subprocess.Popen([sys.executable, "-c", _WRITER, str(tmp_path), name], cwd=Path(__file__).parents[2]) for name in ("left", "right")
    ]

    assert [writer.wait(timeout=60) for writer in writers] == [0, 0]

    with open_reader(local(tmp_path)) as reader:
        assert count(reader, "notices") == 3
        assert count(reader, "texts") == 3
        assert count(reader, "documents") == 24


def test_reader_keeps_its_snapshot_while_a_writer_works(lake: Lake) -> None:
    """A reader's transaction sees one state from its first query to its last; a new one sees the new state."""
    publish(lake, batch(["a"]), "run-1")
    with open_reader(lake.location) as reader:
        reader.execute("BEGIN")
        assert count(reader, "notices") == 1
        publish(lake, batch(["b"]), "run-2")
        assert (count(reader, "notices"), count(reader, "documents")) == (1, 1)
        reader.execute("COMMIT")
        assert (count(reader, "notices"), count(reader, "documents")) == (2, 2)


def test_column_that_a_record_gained_is_added(tmp_path: Path) -> None:
    """Opening an older warehouse adds new columns, null in rows that were there, with a comment."""
    with open_writer(local(tmp_path)) as lake:
        lake.execute("ALTER TABLE lake.runs DROP COLUMN rules_version")
        publish(lake, {"runs": arrow_table(Run, [run()]).drop_columns(["rules_version"])}, "run-1")

    with open_writer(local(tmp_path)) as lake:
        publish(lake, {"runs": arrow_table(Run, [run("run-2", rules_version="9")])}, "run-2")
        assert lake.execute("SELECT run_id, rules_version FROM lake.runs ORDER BY run_id").fetchall() == [("run-1", None), ("run-2", "9")]
        comment = lake.execute(
            "SELECT comment FROM duckdb_columns() WHERE table_name = 'runs' AND column_name = 'rules_version'"
        ).fetchone()
        assert comment
        assert comment[0].startswith("规则版本: ")


def test_moved_warehouse_opens(tmp_path: Path) -> None:
    """A warehouse folder that was moved reads and writes at its new place."""
    with open_writer(local(tmp_path / "old")) as lake:
        publish(lake, batch(["a"]), "run-1")
    (tmp_path / "old").rename(tmp_path / "new's place")

    with open_writer(local(tmp_path / "new's place")) as lake:
        publish(lake, batch(["b"]), "run-2")
        assert count(lake, "notices") == 2
    assert not (tmp_path / "old").exists()


def test_every_table_exists_with_its_comment(lake: Lake) -> None:
    """All tables of the catalogue are there and say in Chinese what they are."""
    labels = dict(lake.execute("SELECT table_name, comment FROM duckdb_tables() WHERE database_name = 'lake'").fetchall())

    assert {record.TABLE.name: record.TABLE.label for record in TABLES} == {
        name: label for name, label in labels.items() if name != "writer_guard"
    }
