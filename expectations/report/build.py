"""Writes the report: a static site that opens from disk."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterable, Iterator
from importlib.resources import files
from itertools import islice
from pathlib import Path
from typing import Any

from expectations.check_files import Check, packaged_checks
from expectations.report.folder import replacing
from expectations.report.pages.ledger import CSV_COLUMNS, csv_row, discrepancies, groups
from expectations.report.pages.notice import notice_pages
from expectations.report.pages.notice_list import COLUMNS, notice_rows
from expectations.report.pages.overview import overview
from expectations.report.pages.quality import REJECTS, quality
from expectations.report.rows import COUNTED, Query, Row, rows
from expectations.report.templates import Templates
from expectations.report.words import Words

# Rows that stand in the list pages themselves, for those who have no JavaScript and for the first glance.
FIRST_ROWS = 50
# Discrepancies in one file of cards; the browser fetches only the files whose cards it shows.
CHUNK = 100
_RUN = "SELECT * FROM runs ORDER BY started_at DESC LIMIT 1"


def build(query: Query, out_dir: Path, version: str = "", lang: str = "zh", checks: Iterable[Check] | None = None) -> Path:
    """Write the report into ``out_dir`` and return its first page.

    ``query`` runs SQL over the tables of the records; ``checks`` are those whose verdicts they hold, by default the packaged ones.
    An older report there is replaced when the new one is whole. Raises ``OSError`` if that cannot be, ``ValueError`` for a language
    that the report does not speak.
    """
    words = Words(lang)
    known = {check.id: check for check in (packaged_checks() if checks is None else checks)}
    runs = rows(query, _RUN)
    run = runs[0] if runs else None
    (numbers,) = rows(query, f"SELECT count(*) FILTER ({COUNTED}) AS held, count(*) FILTER (NOT {COUNTED}) AS copies FROM notices")
    with replacing(out_dir) as folder:
        site = _Site(folder, Templates(words, version, run, numbers), words)
        site.assets()
        site.page("index.html", {"here": "overview", **overview(query, words, known)})
        site.page("quality.html", {"here": "quality", **quality(query, words, known)})
        site.rejects(query)
        site.notices(notice_rows(query, words))
        site.ledger(groups(query), discrepancies(query, words, known))
        for page in notice_pages(query, words, known):
            site.page(f"notices/{page['file']}.html", {"here": "notices", **page}, "notice.html", up="../")
    return out_dir / "index.html"


class _Site:
    """The folder being written."""

    def __init__(self, folder: Path, templates: Templates, words: Words) -> None:
        self.folder, self.templates, self.words = folder, templates, words
        for name in ("assets", "data", "notices"):
            (folder / name).mkdir()

    def assets(self) -> None:
        """Style and scripts, from the package."""
        for asset in files("expectations.report").joinpath("assets").iterdir():
            if asset.name.endswith((".css", ".js")):
                (self.folder / "assets" / asset.name).write_bytes(asset.read_bytes())

    def page(self, name: str, context: dict[str, Any], template: str = "", up: str = "") -> None:
        """One page from its template, as it is rendered."""
        with (self.folder / name).open("w", encoding="utf-8", newline="\n") as file:
            file.writelines(self.templates.render(template or name, {**context, "up": up}))

    def rejects(self, query: Query) -> None:
        """All files that were not taken, as CSV."""
        with self._csv("rejects.csv") as writer:
            writer.row(("uri", "reason", "stage", "message"))
            for row in query(REJECTS).to_pylist():
                writer.row([row["uri"], self.words.label("reject", row["reason"]), self.words.label("stage", row["stage"]), row["message"]])

    def notices(self, found: Iterator[list[Any]]) -> None:
        """The list of notices: its page, its rows as a script, and as CSV."""
        first: list[list[Any]] = []
        total = 0
        with self._csv("notices.csv") as writer, (self.folder / "data" / "notices.js").open("w", encoding="utf-8", newline="\n") as script:
            writer.row(COLUMNS)
            script.write(f"window.TAIZHANG={{text:{self._texts()},columns:{_json(COLUMNS)},rows:[\n")
            for row in found:
                if total < FIRST_ROWS:
                    first.append(row)
                writer.row(row)
                script.write(f"{_json(row)},\n")
                total += 1
            script.write("]};\n")
        self.page("notices.html", {"here": "notices", "first": [dict(zip(COLUMNS, row, strict=True)) for row in first], "total": total})

    def ledger(self, counted: list[Row], found: Iterator[Row]) -> None:
        """The ledger: its page, the index that is searched, files of cards, and the CSV."""
        card = self.templates.card
        first: list[Row] = []
        number = 0
        with self._csv("ledger.csv") as writer, (self.folder / "data" / "ledger.js").open("w", encoding="utf-8", newline="\n") as index:
            writer.row([self.words.text("csv_" + name) for name in CSV_COLUMNS])
            index.write(f"window.TAIZHANG={{text:{self._texts()},chunk:{CHUNK},rows:[\n")
            while chunk := list(islice(found, CHUNK)):
                cards = []
                for row in chunk:
                    writer.row(csv_row(row, self.words))
                    index.write(
                        _json(
                            [
                                row["body"],
                                row["county"],
                                row["year"],
                                row["check_id"],
                                row["title"],
                                row["verdict"],
                                row["severity"],
                                row["equation"],
                            ]
                        )
                        + ",\n"
                    )
                    cards.append(card(row))
                (self.folder / "data" / f"ledger-{number // CHUNK}.js").write_text(
                    f"TAIZHANG.cards({number // CHUNK},{_json(cards)});\n", "utf-8"
                )
                if not first:
                    first = chunk[:FIRST_ROWS]
                number += len(chunk)
            index.write("]};\n")
        self.page("ledger.html", {"here": "ledger", "first": first, "total": number, "groups": counted})

    def _texts(self) -> str:
        """The words that scripts write, as JSON."""
        keys = ("rows_shown", "no_rows", "previous", "next", "all", "loading", "not_stated", "unknown_place", "jump_claimed", "jump_found")
        return _json({key: self.words.text(key) for key in keys})

    def _csv(self, name: str) -> _Csv:
        return _Csv(self.folder / name)


class _Csv:
    """A CSV file that spreadsheets open as UTF-8."""

    def __init__(self, path: Path) -> None:
        self._file = path.open("w", encoding="utf-8-sig", newline="")
        self._writer = csv.writer(self._file)

    def __enter__(self) -> _Csv:
        return self

    def __exit__(self, *_: object) -> None:
        self._file.close()

    def row(self, cells: Iterable[Any]) -> None:
        """Write one row; a cell that a spreadsheet would run as a formula is made text."""
        self._writer.writerow(
            [f"'{cell}" if isinstance(cell, str) and cell[:1] in ("=", "+", "-", "@", "\t", "\r") else cell for cell in cells]
        )


def _json(value: Any) -> str:
    """JSON that may stand in a script: line separators and ``</`` escaped."""
    return (
        json.dumps(value, ensure_ascii=False, separators=(",", ":"))
        .replace("</", "<\\/")
        .replace("\u2028", "\\u2028")
        .replace("\u2029", "\\u2029")
    )
