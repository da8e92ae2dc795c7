-- id: D10
-- title_zh: 整改措施的日期在反馈与落款之间
-- title_en: Dated measures fall between feedback and signing
-- rule: What was done before the feedback is background, not rectification. Only days, 旬 and months told outside lead and next steps count.
-- severity: info
-- since: 0.1.0
WITH told AS (
    SELECT d.notice_id, d.earliest, d.latest, d.start_char, d.end_char FROM date_mentions d JOIN nodes o ON o.notice_id = d.notice_id AND o.path = d.path
    WHERE o.section IN ('organisation', 'results') AND d.earliest IS NOT NULL AND d.precision IN ('day', 'ten_days', 'month') AND coalesce(d.role, 'measure') IN ('measure', 'meeting', 'background', 'plan', 'report')
), compared AS (
    SELECT t.notice_id, count(*) AS dates, count(*) FILTER (t.latest < f.low) AS early, list_sort(list(span(t.start_char, t.end_char)) FILTER (t.latest < f.low)) AS places,
           arg_min(days(t.earliest, t.latest), t.earliest) AS first_date
    FROM told t JOIN header_dates f ON f.notice_id = t.notice_id AND f.name = 'feedback' GROUP BY t.notice_id
)
SELECT f.notice_id, CASE WHEN f.low IS NULL OR c.dates IS NULL THEN 'not_checkable' WHEN early = 0 THEN 'pass' ELSE 'review' END AS verdict,
       CASE WHEN f.low IS NULL THEN f.missing WHEN c.dates IS NULL THEN 'not_dated' WHEN early > 0 THEN 'outside_period' END AS reason,
       days(f.low, f.high) AS lhs, first_date AS rhs, days(f.low, f.high) || CASE WHEN early = 0 THEN ' ≤ ' ELSE ' > ' END || first_date AS equation,
       CASE WHEN dates IS NOT NULL THEN (dates - early) || '_of_' || dates END AS reading, places AS lhs_spans, [f.span] AS rhs_spans
FROM header_dates f LEFT JOIN compared c USING (notice_id) WHERE f.name = 'feedback'
