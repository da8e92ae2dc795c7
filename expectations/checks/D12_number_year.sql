-- id: D12
-- title_zh: 文号年份不晚于引用之日
-- title_en: The year of a document number is not after the citing
-- rule: A notice cannot cite a document of a later year than its own signature or page (发文字号 carries the year of issue).
-- severity: warning
-- since: 0.1.0
WITH written AS (
    SELECT notice_id, coalesce(signed_latest, published_latest) AS day, coalesce(signed_span, published_span) AS span FROM notices
), cited AS (
    SELECT c.notice_id, count(*) AS numbers, max(c.year) AS latest_year, arg_max(span(c.start_char, c.end_char), c.year) AS place, arg_max(c.document_number, c.year) AS shown FROM citations c WHERE c.year IS NOT NULL GROUP BY c.notice_id
)
SELECT w.notice_id, CASE WHEN c.notice_id IS NULL THEN 'not_applicable' WHEN w.day IS NULL THEN 'not_checkable' WHEN latest_year <= year(w.day) THEN 'pass' ELSE 'fail' END AS verdict,
       CASE WHEN c.notice_id IS NULL THEN 'not_told' WHEN w.day IS NULL THEN 'absent' WHEN latest_year > year(w.day) THEN 'order' END AS reason,
       shown AS lhs, w.day::VARCHAR AS rhs, latest_year || CASE WHEN latest_year <= year(w.day) THEN ' ≤ ' ELSE ' > ' END || year(w.day) AS equation,
       CASE WHEN numbers IS NOT NULL THEN 'latest_of_' || numbers END AS reading, [place] AS lhs_spans, [w.span] AS rhs_spans
FROM written w LEFT JOIN cited c USING (notice_id)
