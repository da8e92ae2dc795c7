-- id: K28
-- title_zh: 同一轮次各单位通报数与轮次总数相符
-- title_en: Notices of one round = units that the round claims
-- rule: A summary of a round says how many bodies were inspected; the notices held of that round should come to it (双公开 practice).
-- severity: info
-- since: 0.1.0
WITH claimed AS (
    SELECT c.notice_id, c.value_low AS low, c.value_high AS high, span(c.start_char, c.end_char) AS span, n.inspection_round FROM claims c JOIN notices n USING (notice_id)
    WHERE n.genre = 'summary' AND c.subject IN ('单位', '党组织') AND n.inspection_round IS NOT NULL QUALIFY row_number() OVER (PARTITION BY c.notice_id ORDER BY c.value_low DESC, c.start_char) = 1
), held AS (
    SELECT inspection_round, count(DISTINCT inspected_org) AS bodies FROM notices WHERE genre = 'notice' AND inspected_org IS NOT NULL GROUP BY inspection_round
)
SELECT n.notice_id,
       CASE WHEN c.notice_id IS NULL OR h.bodies IS NULL OR low IS NULL THEN 'not_checkable' WHEN bodies = low AND low = high THEN 'pass' WHEN bodies > high THEN 'review' ELSE 'not_checkable' END AS verdict,
       CASE WHEN c.notice_id IS NULL OR h.bodies IS NULL THEN 'single_source' WHEN low IS NULL THEN 'redacted' WHEN bodies = low AND low = high THEN NULL WHEN bodies > high THEN 'documents_differ' ELSE 'incomplete_round' END AS reason,
       num_range(low, high) AS lhs, bodies::VARCHAR AS rhs, CASE WHEN c.notice_id IS NOT NULL THEN bodies || CASE WHEN bodies = low THEN ' = ' WHEN bodies > high THEN ' > ' ELSE ' < ' END || num_range(low, high) END AS equation,
       c.inspection_round AS reading, [c.span] AS lhs_spans, [] AS rhs_spans
FROM notices n LEFT JOIN claimed c USING (notice_id) LEFT JOIN held h ON h.inspection_round = c.inspection_round
