-- id: K03
-- title_zh: 逐项状态合计等于总体表述
-- title_en: Tally of the items' own states = headline figures
-- rule: The same facts told twice, item by item and as a total, agree (对账). Used only where every item carries a state.
-- severity: warning
-- since: 0.1.0
WITH stated AS (
    SELECT notice_id, status, low, high, span, start_char FROM headline
    WHERE step IN ('problem', 'task', 'specific') AND status IN ('completed', 'in_progress', 'not_completed', 'long_term', 'basically_completed')
    QUALIFY row_number() OVER (PARTITION BY notice_id, status ORDER BY start_char) = 1
), states AS (
    SELECT notice_id, status, count(*) AS tally FROM problems WHERE status IS NOT NULL GROUP BY ALL
    UNION ALL SELECT notice_id, 'long_term', count(*) FROM problems WHERE is_long_term GROUP BY ALL
), found AS (
    SELECT s.notice_id, s.status, s.low, s.high, s.span, s.start_char, coalesce(sum(tally), 0)::BIGINT AS tally FROM stated s LEFT JOIN states USING (notice_id, status) GROUP BY ALL
), compared AS (
    SELECT notice_id, string_agg(status, ' / ' ORDER BY start_char) AS names, string_agg(tally::VARCHAR, ' / ' ORDER BY start_char) AS tallied,
           string_agg(num_range(low, high), ' / ' ORDER BY start_char) AS claimed, list(span ORDER BY start_char) AS claim_spans,
           bool_and(low = tally AND high = tally) AS is_same, bool_or(low IS NULL) AS is_masked
    FROM found GROUP BY notice_id
), judged AS (
    SELECT v.notice_id, c.* EXCLUDE (notice_id),
           CASE WHEN c.notice_id IS NULL THEN 'absent' WHEN v.problems = 0 THEN 'not_itemised' WHEN v.labelled < v.problems THEN 'no_labels' WHEN is_masked THEN 'redacted'
                WHEN is_same THEN 'pass' ELSE 'tally_differs' END AS finding
    FROM levels v LEFT JOIN compared c USING (notice_id)
)
SELECT notice_id, CASE finding WHEN 'pass' THEN 'pass' WHEN 'tally_differs' THEN 'review' ELSE 'not_checkable' END AS verdict, nullif(finding, 'pass') AS reason,
       claimed AS lhs, tallied AS rhs, claimed || CASE finding WHEN 'pass' THEN ' = ' WHEN 'tally_differs' THEN ' ≠ ' ELSE ' ? ' END || tallied AS equation,
       names AS reading, claim_spans AS lhs_spans, [] AS rhs_spans
FROM judged
