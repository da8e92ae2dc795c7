-- id: F07
-- title_zh: 标签与内容相符，邮箱不含空格
-- title_en: Labels fit their values, an e-mail has no blanks
-- rule: What stands behind 邮政信箱, 电话, 邮编, 邮箱 is of that kind (types of contacts; seen in real notices: a postcode as 邮政信箱).
-- severity: info
-- since: 0.1.0
WITH judged AS (
    SELECT notice_id, label, value, raw, start_char, end_char, CASE WHEN is_mislabelled THEN 'label_differs' WHEN kind = 'email' AND regexp_matches(trim(raw), '[ 　]') THEN 'form' ELSE 'pass' END AS finding FROM contacts
), worst AS (
    SELECT *, count(*) OVER (PARTITION BY notice_id) AS ways FROM judged QUALIFY row_number() OVER (PARTITION BY notice_id ORDER BY list_position(['label_differs', 'form', 'pass'], finding), start_char) = 1
)
SELECT n.notice_id, CASE WHEN finding IS NULL THEN 'not_applicable' WHEN finding = 'pass' THEN 'pass' ELSE 'review' END AS verdict, CASE WHEN finding IS NULL THEN 'not_told' ELSE nullif(finding, 'pass') END AS reason,
       CASE WHEN finding <> 'pass' THEN coalesce(label, '') || ' ' || raw ELSE ways::VARCHAR END AS lhs, CASE WHEN finding <> 'pass' THEN value END AS rhs, NULL AS equation, NULL AS reading,
       CASE WHEN finding <> 'pass' THEN [span(start_char, end_char)] END AS lhs_spans, [] AS rhs_spans
FROM notices n LEFT JOIN worst USING (notice_id)
