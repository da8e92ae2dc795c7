-- id: F02
-- title_zh: 导语、整改情况、下一步三部分齐全
-- title_en: Lead, results and next steps are there
-- rule: The parts of a public notice (domain practice: 部署依据与反馈, 整改落实情况, 下一步). A short text may be an excerpt.
-- severity: info
-- since: 0.1.0
WITH parts AS (
    SELECT n.notice_id, title_span, e.is_long, n.inspector IS NOT NULL OR n.feedback_raw IS NOT NULL OR n.inspection_start_raw IS NOT NULL AS has_lead, e.has_results, e.has_next_steps
    FROM notices n JOIN extents e USING (notice_id)
), judged AS (
    SELECT *, has_lead AND has_results AND has_next_steps AS is_complete, concat_ws('、', CASE WHEN has_lead THEN '导语' END, CASE WHEN has_results THEN '整改情况' END, CASE WHEN has_next_steps THEN '下一步' END) AS printed FROM parts
)
SELECT notice_id, CASE WHEN is_complete THEN 'pass' WHEN is_long THEN 'review' ELSE 'not_checkable' END AS verdict, CASE WHEN is_complete THEN NULL WHEN is_long THEN 'missing_parts' ELSE 'incomplete_text' END AS reason,
       '导语、整改情况、下一步' AS lhs, printed AS rhs, NULL AS equation, NULL AS reading, [] AS lhs_spans, [] AS rhs_spans
FROM judged
