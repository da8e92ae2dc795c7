-- id: K27
-- title_zh: 与同一次巡察的其他文件问题数一致
-- title_en: Problems = those of other documents on the same inspection
-- rule: Notice, plan and feedback of one inspection speak of the same problems (guards against merging several into one). Compared with
--   other notices of the same body and feedback day that the warehouse holds; a copy of the same text, by its title and signature, confirms nothing.
-- severity: warning
-- since: 0.1.0
-- scope: related
WITH totals AS (
    SELECT h.notice_id, n.inspected_org, n.feedback_earliest, n.feedback_latest, n.title, n.signed_earliest, h.low, h.span FROM headline h JOIN notices n USING (notice_id)
    WHERE h.status = 'total' AND h.step IN ('problem', 'task') AND h.low = h.high AND n.inspected_org IS NOT NULL AND n.feedback_earliest IS NOT NULL
    QUALIFY row_number() OVER (PARTITION BY h.notice_id ORDER BY h.start_char) = 1
), pairs AS (
    SELECT a.notice_id, a.low, a.span, b.low AS other, b.notice_id AS other_id FROM totals a JOIN totals b
      ON b.inspected_org = a.inspected_org AND b.feedback_earliest = a.feedback_earliest AND b.feedback_latest = a.feedback_latest AND b.notice_id <> a.notice_id
      AND (b.title IS DISTINCT FROM a.title OR b.signed_earliest IS DISTINCT FROM a.signed_earliest)
    QUALIFY row_number() OVER (PARTITION BY a.notice_id ORDER BY a.low = b.low, b.notice_id) = 1
)
SELECT n.notice_id, CASE WHEN p.low IS NULL THEN 'not_checkable' WHEN p.low = p.other THEN 'pass' ELSE 'review' END AS verdict,
       CASE WHEN p.low IS NULL THEN 'single_source' WHEN p.low <> p.other THEN 'documents_differ' END AS reason,
       num(p.low) AS lhs, num(p.other) AS rhs, num(p.low) || CASE WHEN p.low = p.other THEN ' = ' ELSE ' ≠ ' END || num(p.other) AS equation, other_id AS reading, [p.span] AS lhs_spans, [] AS rhs_spans
FROM notices n LEFT JOIN pairs p USING (notice_id)
