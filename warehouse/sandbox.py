"""Read-only SQL over the warehouse for `taizhang sql` and named queries: it cannot write, nor read anything outside the warehouse.

Three walls, each of which holds alone against most of what a hostile statement may try:

1. Only one SELECT is run, told by DuckDB's own parser, and only table functions of a short list may stand in it. This is what
   stops ``sqlite_scan('/any/file')``, which reads files behind the back of DuckDB's external-access switch (seen in 1.5.5), and
   ``query('…')``, which hides SQL in a string.
   Tables and functions that tell how the lake was attached are refused too: a PostgreSQL catalog is attached with its password.
2. The lake is attached READ_ONLY.
3. External access is off but for the data files (and what DuckDB itself spills to a folder of its own), extensions cannot be
   loaded, Python variables are not tables, and the configuration is locked.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from types import TracebackType
from typing import Any

import duckdb
import pyarrow as pa

from warehouse.lake import Lake, Location, first_line, open_reader

_EXPLAIN = re.compile(r"\s*explain(?:\s+analyze)?\s+", re.IGNORECASE)
# They make rows out of their arguments or describe the catalog; none opens a file or changes anything.
_ALLOWED = frozenset(
    {
        *(
            "range",
            "generate_series",
            "unnest",
            "repeat",
            "repeat_row",
            "json_each",
            "json_tree",
            "histogram",
            "histogram_values",
            "summary",
        ),
        *("duckdb_columns", "duckdb_tables", "duckdb_views", "duckdb_functions", "duckdb_keywords", "duckdb_types"),
        *("pragma_table_info", "pragma_show", "pragma_version"),
        # the history of the lake, as functions of DuckLake and as those of the attached catalog
        *("ducklake_snapshots", "ducklake_table_info", "ducklake_options", "ducklake_current_snapshot"),
        *("ducklake_table_changes", "ducklake_table_insertions", "ducklake_table_deletions", "ducklake_last_committed_snapshot"),
        *("snapshots", "table_info", "options", "current_snapshot"),
        *("table_changes", "table_insertions", "table_deletions", "last_committed_snapshot"),
    }
)
# connection strings, settings with keys, what else the catalog's server holds
_SECRET_TABLES = frozenset({"pragma_database_list", "duckdb_databases", "duckdb_settings", "duckdb_secrets", "pg_settings"})
_SECRET_FUNCTIONS = frozenset({"current_setting", "getenv", "write_log"})
_METADATA = "__ducklake_metadata_"


class SqlRefused(Exception):
    """The statement is not one that may run here; the message says why and what may."""


class Sandbox:
    """An open reader that runs single SELECT statements."""

    def __init__(self, lake: Lake) -> None:
        self._lake = lake
        # a connection of its own, without the lake: parsing there can do nothing
        self._parser = duckdb.connect(config={"enable_external_access": "false"})

    def __enter__(self) -> Sandbox:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.close()

    def close(self) -> None:
        """Close both connections."""
        self._parser.close()
        self._lake.close()

    def read(self, sql: str, values: Mapping[str, str] | None = None) -> pa.RecordBatchReader:
        """The rows of ``sql`` in batches, with ``values`` bound to its $names. Raises ``SqlRefused`` for what may not run and ``duckdb.Error`` for what cannot."""
        self.check(sql)
        return self._lake.connection.execute(sql, dict(values or {})).to_arrow_reader(10_000)

    def query(self, sql: str) -> pa.Table:
        """The rows of ``sql``. Raises as ``read`` does."""
        return self.read(sql).read_all()

    def check(self, sql: str) -> None:
        """Raise ``SqlRefused`` unless ``sql`` is one SELECT (or EXPLAIN of one) that stays inside the warehouse."""
        body = _EXPLAIN.sub("", sql, count=1) if _EXPLAIN.match(sql) else sql
        answer = self._parser.execute("SELECT json_serialize_sql(?)", [body]).fetchone()
        tree = json.loads(answer[0]) if answer else {}
        if tree.get("error"):
            if tree.get("error_type") == "parser":
                raise SqlRefused(first_line(Exception(tree.get("error_message", "cannot be parsed"))))
            raise SqlRefused("only SELECT statements run here; the warehouse is written by taizhang run alone")
        if len(tree.get("statements", ())) != 1:
            raise SqlRefused("one statement at a time")
        for node in _nodes(tree):
            _check_node(node)


def open_sandbox(location: Location, snapshot: int | None = None, memory_limit: str | None = None) -> Sandbox:
    """A sandbox over the lake at ``location``; raises ``WarehouseMissing`` where there is none."""
    lake = open_reader(location, snapshot, memory_limit)
    try:
        data = location.data.replace("'", "''")
        for setting in (
            "autoinstall_known_extensions = false",
            "autoload_known_extensions = false",
            "allow_community_extensions = false",
            "python_enable_replacements = false",
            f"allowed_directories = ['{data}']",
            "enable_external_access = false",
            "lock_configuration = true",
        ):
            lake.execute(f"SET {setting}")
    except BaseException:
        lake.close()
        raise
    return Sandbox(lake)


def _check_node(node: dict[str, Any]) -> None:
    """Raise ``SqlRefused`` for a table, a table function or a function that leads out of the warehouse's tables."""
    if node.get("type") == "TABLE_FUNCTION":
        name = str(node.get("function", {}).get("function_name", "")).lower()
        if name not in _ALLOWED:
            raise SqlRefused(f"the table function {name} may not be used here; read the warehouse's own tables")
    elif node.get("type") == "BASE_TABLE":
        places = [str(node.get(key) or "").lower() for key in ("catalog_name", "schema_name")]
        table = str(node.get("table_name", "")).lower()
        if table in _SECRET_TABLES or any(place.startswith(_METADATA) for place in places):
            raise SqlRefused(f"the table {table} may not be read here; read the warehouse's own tables")
    elif node.get("class") == "FUNCTION" and str(node.get("function_name", "")).lower() in _SECRET_FUNCTIONS:
        raise SqlRefused(f"the function {str(node['function_name']).lower()} may not be used here")


def _nodes(tree: Any) -> Iterator[dict[str, Any]]:
    """All nodes of a parsed statement, at any depth. Not recursive: hostile SQL nests deeply."""
    waiting = [tree]
    while waiting:
        item = waiting.pop()
        if isinstance(item, dict):
            yield item
            waiting.extend(item.values())
        elif isinstance(item, list):
            waiting.extend(item)
