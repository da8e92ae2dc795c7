"""The page docs/reference/queries.md: every named query with its help, parameters and what it answers about the samples.

Ids are left out, for they hash the place of the checkout, and the samples count as read at a fixed moment; so the page is the same
everywhere.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from tools.sample_warehouse import MOMENT, build
from warehouse.queries.catalogue import Query, queries
from warehouse.sandbox import Sandbox, open_sandbox

_SHOWN_ROWS = 6
_WIDEST = 48


def page(note: str) -> str:
    """The page as Markdown, ``note`` below its title."""
    with tempfile.TemporaryDirectory() as folder, open_sandbox(build(Path(folder) / "lake")) as sandbox:
        return "".join(_page(sandbox, note))


def _page(sandbox: Sandbox, note: str) -> Iterator[str]:
    yield f"# Named queries\n\n{note}`taizhang query NAME` answers each. Shown is what it says about the notices in `samples/`, "
    yield f"read on {MOMENT:%Y-%m-%d}, without the column `notice_id` and with long cells and lists cut.\n"
    for query in queries():
        values = query.values({}, f"{MOMENT:%Y-%m-%d}")
        yield f"\n## {query.number}. {query.name}\n\n{query.about}.\n{query.about_zh}。\n\n"
        yield from (f"- `--set {each.name}={each.default}`: {each.about}\n" for each in query.parameters)
        yield "\n" if query.parameters else ""
        yield from _rows(sandbox.read(query.sql, values).read_all().to_pylist(), query)


def _rows(rows: list[dict[str, Any]], query: Query) -> Iterator[str]:
    if not rows:
        yield f"No sample has such a case. [SQL](../../warehouse/queries/{query.number:02}_{query.name}.sql)\n"
        return
    names = [name for name in rows[0] if name != "notice_id"]
    yield f"| {' | '.join(names)} |\n|{'---|' * len(names)}\n"
    yield from (f"| {' | '.join(_cell(row[name]) for name in names)} |\n" for row in rows[:_SHOWN_ROWS])
    more = f"{len(rows) - _SHOWN_ROWS} more rows. " if len(rows) > _SHOWN_ROWS else ""
    yield f"\n{more}[SQL](../../warehouse/queries/{query.number:02}_{query.name}.sql)\n"


def _cell(value: Any) -> str:
    words = "" if value is None else str(value).lower() if isinstance(value, bool) else str(value)
    words = words.replace("\n", " ").replace("|", "\\|")
    return words if len(words) <= _WIDEST else words[: _WIDEST - 1] + "…"
