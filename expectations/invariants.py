"""What must hold of our own tables, derived from the records: data that an audit runs and a suite lists.

An invariant finds the rows that break it, as SQL over the tables of one batch and ``text_lengths`` (notice_id, length) or, for spans,
in Python. Nothing here is written for one
table by hand that its record already says: nulls, allowed values, patterns, bounds, keys, pairs and spans follow from the columns.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache

from transforms.records.catalogue import NOTICE_TABLES, TABLES
from transforms.records.columns import Field, Record, fields
from transforms.records.shared import Mention, Span

_PAIRS = (("earliest", "latest"), ("low", "high"), ("start", "end"), ("start_char", "end_char"))


@dataclass(frozen=True, slots=True)
class Invariant:
    """``sql`` selects ``key`` (which row) and ``what`` (which column or value is wrong) of every bad row; None: found in Python.

    ``where`` is the condition of a bad row if it can be told from the row alone; many such can be counted in one pass.
    """

    name: str
    table: str
    description: str
    sql: str | None
    severity: str = "critical"
    notes: str = ""
    where: str | None = None


@cache
def invariants() -> tuple[Invariant, ...]:
    """Every invariant, table by table."""
    return tuple(invariant for record in TABLES for invariant in _of(record)) + tuple(_across())


def _of(record: type[Record]) -> Iterator[Invariant]:
    table, label = record.TABLE.name, record.TABLE.label
    columns = fields(record)
    yield from _bad(
        table, "required", f"{label}：必填列不为空", ((f.name, f"{f.name} IS NULL") for f in columns if not f.is_nullable), record
    )
    yield from _bad(
        table, "allowed", f"{label}：取值在允许范围内", ((f.name, _not_allowed(f)) for f in columns if f.column.allowed), record
    )
    yield from _bad(table, "pattern", f"{label}：格式符合规定", ((f.name, _not_matching(f)) for f in columns if f.column.pattern), record)
    yield from _bad(table, "bounds", f"{label}：数值在上下限内", ((f.name, bound) for f in columns for bound in _out_of_bounds(f)), record)
    yield from _bad(table, "ordered", f"{label}：起不晚于止，下限不大于上限", _pairs(columns), record)
    yield Invariant(f"{table}.key", table, f"{label}：主键唯一（{', '.join(record.TABLE.key)}）", _repeated(record))
    if record in NOTICE_TABLES:
        yield from _in_notices(record, columns)


def _bad(table: str, kind: str, description: str, conditions: Iterable[tuple[str, str]], record: type[Record]) -> Iterator[Invariant]:
    """One invariant over all columns of a kind, so that a table is read once for it."""
    told = list(conditions)
    if told:
        which = ", ".join(f"CASE WHEN {condition} THEN '{name}' END" for name, condition in told)
        where = " OR ".join(f"({condition})" for _, condition in told)
        sql = f"SELECT {_key(record)} AS key, concat_ws(',', {which}) AS what FROM {table} WHERE {where}"
        notes = ", ".join(dict.fromkeys(name for name, _ in told))
        yield Invariant(f"{table}.{kind}", table, description, sql, notes=notes, where=where)


def _key(record: type[Record], alias: str = "") -> str:
    """The key of a row as text."""
    return f"concat_ws(' ', {', '.join(f'{alias}{column}' for column in record.TABLE.key)})"


def _quoted(value: str) -> str:
    return "'" + value.replace("'", "''") + "'"


def _not_allowed(field: Field) -> str:
    return f"{field.name} NOT IN ({', '.join(map(_quoted, field.column.allowed))})"


def _not_matching(field: Field) -> str:
    return f"NOT regexp_full_match({field.name}, {_quoted(field.column.pattern or '')})"


def _out_of_bounds(field: Field) -> Iterator[str]:
    if field.column.minimum is not None:
        yield f"{field.name} < {field.column.minimum}"
    if field.column.maximum is not None:
        yield f"{field.name} > {field.column.maximum}"


def _pairs(columns: tuple[Field, ...]) -> Iterator[tuple[str, str]]:
    """Columns whose names differ only in earliest/latest and the like; a day is either told on both sides or on neither."""
    names = {field.name for field in columns}
    for name in names & {"persons_high"}:
        yield name, "persons > persons_high"
    for field in columns:
        for first, last in _PAIRS:
            other = field.name.removesuffix(first) + last
            if field.name.endswith(first) and other in names and (field.name == first or field.name[-len(first) - 1] == "_"):
                yield field.name, f"{field.name} > {other}"
                if first == "earliest":
                    yield field.name, f"({field.name} IS NULL) <> ({other} IS NULL)"


def _repeated(record: type[Record]) -> str:
    columns = ", ".join(record.TABLE.key)
    return f"SELECT {_key(record)} AS key, count(*)::VARCHAR AS what FROM {record.TABLE.name} GROUP BY {columns} HAVING count(*) > 1"


def _in_notices(record: type[Record], columns: tuple[Field, ...]) -> Iterator[Invariant]:
    table, label = record.TABLE.name, record.TABLE.label
    if table != "notices":
        yield Invariant(
            f"{table}.of_a_notice",
            table,
            f"{label}：所属通报存在",
            f"SELECT {_key(record)} AS key, notice_id AS what FROM {table} ANTI JOIN notices USING (notice_id)",
        )
    evidence = [field for field in columns if field.type is Span]
    lists = [field for field in columns if field.type == tuple[Span, ...]]
    if evidence or lists:
        outside = [
            (f.name, f"t.{f.name}.start_char < 0 OR t.{f.name}.start_char > t.{f.name}.end_char OR t.{f.name}.end_char > x.length")
            for f in evidence
        ]
        outside += [
            (
                f.name,
                f"len(list_filter(t.{f.name}, lambda one: one.start_char < 0 OR one.start_char > one.end_char OR one.end_char > x.length)) > 0",
            )
            for f in lists
        ]
        which = ", ".join(f"CASE WHEN {condition} THEN '{name}' END" for name, condition in outside)
        sql = (
            f"SELECT {_key(record, 't.')} AS key, concat_ws(',', {which}) AS what FROM {table} t"
            f" JOIN text_lengths x ON x.notice_id = t.notice_id WHERE {' OR '.join(f'({condition})' for _, condition in outside)}"
        )
        yield Invariant(f"{table}.evidence", table, f"{label}：出处在正文范围内", sql, notes=", ".join(name for name, _ in outside))
    if issubclass(record, Mention):
        yield Invariant(
            f"{table}.surface", table, f"{label}：文字等于归一文本的对应片段", None, notes="text[start_char:end_char] == surface"
        )
        yield Invariant(f"{table}.raw", table, f"{label}：原文等于原文本的对应片段", None, notes="raw_text[raw_start:raw_end] == raw")


def _across() -> Iterator[Invariant]:
    """What holds between tables; references that a column's name does not tell by itself."""
    problem = "SELECT concat_ws(' ', t.notice_id, t.ordinal) AS key, t.{0}::VARCHAR AS what FROM {1} t ANTI JOIN problems p ON p.notice_id = t.notice_id AND p.number = t.{0} WHERE t.{0} IS NOT NULL"
    yield Invariant("measures.problem_exists", "measures", "整改措施：所对应的问题存在", problem.format("problem", "measures"))
    yield Invariant(
        "next_steps.problem_exists", "next_steps", "下一步打算：所对应的问题存在", problem.format("reopens_problem", "next_steps")
    )
    yield Invariant(
        "problems.node_exists",
        "problems",
        "反馈问题：所在层级存在",
        "SELECT concat_ws(' ', t.notice_id, t.number) AS key, t.path AS what FROM problems t ANTI JOIN nodes o ON o.notice_id = t.notice_id AND o.path = t.path",
    )
    yield Invariant(
        "nodes.parent_exists",
        "nodes",
        "层级结构：上级层级存在",
        "SELECT concat_ws(' ', t.notice_id, t.path) AS key, t.parent_path AS what FROM nodes t ANTI JOIN nodes o ON o.notice_id = t.notice_id AND o.path = t.parent_path WHERE t.parent_path IS NOT NULL",
    )
    yield Invariant(
        "notices.text_exists",
        "notices",
        "整改通报：有且仅有一份全文",
        "SELECT notice_id AS key, 'texts' AS what FROM notices ANTI JOIN texts USING (notice_id)",
    )
    yield Invariant(
        "notices.document_exists",
        "notices",
        "整改通报：来源文件存在",
        "SELECT notice_id AS key, document_id AS what FROM notices ANTI JOIN documents USING (document_id)",
    )
    yield Invariant(
        "documents.accounted_for", "documents", "原始文件：每份文件或入库、或重复、或未入库",
        "SELECT document_id AS key, outcome AS what FROM documents d WHERE (outcome = 'published') <> (notice_id IS NOT NULL AND duplicate_of IS NULL)"
        " AND NOT (outcome = 'duplicate') OR outcome = 'rejected' AND document_id NOT IN (SELECT document_id FROM rejects)",
    )  # fmt: skip
    yield Invariant(
        "rejects.documents_exist",
        "rejects",
        "未入库文件：在原始文件中有记录",
        "SELECT document_id AS key, reason AS what FROM rejects ANTI JOIN (FROM documents WHERE outcome = 'rejected') USING (document_id)",
    )
    yield Invariant(
        "runs.counts", "runs", "运行记录：文件数 = 入库 + 重复 + 未入库",
        "SELECT run_id AS key, format('{} <> {} + {} + {}', documents_in, published, duplicate, rejected) AS what FROM runs WHERE documents_in <> published + duplicate + rejected OR unchanged > duplicate",
    )  # fmt: skip
    yield Invariant(
        "check_results.complete", "check_results", "核验结果：每份通报每项核验有且仅有一个结论",
        "SELECT n.notice_id AS key, c.check_id AS what FROM notices n CROSS JOIN (SELECT DISTINCT check_id FROM check_results) c ANTI JOIN check_results r ON r.notice_id = n.notice_id AND r.check_id = c.check_id",
    )  # fmt: skip
