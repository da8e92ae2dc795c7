-- id: F06
-- title_zh: 电话与邮政编码归属地一致
-- title_en: Phone and postcode point to the same prefecture
-- rule: Two independent signs of one place (numbering plan; 四级六码). Needs no knowledge of the body.
-- severity: info
-- since: 0.1.0
WITH pairs AS (
    SELECT p.notice_id, p.value AS phone, p.span, c.value AS postcode, c.span AS code_span, list_intersect(p.prefectures, c.prefectures) AS common, p.start_char,
           CASE WHEN p.area_code IS NULL AND p.mobile IS NULL THEN 'no_area_code' WHEN p.prefectures IS NULL OR c.prefectures IS NULL THEN 'reference_unknown'
                WHEN list_has_any(p.prefectures, c.prefectures) THEN 'pass' ELSE 'place_differs' END AS finding
    FROM contact_places p JOIN contact_places c USING (notice_id) WHERE p.kind = 'phone' AND c.kind = 'postcode'
), worst AS (
    SELECT * FROM pairs QUALIFY row_number() OVER (PARTITION BY notice_id ORDER BY list_position(['pass', 'place_differs', 'reference_unknown', 'no_area_code'], finding), start_char) = 1
)
SELECT n.notice_id, CASE WHEN finding IS NULL THEN 'not_applicable' WHEN finding = 'pass' THEN 'pass' WHEN finding = 'place_differs' THEN 'review' ELSE 'not_checkable' END AS verdict,
       CASE WHEN finding IS NULL THEN 'not_told' ELSE nullif(finding, 'pass') END AS reason, phone AS lhs, postcode AS rhs,
       phone || CASE finding WHEN 'pass' THEN ' = ' WHEN 'place_differs' THEN ' ≠ ' ELSE ' ? ' END || postcode AS equation, array_to_string(common, '/') AS reading, [span] AS lhs_spans, [code_span] AS rhs_spans
FROM notices n LEFT JOIN worst USING (notice_id)
