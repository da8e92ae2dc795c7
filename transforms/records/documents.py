"""Tables about raw files and runs: documents, rejects, runs, expectation_results."""

from __future__ import annotations

import datetime
from typing import Annotated, ClassVar

import msgspec

from transforms.records.columns import Column, Table
from transforms.records.shared import HEX16, DocumentId, NoticeId, RunId, Sha256, Uri

Count = Annotated[int, Column("Number of raw files", "文件数", minimum=0)]


class Document(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """A raw file as it was seen for the first time."""

    TABLE: ClassVar[Table] = Table("documents", "原始文件", ("document_id",))

    document_id: DocumentId
    run_id: RunId
    uri: Uri
    sha256: Sha256
    size_bytes: Annotated[int, Column("Length of the raw file", "字节数", minimum=0, unit="byte")]
    media_type: Annotated[str, Column("Kind of content, told by the bytes and not by the name", "媒体类型")]
    encoding: Annotated[str, Column("Character encoding the text was read with", "编码")] | None = None
    encoding_reason: Annotated[str, Column("Why this encoding was chosen", "编码依据")] | None = None
    declared_encoding: (
        Annotated[str, Column("Encoding that the server or the source named; never more than a tie-break", "声明编码")] | None
    ) = None
    damage: Annotated[tuple[str, ...], Column("What was found broken in the bytes and how it was read all the same", "损坏情况")] = ()
    outcome: Annotated[str, Column("What became of the file", "处理结果", allowed=("published", "duplicate", "rejected"))]
    notice_id: NoticeId | None = None
    duplicate_of: Annotated[str, Column("The document_id whose bytes these are", "与何文件相同")] | None = None
    seen_at: Annotated[datetime.datetime, Column("When the file was first seen (UTC)", "首见时间")]
    rules_version: (
        Annotated[str, Column("Version of the rules that read it last; null in rows older than this column", "规则版本")] | None
    ) = None


class Reject(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """A raw file that gave no notice, and why; its bytes stay in the raw store."""

    TABLE: ClassVar[Table] = Table("rejects", "未入库文件", ("document_id",))

    document_id: DocumentId
    run_id: RunId
    uri: Uri
    sha256: Sha256 | None = None
    reason: Annotated[str, Column("Short code of the reason, such as not_a_notice, empty, unreadable", "原因", pattern=r"[a-z][a-z0-9_]*")]
    stage: Annotated[str, Column("Step that refused the file", "环节", allowed=("ingest", "decode", "read", "recognise", "extract"))]
    message: Annotated[str, Column("The reason in words, with the way out", "说明")]


class Run(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """One run that wrote: an ingestion, or a rebuild from the raw store."""

    TABLE: ClassVar[Table] = Table("runs", "运行记录", ("run_id",))

    run_id: RunId
    started_at: Annotated[datetime.datetime, Column("Start of the run (UTC)", "开始时间")]
    finished_at: Annotated[datetime.datetime, Column("End of the run (UTC)", "结束时间")]
    documents_in: Count
    published: Count
    duplicate: Count
    unchanged: Annotated[int, Column("Of the duplicates, files that were the very same file again", "未变文件数", minimum=0)]
    rejected: Count
    code_version: Annotated[str, Column("Version of taizhang", "程序版本")]
    rules_version: Annotated[str, Column("Version of the extraction rules and lexicons: a hash of both", "规则版本")]
    outcome: Annotated[
        str, Column("How the run ended", "结果", allowed=("completed", "completed_with_rejects", "quality_gate_failed", "failed"))
    ]
    command: Annotated[str, Column("Command that made the run; null means run", "命令", allowed=("run", "rebuild", "repair"))] | None = None


class Fetch(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """One answer from the web, or why there was none; bodies are in the raw store under their hash."""

    TABLE: ClassVar[Table] = Table("fetches", "网页获取记录", ("fetch_id",))

    fetch_id: Annotated[str, Column("Hash of the URL and the moment it was asked for", "获取编号", pattern=HEX16)]
    run_id: RunId
    source: Annotated[str, Column("Declared source that led to the page; null for a list of URLs", "数据源")] | None = None
    kind: Annotated[str, Column("What the page was taken for", "页面类型", allowed=("page", "index", "attachment"))]
    url: Annotated[str, Column("URL that was asked for, in canonical form", "请求地址")]
    uri: Annotated[str, Column("Where redirects led; the uri of the document", "最终地址")] | None = None
    found_on: Annotated[str, Column("Page that links here", "链接来源")] | None = None
    fetched_at: Annotated[datetime.datetime, Column("When the answer was complete (UTC)", "获取时间")]
    status: Annotated[int, Column("HTTP status; null where there was no answer", "状态码", minimum=100, maximum=999)] | None = None
    outcome: Annotated[
        str,
        Column(
            "What the answer means: vanished is a page that was there before and is gone now (404, 410)",
            "获取结果",
            allowed=("new", "changed", "unchanged", "vanished", "missing", "failed"),
        ),
    ]
    reason: Annotated[str, Column("Short code of a failure", "原因", pattern=r"[a-z][a-z0-9_]*")] | None = None
    message: Annotated[str, Column("The failure in words", "说明")] | None = None
    sha256: Sha256 | None = None
    size_bytes: Annotated[int, Column("Length of the body", "字节数", minimum=0, unit="byte")] | None = None
    headers: Annotated[str, Column("Headers of the answer as a JSON object", "响应头")] | None = None


class ExpectationResult(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """What one expectation found in one run."""

    TABLE: ClassVar[Table] = Table("expectation_results", "质量期望结果", ("run_id", "expectation"))

    run_id: RunId
    expectation: Annotated[str, Column("Name of the expectation", "期望")]
    table_name: Annotated[str, Column("Table it speaks of", "数据表")]
    description: Annotated[str, Column("What must hold, in words", "说明")]
    severity: Annotated[str, Column("critical stops a publish, warning does not", "级别", allowed=("critical", "warning", "info"))]
    is_success: Annotated[bool, Column("It holds for every row", "是否通过")]
    row_count: Annotated[int, Column("Rows examined", "检查行数", minimum=0)]
    unexpected_count: Annotated[int, Column("Rows that break it", "不符行数", minimum=0)]
    examples: Annotated[tuple[str, ...], Column("Keys of the first rows that break it", "示例")] = ()
