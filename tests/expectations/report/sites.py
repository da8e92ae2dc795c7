"""Sites built from the samples, without a warehouse: the tables of one batch in memory."""

from __future__ import annotations

import datetime
import hashlib
from collections.abc import Callable
from functools import cache
from pathlib import Path

import duckdb
import pyarrow as pa

from expectations.check_files import packaged_checks
from expectations.report.build import build
from expectations.run import run_checks
from transforms.notice import Extraction, extract
from transforms.reading.read import Reading, read
from transforms.records.catalogue import NOTICE_TABLES, TABLES
from transforms.records.documents import Document, ExpectationResult, Reject, Run
from transforms.records.verdicts import CheckResult
from warehouse.arrow import arrow_table, schema
from warehouse.views import create_views

ROOT = Path(__file__).resolve().parents[3]
NOON = datetime.datetime(2026, 1, 1, 12, tzinfo=datetime.UTC)
Query = Callable[[str], pa.Table]


@cache
def sample_tables() -> dict[str, pa.Table]:
    """All tables that the samples give, with a run and two expectation results."""
    documents: list[Document] = []
    rejects: list[Reject] = []
    notices: list[Extraction] = []
    for path in sorted((ROOT / "samples/notices").iterdir()):
        raw = path.read_bytes()
        sha256 = hashlib.sha256(raw).hexdigest()
        name = hashlib.sha256(path.name.encode()).hexdigest()[:16]
        about = {"document_id": name, "run_id": "run-1", "uri": f"samples/notices/{path.name}", "sha256": sha256}
        reading = read(raw, about["uri"])
        found = extract(reading, name[::-1], name) if isinstance(reading, Reading) else reading
        outcome = "published" if isinstance(found, Extraction) else "rejected"
        documents.append(
            Document(
                **about,
                size_bytes=len(raw),
                media_type="text/plain",
                encoding=getattr(reading, "encoding", None),
                outcome=outcome,
                seen_at=NOON,
            )
        )
        if isinstance(found, Extraction):
            notices.append(found)
        else:
            rejects.append(Reject(**about, reason=found.reason, stage=found.stage, message=found.message))
    tables = empty_tables()
    for record in NOTICE_TABLES:
        tables[record.TABLE.name] = arrow_table(record, [row for notice in notices for row in notice.tables.get(record, ())])
    tables["documents"], tables["rejects"] = arrow_table(Document, documents), arrow_table(Reject, rejects)
    columns = schema(CheckResult)
    tables["check_results"] = run_checks(tables, packaged_checks()).select(columns.names).cast(columns)
    run = Run(
        run_id="run-1",
        started_at=NOON,
        finished_at=NOON,
        documents_in=len(documents),
        published=len(notices),
        duplicate=0,
        unchanged=0,
        rejected=len(rejects),
        code_version="0.1.0",
        rules_version="0123456789ab",
        outcome="completed_with_rejects",
    )
    results = [
        ExpectationResult(
            run_id="run-1",
            expectation="notices.key",
            table_name="notices",
            description="整改通报：主键唯一",
            severity="critical",
            is_success=True,
            row_count=11,
            unexpected_count=0,
        ),
        ExpectationResult(
            run_id="run-1",
            expectation="nodes.surface",
            table_name="nodes",
            description="层级结构",
            severity="critical",
            is_success=False,
            row_count=9,
            unexpected_count=1,
            examples=("x",),
        ),
    ]
    return {**tables, "runs": arrow_table(Run, [run]), "expectation_results": arrow_table(ExpectationResult, results)}


def empty_tables() -> dict[str, pa.Table]:
    """Every table, without a row."""
    return {record.TABLE.name: arrow_table(record, ()) for record in TABLES}


def query_of(tables: dict[str, pa.Table]) -> Query:
    """SQL over ``tables``."""
    connection = duckdb.connect()
    for name, table in tables.items():
        connection.register(name, table)
    create_views(connection)
    return lambda sql: connection.execute(sql).to_arrow_table()


def sample_site(folder: Path, lang: str = "zh") -> Path:
    """The samples' report in ``folder``."""
    build(query_of(sample_tables()), folder, "0.1.0", lang)
    return folder
