-- id: F12
-- title_zh: 所在地在当时存在，且省市县隶属成立
-- title_en: The place exists at that date, and province > city > county holds
-- rule: GB/T 2260 codes by year (regions): a county that was renamed or moved belongs to its years only.
-- severity: info
-- since: 0.1.0
WITH written AS (
    SELECT notice_id, region_code, province, city, county, year(coalesce(feedback_earliest, signed_earliest, published_earliest, inspection_end_earliest)) AS in_year, inspected_org_span FROM notices
), dated AS (
    SELECT w.notice_id, w.in_year, r.name, r.level, r.parent, r.valid_from, r.valid_to, coalesce(r.valid_from, 0) <= w.in_year AND w.in_year <= coalesce(r.valid_to, 9999) AS is_in_force
    FROM written w JOIN regions r ON r.code = w.region_code
    QUALIFY row_number() OVER (PARTITION BY w.notice_id ORDER BY is_in_force DESC NULLS LAST, r.valid_to DESC NULLS FIRST) = 1
), chained AS (
    SELECT d.*, u.name AS above, u.level AS above_level FROM dated d LEFT JOIN regions u ON u.code = d.parent
    QUALIFY row_number() OVER (PARTITION BY d.notice_id ORDER BY u.valid_to DESC NULLS FIRST) = 1
)
SELECT w.notice_id,
       CASE WHEN c.notice_id IS NULL OR w.in_year IS NULL THEN 'not_checkable' WHEN NOT is_in_force THEN 'review'
            WHEN level = 'county' AND above_level = 'city' AND w.city <> above OR above_level = 'province' AND w.province <> above THEN 'review' ELSE 'pass' END AS verdict,
       CASE WHEN w.region_code IS NULL THEN 'place_unknown' WHEN c.notice_id IS NULL THEN 'reference_unknown' WHEN w.in_year IS NULL THEN 'not_dated'
            WHEN NOT is_in_force OR level = 'county' AND above_level = 'city' AND w.city <> above OR above_level = 'province' AND w.province <> above THEN 'place_differs' END AS reason,
       concat_ws(' ', w.province, w.city, w.county) AS lhs, concat_ws(' ', above, name) AS rhs, CASE WHEN name IS NOT NULL THEN name || ' ' || coalesce(valid_from::VARCHAR, '') || '~' || coalesce(valid_to::VARCHAR, '') || CASE WHEN is_in_force THEN ' ∋ ' ELSE ' ∌ ' END || w.in_year END AS equation,
       NULL AS reading, [w.inspected_org_span] AS lhs_spans, [] AS rhs_spans
FROM written w LEFT JOIN chained c USING (notice_id)
