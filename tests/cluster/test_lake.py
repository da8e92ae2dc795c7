"""A catalog in PostgreSQL and files in a bucket, by settings alone: what holds of one folder holds of them."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import duckdb
import pyarrow.fs as pafs
import pytest

from flows.doctor import examine
from flows.maintenance import maintain_warehouse
from flows.rebuild import rebuild
from flows.run import ingest
from flows.settings import Settings
from flows.status import status
from tests.cluster.conftest import Place, Server
from tests.cluster.work import BATCH, ROOT, environment, start_run
from tests.flows.stand_in import STEPS
from tests.flows.test_kill import assert_batches_whole, fill, number
from warehouse.lake import NAME, WarehouseMissing, open_reader, open_writer
from warehouse.s3 import access
from warehouse.sandbox import SqlRefused, open_sandbox

pytestmark = pytest.mark.cluster

_FILES = 60
_SUM = "SELECT sum(yuan_low) FROM amounts"


def filled(place: Place, version: int = 0) -> Path:
    """An inbox of sixty notices whose amounts tell the version, taken in by machine one."""
    inbox = place.folder / "inbox"
    fill(inbox, version)
    ingest([str(inbox)], place.settings(batch_size=BATCH), steps=STEPS)
    return inbox


def asked(chosen: Settings, sql: str) -> int:
    with open_reader(chosen.location) as lake:
        return number(lake, sql)


def test_ingest_replace_and_run_again(place: Place) -> None:
    """Notices come in, are replaced from another machine, and are known when they come again; the earlier state can be asked for."""
    inbox = filled(place)
    chosen = place.settings("two", batch_size=BATCH)
    with open_reader(chosen.location) as lake:
        before = lake.snapshot()
        assert_batches_whole(lake)
    fill(inbox, version=1)

    replaced = ingest([str(inbox)], chosen, steps=STEPS)
    again = ingest([str(inbox)], chosen, steps=STEPS)

    assert (replaced.published, again.published, again.unchanged) == (_FILES, 0, _FILES)
    with open_reader(chosen.location) as lake:
        assert_batches_whole(lake)
        assert number(lake, _SUM) == _FILES * 4 * 101
        assert number(lake, "SELECT count(*) FROM documents") == 2 * _FILES
    with open_reader(chosen.location, before) as lake:
        assert number(lake, _SUM) == _FILES * 4 * 100
    told = status(chosen)
    assert (told["size"]["notices"], told["size"]["raw_files"], len(told["runs"])) == (_FILES, 2 * _FILES, 3)
    assert not (chosen.warehouse / "data").exists()
    assert not (chosen.warehouse / "raw").exists()


def test_reader_beside_a_writer_sees_whole_batches(place: Place) -> None:
    """While another process replaces every notice, each question is answered from one state, and at last from the new one."""
    inbox = filled(place)
    fill(inbox, version=1)
    process = start_run(place, "two", inbox)
    seen = set()
    while process.poll() is None:
        with open_reader(place.settings().location) as lake:
            for _ in range(5):
                counts = lake.execute("SELECT count(*) FILTER (yuan_low = 100), count(*) FILTER (yuan_low = 101) FROM amounts").fetchall()
                assert sum(counts[0]) == _FILES * 4
                assert counts[0][1] % (BATCH * 4) == 0
                seen.add(counts[0][1])
    assert process.returncode == 0
    assert seen
    assert asked(place.settings(), _SUM) == _FILES * 4 * 101


def test_kill_leaves_old_or_new_state(place: Place) -> None:
    """kill -9 of writers on two machines in turn; after each the tables agree, the lock is free, and a last run brings all in."""
    inbox = place.folder / "inbox"
    moments = random.Random(20260102)
    for turn in range(8):
        fill(inbox, version=turn // 3)
        process = start_run(place, ("one", "two")[turn % 2], inbox)
        time.sleep(moments.uniform(0.0, 4.0))
        process.send_signal(signal.SIGKILL)
        process.wait()
        try:
            with open_reader(place.settings().location) as lake:
                if number(lake, "SELECT count(*) FROM duckdb_tables() WHERE table_name = 'notices'"):
                    assert_batches_whole(lake)
        except WarehouseMissing:
            pass  # killed before there was anything

    chosen = place.settings("two", lock_wait_seconds=30)
    ingest([str(inbox)], chosen, steps=STEPS)

    with open_reader(chosen.location) as lake:
        assert_batches_whole(lake)
        assert number(lake, _SUM) == _FILES * 4 * 102
    assert [finding for finding in examine(chosen) if finding.severity == "error"] == []


def test_maintenance_leaves_few_files_and_open_readers(place: Place) -> None:
    """Files become few, rows stay the same, and a reader that was open before goes on reading what it read."""
    inbox = filled(place)
    fill(inbox, version=1)
    ingest([str(inbox)], place.settings(batch_size=BATCH), steps=STEPS)
    with open_reader(place.settings().location, is_pinned=True) as reader:
        before = number(reader, _SUM)

        done = maintain_warehouse(place.settings("two"))

        assert done.files_after < done.files_before / 3
        assert number(reader, _SUM) == before == _FILES * 4 * 101
    with open_reader(place.settings().location) as lake:
        assert_batches_whole(lake)
        assert number(lake, _SUM) == before


def test_doctor_finds_what_is_lost_in_the_bucket(place: Place) -> None:
    """A data file and the bytes of a document are deleted from the bucket; doctor names both."""
    filled(place)
    chosen = place.settings("two")
    bucket = access(place.environment).filesystem()
    objects = bucket.get_file_info(pafs.FileSelector(place.prefix, recursive=True))
    data = next(info.path for info in objects if "/data/" in info.path and "/amounts/" in info.path)
    raw = next(info.path for info in objects if "/raw/" in info.path and info.type == pafs.FileType.File)
    bucket.delete_file(data)
    bucket.delete_file(raw)

    found = {finding.kind: finding.subject for finding in examine(chosen) if finding.severity == "error"}

    assert found["raw.missing"] == raw.rpartition("/")[2].removesuffix(".zst")
    assert found["file.damaged"] == f"s3://{data}"


def test_rebuild_from_the_bucket_on_another_machine(place: Place) -> None:
    """The raw store lies beside the data files, so that a machine that never saw the inbox extracts all again."""
    inbox = filled(place)
    for path in inbox.iterdir():
        path.unlink()

    summary = rebuild(place.settings("two"), is_all=True, steps=STEPS)

    assert (summary.documents, summary.published, summary.without_bytes) == (_FILES, _FILES, [])


def test_dump_and_copied_bucket_are_a_backup(place: Place, postgres: Server) -> None:
    """What docs/how-to/many-machines.md tells: pg_dump first, then the objects; both make the warehouse again elsewhere."""
    filled(place)
    postgres.sql(f"CREATE DATABASE {place.database}_copy")
    client = {**os.environ, **postgres.environment()}
    server = ["--host=127.0.0.1", f"--port={postgres.port}", "--username=taizhang"]
    dump = subprocess.run([postgres.programs / "pg_dump", *server, place.database], env=client, check=True, capture_output=True)
    pafs.copy_files(
        f"{place.prefix}/", f"{place.prefix}_copy/",
        source_filesystem=access(place.environment).filesystem(), destination_filesystem=access(place.environment).filesystem(),
    )  # fmt: skip
    psql = [postgres.programs / "psql", *server, "--quiet", "--set=ON_ERROR_STOP=1", f"{place.database}_copy"]
    subprocess.run(psql, env=client, input=dump.stdout, check=True, stdout=subprocess.DEVNULL)

    copy = place.settings(
        "three", catalog=place.environment["TAIZHANG_CATALOG"] + "_copy", data=f"s3://{place.prefix}_copy/data/"
    )  # fmt: skip

    assert asked(copy, _SUM) == _FILES * 4 * 100
    assert [finding for finding in examine(copy) if finding.severity == "error"] == []


def test_reader_with_an_account_that_may_only_read(place: Place, postgres: Server) -> None:
    """SELECT in PostgreSQL is enough to read; such a reader changes nothing."""
    filled(place)
    reader = f"{place.database}_reader"
    postgres.sql(f"CREATE ROLE {reader} LOGIN PASSWORD '{postgres.environment()['PGPASSWORD']}'")
    postgres.sql(f"GRANT SELECT ON ALL TABLES IN SCHEMA public TO {reader}", place.database)
    chosen = place.settings("reader", catalog=place.environment["TAIZHANG_CATALOG"].replace("user=taizhang", f"user={reader}"))

    with open_sandbox(chosen.location) as sandbox:
        assert sandbox.query("SELECT count(*) AS n FROM v_notices").to_pylist() == [{"n": _FILES}]
    with pytest.raises(duckdb.Error):
        open_writer(chosen.location).execute(f"DELETE FROM {NAME}.amounts")


def test_command_line_by_environment_alone(place: Place) -> None:
    """run, status, sql and query on the real rules, with no option that names the place; backup says what to do instead."""

    def taizhang(*arguments: str) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-m", "flows.cli", *arguments]
        return subprocess.run(command, cwd=ROOT, env=environment(place, "cli"), capture_output=True, text=True)

    samples = sorted((ROOT / "samples" / "notices").glob("*"))[:3]
    run = taizhang("run", *map(str, samples))
    assert run.returncode == 0, run.stderr
    assert f"{len(samples)} files" in run.stdout
    assert str(asked(place.settings(), "SELECT count(*) FROM notices")) in taizhang("sql", "SELECT count(*) FROM notices").stdout
    assert taizhang("status").returncode == 0
    backup = taizhang("backup", str(place.folder / "backup"))
    assert (backup.returncode, "pg_dump" in backup.stderr) == (1, True)


_REFUSED = (
    "FROM duckdb_databases",
    "SELECT path FROM duckdb_databases()",
    "FROM pragma_database_list",
    "FROM duckdb_secrets()",
    "FROM read_parquet('s3://notices/other/x.parquet')",
    "FROM postgres_query('lake', 'SELECT 1')",
    'FROM (SELECT * FROM (SELECT path FROM "DuckDB_Databases"))',
    "FROM pg_catalog.pg_settings",
    "SELECT current_setting('s3_secret_access_key')",
)
_HARMLESS = ("FROM pg_catalog.pg_database",)


def test_sql_does_not_tell_how_the_place_is_reached(place: Place) -> None:
    """Views and functions that show connection strings, secrets or other objects, and settings, are refused; what may be read holds no key."""
    location = place.settings().location
    open_writer(location).close()
    with open_sandbox(location) as sandbox:
        assert sandbox.query("SELECT count(*) FROM notices").num_rows == 1
        for sql in _REFUSED:
            with pytest.raises(SqlRefused):
                sandbox.read(sql)
        for sql in _HARMLESS:
            told = str(sandbox.query(sql).to_pylist())
            assert place.environment["AWS_SECRET_ACCESS_KEY"] not in told, sql
            assert place.environment["PGPASSWORD"] not in told, sql
