"""Writes the report pages."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from expectations.check_files import packaged_checks as checks
from expectations.report.figures import Query, figures
from expectations.report.labels import LABELS


def build(query: Query, out_dir: Path, version: str = "") -> Path:
    """Write the report into ``out_dir`` (made if it is missing) and return its first page. Raises ``OSError`` if it cannot."""
    from jinja2 import Environment, PackageLoader, StrictUndefined

    environment = Environment(loader=PackageLoader("expectations.report"), autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)
    environment.filters["label"] = _label
    page = environment.get_template("index.html.j2").render(
        report=figures(query),
        checks={check.id: check for check in checks()},
        version=version,
    )
    out_dir.mkdir(parents=True, exist_ok=True)
    target = out_dir / "index.html"
    target.write_text(page, "utf-8")
    return target


def _label(value: Any) -> str:
    return LABELS.get(str(value), str(value))
