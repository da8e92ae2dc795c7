"""The sandbox of `taizhang sql` against statements that try to write, to read elsewhere, or to reach out."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest

from tests.warehouse.rows import batch
from warehouse.lake import WarehouseMissing, local, open_writer
from warehouse.publish import publish
from warehouse.queries.catalogue import Query, queries
from warehouse.sandbox import Sandbox, SqlRefused, open_sandbox

HOSTILE = [
    "INSERT INTO lake.notices (notice_id) VALUES ('x')",
    "DELETE FROM lake.notices",
    "UPDATE lake.notices SET title = 'x'",
    "DROP TABLE lake.notices",
    "ALTER TABLE lake.notices ADD COLUMN x INTEGER",
    "CREATE TABLE lake.x (a INTEGER)",
    "CREATE TABLE memory.main.x (a INTEGER)",
    "CREATE OR REPLACE MACRO memory.main.f() AS 1",
    "WITH x AS (INSERT INTO lake.notices (notice_id) VALUES ('x') RETURNING notice_id) SELECT * FROM x",
    "COPY (SELECT 1) TO '{data}evil.parquet'",
    "COPY lake.notices FROM '{outside}'",
    "EXPORT DATABASE '{data}evil'",
    "EXPLAIN ANALYZE COPY (SELECT 1) TO '{data}evil.parquet'",
    "ATTACH '{outside}' AS e",
    "ATTACH ':memory:' AS e",
    "DETACH lake",
    "USE memory",
    "SET enable_external_access = true",
    "RESET lock_configuration",
    "PRAGMA enable_profiling",
    "FROM duckdb_databases",
    "FROM pragma_database_list",
    "INSTALL httpfs",
    "LOAD httpfs",
    "CREATE SECRET (TYPE s3)",
    "CHECKPOINT",
    "VACUUM",
    "CALL lake.set_option('parquet_compression', 'snappy')",
    "CALL enable_logging(storage_path = '{data}log')",
    "SELECT * FROM enable_logging(storage_path = '{data}log')",
    "SELECT * FROM ducklake_cleanup_old_files('lake', cleanup_all => true)",
    "SELECT * FROM ducklake_delete_orphaned_files('lake', cleanup_all => true)",
    "SELECT * FROM ducklake_expire_snapshots('lake', older_than => now())",
    "SELECT * FROM DuckLake_Merge_Adjacent_Files('lake')",
    "SELECT * FROM lake.set_option('parquet_compression', 'snappy')",
    "SELECT * FROM ducklake_add_data_files('lake', 'notices', '{outside}')",
    "SELECT * FROM read_text('{outside}')",
    "SELECT * FROM read_csv('{outside}')",
    "SELECT * FROM read_blob('/proc/self/environ')",
    "SELECT * FROM '{outside}'",
    'SELECT * FROM "{outside}"',
    "SELECT (SELECT max(content) FROM read_text('{outside}'))",
    "SELECT * FROM lake.notices, LATERAL (SELECT * FROM read_text('{outside}'))",
    "WITH RECURSIVE x AS (SELECT content FROM read_text('{outside}')) SELECT * FROM x",
    "SELECT * FROM glob('/etc/*')",
    "SELECT * FROM sqlite_scan('{catalog}', 'ducklake_snapshot')",
    "SELECT * FROM sqlite_query('__ducklake_metadata_lake', 'SELECT 1')",
    "SELECT * FROM query('SELECT 1')",
    "SELECT * FROM query_table('{outside}')",
    "SELECT * FROM json_execute_serialized_sql('{{}}')",
    "SELECT * FROM pandas_scan(1)",
    "SELECT * FROM read_parquet('https://example.org/x.parquet')",
    "SELECT * FROM 'https://example.org/x.csv'",
    "SELECT * FROM outside",
    "SELECT getenv('HOME')",
    "SELECT current_setting('s3_secret_access_key')",
    "SELECT * FROM notices WHERE title = (SELECT Current_Setting('home_directory'))",
    "SELECT * FROM pragma_database_list",
    "SELECT path FROM duckdb_databases",
    "SELECT * FROM system.main.DUCKDB_DATABASES",
    "SELECT * FROM duckdb_databases()",
    "SELECT * FROM pg_catalog.pg_settings",
    "SELECT * FROM duckdb_secrets()",
    "SELECT * FROM which_secret('s3://x', 's3')",
    "SELECT * FROM __ducklake_metadata_lake.ducklake_metadata",
    "SELECT * FROM __ducklake_metadata_lake.main.ducklake_data_file",
    "SELECT write_log('x')",
    "SELECT * FROM '{data}../outside.csv'",
    "FROM '{outside}'",
    "DESCRIBE SELECT * FROM '{outside}'",
    "SUMMARIZE '{outside}'",
    "SELECT * FROM system.main.read_text('{outside}')",
    "SELECT * FROM read_json('{outside}')",
    "SELECT * FROM sniff_csv('{outside}')",
    "SELECT * FROM parquet_metadata('{outside}')",
    "SELECT * FROM read_duckdb('{outside}')",
    "SELECT * FROM postgres_scan('host=127.0.0.1', 'public', 'x')",
    "SELECT * FROM read_csv('s3://bucket/x.csv')",
    "PREPARE x AS SELECT 1",
    "EXECUTE x",
    "BEGIN",
    "SET VARIABLE x = 1",
    "COMMENT ON TABLE lake.notices IS 'x'",
    "FORCE INSTALL httpfs FROM community",
    "IMPORT DATABASE '{data}'",
    "SELECT 1; DELETE FROM lake.notices",
    "SELECT 1; SELECT 2",
    "",
    "SELECT",
]


@pytest.fixture(scope="module")
def warehouse(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A warehouse with two notices, and a file that lies outside its data."""
    root = tmp_path_factory.mktemp("warehouse")
    with open_writer(local(root)) as lake:
        publish(lake, batch(["a", "b"]), "run-1")
    (root / "outside.csv").write_text("a,b\n1,2\n", "utf-8")
    return root


@pytest.fixture(scope="module")
def sandbox(warehouse: Path) -> Iterator[Sandbox]:
    """One sandbox for all statements, so that one that loosens it would be noticed by the next."""
    with open_sandbox(local(warehouse)) as opened:
        yield opened


def files(root: Path) -> set[str]:
    return {str(path.relative_to(root)) for path in root.rglob("*") if not path.name.endswith(("-wal", "-shm"))}


@pytest.mark.parametrize("statement", HOSTILE)
def test_hostile_statement_is_refused_and_changes_nothing(sandbox: Sandbox, warehouse: Path, statement: str) -> None:
    """A statement that writes, reads elsewhere or reaches out ends in an error and leaves every file as it was."""
    outside = warehouse / "outside.csv"
    sql = statement.format(data=local(warehouse).data, outside=outside, catalog=warehouse / "catalog.sqlite")
    before = files(warehouse)

    with pytest.raises((SqlRefused, duckdb.Error)):
        sandbox.query(sql)

    assert before == files(warehouse)
    assert sandbox.query("SELECT count(*) AS n FROM notices").to_pylist() == [{"n": 2}]


@pytest.mark.parametrize(
    "statement",
    [
        "SELECT count(*) FROM notices",
        "FROM notices ORDER BY notice_id",
        "WITH x AS (SELECT 1 AS a) SELECT a FROM x;",
        "SHOW TABLES",
        "DESCRIBE notices",
        "EXPLAIN SELECT 1",
        "SELECT * FROM lake.snapshots()",
        "SELECT * FROM lake.table_changes('notices', 0, 2)",
        "SELECT * FROM notices AT (VERSION => 2)",
        "SELECT * FROM range(3), unnest([1, 2])",
        "SELECT unnest(inspected_org_aliases) FROM notices",
        "SELECT now() - INTERVAL 3 DAY",
    ],
)
def test_reading_the_warehouse_works(sandbox: Sandbox, statement: str) -> None:
    """What a reader needs runs: tables, history, descriptions, and functions that make rows."""
    assert sandbox.query(statement).num_columns > 0


@pytest.mark.parametrize("value", ["x'); DELETE FROM lake.notices; --", "' UNION SELECT content FROM read_text('/etc/passwd') --"])
@pytest.mark.parametrize("named", [each for each in queries() if each.parameters], ids=lambda each: each.name)
def test_values_of_named_queries_are_no_sql(sandbox: Sandbox, named: Query, value: str) -> None:
    """A value is bound, never pasted in: it finds nothing, or is no number or day, and nothing else happens."""
    hostile = {parameter.name: value for parameter in named.parameters}
    with contextlib.suppress(duckdb.ConversionException):
        assert "root:" not in str(sandbox.read(named.sql, named.values(hostile, "2026-01-01")).read_all().to_pylist())

    assert sandbox.query("SELECT count(*) AS n FROM notices").to_pylist() == [{"n": 2}]


def test_walls_hold_without_the_parser(sandbox: Sandbox, warehouse: Path) -> None:
    """Files outside the data folder stay closed to the connection itself, whatever the statement check lets through."""
    for path in (warehouse / "outside.csv", Path("/etc/passwd")):
        with pytest.raises(duckdb.PermissionException):
            sandbox._lake.execute(f"SELECT * FROM read_text('{path}')")


def test_missing_warehouse_is_named(tmp_path: Path) -> None:
    """Reading where nothing was ever written says so and makes no files."""
    with pytest.raises(WarehouseMissing, match="taizhang run"):
        open_sandbox(local(tmp_path / "none"))

    assert list(tmp_path.iterdir()) == []
