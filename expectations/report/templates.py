"""The templates of the pages, with the words and the run that all of them show."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined

from expectations.report.rows import Row
from expectations.report.words import Words


class Templates:
    """Renders pages in one language. What notices say is escaped everywhere; only charts and cards are markup."""

    def __init__(self, words: Words, version: str, run: Row | None, numbers: Row) -> None:
        self._environment = Environment(
            loader=PackageLoader("expectations.report", "templates"),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        self._environment.globals.update(
            t=words.text,
            label=words.label,
            reading=words.reading,
            share=words.share,
            words=words,
            version=version,
            run=run,
            held=numbers["held"],
            copies=numbers["copies"],
        )
        self._environment.filters["number"] = words.number
        self._environment.filters["basename"] = lambda uri: (uri or "").rsplit("/", 1)[-1]
        self._card: Any = self._environment.get_template("card.html.j2").module

    def render(self, name: str, context: dict[str, Any]) -> Iterator[str]:
        """The page in pieces, so that a long one is never held twice."""
        return self._environment.get_template(f"{name}.j2").generate(context)

    def card(self, row: Row) -> str:
        """One discrepancy as the ledger shows it."""
        return str(self._card.card(row))
