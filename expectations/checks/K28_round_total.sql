-- id: K28
-- title_zh: 同一轮次各单位通报数与轮次总数相符
-- title_en: Notices of one round = units that the round claims
-- rule: A summary of a round says how many bodies were inspected; the notices held of that round should come to it (双公开 practice). Rounds
--   of other places have the same names, so they are told apart by the county, city or province whose committee names the round.
-- severity: info
-- since: 0.1.0
-- scope: related
WITH placed AS (
    SELECT notice_id, genre, inspected_org, inspection_round AS round,
           CASE WHEN inspection_round LIKE '%省委%' OR inspection_round LIKE '%自治区党委%' THEN province WHEN inspection_round LIKE '%市委%' THEN city ELSE coalesce(county, city, province) END AS place
    FROM notices WHERE inspection_round IS NOT NULL
), claimed AS (
    SELECT c.notice_id, c.value_low AS low, c.value_high AS high, span(c.start_char, c.end_char) AS span, p.round, p.place FROM claims c JOIN placed p USING (notice_id)
    WHERE p.genre = 'summary' AND c.subject IN ('单位', '党组织') QUALIFY row_number() OVER (PARTITION BY c.notice_id ORDER BY c.value_low DESC, c.start_char) = 1
), held AS (
    SELECT round, place, count(DISTINCT inspected_org) AS bodies FROM placed WHERE genre = 'notice' AND inspected_org IS NOT NULL AND place IS NOT NULL GROUP BY ALL
), compared AS (
    SELECT c.*, h.bodies FROM claimed c LEFT JOIN held h USING (round, place)
)
SELECT n.notice_id,
       CASE WHEN bodies IS NULL OR low IS NULL THEN 'not_checkable' WHEN bodies = low AND low = high THEN 'pass' WHEN bodies > high THEN 'review' ELSE 'not_checkable' END AS verdict,
       CASE WHEN c.notice_id IS NOT NULL AND place IS NULL THEN 'place_unknown' WHEN bodies IS NULL THEN 'single_source' WHEN low IS NULL THEN 'redacted' WHEN bodies = low AND low = high THEN NULL WHEN bodies > high THEN 'documents_differ' ELSE 'incomplete_round' END AS reason,
       num_range(low, high) AS lhs, bodies::VARCHAR AS rhs, CASE WHEN c.notice_id IS NOT NULL THEN bodies || CASE WHEN bodies = low THEN ' = ' WHEN bodies > high THEN ' > ' ELSE ' < ' END || num_range(low, high) END AS equation,
       c.round AS reading, [c.span] AS lhs_spans, [] AS rhs_spans
FROM notices n LEFT JOIN compared c USING (notice_id)
