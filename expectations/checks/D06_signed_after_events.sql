-- id: D06
-- title_zh: 落款不早于文中已发生的事项
-- title_en: Signed ≥ every event told as past
-- rule: A report cannot tell what has not happened yet. Promises, deadlines and the plans of the last part are left out.
-- severity: warning
-- since: 0.1.0
WITH signed AS (
    SELECT *, span AS signed_span FROM header_dates WHERE name = 'signed'
), told AS (
    SELECT d.notice_id, d.earliest, d.latest, d.inferred IS NOT NULL AS is_inferred, d.start_char, d.end_char, d.path, d.earliest > s.high AS is_late
    FROM date_mentions d JOIN signed s USING (notice_id)
    WHERE d.earliest IS NOT NULL AND d.role IN ('inspection_start', 'inspection_end', 'feedback', 'meeting', 'plan', 'measure', 'report') AND d.range_part IS DISTINCT FROM 'until'
), promised AS (
    -- what lies after the signing may be a promise that its own words or its place give away
    SELECT l.notice_id, l.start_char FROM told l JOIN texts t USING (notice_id) LEFT JOIN nodes o ON o.notice_id = l.notice_id AND o.path = l.path
    WHERE is_late AND (o.section = 'next_steps' OR regexp_matches(t.text[l.end_char + 1:l.end_char + 8], '^(?:之?前|底前|以前|起|开始|止)')
                       OR regexp_matches(t.text[greatest(l.start_char - 11, 1):l.start_char], '预计|计划|拟|将于|将在|争取|力争|确保|规划|目标'))
), past AS (
    SELECT * FROM told ANTI JOIN promised USING (notice_id, start_char)
), latest AS (
    SELECT notice_id, count(*) AS events, max_by(past, (earliest, -start_char)) AS event FROM past GROUP BY notice_id
)
SELECT n.notice_id,
       CASE WHEN s.low IS NULL OR l.notice_id IS NULL THEN 'not_checkable'
            WHEN event.earliest > s.high THEN CASE WHEN event.is_inferred OR s.is_inferred THEN 'review' ELSE 'fail' END
            WHEN event.latest <= s.high OR event.earliest <= s.low THEN 'pass' ELSE 'not_checkable' END AS verdict,
       CASE WHEN s.low IS NULL THEN s.missing WHEN l.notice_id IS NULL THEN 'not_dated'
            WHEN event.earliest > s.high THEN CASE WHEN event.is_inferred OR s.is_inferred THEN 'inferred_year' ELSE 'order' END
            WHEN event.latest <= s.high OR event.earliest <= s.low THEN NULL ELSE 'approximate' END AS reason,
       days(event.earliest, event.latest) AS lhs, days(s.low, s.high) AS rhs,
       CASE WHEN s.low IS NOT NULL AND l.notice_id IS NOT NULL THEN days(event.earliest, event.latest) || CASE WHEN event.earliest > s.high THEN ' > ' ELSE ' ≤ ' END || days(s.low, s.high) END AS equation,
       CASE WHEN l.notice_id IS NOT NULL THEN 'latest_of_' || events END AS reading,
       [span(event.start_char, event.end_char)] AS lhs_spans, [s.signed_span] AS rhs_spans
FROM notices n JOIN signed s USING (notice_id) LEFT JOIN latest l USING (notice_id)
