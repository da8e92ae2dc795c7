-- id: K22
-- title_zh: 遮蔽数与概数未参与等式核验
-- title_en: Masked and vague figures never enter an equality
-- rule: GB/T 15835-2011 (概数): a vague figure is an interval, a masked one is none. Lists what the other checks therefore leave open.
-- severity: info
-- since: 0.1.0
WITH stated AS (
    SELECT notice_id, modifier, raw, start_char, end_char FROM claims
    UNION ALL SELECT notice_id, modifier, raw, start_char, end_char FROM figures WHERE kind NOT IN ('rate', 'duration')
    UNION ALL SELECT notice_id, modifier, raw, start_char, end_char FROM amounts
    UNION ALL SELECT notice_id, modifier, raw, start_char, end_char FROM accountability
), per_notice AS (
    SELECT notice_id, count(*) FILTER (modifier = 'redacted') AS masked, count(*) FILTER (modifier NOT IN ('exact', 'redacted')) AS vague, count(*) AS figures_,
           list_sort(list(span(start_char, end_char)) FILTER (modifier <> 'exact')) AS places, arg_min(raw, start_char) FILTER (modifier <> 'exact') AS shown
    FROM stated GROUP BY notice_id
)
SELECT n.notice_id,
       CASE WHEN figures_ IS NULL THEN 'not_applicable' WHEN masked > 0 THEN 'not_checkable' WHEN vague > 0 THEN 'review' ELSE 'pass' END AS verdict,
       CASE WHEN figures_ IS NULL THEN 'not_told' WHEN masked > 0 THEN 'redacted' WHEN vague > 0 THEN 'approximate' END AS reason,
       figures_::VARCHAR AS lhs, (masked + vague)::VARCHAR AS rhs, shown AS equation, NULL AS reading, places AS lhs_spans, [] AS rhs_spans
FROM notices n LEFT JOIN per_notice USING (notice_id)
