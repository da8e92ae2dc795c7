-- id: F05
-- title_zh: 邮政编码归属地与单位所在地一致
-- title_en: The postcode lies in the body's prefecture
-- rule: 四级六码: the first three or four digits of a postcode belong to a prefecture (postcodes). The table has errors, so a difference
--   asks for review.
-- severity: info
-- since: 0.1.0
WITH judged AS (
    SELECT c.notice_id, c.value, c.span, c.start_char, c.prefectures, b.prefecture,
           CASE WHEN b.prefecture IS NULL OR b.place_rule = 'place.postcode' THEN 'place_unknown' WHEN c.prefectures IS NULL THEN 'reference_unknown'
                WHEN list_contains(c.prefectures, b.prefecture) THEN 'pass' ELSE 'place_differs' END AS finding
    FROM contact_places c JOIN body_places b USING (notice_id) WHERE c.kind = 'postcode'
), worst AS (
    SELECT * FROM judged QUALIFY row_number() OVER (PARTITION BY notice_id ORDER BY list_position(['pass', 'place_differs', 'reference_unknown', 'place_unknown'], finding), start_char) = 1
)
SELECT n.notice_id, CASE WHEN finding IS NULL THEN 'not_applicable' WHEN finding = 'pass' THEN 'pass' WHEN finding = 'place_differs' THEN 'review' ELSE 'not_checkable' END AS verdict,
       CASE WHEN finding IS NULL THEN 'not_told' ELSE nullif(finding, 'pass') END AS reason, value AS lhs, prefecture AS rhs,
       CASE WHEN finding IN ('pass', 'place_differs') THEN value || ' → ' || array_to_string(prefectures, '/') || CASE finding WHEN 'pass' THEN ' ∋ ' ELSE ' ∌ ' END || prefecture END AS equation,
       NULL AS reading, [span] AS lhs_spans, [inspected_org_span] AS rhs_spans
FROM notices n LEFT JOIN worst USING (notice_id)
