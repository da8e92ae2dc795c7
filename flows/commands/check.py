"""taizhang check: the checks, and what they say of the notices of a warehouse."""

from __future__ import annotations

import json
import textwrap
from collections import Counter
from typing import TYPE_CHECKING, Any

import click

from flows.commands.options import checks_option, settings, told, warehouse_option
from transforms.records.verdicts import VERDICTS

if TYPE_CHECKING:
    from expectations.check_files import Check
    from flows.verdicts import Told

_COLORS = {"fail": "red", "review": "yellow", "pass": "green", "not_checkable": "blue", "not_applicable": "white"}
_SHORT = 60


@click.command(
    "check",
    help="Tell what the checks say of the notices of a warehouse: the verdict, both sides of the equation, the reason, and the words "
    "they come from.\n\n"
    "Stored verdicts are told; a check of your own (--checks, docs/checks.md) that no run has run yet is run on the warehouse then and "
    "there, and nothing is written. Shown are fail and review, of one notice (--notice) all that apply; the last lines count the rest. "
    "What cannot be checked is counted apart from what agrees.\n\n"
    "\b\nExample:\n  taizhang check --list\n  taizhang check --only K01,D02\n  taizhang check --notice 3f9c21ab --format json\n"
    "  taizhang check --checks our-checks --only Z01 --verdict all\n\n"
    "\b\nExit codes:\n  0  done\n  1  failed: no warehouse, or a check could not be run\n"
    "  2  wrong usage: no such check or notice, or a check file that cannot be used\n  3  a check fails on some notice (only with --strict)",
)
@click.option("--list", "is_list", is_flag=True, help="Name all checks, your own included, and ask no warehouse.")
@click.option("--only", metavar="ID[,ID…]", multiple=True, help="These checks only.")
@click.option("--notice", metavar="ID", help="One notice only: its id, or the first digits of it.")
@click.option(
    "--verdict", "shown", type=click.Choice((*VERDICTS, "all")), multiple=True, help="Show these verdicts; may be given several times."
)
@click.option("--again", "is_again", is_flag=True, help="Run the checks again instead of telling stored verdicts.")
@click.option("--strict", is_flag=True, help="Exit with code 3 if a verdict is fail.")
@click.option(
    "--format",
    "form",
    type=click.Choice(("text", "json")),
    default="text",
    show_default=True,
    help="For people, or one JSON object a line.",
)
@warehouse_option
@checks_option
def command(
    is_list: bool,
    only: tuple[str, ...],
    notice: str | None,
    shown: tuple[str, ...],
    is_again: bool,
    strict: bool,
    form: str,
    warehouse: str | None,
    checks: str | None,
) -> None:
    """List checks or tell verdicts."""
    from flows.checking import all_checks

    chosen = settings(warehouse=warehouse, checks=checks)
    with told():
        asked = _asked(all_checks(chosen), only)
    if is_list:
        _list(asked, form)
        return

    from flows.verdicts import NoSuchNotice, verdicts
    from warehouse.lake import open_reader

    wanted = (
        set(VERDICTS) if "all" in shown else set(shown) or ({"fail", "review"} if notice is None else set(VERDICTS) - {"not_applicable"})
    )
    counts: Counter[str] = Counter()
    last, by_id = "", {check.id: check for check in asked}
    try:
        with told(), open_reader(chosen.location, memory_limit=chosen.memory_limit, is_pinned=True) as lake:
            for one in verdicts(lake, asked, notice, is_again):
                counts[one.row["verdict"]] += 1
                if one.row["verdict"] not in wanted:
                    continue
                if form == "json":
                    click.echo(json.dumps(_object(one, by_id[one.row["check_id"]]), ensure_ascii=False))
                    continue
                if one.notice["notice_id"] != last:
                    last = one.notice["notice_id"]
                    _heading(one.notice)
                _tell(one, by_id[one.row["check_id"]])
    except NoSuchNotice as error:
        raise click.UsageError(str(error)) from error
    if form == "text":
        words = [click.style(f"{counts[name]} {name}", fg=color) for name, color in _COLORS.items()]
        click.echo(("\n" if last else "") + f"{', '.join(words)}")
    if strict and counts["fail"]:
        raise click.exceptions.Exit(3)


def _asked(known: tuple[Check, ...], only: tuple[str, ...]) -> list[Check]:
    """The checks that are asked for, in their order; a wrong id is a wrong command line."""
    ids = {one.strip() for given in only for one in given.split(",") if one.strip()}
    if unknown := ids - {check.id for check in known}:
        raise click.UsageError(f"there is no check {', '.join(sorted(unknown))}; taizhang check --list names all")
    return [check for check in known if not ids or check.id in ids]


def _list(asked: list[Check], form: str) -> None:
    for check in asked:
        if form == "json":
            names = ("id", "title_zh", "title_en", "rule", "severity", "since", "scope")
            click.echo(json.dumps({**{name: getattr(check, name) for name in names}, "file": str(check.path)}, ensure_ascii=False))
        else:
            click.echo(f"{check.id:<6} {check.severity:<8} {check.title_zh}  {click.style(check.title_en, dim=True)}")


def _object(one: Told, check: Check) -> dict[str, Any]:
    names = ("verdict", "reason", "lhs", "rhs", "equation", "reading")
    return {
        "notice_id": one.notice["notice_id"],
        "inspected_org": one.notice["inspected_org"],
        "uri": one.notice["uri"],
        "check_id": check.id,
        "title_zh": check.title_zh,
        "title_en": check.title_en,
        "severity": check.severity,
        **{name: one.row[name] for name in names},
        "lhs_spans": one.quotes("lhs"),
        "rhs_spans": one.quotes("rhs"),
        "is_stored": not one.is_fresh,
    }


def _heading(notice: dict[str, Any]) -> None:
    name = notice["inspected_org"] or notice["title"] or "?"
    click.echo(f"\n{click.style(name, bold=True)}  {notice['notice_id']}\n{click.style(notice['uri'] or '', dim=True)}")


def _tell(one: Told, check: Check) -> None:
    from expectations.reasons import REASONS

    row = one.row
    click.echo(f"  {check.id:<5} {click.style(row['verdict'], fg=_COLORS[row['verdict']])}  {check.title_zh}  {check.title_en}")
    equation = row["equation"] or " · ".join(side for side in (row["lhs"], row["rhs"]) if side)
    lines = [("equation", equation)]
    if row["reason"]:
        lines.append(("reason", f"{row['reason']}: {' / '.join(REASONS[row['reason']])}" if row["reason"] in REASONS else row["reason"]))
    lines.append(("reading", row["reading"]))
    lines += [(name, _quoted(one, side)) for name, side in (("claimed", "lhs"), ("found", "rhs"))]
    for name, words in lines:
        if words:
            click.echo(f"        {click.style(f'{name:<9}', dim=True)}{words}")


def _quoted(one: Told, side: str) -> str:
    return "  ".join(
        f"「{textwrap.shorten(quote['words'], _SHORT, placeholder='…')}」{quote['start_char']}–{quote['end_char']}"
        for quote in one.quotes(side)
    )
