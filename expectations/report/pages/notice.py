"""One notice's page: its text with every value marked, its outline, its timeline and its verdicts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from expectations.check_files import Check
from expectations.report.highlight import KINDS, PASSAGES, Value, lines
from expectations.report.limits import Limit, limits
from expectations.report.markup import document, value_rows
from expectations.report.pages.ledger import quotes, verdict_words
from expectations.report.pages.others import Others
from expectations.report.pages.values import SOURCES, listed
from expectations.report.rows import Groups, Query, Row, batches, between, body_name, file_name
from expectations.report.timeline import Event, strip
from expectations.report.words import Words

# Notices fetched at one time, as Arrow tables of some hundred kilobytes each. Every fetch reads whole tables, so few are better.
BATCH = 500
_OUTLINE_LEVELS = ("section", "aspect", "group", "item", "other")
_NOTICES = """
SELECT n.*, d.uri, d.encoding, d.encoding_reason, d.media_type, d.damage, t.text, first.uri AS primary_uri
FROM (SELECT * FROM v_notices WHERE {which}) n JOIN (SELECT * FROM texts WHERE {which}) t ON t.notice_id = n.notice_id LEFT JOIN documents d ON d.document_id = n.document_id LEFT JOIN (SELECT o.notice_id, p.uri FROM notices o JOIN documents p ON p.document_id = o.document_id) first ON NOT n.is_primary AND first.notice_id = n.primary_notice_id ORDER BY n.notice_id
"""
_NODES = "SELECT notice_id, start_char, end_char, path, parent_path, depth, level, label, heading FROM nodes WHERE {which} ORDER BY notice_id, start_char"
_CHECKS = "SELECT * FROM check_results WHERE {which} ORDER BY notice_id, check_id"
_MENTIONS = "SELECT notice_id, start_char, end_char, surface, rule, {columns} FROM {table} WHERE {which} ORDER BY notice_id, start_char"
_FOLDINGS = "SELECT notice_id, kind, edit_count FROM foldings WHERE {which} ORDER BY notice_id, kind"
_MINOR = {"meeting": "meeting", "plan": "meeting", "measure": "measure", "deadline": "deadline"}
_MAIN = (
    ("inspection", "inspection_start", "inspection_end"),
    ("feedback", "feedback", "feedback"),
    ("signed", "signed", "signed"),
    ("published", "published", "published"),
)


def notice_pages(query: Query, words: Words, checks: Mapping[str, Check]) -> Iterator[Row]:
    """What the template needs for each notice in turn, in order of their ids."""
    for span in batches(query, BATCH):
        which = between(span)
        sql = {source.table: _MENTIONS.format(columns=source.columns, table=source.table, which=which) for source in SOURCES}
        sql |= {
            "nodes": _NODES.format(which=which),
            "check_results": _CHECKS.format(which=which),
            "foldings": _FOLDINGS.format(which=which),
        }
        tables = {name: Groups(query(each)) for name, each in sql.items()}
        notices = Groups(query(_NOTICES.format(which=which)))
        others = Others(query, which, words)
        for notice_id in notices.ids:
            notice = notices.of(notice_id)[0]
            yield _page(notice, {name: groups.of(notice_id) for name, groups in tables.items()}, words, checks) | others.of(notice)


def _page(notice: Row, tables: dict[str, list[Row]], words: Words, checks: Mapping[str, Check]) -> Row:
    text: str = notice["text"]
    verdicts = [_verdict(row, text, words, checks.get(row["check_id"])) for row in tables["check_results"]]
    values = sorted(listed(tables, notice, words), key=lambda value: (value.start, -value.end))
    marks = [Value(value.start, value.end, value.kind, number) for number, value in enumerate(values)]
    marks += [mark for node in tables["nodes"] for mark in _heading(node)]
    targets = [
        edge for row in tables["check_results"] for side in ("lhs_spans", "rhs_spans") for span in row[side] or () for edge in span.values()
    ]
    events = list(_events(notice, tables["date_mentions"], words))
    bounds = [(limit, _limit_words(limit, words)) for limit in limits(notice, tables["date_mentions"])]
    kind_labels = {kind: words.label("kind", kind) for kind in KINDS}
    present = {mark.kind for mark in marks}
    return {
        "file": file_name(notice["notice_id"]),
        "notice": notice,
        "name": body_name(notice),
        "original": file_name(notice["primary_notice_id"]),
        "document": document(lines(text, marks, targets)),
        "value_count": len(values),
        "value_rows": value_rows(values, kind_labels),
        "kinds": [kind for kind in KINDS if kind in present],
        "passages": PASSAGES,
        "outline": [node for node in tables["nodes"] if node["level"] in _OUTLINE_LEVELS],
        "events": events,
        "strip": strip(
            words.text("timeline"),
            "；".join(f"{event.label} {event.words}" for event in events if event.is_main),
            events,
            [(limit, _limit_mark(limit, words)) for limit, _ in bounds],
        ),
        "limits": bounds,
        "limit_unknown": bool(notice["feedback_earliest"]) and not any(limit.ends == "signed" for limit, _ in bounds),
        "verdicts": {
            name: [verdict for verdict in verdicts if verdict["verdict"] == name]
            for name in ("fail", "review", "pass", "not_checkable", "not_applicable")
        },
        "foldings": tables["foldings"],
        "coverage": words.share(notice["covered_char_count"], notice["char_count"]),
    }


def _limit_words(limit: Limit, words: Words) -> str:
    """A limit in one line: how long, to what, by whose rule, when it ends, and whether it was kept."""
    standing = words.text("limit_example" if limit.is_example else "limit_rule", place=limit.applies_to)
    return words.text(
        "limit_line",
        ends=words.label("limit_ends", limit.ends),
        months=limit.months,
        standing=standing,
        due=limit.due,
        state=words.label("limit_state", limit.state),
    )


def _limit_mark(limit: Limit, words: Words) -> str:
    """What stands at a limit's bar: the words of the list below it, cut to what tells the bars apart."""
    place = limit.applies_to if limit.is_example else words.text("limit_rule")
    return words.text("limit_mark", months=limit.months, ends=words.label("limit_ends", limit.ends), place=place, due=limit.due)


def _heading(node: Row) -> tuple[Value, Value]:
    """The words of a node, which are read and so not unparsed; all of a heading stands out, of a response or step only its label."""
    start, end = node["start_char"], node["end_char"]
    return Value(start, end, "read"), Value(
        start, end if node["level"] in _OUTLINE_LEVELS else min(end, start + len(node["label"])), "node"
    )


def _verdict(row: Row, text: str, words: Words, check: Check | None) -> Row:
    shown = {**verdict_words(row, words, check), "lhs_spans": _pairs(row["lhs_spans"]), "rhs_spans": _pairs(row["rhs_spans"])}
    if row["verdict"] in ("fail", "review"):
        shown |= {"claimed": quotes(text, row["lhs_spans"]), "found_quotes": quotes(text, row["rhs_spans"])}
    return shown


def _pairs(spans: list[Row] | None) -> str:
    """Spans as the page's script reads them: 10-14,20-25."""
    return ",".join(f"{span['start_char']}-{span['end_char']}" for span in spans or ())


def _events(notice: Row, mentions: list[Row], words: Words) -> Iterator[Event]:
    """What is dated, in the order of days: the stages of the inspection, then dated measures, meetings and promises."""
    found = [event for name, first, last in _MAIN if (event := _stage(notice, name, first, last, words))]
    seen = {(event.first, event.last) for event in found}
    for row in mentions:
        kind = _MINOR.get(row["role"] or "")
        if kind and row["earliest"] and row["latest"] and (row["earliest"], row["latest"]) not in seen:
            found.append(
                Event(
                    kind, words.label("role", row["role"]), row["earliest"], row["latest"], False, bool(row["inferred"]), row["start_char"]
                )
            )
    yield from sorted(found, key=lambda event: (event.first, event.last))


def _stage(notice: Row, name: str, first: str, last: str, words: Words) -> Event | None:
    start, stop = notice[f"{first}_earliest"], notice[f"{last}_latest"]
    if not (start and stop):
        start, stop = start or notice[f"{last}_earliest"], stop or notice[f"{first}_latest"]
    if not (start and stop) or start > stop:
        return None
    span: Any = notice[f"{first}_span"] or notice[f"{last}_span"]
    inferred = bool(notice[f"{first}_inferred"] or notice[f"{last}_inferred"])
    return Event(
        name, words.text({"published": "published_event"}.get(name, name)), start, stop, True, inferred, span["start_char"] if span else -1
    )
