-- id: K04
-- title_zh: 列出的问题数等于表述的问题数
-- title_en: Problems listed = problems claimed
-- rule: A claim is held against the outline level that fits it best; the level is recorded. An excerpt or a broken numbering cannot be
--   held against a claim (逐条整改 practice; 问题清单).
-- severity: warning
-- since: 0.1.0
WITH claimed AS (
    SELECT notice_id, low, high, span, start_char, bound_level, bound_count FROM headline WHERE status = 'total' AND step IN ('problem', 'task', 'specific')
), tried AS (
    SELECT c.notice_id, c.low, c.high, c.span, c.start_char, unnest(['problems', 'items', 'groups', 'steps', c.bound_level]) AS level,
           unnest([v.problems, v.items, v.groups, v.steps, c.bound_count]) AS found
    FROM claimed c JOIN levels v USING (notice_id)
), best AS (
    SELECT *, abs(found - low) AS gap FROM tried
    QUALIFY row_number() OVER (PARTITION BY notice_id ORDER BY low IS NULL, low <> high, coalesce(found, 0) = 0, abs(found - low), start_char, level) = 1
), judged AS (
    SELECT e.notice_id, b.* EXCLUDE (notice_id),
           CASE WHEN b.notice_id IS NULL THEN 'absent'
                WHEN low IS NULL THEN 'redacted'
                WHEN coalesce(found, 0) = 0 THEN 'not_itemised'
                WHEN low <> high THEN 'approximate'
                WHEN gap = 0 THEN 'pass'
                WHEN gap > greatest(1, 0.15 * low) OR found < 3 THEN 'ambiguous_level'
                WHEN NOT e.is_whole THEN 'incomplete_text'
                WHEN e.is_broken THEN 'numbering_broken'
                ELSE 'enumeration_differs' END AS finding
    FROM extents e LEFT JOIN best b USING (notice_id)
)
SELECT notice_id, CASE finding WHEN 'pass' THEN 'pass' WHEN 'enumeration_differs' THEN 'fail' WHEN 'incomplete_text' THEN 'review' WHEN 'numbering_broken' THEN 'review' ELSE 'not_checkable' END AS verdict,
       nullif(finding, 'pass') AS reason, num_range(low, high) AS lhs, found::VARCHAR AS rhs,
       num_range(low, high) || CASE WHEN finding = 'pass' THEN ' = ' WHEN low = high THEN ' ≠ ' ELSE ' ? ' END || nullif(found, 0) AS equation,
       level AS reading, [span] AS lhs_spans, CASE WHEN finding NOT IN ('pass', 'absent') THEN s.places END AS rhs_spans
FROM judged LEFT JOIN problem_places s USING (notice_id)
