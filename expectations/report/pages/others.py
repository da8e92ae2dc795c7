"""What the warehouse holds beside a notice: other notices of its body, earlier versions, and passages that other bodies print too.

Asked for a batch of notices at once. A body with very many notices shows the nearest of them, and only few are set beside the notice in full.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import duckdb

from expectations.report.rows import Groups, Query, Row, body_name, file_name, rows
from expectations.report.words import Words
from transforms.following import Followed, Problem, Promise, changed_lines, follow, pairs_of_letters, recurring, share

_LISTED, _IN_FULL = 12, 3
_COPIES = 6
# A passage that more notices than this print is a form's, and no sign of a copy; the parties of a copy share this much of its letters.
_MOST_SHARING = 30
_LEAST_ALIKE = 0.7
# The paragraph that tells of the inspection has one form everywhere.
_LEAD = ("inspection_start_span", "inspection_end_span", "feedback_span")
_SAME_ROUND_DAYS = 180
_OTHERS = """
WITH own AS (
    SELECT notice_id, inspected_org, feedback_earliest, coalesce(inspection_start_earliest, feedback_earliest, signed_earliest, published_earliest) AS held, coalesce(signed_latest, published_latest) AS told
    FROM notices WHERE {which}
), every AS (
    SELECT notice_id, inspected_org, title, inspection_round, feedback_earliest, coalesce(inspection_start_earliest, feedback_earliest, signed_earliest, published_earliest) AS held, coalesce(signed_latest, published_latest) AS told
    FROM notices
), pairs AS (
    SELECT o.notice_id, n.notice_id AS other_id FROM own o JOIN every n USING (inspected_org) WHERE n.notice_id <> o.notice_id
    UNION SELECT notice_id, other_notice_id FROM near_duplicates WHERE {which}
), told AS (
    SELECT p.notice_id, p.other_id, n.inspected_org, n.title, n.inspection_round, n.told, d.similarity, abs(n.held - o.held) AS days,
           CASE WHEN d.similarity IS NOT NULL AND (n.feedback_earliest IS NOT DISTINCT FROM o.feedback_earliest) THEN 'copy'
                WHEN n.feedback_earliest = o.feedback_earliest OR abs(n.held - o.held) <= {days} THEN 'same_inspection'
                WHEN n.held < o.held THEN 'earlier' WHEN n.held > o.held THEN 'later' ELSE 'undated' END AS relation,
           coalesce(n.told < o.told, n.told = o.told AND n.notice_id < o.notice_id, n.notice_id < o.notice_id) AS is_before
    FROM pairs p JOIN own o ON o.notice_id = p.notice_id JOIN every n ON n.notice_id = p.other_id
    LEFT JOIN near_duplicates d ON d.notice_id = p.notice_id AND d.other_notice_id = p.other_id
)
SELECT *, count(*) OVER (PARTITION BY notice_id) AS of_all FROM told
QUALIFY row_number() OVER (PARTITION BY notice_id ORDER BY days NULLS LAST, other_id) <= {listed} ORDER BY notice_id, told, other_id
"""
_PASSAGES = """
WITH own AS (SELECT notice_id, start_char, end_char, unnest(keys) AS key FROM passages WHERE {which}),
held AS (SELECT notice_id, start_char, end_char, unnest(keys) AS key FROM passages),
telling AS (SELECT key FROM held SEMI JOIN own USING (key) GROUP BY key HAVING count(DISTINCT notice_id) BETWEEN 2 AND {most}),
met AS (
    SELECT DISTINCT o.notice_id, o.start_char, o.end_char, h.notice_id AS other_id, h.start_char AS other_start, h.end_char AS other_end
    FROM own o JOIN telling USING (key) JOIN held h USING (key) WHERE h.notice_id <> o.notice_id
)
SELECT m.*, n.inspected_org, n.title, o.inspected_org AS own_org FROM met m JOIN notices n ON n.notice_id = m.other_id JOIN notices o ON o.notice_id = m.notice_id
WHERE n.inspected_org IS DISTINCT FROM o.inspected_org AND (m.notice_id, m.other_id) NOT IN (SELECT (notice_id, other_notice_id) FROM near_duplicates)
QUALIFY row_number() OVER (PARTITION BY m.notice_id, m.start_char ORDER BY m.other_id) <= 2 ORDER BY m.notice_id, m.start_char, m.other_id
"""
_VERSIONS = """
SELECT notice_id, run_id, max(seen_at)::DATE AS seen, sha256 FROM documents WHERE notice_id IN (
    SELECT notice_id FROM documents WHERE {which} GROUP BY notice_id HAVING count(DISTINCT sha256) > 1)
GROUP BY ALL ORDER BY notice_id, max(seen_at)
"""
_SNAPSHOT = "SELECT max(snapshot_id) AS number FROM ducklake_snapshots(current_database()) WHERE commit_message LIKE 'run {run}%'"
_TOLD = {
    "problems": "SELECT notice_id, start_char, number, statement, status FROM problems WHERE {ids} ORDER BY notice_id, number",
    "measures": "SELECT notice_id, start_char, text FROM measures WHERE {ids} ORDER BY notice_id, start_char",
    "next_steps": "SELECT notice_id, start_char, text, reopens_problem FROM next_steps WHERE {ids} ORDER BY notice_id, ordinal",
    "texts": "SELECT notice_id, 0 AS start_char, text FROM texts WHERE {ids} ORDER BY notice_id",
}


class Others:
    """What stands beside the notices of one batch; ``of`` gives it notice by notice."""

    def __init__(self, query: Query, which: str, words: Words) -> None:
        self._query, self._words = query, words
        self._others = Groups(query(_OTHERS.format(which=which, listed=_LISTED, days=_SAME_ROUND_DAYS)))
        self._passages = Groups(query(_PASSAGES.format(which=which, most=_MOST_SHARING)))
        self._versions = Groups(query(_VERSIONS.format(which=which)))
        wanted = {row["other_id"] for each in self._others.ids for row in self._others.of(each)[:_LISTED]}
        wanted |= {row["other_id"] for each in self._passages.ids for row in self._passages.of(each)} | set(self._others.ids)
        ids = "notice_id IN ({})".format(", ".join(f"'{each}'" for each in sorted(wanted)) or "NULL")
        self._told = {name: Groups(query(sql.format(ids=ids))) for name, sql in _TOLD.items()}

    def of(self, notice: Row) -> Row:
        """Others of the body, versions and shared passages of ``notice``, as the template shows them."""
        notice_id = notice["notice_id"]
        found = self._others.of(notice_id)
        near = sorted((row for row in found if row["relation"] != "undated"), key=lambda row: row["days"] or 0)[:_IN_FULL]
        full = {row["other_id"] for row in near}
        return {
            "others": [self._other(notice_id, row, row["other_id"] in full) for row in found],
            "others_more": max(0, found[0]["of_all"] - len(found)) if found else 0,
            "versions": self._version(notice, self._versions.of(notice_id)),
            "copied": self._copied(notice),
        }

    def _other(self, notice_id: str, row: Row, is_full: bool) -> Row:
        other_id, relation = row["other_id"], row["relation"]
        shown = {
            **row,
            "file": file_name(other_id),
            "name": body_name({**row, "notice_id": other_id}),
            "relation_label": self._words.label("relation", relation),
        }
        shown |= {"followed": [], "recurring": [], "changed": [], "changed_more": 0}
        if not is_full:
            return shown
        first, last = (other_id, notice_id) if row["is_before"] else (notice_id, other_id)
        if relation != "copy":
            shown["followed"] = list(self._followed(first, last))
        if relation in ("earlier", "later"):
            shown["recurring"] = list(recurring(self._problems(first), self._problems(last)))
        else:
            lines, count = changed_lines(self._text(first), self._text(last))
            if count > len(self._text(last).splitlines()):  # another text altogether: its lines side by side tell nobody anything
                lines, count = [], 0
            shown |= {"changed": lines, "changed_more": count - len(lines), "first_id": file_name(first)}
        return shown | {"is_here_later": last == notice_id}

    def _followed(self, first: str, last: str) -> Iterable[Followed]:
        problems = {problem.number: problem.statement for problem in self._problems(first)}
        promises = [
            Promise(row["text"], row["start_char"], problems.get(row["reopens_problem"] or 0)) for row in self._told["next_steps"].of(first)
        ]
        measures, steps = ([(row["text"], row["start_char"]) for row in self._told[name].of(last)] for name in ("measures", "next_steps"))
        return follow(promises, self._problems(last), measures, steps)

    def _problems(self, notice_id: str) -> list[Problem]:
        return [Problem(row["number"], row["statement"], row["status"], row["start_char"]) for row in self._told["problems"].of(notice_id)]

    def _text(self, notice_id: str) -> str:
        found = self._told["texts"].of(notice_id)
        return str(found[0]["text"]) if found else ""

    def _copied(self, notice: Row) -> list[Row]:
        """Passages that other bodies print almost alike, the most alike first."""
        found = []
        lead = [span["start_char"] for name in _LEAD if (span := notice[name])]
        for row in self._passages.of(notice["notice_id"]):
            if any(row["start_char"] <= at < row["end_char"] for at in lead):
                continue
            here = notice["text"][row["start_char"] : row["end_char"]]
            there = self._text(row["other_id"])[row["other_start"] : row["other_end"]]
            one, other = pairs_of_letters(here), pairs_of_letters(there)
            alike = min(share(one, other), share(other, one))
            if alike >= _LEAST_ALIKE:
                name = body_name({**row, "notice_id": row["other_id"]})
                found.append({**row, "words": here, "alike": alike, "file": file_name(row["other_id"]), "name": name})
        return sorted(found, key=lambda row: (-row["alike"], row["start_char"]))[:_COPIES]

    def _version(self, notice: Row, documents: Sequence[Row]) -> Mapping[str, Any] | None:
        """Days on which the notice's place had another text, and what changed last; no change is told where the older text is gone."""
        if len(documents) < 2:
            return None
        told: dict[str, Any] = {"days": [row["seen"] for row in documents], "changed": None, "changed_more": 0}
        try:
            at = rows(self._query, _SNAPSHOT.format(run=documents[-2]["run_id"]))[0]["number"]
            sql = f"SELECT text FROM texts AT (VERSION => {int(at)}) WHERE notice_id = '{notice['notice_id']}'"
            before = rows(self._query, sql)[0]["text"]
        except (duckdb.Error, IndexError, TypeError):
            return told
        lines, count = changed_lines(before, notice["text"])
        return told | {"changed": lines, "changed_more": count - len(lines)}
