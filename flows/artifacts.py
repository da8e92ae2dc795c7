"""What a run leaves in Prefect for people: a summary, the discrepancies, the report's place and how far it is.

Words are Chinese, as their readers are. An artifact is never worth a run: what cannot be stored is logged.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any

from expectations.check_files import Check
from flows.logs import event
from flows.run import Progress, RunSummary
from flows.secrets import masked
from warehouse.lake import Lake

SUMMARY, DISCREPANCIES, REPORT, PROGRESS = "taizhang-summary", "taizhang-discrepancies", "taizhang-report", "taizhang-progress"
_OUTCOMES = {"completed": "完成", "completed_with_rejects": "完成，有退件", "quality_gate_failed": "质量门未通过", "failed": "失败"}
_VERDICTS = {"pass": "相符", "fail": "不符", "review": "存疑", "not_checkable": "无法核验", "not_applicable": "不适用"}
_STAGES = {"fetching": "抓取", "reading": "读取", "extracting": "抽取", "checking": "核验", "auditing": "审计", "publishing": "入库"}
_MOST_ROWS = 100
# an update is a request to the server, which a batch of small files would send more often than anybody looks
_SECONDS_BETWEEN = 3.0
_DISCREPANCIES = """
FROM check_results c JOIN notices n USING (notice_id) JOIN documents d ON d.document_id = n.document_id
WHERE d.run_id = ? AND c.verdict = 'fail'
"""


def summary_words(summary: RunSummary, reasons: Sequence[tuple[str, int]] = (), report: Path | None = None) -> str:
    """The summary as Markdown; ``reasons`` are those of rejects with their counts."""
    rows = [
        ("文件", summary.documents_in),
        ("入库", summary.published),
        ("重复", f"{summary.duplicate}（其中未变 {summary.unchanged}）"),
        ("退件", summary.rejected),
        ("用时", f"{summary.seconds:.1f} 秒"),
        ("快照", summary.snapshot),
    ]
    parts = [f"# 整改通报入库：{_OUTCOMES.get(summary.outcome, summary.outcome)}", _table(("项目", "数值"), rows)]
    if summary.verdicts:
        parts += ["## 核验结论", _table(("结论", "项"), [(_VERDICTS.get(name, name), count) for name, count in summary.verdicts.items()])]
    if reasons:
        parts += ["## 退件原因", _table(("原因", "件"), reasons)]
    if summary.broken:
        parts += [
            "## 未满足的不变量",
            "\n".join(f"- {_cell(each)}" for each in summary.broken),
            f"该批未入库，存于 `{summary.quarantine}`。",
        ]
    if report:
        parts.append(f"报告：`{report}`")
    parts.append(f"运行编号 `{summary.run_id}`")
    return masked("\n\n".join(parts))


def reject_reasons(lake: Lake, run_id: str) -> list[tuple[str, int]]:
    """Reasons of the run's rejects with their counts, most frequent first."""
    sql = "SELECT reason, count(*) FROM rejects WHERE run_id = ? GROUP BY 1 ORDER BY 2 DESC, 1"
    return [(reason, int(count)) for reason, count in lake.execute(sql, [run_id]).fetchall()]


def discrepancies(lake: Lake, run_id: str, checks: Iterable[Check], most: int = _MOST_ROWS) -> tuple[list[dict[str, str]], int]:
    """Those of ``checks`` that notices of this run fail, as rows with Chinese names, at most ``most`` of them, and how many there are."""
    titles = {check.id: check.title_zh for check in checks}
    counted = lake.execute(f"SELECT count(*) {_DISCREPANCIES}", [run_id]).fetchone()
    columns = "coalesce(n.inspected_org, ''), coalesce(n.title, ''), c.check_id, coalesce(c.equation, ''), d.uri"
    rows = lake.execute(f"SELECT {columns} {_DISCREPANCIES} ORDER BY 1, 2, 3 LIMIT {int(most)}", [run_id]).fetchall()
    found = [
        {"被巡察单位": org, "标题": title, "核验项": f"{check} {titles.get(check, '')}".strip(), "算式": equation, "文件": masked(uri)}
        for org, title, check, equation, uri in rows
    ]
    return found, int(counted[0]) if counted else 0


def leave_summary(words: str) -> None:
    """Store the summary."""
    from prefect.artifacts import create_markdown_artifact

    _tried(lambda: create_markdown_artifact(words, key=SUMMARY, description="本次运行的结果"))


def leave_discrepancies(rows: list[dict[str, str]], count: int) -> None:
    """Store the discrepancies; ``count`` tells of those left out."""
    from prefect.artifacts import create_table_artifact

    words = f"本次运行发现不符 {count} 项" + (f"，列出前 {len(rows)} 项，其余见报告" if count > len(rows) else "")
    _tried(lambda: create_table_artifact(rows or [{"结果": "未发现不符"}], key=DISCREPANCIES, description=words))


def leave_report(page: Path) -> None:
    """Store where the report is."""
    from prefect.artifacts import create_link_artifact

    _tried(lambda: create_link_artifact(page.resolve().as_uri(), link_text=str(page), key=REPORT, description="质量报告"))


class ShownProgress:
    """Takes the progress of a run and keeps an artifact up to date with it, every few seconds."""

    def __init__(self, also: Callable[[Progress], None] | None = None) -> None:
        self._also = also
        self._artifact: Any = None
        self._last: tuple[float, str] | None = None
        self._at = float("-inf")

    def __call__(self, progress: Progress) -> None:
        """Show ``progress``."""
        if self._also:
            self._also(progress)
        share = 100.0 * progress.done / progress.total if progress.total else 0.0
        words = f"{progress.done}/{progress.total} 个文件，{_STAGES.get(progress.stage, progress.stage)}"
        if time.monotonic() - self._at >= _SECONDS_BETWEEN:
            self._show(min(share, 100.0), words)

    def finish(self, words: str) -> None:
        """The run is over."""
        self._show(100.0, words)

    def _show(self, share: float, words: str) -> None:
        from prefect.artifacts import create_progress_artifact, update_progress_artifact

        self._at = time.monotonic()
        if (share, words) == self._last:
            return
        self._last = (share, words)
        if self._artifact is None:
            self._artifact = _tried(lambda: create_progress_artifact(share, key=PROGRESS, description=words))
        else:
            _tried(lambda: update_progress_artifact(self._artifact, progress=share, description=words))


def _tried(store: Callable[[], Any]) -> Any:
    try:
        return store()
    except Exception as error:
        event("artifact.lost", f"an artifact could not be stored: {type(error).__name__}: {error}", logging.WARNING)
        return None


def _table(head: Sequence[str], rows: Sequence[Sequence[Any]]) -> str:
    lines = [f"| {' | '.join(head)} |", f"|{' --- |' * len(head)}"]
    return "\n".join(lines + [f"| {' | '.join(_cell(str(value)) for value in row)} |" for row in rows])


def _cell(words: str) -> str:
    """Words of a notice as text, whatever Markdown or HTML is in them."""
    words = words.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    for mark in "\\`*_[]|":
        words = words.replace(mark, "\\" + mark)
    return " ".join(words.split())
