"""The overview: counts in and out, verdicts, and the charts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from expectations.check_files import Check
from expectations.report.charts import Bar, Part, Spread, bars, spreads
from expectations.report.pages.history import drift
from expectations.report.rows import COUNTED, Query, Row, body_name, rows
from expectations.report.words import Words
from transforms.records.verdicts import VERDICTS

ORDER = ("fail", "review", "pass", "not_checkable", "not_applicable")
FAMILIES = (("K", "counts_family"), ("D", "dates_family"), ("F", "form_family"))
# Up to so many notices each has a bar of its own; beyond, they are counted by classes.
FEW = 24
_TOP = 15
_TICKS = (30.0, 60.0, 90.0, 120.0, 180.0, 270.0, 365.0, 545.0, 730.0, 1095.0, 1825.0, 3650.0)
_CLASSES = ((0.0, 60.0), (60.0, 70.0), (70.0, 80.0), (80.0, 90.0), (90.0, 95.0), (95.0, 100.0))

_BY_CHECK = f"SELECT check_id, verdict, count(*) AS number FROM check_results WHERE {COUNTED} GROUP BY ALL ORDER BY check_id"
_REASONS = f"""
SELECT reason, count(*) AS number, count(DISTINCT notice_id) AS notices
FROM check_results WHERE verdict = 'not_checkable' AND {COUNTED} GROUP BY ALL ORDER BY number DESC, reason
"""
# what a notice says of its work as a whole: the first total and the first number done, else the rate it prints
_COMPLETION = f"""
WITH told AS (
    SELECT notice_id,
           min_by(value_low, start_char) FILTER (status = 'total' AND unit IS DISTINCT FROM '%' AND value_low = value_high) AS total,
           min_by(value_low, start_char) FILTER (status = 'completed' AND part_of IS NULL AND unit IS DISTINCT FROM '%' AND value_low = value_high) AS done,
           min_by(value_low, start_char) FILTER (unit = '%' AND value_low = value_high) AS rate
    FROM claims
    WHERE is_headline AND scope IS NULL AND (subject LIKE '%问题%' OR subject LIKE '%任务%' OR subject LIKE '%反馈意见%' OR subject LIKE '%整改%率%')
    GROUP BY notice_id
)
SELECT n.notice_id, n.inspected_org, n.title, done, total, CASE WHEN total > 0 AND done <= total THEN 100.0 * done / total ELSE rate END AS rate
FROM told JOIN notices n USING (notice_id)
WHERE ((total > 0 AND done <= total) OR rate BETWEEN 0 AND 100) AND n.{COUNTED} ORDER BY rate DESC, n.inspected_org, n.notice_id
"""
_MIDDLE = "(datediff('day', {a}_earliest, {b}_earliest) + datediff('day', {a}_latest, {b}_latest)) / 2"
_KNOWN = "{a}_latest - {a}_earliest <= 31"
_STAGES = (
    ("end_to_feedback", "inspection_end", "feedback"),
    ("feedback_to_signed", "feedback", "signed"),
    ("signed_to_published", "signed", "published"),
)
_MONEY = """
WITH told AS (
    SELECT DISTINCT notice_id, role, yuan_low, yuan_high FROM amounts WHERE is_recovery AND NOT is_part AND yuan_low > 0 AND {counted}
), named AS (
    SELECT notice_id, {name} AS name FROM notices
)
SELECT name, sum(yuan_low)::DOUBLE / 10000 AS number, count(DISTINCT notice_id) AS notices
FROM told JOIN named USING (notice_id) GROUP BY ALL ORDER BY number DESC, name
"""


def overview(query: Query, words: Words, checks: Mapping[str, Check]) -> dict[str, Any]:
    """What the template of the overview needs."""
    by_check: dict[str, dict[str, int]] = {}
    totals = dict.fromkeys(VERDICTS, 0)
    for row in rows(query, _BY_CHECK):
        by_check.setdefault(row["check_id"], {})[row["verdict"]] = row["number"]
        totals[row["verdict"]] = totals.get(row["verdict"], 0) + row["number"]
    decided = totals["pass"] + totals["fail"] + totals["review"]
    return {
        "order": ORDER,
        "totals": totals,
        "results": sum(totals.values()),
        "decided_share": words.share(totals["pass"], decided),
        "families": list(_families(by_check, checks, words)),
        "completion": _completion(query, words),
        "intervals": _intervals(query, words),
        "reasons": _reasons(query, words),
        "money": _money(query, words),
        "drift": drift(query),
    }


def check_title(check: Check | None, words: Words) -> str:
    """The title of a check in the report's language; empty for one whose file is not at hand."""
    return (check.title_zh, check.title_en)[words.at] if check else ""


def _families(by_check: Mapping[str, Mapping[str, int]], checks: Mapping[str, Check], words: Words) -> Iterable[Row]:
    known = {letter for letter, _ in FAMILIES}
    for letter, key in (*FAMILIES, ("", "other_family")):
        members = [check for check in by_check if (check[0] == letter if letter else check[0] not in known)]
        if not members:
            continue
        shown = [_check_bar(check, by_check[check], check_title(checks.get(check), words), words) for check in members]
        title = words.text(key)
        most = max(sum(numbers.values()) for numbers in by_check.values())
        yield {
            "title": title,
            "chart": bars(f"checks-{letter or 'own'}", title, words.text("by_check_lead"), shown, most),
            "table": [{"check": check, "title": check_title(checks.get(check), words), "numbers": by_check[check]} for check in members],
        }


def _check_bar(check: str, numbers: Mapping[str, int], title: str, words: Words) -> Bar:
    shown = [verdict for verdict in ORDER if verdict != "not_applicable" and numbers.get(verdict)]
    parts = tuple(Part(verdict, numbers[verdict], f"{check} {words.label('verdict', verdict)} {numbers[verdict]}") for verdict in shown)
    odd = sum(numbers.get(verdict, 0) for verdict in ("fail", "review"))
    return Bar(f"{check} {title}", parts, words.number(odd) if odd else "", f"ledger.html#check={check}" if odd else "")


def _completion(query: Query, words: Words) -> Row:
    found = rows(query, _COMPLETION)
    title = words.text("completion")
    if len(found) <= FEW:
        shown = [
            Bar(
                body_name(row),
                (Part("done", row["rate"], f"{row['rate']:.1f}%"), Part("open", 100 - row["rate"], "")),
                _rate_figure(row),
                f"notices/{row['notice_id']}.html",
            )
            for row in found
        ]
        table = [(body_name(row), _rate_figure(row)) for row in found]
    else:
        classes = [
            (f"{low:g}%–{high:g}%" if low else f"< {high:g}%", sum(low <= row["rate"] < high for row in found)) for low, high in _CLASSES
        ]
        classes.append(("100%", sum(row["rate"] >= 100 for row in found)))
        shown = [Bar(label, (Part("done", number, str(number)),), words.number(number)) for label, number in classes]
        table = [(label, words.number(number)) for label, number in classes]
    whole = 100.0 if len(found) <= FEW else None
    return {
        "chart": bars("completion", title, words.text("completion_lead"), shown, whole) if found else None,
        "table": table,
        "known": len(found),
    }


def _rate_figure(row: Row) -> str:
    share = f"{row['rate']:.1f}".removesuffix(".0") + "%"
    return (
        f"{row['done']:g}/{row['total']:g}  {share}" if row["total"] and row["done"] is not None and row["done"] <= row["total"] else share
    )


def _intervals(query: Query, words: Words) -> Row:
    shown = []
    for key, first, second in _STAGES:
        days = _MIDDLE.format(a=first, b=second)
        sql = f"SELECT {days} AS days FROM notices WHERE {_KNOWN.format(a=first)} AND {_KNOWN.format(a=second)} AND {days} >= 0 AND {COUNTED} ORDER BY days"
        shown.append(Spread(words.text(key), tuple(float(value) for value in query(sql)["days"].to_pylist())))
    table = [
        {
            "label": row.label,
            "known": len(row.values),
            "figures": [words.number(value) for value in (min(row.values), *row.quartiles, max(row.values))] if row.values else None,
        }
        for row in shown
    ]
    has_values = any(row.values for row in shown)
    return {
        "chart": spreads("intervals", words.text("intervals"), words.text("intervals_lead"), shown, _TICKS, words.text("days"))
        if has_values
        else None,
        "table": table,
    }


def _reasons(query: Query, words: Words) -> Row:
    found = rows(query, _REASONS)
    named = [(words.label("reason", row["reason"]), row["number"], row["notices"], row["reason"]) for row in found]
    shown = [Bar(label, (Part("not_checkable", number, f"{label} {number}"),), words.number(number)) for label, number, _, _ in named]
    return {"chart": bars("reasons", words.text("reasons"), words.text("not_checkable_note"), shown) if shown else None, "table": named}


def _money(query: Query, words: Words) -> Row:
    """Sums by county; by body while no two counties are known."""
    counties = rows(query, "SELECT count(DISTINCT county) AS number FROM notices")[0]["number"]
    name = "county" if counties > 1 else "coalesce(inspected_org, title)"
    found = rows(query, _MONEY.format(name=name, counted=COUNTED))
    named = [(row["name"] or words.text("unknown_place"), row["number"], row["notices"]) for row in found]
    shown = [
        Bar(label, (Part("money", number, f"{label} {number:,.2f}"),), words.number(float(number))) for label, number, _ in named[:_TOP]
    ]
    key = "money_by_county" if counties > 1 else "money_by_org"
    title = f"{words.text('money')} · {words.text(key)}"
    return {"chart": bars("money", title, words.text("money_note"), shown) if shown else None, "table": named, "subtitle": words.text(key)}
