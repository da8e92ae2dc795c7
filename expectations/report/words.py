"""Words of the report in one of two languages: texts of the pages and labels of the codes that tables hold."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from expectations.reasons import REASONS

LANGUAGES = ("zh", "en")
_NUMBER = re.compile(r"\d+")

Pair = tuple[str, str]


@cache
def texts() -> dict[str, Pair]:
    """What the pages say, by key, as Chinese and English."""
    return {key: (zh, en) for key, (zh, en) in _toml("texts.toml").items()}


@cache
def labels() -> dict[str, dict[str, Pair]]:
    """Labels of codes by table (the column or enumeration) and code, as Chinese and English."""
    tables: dict[str, dict[str, Pair]] = {
        table: {code: (zh, en) for code, (zh, en) in rows.items()} for table, rows in _toml("labels.toml").items()
    }
    return {**tables, "reason": REASONS}


@cache
def _rules() -> dict[str, str]:
    return _toml("rules.toml")


def _toml(name: str) -> dict[str, Any]:
    return tomllib.loads((files("expectations.report") / name).read_text("utf-8"))


@dataclass(frozen=True, slots=True)
class Words:
    """The report's words in one language. Raises ``ValueError`` for a language it does not speak."""

    language: str

    def __post_init__(self) -> None:
        if self.language not in LANGUAGES:
            raise ValueError(f"no report in language {self.language!r}; choose one of {', '.join(LANGUAGES)}")

    @property
    def at(self) -> int:
        """Where this language stands in a pair."""
        return LANGUAGES.index(self.language)

    @property
    def tag(self) -> str:
        """The value of the ``lang`` attribute."""
        return ("zh-CN", "en")[self.at]

    def text(self, key: str, **values: Any) -> str:
        """The words of ``key`` with ``values`` filled in. Raises ``KeyError`` for a key that no page has."""
        words = texts()[key][self.at]
        return words.format(**values) if values else words

    def label(self, table: str, code: Any) -> str:
        """The label of ``code``; the code itself where the table does not know it, such as one of a user's own check."""
        pair = labels().get(table, {}).get(str(code))
        return pair[self.at] if pair else str(code)

    def rule(self, check: str, header: str) -> str:
        """The rule behind a check: in Chinese from rules.toml, else as the header of the check's file says it."""
        return _rules().get(check, header) if self.language == "zh" else header

    def reading(self, code: str | None) -> str:
        """The reading that a check names: a label whose numbers are filled in, or the labels of states parted by ``/``."""
        if not code:
            return ""
        known = labels()["reading"]
        if code in known:
            return known[code][self.at]
        shape = known.get(_NUMBER.sub("{}", code))
        if shape:
            return shape[self.at].format(*_NUMBER.findall(code))
        if " / " in code:
            return " / ".join(self.label("status", part) for part in code.split(" / "))
        subject, mark, status = code.partition(":")
        return f"{subject}（{self.label('status', status)}）" if mark and status in labels()["status"] else code

    def number(self, value: float | int) -> str:
        """A figure with thousands separators and no needless decimals."""
        return f"{value:,.2f}".rstrip("0").rstrip(".") if isinstance(value, float) else f"{value:,}"

    def share(self, part: float, whole: float) -> str:
        """A percentage with one decimal; a dash where there is no whole."""
        return f"{100 * part / whole:.1f}%" if whole else "—"
