"""taizhang explain: every value found in any text, with the rule behind it."""

from __future__ import annotations

import datetime
import json
import sys
from typing import Any

import click

from transforms.explain import explain

_EVIDENCE = ("raw", "rule", "start_char", "end_char", "raw_start", "raw_end", "surface", "notice_id", "path")


@click.command(
    "explain",
    help="Show every date, sum, quantity, contact and citation found in TEXT: its value, the rule that made it, and what was refused.\n\n"
    "With - the text is read from stdin. With --lines stdin is read line by line and one JSON object is printed for each; a line may be "
    'JSON such as {"text": "…", "reference": "2024-05-01"}.\n\n'
    "\b\nExample:\n  taizhang explain 3月上旬追缴1.2万元 --reference 2024-05-01\n  taizhang explain - --lines < texts.txt",
)
@click.argument("text", metavar="TEXT|-", required=False)
@click.option("--reference", metavar="YYYY-MM-DD", help="Day from which years that are not printed are told.")
@click.option(
    "--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True, help="For people or for programs."
)
@click.option("--lines", is_flag=True, help="Explain each line of stdin by itself; implies --format json.")
def command(text: str | None, reference: str | None, form: str, lines: bool) -> None:
    """Explain one text, or one a line."""
    day = _day(reference)
    if lines:
        if text not in (None, "-"):
            raise click.UsageError("--lines reads stdin; leave TEXT out or give -")
        for line in sys.stdin:
            sys.stdout.write(json.dumps(_line(line.rstrip("\r\n"), day), ensure_ascii=False) + "\n")
            sys.stdout.flush()
        return
    if text is None:
        raise click.UsageError("give TEXT, or - to read stdin")
    found = explain(sys.stdin.read() if text == "-" else text, day)
    click.echo(json.dumps(found, ensure_ascii=False) if form == "json" else _for_people(found))


def _line(line: str, day: datetime.date | None) -> dict[str, Any]:
    """The explanation of one line; a JSON line's own reference wins, and what is no such JSON is text."""
    if line.startswith("{"):
        try:
            given = json.loads(line)
            if isinstance(given.get("text"), str):
                own = given.get("reference")
                return explain(given["text"], datetime.date.fromisoformat(own) if own else day)
        except (ValueError, TypeError, RecursionError):
            pass
    return explain(line, day)


def _day(words: str | None) -> datetime.date | None:
    try:
        return datetime.date.fromisoformat(words) if words else None
    except ValueError as error:
        raise click.BadParameter(f"{words} is not a day such as 2024-05-01", param_hint="--reference") from error


def _for_people(found: dict[str, Any]) -> str:
    printed: list[str] = []
    for kind, rows in found.items():
        if not isinstance(rows, list):
            continue
        for row in rows:
            # a count of zero is told: 0 == False, so what is left out is not asked for by equality alone
            values = [f"{name}={value}" for name, value in row.items() if name not in _EVIDENCE and (value or type(value) in (int, float))]
            name = click.style(kind, fg="red" if kind == "refused" else "cyan")
            printed.append(f"{name}  {click.style(row.get('raw', ''), bold=True)}  {'  '.join(values)}  [{row.get('rule', '')}]")
    return "\n".join(printed) or "nothing found"
