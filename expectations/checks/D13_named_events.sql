-- id: D13
-- title_zh: 提及的会议、法律、教育活动不晚于落款
-- title_en: Congresses, plenums, laws and campaigns named are not later than the signing
-- rule: dated_names lists the first day of each; a name from after the signing is an anachronism, unless it is awaited (迎接…召开).
-- severity: info
-- since: 0.1.0
WITH named AS (
    SELECT t.notice_id, t.text, unnest(list_distinct(regexp_extract_all(t.text, getvariable('any_dated_name')))) AS name
    FROM texts t JOIN header_dates s ON s.notice_id = t.notice_id AND s.name = 'signed' AND s.low IS NOT NULL
), found AS (
    SELECT notice_id, name, d.first_day, strpos(text, name) - 1 AS first_char FROM named JOIN dated_names d USING (name)
), latest AS (
    SELECT notice_id, count(*) AS names, arg_max(name, first_day) AS name, max(first_day) AS first_day, arg_max(first_char, first_day) AS first_char FROM found GROUP BY notice_id
)
SELECT s.notice_id, CASE WHEN s.low IS NULL THEN 'not_checkable' WHEN l.notice_id IS NULL THEN 'not_applicable' WHEN first_day <= s.high THEN 'pass' ELSE 'review' END AS verdict,
       CASE WHEN s.low IS NULL THEN s.missing WHEN l.notice_id IS NULL THEN 'not_told' WHEN first_day > s.high THEN 'anachronism' END AS reason,
       l.name AS lhs, days(s.low, s.high) AS rhs, l.name || ' ' || first_day || CASE WHEN first_day <= s.high THEN ' ≤ ' ELSE ' > ' END || days(s.low, s.high) AS equation,
       CASE WHEN names IS NOT NULL THEN 'latest_of_' || names END AS reading, [span(first_char, first_char + length(l.name))] AS lhs_spans, [s.span] AS rhs_spans
FROM header_dates s LEFT JOIN latest l USING (notice_id) WHERE s.name = 'signed'
