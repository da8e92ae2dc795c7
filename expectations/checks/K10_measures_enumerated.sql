-- id: K10
-- title_zh: 列出的措施数等于表述的措施数
-- title_en: Measures listed = measures claimed
-- rule: A notice seldom marks every measure, so only a list that is marked throughout is held against the claim (任务清单 practice).
-- severity: info
-- since: 0.1.0
WITH claimed AS (
    SELECT * FROM headline WHERE status = 'total' AND step = 'measure' QUALIFY row_number() OVER (PARTITION BY notice_id ORDER BY start_char) = 1
), found AS (
    SELECT notice_id, count(*) AS marked, count(DISTINCT problem) AS with_measures FROM measures WHERE label IS NOT NULL GROUP BY notice_id
), judged AS (
    SELECT v.notice_id, c.low, c.high, c.span, coalesce(f.marked, 0) AS marked,
           CASE WHEN c.notice_id IS NULL THEN 'absent' WHEN low IS NULL THEN 'redacted' WHEN low <> high THEN 'approximate' WHEN f.marked = low THEN 'pass'
                WHEN f.marked IS NULL OR with_measures < v.problems OR abs(f.marked - low) > greatest(1, 0.1 * low) THEN 'not_itemised'
                ELSE 'enumeration_differs' END AS finding
    FROM levels v LEFT JOIN claimed c USING (notice_id) LEFT JOIN found f USING (notice_id)
)
SELECT notice_id, CASE finding WHEN 'pass' THEN 'pass' WHEN 'enumeration_differs' THEN 'review' ELSE 'not_checkable' END AS verdict, nullif(finding, 'pass') AS reason,
       num_range(low, high) AS lhs, marked::VARCHAR AS rhs,
       CASE WHEN finding <> 'absent' THEN num_range(low, high) || CASE WHEN finding = 'pass' THEN ' = ' WHEN low = high THEN ' ≠ ' ELSE ' ? ' END || marked END AS equation,
       CASE WHEN finding <> 'absent' THEN 'marked_measures' END AS reading, [span] AS lhs_spans, [] AS rhs_spans
FROM judged
